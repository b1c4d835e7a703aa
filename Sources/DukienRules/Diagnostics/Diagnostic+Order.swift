extension Diagnostic {
  /// A diagnostic that belongs to no place in a file.
  static func plain(_ code: String, _ message: String, hint: String = "", file: String = "")
    -> Diagnostic
  {
    Diagnostic(
      .error, code: code, message: message, hint: hint, file: file, line: 0, column: 0,
      endLine: 0, endColumn: 0, excerpt: "", excerptColumn: 1, rule: "", path: "")
  }

  /// Order by file, line, column, then code and message.
  func precedes(_ other: Diagnostic) -> Bool {
    if file != other.file { return file < other.file }
    if line != other.line { return line < other.line }
    if column != other.column { return column < other.column }
    return code != other.code ? code < other.code : message < other.message
  }
}
