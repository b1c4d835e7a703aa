/// A character reference such as `&amp;` or `&#225;`.
struct HtmlReference {
  /// How many bytes it takes in the page, from the ampersand on; 0 for none.
  var length: Int
  var first: UInt32
  /// A second character, or 0.
  var second: UInt32

  static var none: HtmlReference { HtmlReference(length: 0, first: 0, second: 0) }
}

/// Reads the character reference whose ampersand is at `begin`; nothing at or after `end` is read.
///
/// In the value of an attribute, a name without semicolon before `=`, a letter or a digit is none.
///
/// - Complexity: O(k) in the length of the reference.
func readReference(
  _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int, isAttribute: Bool = false
) -> HtmlReference {
  let first = begin &+ 1
  guard first < end else { return .none }
  if bytes[first] == 0x23 { return readNumericReference(bytes, begin, end) }
  var index = first
  let stop = Swift.min(end, first &+ longestEntity)
  while index < stop, isAlphanumeric(bytes[index]) { index &+= 1 }
  if index < end, bytes[index] == 0x3B,
    let value = entity(bytes + first, index &- first, isBare: false)
  {
    return reference(value, length: index &+ 1 &- begin)
  }
  var length = Swift.min(index &- first, longestBareEntity)
  while length >= 2 {
    if let value = entity(bytes + first, length, isBare: true) {
      let next = first &+ length
      if isAttribute, next < end, bytes[next] == 0x3D || isAlphanumeric(bytes[next]) {
        return .none
      }
      return reference(value, length: length &+ 1)
    }
    length &-= 1
  }
  return .none
}

/// Appends a span of the page with its character references decoded.
func decodeReferences(
  _ bytes: [UInt8], _ span: Span, isAttribute: Bool, into out: inout [UInt8]
) {
  bytes.withUnsafeBufferPointer { buffer in
    guard let start = buffer.baseAddress else { return }
    let end = Swift.min(Int(span.end), buffer.count)
    var begin = Int(span.begin)
    var index = findByte(0x26, start, begin, end)
    while index < end {
      let reference = readReference(start, index, end, isAttribute: isAttribute)
      if reference.length > 0 {
        out.append(contentsOf: UnsafeBufferPointer(start: start + begin, count: index &- begin))
        appendScalar(reference.first, to: &out)
        if reference.second > 0 { appendScalar(reference.second, to: &out) }
        begin = index &+ reference.length
      }
      index = findByte(0x26, start, index &+ Swift.max(reference.length, 1), end)
    }
    if end > begin {
      out.append(contentsOf: UnsafeBufferPointer(start: start + begin, count: end &- begin))
    }
  }
}

private let longestEntity = 31
private let longestBareEntity = 6

private func reference(_ value: UInt32, length: Int) -> HtmlReference {
  let second = Int(value >> 24 & 0x7F)
  return HtmlReference(
    length: length, first: value & 0xFF_FFFF, second: second == 0 ? 0 : entitySeconds[second &- 1])
}

/// The value of a name in the table, or nil; with `isBare`, of one that may lack its semicolon.
private func entity(_ name: UnsafePointer<UInt8>, _ count: Int, isBare: Bool) -> UInt32? {
  let names = entityNames.utf8Start
  var low = 0
  var high = entityEnds.count
  while low < high {
    let middle = (low &+ high) >> 1
    let begin = middle == 0 ? 0 : Int(entityEnds[middle &- 1])
    let length = Int(entityEnds[middle]) &- begin
    var offset = 0
    while offset < length, offset < count, names[begin &+ offset] == name[offset] { offset &+= 1 }
    if offset == length, offset == count {
      let value = entityValues[middle]
      return !isBare || value >> 31 == 1 ? value : nil
    }
    let isBefore =
      offset == count || offset < length && name[offset] < names[begin &+ offset]
    if isBefore { high = middle } else { low = middle &+ 1 }
  }
  return nil
}

/// Reads `&#225;` or `&#xE1;`; the semicolon may lack.
private func readNumericReference(
  _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int
) -> HtmlReference {
  var index = begin &+ 2
  let isHex = index < end && bytes[index] | 0x20 == 0x78
  if isHex { index &+= 1 }
  let base: UInt32 = isHex ? 16 : 10
  let first = index
  var value: UInt32 = 0
  while index < end, let digit = digitValue(bytes[index]), digit < base {
    value = Swift.min(value &* base &+ digit, 0x11_0000)
    index &+= 1
  }
  guard index > first else { return .none }
  if index < end, bytes[index] == 0x3B { index &+= 1 }
  return HtmlReference(length: index &- begin, first: characterOfNumber(value), second: 0)
}

/// The character that a number stands for: in 0x80–0x9F that of windows-1252, for no character
/// U+FFFD.
private func characterOfNumber(_ value: UInt32) -> UInt32 {
  switch value {
  case 0, 0xD800...0xDFFF, 0x11_0000...: 0xFFFD
  case 0x80...0x9F: windows1252[Int(value &- 0x80)]
  default: value
  }
}

private let windows1252: [UInt32] = [
  0x20AC, 0x81, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039,
  0x0152, 0x8D, 0x017D, 0x8F, 0x90, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC,
  0x2122, 0x0161, 0x203A, 0x0153, 0x9D, 0x017E, 0x0178,
]

private func digitValue(_ byte: UInt8) -> UInt32? {
  switch byte {
  case 0x30...0x39: UInt32(byte) &- 0x30
  case 0x41...0x46, 0x61...0x66: UInt32(byte | 0x20) &- 0x57
  default: nil
  }
}

private func isAlphanumeric(_ byte: UInt8) -> Bool {
  byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
}
