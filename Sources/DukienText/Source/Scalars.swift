/// A code point read from UTF-8 bytes, and how many bytes it takes.
struct Scalar {
  var value: UInt32
  var length: Int
}

/// Reads the code point at `index`; a byte that begins no valid sequence is U+FFFD of length 1.
///
/// `index` must lie before `end`; no byte at or after `end` is read.
@inline(__always)
func readScalar(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Scalar {
  let first = UInt32(bytes[index])
  if first < 0x80 { return Scalar(value: first, length: 1) }
  let length = sequenceLength(bytes, index, end)
  switch length {
  case 2:
    return Scalar(value: (first & 0x1F) << 6 | tail(bytes[index &+ 1]), length: 2)
  case 3:
    let value =
      (first & 0x0F) << 12 | tail(bytes[index &+ 1]) << 6 | tail(bytes[index &+ 2])
    return Scalar(value: value, length: 3)
  case 4:
    let value =
      (first & 0x07) << 18 | tail(bytes[index &+ 1]) << 12 | tail(bytes[index &+ 2]) << 6
      | tail(bytes[index &+ 3])
    return Scalar(value: value, length: 4)
  default:
    return Scalar(value: 0xFFFD, length: 1)
  }
}

/// Reads the code point that ends at `end`, going back no further than `begin`.
func readScalarBefore(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Scalar {
  var index = end &- 1
  while index > begin, end &- index < 4, bytes[index] & 0xC0 == 0x80 { index &-= 1 }
  let scalar = readScalar(bytes, index, end)
  return scalar.length == end &- index ? scalar : Scalar(value: 0xFFFD, length: 1)
}

@inline(__always)
private func tail(_ byte: UInt8) -> UInt32 { UInt32(byte & 0x3F) }

/// The length of the valid UTF-8 sequence at `index`, or, negated, the length of the maximal
/// subpart of an ill-formed one (Unicode 16, section 3.9, table 3-7).
@inline(__always)
func sequenceLength(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int {
  let first = bytes[index]
  if first < 0x80 { return 1 }
  var low: UInt8 = 0x80
  var high: UInt8 = 0xBF
  let length: Int
  switch first {
  case 0xC2...0xDF: length = 2
  case 0xE0:
    length = 3
    low = 0xA0
  case 0xED:
    length = 3
    high = 0x9F
  case 0xE1...0xEF: length = 3
  case 0xF0:
    length = 4
    low = 0x90
  case 0xF4:
    length = 4
    high = 0x8F
  case 0xF1...0xF3: length = 4
  default: return -1
  }
  guard index &+ 1 < end else { return -1 }
  let second = bytes[index &+ 1]
  guard low <= second, second <= high else { return -1 }
  var offset = 2
  while offset < length {
    guard index &+ offset < end, bytes[index &+ offset] & 0xC0 == 0x80 else { return -offset }
    offset &+= 1
  }
  return length
}

/// Appends the UTF-8 form of a code point below U+110000.
@inline(__always)
func appendScalar(_ value: UInt32, to out: inout [UInt8]) {
  if value < 0x80 {
    out.append(UInt8(truncatingIfNeeded: value))
  } else if value < 0x800 {
    out.append(UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
    out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
  } else if value < 0x10000 {
    out.append(UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
    out.append(UInt8(truncatingIfNeeded: 0x80 | (value >> 6) & 0x3F))
    out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
  } else {
    out.append(UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
    out.append(UInt8(truncatingIfNeeded: 0x80 | (value >> 12) & 0x3F))
    out.append(UInt8(truncatingIfNeeded: 0x80 | (value >> 6) & 0x3F))
    out.append(UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
  }
}
