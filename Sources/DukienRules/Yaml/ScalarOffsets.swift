internal import DukienText

extension YamlTree {
  /// The offset in the file of a byte of a scalar's text.
  ///
  /// Exact for plain and quoted scalars, on one line or several; a character written as an escape
  /// lies where the escape begins. `textOffset` may be the text's length: the
  /// place after its last character. For block scalars and for nodes that are no scalar it is the
  /// beginning of the value. Offsets outside the text are moved to its nearest end.
  /// - Complexity: O(length of the scalar as written).
  package func byteOffset(inScalar node: Int, of textOffset: Int) -> Int {
    let value = nodes[node]
    let begin = Int(value.span.begin)
    guard value.kind == .scalar else { return begin }
    let quotes: Int
    switch value.style {
    case .plain: quotes = 0
    case .singleQuoted, .doubleQuoted: quotes = 1
    default: return begin
    }
    let end = max(begin, min(Int(value.span.end), file.bytes.count) - quotes)
    var walk = ScalarWalk(bytes: file.bytes, offset: begin + quotes, end: end, style: value.style)
    return walk.advance(by: textOffset)
  }
}

/// Goes through a flow scalar as written, counting the bytes of the text that it stands for.
private struct ScalarWalk {
  let bytes: [UInt8]
  var offset: Int
  let end: Int
  let style: Node.Style

  /// The offset at which the text's byte number `target` begins.
  mutating func advance(by target: Int) -> Int {
    var produced = 0
    while produced < target, offset < end {
      let next = step()
      if next.written > target - produced {
        if next.isVerbatim { offset += target - produced }
        return offset
      }
      offset += next.read
      produced += next.written
    }
    // An escaped line break stands for nothing: the text goes on after it.
    while offset < end {
      let next = step()
      if next.written > 0 { break }
      offset += next.read
    }
    return min(offset, end)
  }

  /// An element of the scalar: its bytes as written and those of the text that it stands for; a
  /// verbatim one stands for itself byte by byte.
  private typealias Step = (read: Int, written: Int, isVerbatim: Bool)

  private func step() -> Step {
    let byte = bytes[offset]
    switch (style, byte) {
    case (_, 0x20), (_, 0x09), (_, 0x0A), (_, 0x0D):
      let (length, breaks) = whiteSpace(from: offset)
      return breaks == 0 ? (length, length, true) : (length, max(1, breaks - 1), false)
    case (.singleQuoted, UInt8(ascii: "'")):
      return (2, 1, false)
    case (.doubleQuoted, UInt8(ascii: "\\")):
      return escape()
    default:
      return (1, 1, true)
    }
  }

  /// The length of a run of white space and the number of line breaks in it.
  ///
  /// Without breaks it stands for itself; a single break stands for a space, and of several each
  /// but the first for a line feed.
  private func whiteSpace(from start: Int) -> (length: Int, breaks: Int) {
    var next = start
    var breaks = 0
    while next < end {
      let byte = bytes[next]
      if byte == 0x0A {
        breaks += 1
      } else if byte == 0x0D {
        if next + 1 >= end || bytes[next + 1] != 0x0A { breaks += 1 }
      } else if byte != 0x20 && byte != 0x09 {
        break
      }
      next += 1
    }
    return (next - start, breaks)
  }

  private func escape() -> Step {
    guard offset + 1 < end else { return (1, 1, true) }
    switch bytes[offset + 1] {
    case UInt8(ascii: "N"), UInt8(ascii: "_"): return (2, 2, false)
    case UInt8(ascii: "L"), UInt8(ascii: "P"): return (2, 3, false)
    case UInt8(ascii: "x"): return (4, encodedLength(digits: 2), false)
    case UInt8(ascii: "u"): return (6, encodedLength(digits: 4), false)
    case UInt8(ascii: "U"): return (10, encodedLength(digits: 8), false)
    case 0x0A, 0x0D:
      // The escaped break stands for nothing, each one after it for a line feed.
      let (length, breaks) = whiteSpace(from: offset + 1)
      return (length + 1, breaks - 1, false)
    default: return (2, 1, false)
    }
  }

  /// The UTF-8 length of the code point whose hexadecimal digits follow the escape letter.
  private func encodedLength(digits: Int) -> Int {
    var value: UInt32 = 0
    for index in offset + 2..<min(offset + 2 + digits, end) {
      let byte = bytes[index]
      let digit = byte <= UInt8(ascii: "9") ? byte &- 0x30 : (byte | 0x20) &- 0x57
      value = value << 4 | UInt32(digit & 0x0F)
    }
    switch value {
    case 0..<0x80: return 1
    case 0x80..<0x800: return 2
    case 0x800..<0x10000: return 3
    default: return 4
    }
  }
}
