internal import DukienText

/// Copies values as they are written to another indentation.
struct ScalarWriter {
  let tree: YamlTree
  private(set) var out: [UInt8] = []
  /// Whether something was met that is not where the tree has it.
  private(set) var isLost = false

  init(_ tree: YamlTree) { self.tree = tree }

  mutating func append(_ text: StaticString) { text.withUTF8Buffer { out.append(contentsOf: $0) } }

  mutating func append(_ range: Range<Int>) { out.append(contentsOf: tree.file.bytes[range]) }

  mutating func indent(_ count: Int) {
    for _ in 0..<max(0, count) { out.append(0x20) }
  }

  mutating func endLine() { out.append(0x0A) }

  /// Writes the value of an entry that goes from column `old` to column `new`.
  mutating func write(_ node: Int, from old: Int, to new: Int) {
    switch tree[node].style {
    case .literal, .folded: writeBlock(node, from: old, to: new)
    case .flow: writeFlow(node, shift: new - old)
    default: writeScalar(node, shift: new - old)
    }
  }

  /// A plain or quoted text; the lines after the first are moved by `shift` columns.
  mutating func writeScalar(_ node: Int, shift: Int) {
    let range = Int(tree[node].span.begin)..<Int(tree[node].span.end)
    if tree[node].style == .doubleQuoted, isPlainWord(tree[node].text, within: range) {
      append(range.lowerBound + 1..<range.upperBound - 1)
      return
    }
    let bytes = tree.file.bytes
    var line = range.lowerBound
    while line < range.upperBound {
      var end = line
      while end < range.upperBound, bytes[end] != 0x0A { end += 1 }
      var begin = line
      if line > range.lowerBound {
        endLine()
        while begin < end, isBlank(bytes[begin]) { begin += 1 }
      }
      let isLast = end == range.upperBound
      let stop = isLast ? end : withoutBlanks(begin..<end)
      if line > range.lowerBound, begin < stop { indent(begin - line + shift) }
      append(begin..<stop)
      line = end + 1
    }
  }

  /// A text by indentation, its lines two columns within the entry or as many as it says itself.
  private mutating func writeBlock(_ node: Int, from old: Int, to new: Int) {
    let bytes = tree.file.bytes
    let range = Int(tree[node].span.begin)..<tree.writtenEnd(of: node)
    var line = range.lowerBound
    while line < range.upperBound, bytes[line] != 0x0A { line += 1 }
    append(range.lowerBound..<withoutBlanks(range.lowerBound..<line))
    let stated = statedIndentation(range.lowerBound..<line)
    let before = stated.map { $0 + old } ?? foundIndentation(line..<range.upperBound)
    let after = new + (stated ?? 2)
    line += 1
    while line < range.upperBound {
      var end = line
      while end < range.upperBound, bytes[end] != 0x0A { end += 1 }
      var begin = line
      while begin < end, begin - line < before, bytes[begin] == 0x20 { begin += 1 }
      endLine()
      if begin < end {
        indent(after)
        append(begin..<end)
      }
      line = end + 1
    }
    // Kept empty lines end with the last line break of the text, which the entry writes.
  }

  private func statedIndentation(_ header: Range<Int>) -> Int? {
    for offset in header.dropFirst() {
      let byte = tree.file.bytes[offset]
      if (0x31...0x39).contains(byte) { return Int(byte) - 0x30 }
      if byte == 0x20 || byte == 0x09 { return nil }
    }
    return nil
  }

  /// The indentation of the first line with text.
  private func foundIndentation(_ range: Range<Int>) -> Int {
    var indentation = 0
    for offset in range {
      switch tree.file.bytes[offset] {
      case 0x0A: indentation = 0
      case 0x20: indentation += 1
      default: return indentation
      }
    }
    return indentation
  }

