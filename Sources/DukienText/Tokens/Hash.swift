/// A hash that mixes eight bytes a step by a full 128-bit product (the method of wyhash).
package func hash(of bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
  var state = 0x9E37_79B9_7F4A_7C15 ^ UInt64(truncatingIfNeeded: bytes.count)
  let raw = UnsafeRawBufferPointer(bytes)
  var index = 0
  while index &+ 8 <= raw.count {
    state = mix(state ^ raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    index &+= 8
  }
  var rest: UInt64 = 0
  while index < raw.count {
    rest = rest << 8 | UInt64(raw[index])
    index &+= 1
  }
  return mix(state ^ rest)
}

/// The hash of a hash and what follows it.
@inlinable @inline(__always)
package func hash(_ before: UInt64, then next: UInt64) -> UInt64 {
  mix((before << 23 | before >> 41) &+ next)
}

@inlinable @inline(__always)
package func mix(_ value: UInt64) -> UInt64 {
  let product = (value ^ 0xA076_1D64_78BD_642F).multipliedFullWidth(by: 0xE703_7ED1_A0B4_28DB)
  return product.high ^ product.low
}
