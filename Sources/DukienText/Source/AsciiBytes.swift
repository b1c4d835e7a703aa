/// A byte, an ASCII capital letter made small.
@inline(__always)
package func lowerByte(_ byte: UInt8) -> UInt8 { byte &- 0x41 < 26 ? byte | 0x20 : byte }

/// Whether ASCII text in lower case stands at `begin`, in any case.
func startsLike(
  _ lower: StaticString, _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int
) -> Bool {
  let count = lower.utf8CodeUnitCount
  guard end &- begin >= count else { return false }
  for offset in 0..<count where lowerByte(bytes[begin &+ offset]) != lower.utf8Start[offset] {
    return false
  }
  return true
}

/// Whether the bytes are the ASCII text given in lower case, in any case.
@inline(__always)
func spanEquals(_ lower: StaticString, _ bytes: UnsafePointer<UInt8>, _ span: Span) -> Bool {
  span.count == lower.utf8CodeUnitCount && startsLike(lower, bytes, Int(span.begin), Int(span.end))
}

/// Whether the same bytes stand in two places.
func isSame(_ left: Span, _ right: Span, _ bytes: UnsafePointer<UInt8>) -> Bool {
  guard left.count == right.count else { return false }
  for offset in 0..<left.count
  where bytes[Int(left.begin) &+ offset] != bytes[Int(right.begin) &+ offset] {
    return false
  }
  return true
}