  /// A collection in brackets or braces: the line breaks stay, blanks within lines are evened.
  private mutating func writeFlow(_ node: Int, shift: Int) {
    let bytes = tree.file.bytes
    let end = Int(tree[node].span.end)
    var cursor = Int(tree[node].span.begin)
    var next = node + 1
    var previous: UInt8 = 0
    var breaks = 0
    while cursor < end {
      let byte = bytes[cursor]
      if isBlank(byte) || byte == 0x0A {
        breaks += byte == 0x0A ? 1 : 0
        cursor += 1
        continue
      }
      let isComment = byte == UInt8(ascii: "#")
      if breaks > 0 {
        if breaks > 1 { endLine() }
        endLine()
        indent(column(of: cursor) + shift)
      } else if isComment {
        append("  ")
      } else if isSpaced(previous, byte) {
        append(" ")
      }
      breaks = 0
      if isComment {
        var stop = cursor
        while stop < end, bytes[stop] != 0x0A { stop += 1 }
        append(cursor..<withoutBlanks(cursor..<stop))
        cursor = stop
      } else if isScalar(at: cursor, &next) {
        writeScalar(next, shift: shift)
        cursor = Int(tree[next].span.end)
        previous = UInt8(ascii: "a")
      } else {
        if !"{}[],:?".utf8.contains(byte) { isLost = true }
        if byte != UInt8(ascii: ",") || !closes(after: cursor + 1) { out.append(byte) }
        previous = byte
        cursor += 1
      }
    }
  }

  /// Whether a scalar begins at an offset; `next` goes on to it.
  private func isScalar(at offset: Int, _ next: inout Int) -> Bool {
    while next < tree.nodes.count,
      Int(tree[next].span.begin) < offset || tree[next].kind != .scalar
    {
      if Int(tree[next].span.begin) > offset { return false }
      next += 1
    }
    return next < tree.nodes.count && Int(tree[next].span.begin) == offset
  }

  /// Whether the bracket closes on the same line right after a comma.
  private func closes(after offset: Int) -> Bool {
    for byte in tree.file.bytes[offset...] where !isBlank(byte) {
      return byte == UInt8(ascii: "]") || byte == UInt8(ascii: "}")
    }
    return false
  }

  private func isSpaced(_ previous: UInt8, _ byte: UInt8) -> Bool {
    switch previous {
    case 0, UInt8(ascii: "{"), UInt8(ascii: "["): return false
    case UInt8(ascii: ":"), UInt8(ascii: "?"): return true
    default: return previous == UInt8(ascii: ",") && !"}],".utf8.contains(byte)
    }
  }

  private func column(of offset: Int) -> Int {
    var start = offset
    while start > 0, tree.file.bytes[start - 1] != 0x0A { start -= 1 }
    return offset - start
  }

  /// The end of a range without the blanks that nobody sees; a blank behind a backslash is text.
  private func withoutBlanks(_ range: Range<Int>) -> Int {
    var end = range.upperBound
    while end > range.lowerBound, isBlank(tree.file.bytes[end - 1]) { end -= 1 }
    let isEscaped = end > range.lowerBound && tree.file.bytes[end - 1] == UInt8(ascii: "\\")
    return isEscaped ? range.upperBound : end
  }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

/// Whether a text in quotes would be the same without them, for any reader of YAML, and looks like
/// words rather than marks: letters, digits and single blanks or strokes between them.
private func isPlainWord(_ text: String, within range: Range<Int>) -> Bool {
  let scalars = Array(text.unicodeScalars)
  guard text.utf8.count + 2 == range.count, let first = scalars.first, let last = scalars.last,
    isLetter(first), isLetter(last) || isDigit(last)
  else { return false }
  var previous = first
  for scalar in scalars {
    let isMark = scalar == " " || scalar == "-" || scalar == "/"
    guard isMark || isLetter(scalar) || isDigit(scalar), previous != " " || scalar != " " else {
      return false
    }
    previous = scalar
  }
  let lower = text.utf8.map { $0 | 0x20 }
  let taken: [StaticString] = ["y", "n", "yes", "no", "true", "false", "on", "off", "null"]
  return !taken.contains { word in word.withUTF8Buffer { lower.elementsEqual($0) } }
}

/// Letters of the Latin, Greek and Cyrillic scripts, and marks over them.
private func isLetter(_ scalar: Unicode.Scalar) -> Bool {
  switch scalar.value {
  case 0x41...0x5A, 0x61...0x7A: true
  case 0xC0...0x24F: scalar.value != 0xD7 && scalar.value != 0xF7
  case 0x300...0x36F, 0x370...0x377, 0x386...0x3FF, 0x400...0x481, 0x48A...0x52F: true
  case 0x1E00...0x1EFF: true
  default: false
  }
}

private func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
