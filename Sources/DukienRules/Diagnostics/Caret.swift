extension Diagnostic {
  /// Spaces up to the span, then one `^` for each cell that the span covers within the excerpt;
  /// tabs of the excerpt are repeated, so that both lines indent alike.
  package var caretLine: String {
    var margin = ""
    var carets = 0
    var position = excerptColumn
    let stop = endLine > line ? Int.max : endColumn
    for scalar in excerpt.unicodeScalars {
      if position < column {
        margin += scalar == "\t" ? "\t" : blank(cells(of: scalar))
      } else if position < stop {
        carets += cells(of: scalar)
      }
      position += 1
    }
    return margin + String(repeating: "^", count: max(carets, 1))
  }

  private func blank(_ count: Int) -> String { String(repeating: " ", count: count) }

  /// The columns of a terminal that a character takes: none for combining marks and zero-width
  /// characters, two for wide East Asian ones.
  private func cells(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x0300...0x036F, 0x200B...0x200F, 0xFE00...0xFE0F, 0xFEFF: 0
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE4F,
      0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1FAFF, 0x20000...0x3FFFD:
      2
    default: 1
    }
  }
}
