/// Decodes the bytes from `body` on by a table into UTF-8.
///
/// - Complexity: O(n) in the bytes.
func decodeTable(
  _ start: UnsafePointer<UInt8>, _ body: Int, _ count: Int, _ table: ByteTable,
  _ offsets: inout OffsetMap, _ problems: inout [TextProblem]
) -> [UInt8] {
  var invalid = TextProblem(code: .invalidBytes, at: Span(0, 0), count: 0)
  let text = [UInt8](unsafeUninitializedCapacity: 3 &* (count &- body)) { room, length in
    guard var writer = TextWriter(room) else { return }
    var index = body
    while index < count {
      var end = endOfASCII(start, index, count)
      // The last letter may belong to the byte after it.
      if table.hasPairs, end > index, table.pair(start, end &- 1, count) != nil { end &-= 1 }
      if end > index {
        offsets.add(text: writer.count, input: index)
        writer.copy(start + index, end &- index)
        index = end
      }
      while index < count {
        let scalar = table.read(start, index, count)
        if scalar.value < 0x80 { break }
        if scalar.value == 0xFFFD {
          invalid.add(Span(index, index &+ 1))
        }
        let before = writer.count
        writer.append(scalar.value)
        offsets.add(
          text: before, input: index, width: writer.count &- before, replaced: scalar.length)
        index &+= scalar.length
      }
    }
    length = writer.count
  }
  if invalid.count > 0 { problems.append(invalid) }
  return text
}

/// Decodes the UTF-16 from `body` on into UTF-8; a surrogate without its other half and a byte
/// left over at the end become U+FFFD.
///
/// - Complexity: O(n) in the bytes.
func decodeUtf16(
  _ start: UnsafePointer<UInt8>, _ body: Int, _ count: Int, isBigEndian: Bool,
  _ offsets: inout OffsetMap, _ problems: inout [TextProblem]
) -> [UInt8] {
  let units = Utf16Units(bytes: start, end: count, isBigEndian: isBigEndian)
  var invalid = TextProblem(code: .invalidBytes, at: Span(0, 0), count: 0)
  let text = [UInt8](unsafeUninitializedCapacity: 3 &* (count &- body &+ 1) / 2) { room, length in
    guard var writer = TextWriter(room) else { return }
    var index = body
    var width = 0
    while index < count {
      let scalar = units.read(index)
      if scalar.value == 0xFFFD, scalar.length == 1 || units.unit(index) != 0xFFFD {
        invalid.add(Span(index, index &+ scalar.length))
      }
      let before = writer.count
      writer.append(scalar.value)
      // Two bytes for each character of so many: nothing new.
      if writer.count &- before != width || scalar.length != 2 {
        width = scalar.length == 2 ? writer.count &- before : 0
        offsets.add(
          text: before, input: index, width: writer.count &- before, replaced: scalar.length)
      }
      index &+= scalar.length
    }
    length = writer.count
  }
  if invalid.count > 0 { problems.append(invalid) }
  return text
}

/// Bytes read as code units of UTF-16.
struct Utf16Units {
  let bytes: UnsafePointer<UInt8>
  let end: Int
  let isBigEndian: Bool

  /// The unit of the two bytes at `index`.
  @inline(__always)
  func unit(_ index: Int) -> UInt32 {
    let first = UInt32(bytes[index])
    let second = UInt32(bytes[index &+ 1])
    return isBigEndian ? first << 8 | second : second << 8 | first
  }

  /// The code point at `index`, which lies before `end`, and how many bytes stand for it.
  @inline(__always)
  func read(_ index: Int) -> Scalar {
    guard index &+ 1 < end else { return Scalar(value: 0xFFFD, length: 1) }
    let first = unit(index)
    guard first & 0xF800 == 0xD800 else { return Scalar(value: first, length: 2) }
    guard first < 0xDC00, index &+ 3 < end else { return Scalar(value: 0xFFFD, length: 2) }
    let second = unit(index &+ 2)
    guard second & 0xFC00 == 0xDC00 else { return Scalar(value: 0xFFFD, length: 2) }
    return Scalar(value: 0x10000 &+ (first & 0x3FF) << 10 &+ second & 0x3FF, length: 4)
  }
}

/// UTF-8 that is being written where there is room for it.
private struct TextWriter {
  private let base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0

  init?(_ room: UnsafeMutableBufferPointer<UInt8>) {
    guard let base = room.baseAddress else { return nil }
    self.base = base
  }

  @inline(__always)
  mutating func copy(_ bytes: UnsafePointer<UInt8>, _ length: Int) {
    (base + count).initialize(from: bytes, count: length)
    count &+= length
  }

  /// Writes a code point below U+110000.
  @inline(__always)
  mutating func append(_ value: UInt32) {
    if value < 0x80 {
      append(byte: value)
    } else if value < 0x800 {
      append(byte: 0xC0 | value >> 6)
      append(byte: 0x80 | value & 0x3F)
    } else if value < 0x10000 {
      append(byte: 0xE0 | value >> 12)
      append(byte: 0x80 | value >> 6 & 0x3F)
      append(byte: 0x80 | value & 0x3F)
    } else {
      append(byte: 0xF0 | value >> 18)
      append(byte: 0x80 | value >> 12 & 0x3F)
      append(byte: 0x80 | value >> 6 & 0x3F)
      append(byte: 0x80 | value & 0x3F)
    }
  }

  @inline(__always)
  private mutating func append(byte: UInt32) {
    base[count] = UInt8(truncatingIfNeeded: byte)
    count &+= 1
  }
}

/// The offset of the first byte at or after `begin` that is not ASCII, or `end`.
func endOfASCII(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  let raw = UnsafeRawPointer(bytes)
  var index = begin
  while index &+ 8 <= end {
    let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let high = UInt64(littleEndian: eight) & 0x8080_8080_8080_8080
    if high != 0 { return index &+ high.trailingZeroBitCount >> 3 }
    index &+= 8
  }
  while index < end, bytes[index] < 0x80 { index &+= 1 }
  return index
}
