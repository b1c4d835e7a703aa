/// The offset of the first `byte` at or after `begin`, or `end`; eight bytes at a time.
@inline(__always)
func findByte(_ byte: UInt8, _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  let raw = UnsafeRawPointer(bytes)
  let ones: UInt64 = 0x0101_0101_0101_0101
  let highs: UInt64 = 0x8080_8080_8080_8080
  let pattern = ones &* UInt64(byte)
  var index = begin
  while index &+ 8 <= end {
    let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    let other = eight ^ pattern
    // The classic test for a zero byte; its lowest bit is always that of the first.
    let hits = (other &- ones) & ~other & highs
    if hits != 0 { return index &+ hits.trailingZeroBitCount >> 3 }
    index &+= 8
  }
  while index < end, bytes[index] != byte { index &+= 1 }
  return Swift.max(index, begin)
}
