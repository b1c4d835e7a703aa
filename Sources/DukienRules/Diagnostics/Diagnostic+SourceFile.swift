package import DukienText

extension SourceFile {
  /// A diagnostic at a byte span of this file, with place and excerpt filled in.
  ///
  /// - Complexity: O(log lines), whatever the length of the line.
  package func diagnostic(
    _ code: String,
    at span: Span,
    _ message: String,
    severity: Severity = .error,
    hint: String = "",
    rule: String = "",
    path: String = ""
  ) -> Diagnostic {
    let (line, column) = lineColumn(ofOffset: Int(span.begin))
    let (endLine, endColumn) = lineColumn(ofOffset: max(Int(span.begin), Int(span.end)))
    let (excerpt, excerptColumn) = excerpt(line: line, column: column, offset: Int(span.begin))
    return Diagnostic(
      severity, code: code, message: message, hint: hint, file: label, line: line, column: column,
      endLine: endLine, endColumn: endColumn, excerpt: excerpt, excerptColumn: excerptColumn,
      rule: rule, path: path)
  }

  /// The line, or of a long one the part around an offset, and the column of its first character.
  private func excerpt(line: Int, column: Int, offset: Int) -> (text: String, column: Int) {
    let range = lineRange(line)
    if range.count <= longestLine { return (displayed(range), 1) }
    let place = min(max(offset, range.lowerBound), range.upperBound)
    var begin = place
    var left = 0
    while begin > range.lowerBound, left < halfWidth, place - begin < 4 * halfWidth {
      begin -= 1
      if bytes[begin] & 0xC0 != 0x80 { left += 1 }
    }
    var end = place
    var right = 0
    while end < range.upperBound, end - place < 4 * halfWidth {
      if bytes[end] & 0xC0 != 0x80 {
        if right == halfWidth { break }
        right += 1
      }
      end += 1
    }
    let isCutBefore = begin > range.lowerBound
    let isCutAfter = end < range.upperBound
    let text = (isCutBefore ? "…" : "") + displayed(begin..<end) + (isCutAfter ? "…" : "")
    return (text, column - left - (isCutBefore ? 1 : 0))
  }

  /// The text of a range with control characters as U+FFFD.
  private func displayed(_ range: Range<Int>) -> String {
    var out = String.UnicodeScalarView()
    for scalar in String(decoding: bytes[range], as: UTF8.self).unicodeScalars {
      let isControl =
        (scalar.value < 0x20 && scalar != "\t") || (0x7F...0x9F).contains(scalar.value)
      out.append(isControl ? "\u{FFFD}" : scalar)
    }
    return String(out)
  }
}

/// The bytes of a line that is shown whole.
private let longestLine = 240
/// The code points of a longer line that are shown on either side of the place.
private let halfWidth = 80
