/// What the generated table says about one Latin, Greek or Cyrillic letter.
struct LetterEntry {
  private let entry: UInt64
  /// The letter in lower case.
  let lower: UInt32

  /// The entry of a code point, or nil where the table does not reach.
  @inline(__always)
  init?(_ scalar: UInt32) {
    let index: UInt32
    switch scalar {
    case 0x00C0...0x024F: index = scalar &- 0x00C0
    case 0x0370...0x052F: index = scalar &- 0x0370 &+ 0x0190
    case 0x1E00...0x1FFF: index = scalar &- 0x1E00 &+ 0x0350
    default: return nil
    }
    guard Int(index) < letterTable.count else { return nil }
    entry = letterTable[Int(index)]
    lower = UInt32(lowerLetters[Int(index)])
  }

  /// The decomposed letter without its marks, in lower case.
  var lowerBase: UInt32 { UInt32(truncatingIfNeeded: entry & 0xFFFF) }

  /// The decomposed letter without its marks, in its own case.
  var exactBase: UInt32 { UInt32(truncatingIfNeeded: entry >> 16 & 0xFFFF) }

  /// The mark at a place from 0 to 2 of the decomposed letter, or 0.
  func mark(_ place: UInt64) -> UInt32 {
    let code = UInt32(truncatingIfNeeded: entry >> (32 &+ 8 &* place) & 0xFF)
    return code == 0 ? 0 : code &+ 0x02FF
  }
}
