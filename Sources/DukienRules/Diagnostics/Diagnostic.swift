/// How much a diagnostic weighs; an error keeps a rule set from being compiled.
package enum Severity: Int32, Sendable {
  case note = 0
  case warning = 1
  case error = 2

  /// The word that stands before the code when a diagnostic is printed.
  package var word: String {
    switch self {
    case .note: "note"
    case .warning: "warning"
    case .error: "error"
    }
  }
}

/// A problem found in a rule set, with its place and, where known, its remedy.
///
/// Lines and columns count from 1, columns in code points; 0 means unknown.
package struct Diagnostic: Equatable, Sendable {
  package var severity: Severity
  /// The stable name of the kind of problem, such as `yaml.tab`.
  package var code: String
  /// What is wrong: lower case, no full stop, offending text quoted.
  package var message: String
  /// What to do about it; empty when there is nothing to say.
  package var hint: String
  /// The label of the file.
  package var file: String
  package var line: Int
  package var column: Int
  /// The line of the first place after the span.
  package var endLine: Int
  /// The column of the first place after the span.
  package var endColumn: Int
  /// The source line; of a long line, the part around the place, with `…` where it was cut.
  package var excerpt: String
  /// The column of the excerpt's first character.
  package var excerptColumn: Int
  /// The identifier of the rule concerned; empty when it is none or unknown.
  package var rule: String
  /// The way to the node concerned, such as `rules[3].trigger`; empty when unknown.
  package var path: String

  package init(
    _ severity: Severity,
    code: String,
    message: String,
    hint: String = "",
    file: String = "",
    line: Int = 0,
    column: Int = 0,
    endLine: Int = 0,
    endColumn: Int = 0,
    excerpt: String = "",
    excerptColumn: Int = 1,
    rule: String = "",
    path: String = ""
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.hint = hint
    self.file = file
    self.line = line
    self.column = column
    self.endLine = endLine
    self.endColumn = endColumn
    self.excerpt = excerpt
    self.excerptColumn = excerptColumn
    self.rule = rule
    self.path = path
  }

  /// The diagnostic as it is printed: place, severity, code and message, then the excerpt with a
  /// caret under the span, then the hint; lines are joined by `\n`, the last has none.
  package func rendered() -> String {
    var out = place
    out += "\(severity.word)[\(code)]: \(message)"
    if line > 0 && !excerpt.isEmpty {
      out += "\n    \(excerpt)\n    \(caretLine)"
    }
    if !hint.isEmpty {
      out += "\n  hint: \(hint)"
    }
    return out
  }

  private var place: String {
    if file.isEmpty { return "" }
    if line <= 0 { return "\(file): " }
    if column <= 0 { return "\(file):\(line): " }
    return "\(file):\(line):\(column): "
  }
}
