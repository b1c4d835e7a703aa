package import DukienText

/// The bytes of one rule file, with what is needed to turn byte offsets into lines and columns.
///
/// Lines end with `\n`, `\r\n` or a lone `\r`. A byte order mark belongs to no line.
package struct SourceFile: Sendable {
  /// What the file is called in diagnostics: a path, or the name given to a text in memory.
  package let label: String
  package let bytes: [UInt8]
  /// True where `label` is the path of the file that the bytes were read from.
  package let isOnDisk: Bool
  /// The offset at which each line starts; never empty.
  private let lineStarts: [UInt32]
  /// The number of code points that start before each multiple of `stride`.
  private let codePointsBefore: [UInt32]

  /// - Complexity: O(bytes).
  package init(label: String, bytes: [UInt8], isOnDisk: Bool = false) {
    self.label = label
    self.isOnDisk = isOnDisk
    self.bytes = bytes
    var starts: [UInt32] = [UInt32(Self.byteOrderMark(of: bytes))]
    var counts: [UInt32] = []
    bytes.withUnsafeBufferPointer { bytes in
      var count: UInt32 = 0
      for offset in 0..<bytes.count {
        let byte = bytes[offset]
        if offset % stride == 0 { counts.append(count) }
        if byte & 0xC0 != 0x80 { count &+= 1 }
        let endsLine =
          byte == 0x0A
          || (byte == 0x0D && (offset + 1 == bytes.count || bytes[offset + 1] != 0x0A))
        // Past the reach of a span all is one line: such a file is refused anyway.
        if endsLine, let start = UInt32(exactly: offset + 1) { starts.append(start) }
      }
      counts.append(count)
    }
    lineStarts = starts
    codePointsBefore = counts
  }

  /// The offset of the text proper: 3 after a byte order mark, else 0.
  package var textStart: Int { Int(lineStarts[0]) }

  /// The number of lines; an empty file has one, an empty one.
  package var lineCount: Int { lineStarts.count }

  /// The place of a byte: line and column from 1, the column in code points.
  ///
  /// Offsets outside the file are moved to its nearest end.
  /// - Complexity: O(log lines).
  package func lineColumn(ofOffset offset: Int) -> (line: Int, column: Int) {
    let offset = min(max(offset, textStart), bytes.count)
    var low = 0
    var high = lineStarts.count
    while high - low > 1 {
      let middle = (low + high) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle }
    }
    let column = codePoints(before: offset) - codePoints(before: Int(lineStarts[low])) + 1
    return (low + 1, column)
  }

  /// The text of a line, counted from 1, without its end; empty for a line that does not exist.
  package func line(_ number: Int) -> String {
    let range = lineRange(number)
    return String(decoding: bytes[range], as: UTF8.self)
  }

  /// The byte range of a line, counted from 1, without its end.
  package func lineRange(_ number: Int) -> Range<Int> {
    guard number >= 1, number <= lineStarts.count else { return bytes.count..<bytes.count }
    let begin = Int(lineStarts[number - 1])
    var end = number < lineStarts.count ? Int(lineStarts[number]) : bytes.count
    if end > begin, bytes[end - 1] == 0x0A { end -= 1 }
    if end > begin, bytes[end - 1] == 0x0D { end -= 1 }
    return begin..<end
  }

  /// The text as written at a span; invalid bytes are replaced, offsets outside the file clamped.
  package func text(at span: Span) -> String {
    let begin = min(Int(span.begin), bytes.count)
    let end = min(max(begin, Int(span.end)), bytes.count)
    return String(decoding: bytes[begin..<end], as: UTF8.self)
  }

  /// The number of code points that start before an offset of the file.
  private func codePoints(before offset: Int) -> Int {
    let block = offset / stride
    var count = Int(codePointsBefore[min(block, codePointsBefore.count - 1)])
    for byte in bytes[min(block * stride, offset)..<offset] where byte & 0xC0 != 0x80 {
      count += 1
    }
    return count
  }

  private static func byteOrderMark(of bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }
}

/// The distance between stored code point counts: a place on a line of any length costs at most
/// so many steps.
private let stride = 1024
