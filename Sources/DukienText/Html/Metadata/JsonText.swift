/// Appends the text of a JSON string: escapes resolved, everything else as it stands.
///
/// A lone half of a surrogate pair becomes U+FFFD; a backslash before any other character is left
/// out. A backslash at the end is dropped.
///
/// - Complexity: O(n) in the bytes.
func appendJsonText(_ bytes: UnsafePointer<UInt8>, _ span: Span, to out: inout [UInt8]) {
  let end = Int(span.end)
  var index = Int(span.begin)
  while index < end {
    let stretch = index
    while index < end, bytes[index] != UInt8(ascii: "\\") { index &+= 1 }
    out.append(contentsOf: UnsafeBufferPointer(start: bytes + stretch, count: index &- stretch))
    index &+= 1
    guard index < end else { return }
    switch bytes[index] {
    case UInt8(ascii: "n"): out.append(0x0A)
    case UInt8(ascii: "r"): out.append(0x0D)
    case UInt8(ascii: "t"): out.append(0x09)
    case UInt8(ascii: "b"), UInt8(ascii: "f"): out.append(0x20)
    case UInt8(ascii: "u"):
      index = appendEscapedScalar(bytes, index &+ 1, end, to: &out)
      continue
    default:
      let length = readScalar(bytes, index, end).length
      out.append(contentsOf: UnsafeBufferPointer(start: bytes + index, count: length))
      index &+= length
      continue
    }
    index &+= 1
  }
}

/// Appends the character of the four digits at `at`, with its second half where it has one, and
/// gives the offset after them.
private func appendEscapedScalar(
  _ bytes: UnsafePointer<UInt8>, _ at: Int, _ end: Int, to out: inout [UInt8]
) -> Int {
  guard let first = fourDigits(bytes, at, end) else {
    out.append(UInt8(ascii: "u"))
    return at
  }
  let after = at &+ 4
  switch first {
  case 0xD800...0xDBFF:
    if after &+ 2 <= end, bytes[after] == UInt8(ascii: "\\"),
      bytes[after &+ 1] == UInt8(ascii: "u"),
      let second = fourDigits(bytes, after &+ 2, end), second & 0xFC00 == 0xDC00
    {
      appendScalar(0x10000 &+ (first & 0x3FF) << 10 &+ second & 0x3FF, to: &out)
      return after &+ 6
    }
    appendScalar(0xFFFD, to: &out)
  case 0xDC00...0xDFFF: appendScalar(0xFFFD, to: &out)
  default: appendScalar(first, to: &out)
  }
  return after
}

private func fourDigits(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> UInt32? {
  guard at &+ 4 <= end else { return nil }
  var value: UInt32 = 0
  for index in at..<at &+ 4 {
    guard let digit = hexDigit(bytes[index]) else { return nil }
    value = value << 4 | digit
  }
  return value
}

private func hexDigit(_ byte: UInt8) -> UInt32? {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte &- 0x30)
  case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(byte &- 0x57)
  case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(byte &- 0x37)
  default: nil
  }
}
