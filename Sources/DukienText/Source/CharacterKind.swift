/// What a character does to the tokens around it.
enum CharacterKind: UInt8 {
  case space
  /// No width: soft hyphen, joiners, variation selectors. Between letters it is left out.
  case ignorable
  case letter
  /// A combining mark U+0300–U+036F, part of the word before it.
  case mark
  case digit
  /// A raised or lowered digit, as in "m²": a number of its own.
  case raisedDigit
  case sign
}

/// The kind of a code point.
///
/// From U+0370 on, everything is a letter that is not in the table of spaces and signs.
///
/// - Complexity: O(1) for Latin letters, else O(log n) in the table's ranges.
func characterKind(_ scalar: UInt32) -> CharacterKind {
  switch scalar {
  case 0x41...0x5A, 0x61...0x7A, 0x0100...0x02FF, 0x1E00...0x1EFF: return .letter
  case 0x30...0x39: return .digit
  case 0...0x20, 0x7F...0xA0: return .space
  case 0x21...0x7E: return .sign
  case 0xAD: return .ignorable
  case 0xAA, 0xB5, 0xBA: return .letter
  case 0xB2, 0xB3, 0xB9: return .raisedDigit
  case 0xD7, 0xF7, 0xA1...0xBF: return .sign
  case 0xC0...0xFF: return .letter
  case 0x0300...0x036F: return .mark
  default: break
  }
  var low = 0
  var high = kindRanges.count
  while low < high {
    let middle = (low &+ high) >> 1
    let range = kindRanges[middle]
    if scalar < range.first {
      high = middle
    } else if scalar > range.last {
      low = middle &+ 1
    } else {
      return range.kind
    }
  }
  return .letter
}

