/// Rows of text with aligned columns; the last column is not padded.
func alignedRows(_ rows: [[String]], indent: String = "") -> String {
  let rows = rows.map { row in row.map { printable($0) } }
  var widths: [Int] = []
  for row in rows {
    for (index, cell) in row.dropLast().enumerated() {
      if index == widths.count { widths.append(0) }
      widths[index] = max(widths[index], columns(cell))
    }
  }
  var text = ""
  for row in rows {
    var line = indent
    for (index, cell) in row.enumerated() {
      line += cell
      if index + 1 < row.count {
        line += String(repeating: " ", count: widths[index] - columns(cell) + 2)
      }
    }
    while line.last == " " { line.removeLast() }
    text += line + "\n"
  }
  return text
}