/// The length of the white space character at `index`, or 0.
@inline(__always)
func spaceLength(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Int {
  let byte = bytes[index]
  if byte < 0x80 { return byte <= 0x20 || byte == 0x7F ? 1 : 0 }
  switch byte {
  case 0xC2, 0xE2, 0xE3, 0xEF:
    let scalar = readScalar(bytes, index, end)
    return scalar.length > 1 && characterKind(scalar.value) == .space ? scalar.length : 0
  default: return 0
  }
}

/// The first offset at or after `begin` that is no white space, or `end`.
func skipSpace(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  var index = begin
  while index < end {
    let length = spaceLength(bytes, index, end)
    if length == 0 { return index }
    index &+= length
  }
  return end
}

/// The last offset at or before `end` that no white space precedes, or `begin`.
func skipSpaceBack(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  var index = end
  while index > begin {
    let byte = bytes[index &- 1]
    if byte < 0x80 {
      if byte > 0x20, byte != 0x7F { return index }
      index &-= 1
    } else {
      let scalar = readScalarBefore(bytes, begin, index)
      guard scalar.length > 1, characterKind(scalar.value) == .space else { return index }
      index &-= scalar.length
    }
  }
  return begin
}

private struct KindRange {
  var first: UInt32
  var last: UInt32
  var kind: CharacterKind

  init(_ first: UInt32, _ last: UInt32, _ kind: CharacterKind) {
    self.first = first
    self.last = last
    self.kind = kind
  }
}

/// What is no letter from U+0370 on, sorted (Unicode 16 blocks and general categories).
private let kindRanges: [KindRange] = [
  KindRange(0x037E, 0x037E, .sign), KindRange(0x0384, 0x0385, .sign),
  KindRange(0x0387, 0x0387, .sign), KindRange(0x03F6, 0x03F6, .sign),
  KindRange(0x0482, 0x0482, .sign), KindRange(0x055A, 0x055F, .sign),
  KindRange(0x0589, 0x058F, .sign), KindRange(0x05BE, 0x05BE, .sign),
  KindRange(0x05C0, 0x05C0, .sign), KindRange(0x05C3, 0x05C3, .sign),
  KindRange(0x05C6, 0x05C6, .sign), KindRange(0x05F3, 0x05F4, .sign),
  KindRange(0x0600, 0x060F, .sign), KindRange(0x061B, 0x061F, .sign),
  KindRange(0x066A, 0x066D, .sign), KindRange(0x06D4, 0x06D4, .sign),
  KindRange(0x0700, 0x070D, .sign), KindRange(0x0964, 0x0965, .sign),
  KindRange(0x0970, 0x0970, .sign), KindRange(0x0E3F, 0x0E3F, .sign),
  KindRange(0x0E4F, 0x0E4F, .sign), KindRange(0x0E5A, 0x0E5B, .sign),
  KindRange(0x0F04, 0x0F14, .sign), KindRange(0x0F3A, 0x0F3D, .sign),
  KindRange(0x104A, 0x104F, .sign), KindRange(0x10FB, 0x10FB, .sign),
  KindRange(0x1360, 0x1368, .sign), KindRange(0x166D, 0x166E, .sign),
  KindRange(0x1680, 0x1680, .ignorable), KindRange(0x169B, 0x169C, .sign),
  KindRange(0x16EB, 0x16ED, .sign), KindRange(0x1735, 0x1736, .sign),
  KindRange(0x17D4, 0x17D6, .sign), KindRange(0x17D8, 0x17DB, .sign),
  KindRange(0x1800, 0x180A, .sign), KindRange(0x180B, 0x180F, .ignorable),
  KindRange(0x1FBD, 0x1FBD, .sign), KindRange(0x1FBF, 0x1FC1, .sign),
  KindRange(0x1FCD, 0x1FCF, .sign), KindRange(0x1FDD, 0x1FDF, .sign),
  KindRange(0x1FED, 0x1FEF, .sign), KindRange(0x1FFD, 0x1FFE, .sign),
  KindRange(0x2000, 0x200B, .space), KindRange(0x200C, 0x200F, .ignorable),
  KindRange(0x2010, 0x2027, .sign), KindRange(0x2028, 0x2029, .space),
  KindRange(0x202A, 0x202E, .ignorable), KindRange(0x202F, 0x202F, .space),
  KindRange(0x2030, 0x205E, .sign), KindRange(0x205F, 0x205F, .space),
  KindRange(0x2060, 0x206F, .ignorable), KindRange(0x2070, 0x2070, .raisedDigit),
  KindRange(0x2071, 0x2073, .sign), KindRange(0x2074, 0x2079, .raisedDigit),
  KindRange(0x207A, 0x207F, .sign), KindRange(0x2080, 0x2089, .raisedDigit),
  KindRange(0x208A, 0x2125, .sign), KindRange(0x2127, 0x2129, .sign),
  KindRange(0x212C, 0x2BFF, .sign), KindRange(0x2CE5, 0x2CEA, .sign),
  KindRange(0x2CF9, 0x2CFF, .sign), KindRange(0x2E00, 0x2E7F, .sign),
  KindRange(0x2FF0, 0x2FFF, .sign), KindRange(0x3000, 0x3000, .space),
  KindRange(0x3001, 0x3004, .sign), KindRange(0x3008, 0x3020, .sign),
  KindRange(0x3030, 0x3030, .sign), KindRange(0x3036, 0x3037, .sign),
  KindRange(0x303D, 0x303F, .sign), KindRange(0x30FB, 0x30FB, .sign),
  KindRange(0x3190, 0x319F, .sign), KindRange(0x3200, 0x33FF, .sign),
  KindRange(0x4DC0, 0x4DFF, .sign), KindRange(0xA490, 0xA4CF, .sign),
  KindRange(0xE000, 0xF8FF, .sign), KindRange(0xFD3E, 0xFD3F, .sign),
  KindRange(0xFE00, 0xFE0F, .ignorable), KindRange(0xFE10, 0xFE1F, .sign),
  KindRange(0xFE30, 0xFE6F, .sign), KindRange(0xFEFF, 0xFEFF, .space),
  KindRange(0xFF00, 0xFF0F, .sign), KindRange(0xFF10, 0xFF19, .digit),
  KindRange(0xFF1A, 0xFF20, .sign), KindRange(0xFF3B, 0xFF40, .sign),
  KindRange(0xFF5B, 0xFF65, .sign), KindRange(0xFFE0, 0xFFFF, .sign),
  KindRange(0x10100, 0x1013F, .sign), KindRange(0x1D000, 0x1D3FF, .sign),
  KindRange(0x1F000, 0x1FAFF, .sign), KindRange(0xE0000, 0xE0FFF, .ignorable),
  KindRange(0xF0000, 0x10FFFF, .sign),
]
