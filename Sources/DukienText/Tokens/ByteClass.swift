/// What a byte may mean where a token begins or goes on.
///
/// Most leading bytes of UTF-8 open letters only, or nearly so. A run of such bytes is taken for a
/// word at first, and looked at closely only where the cache does not know it.
struct ByteClass: OptionSet {
  let rawValue: UInt8

  static let space = ByteClass(rawValue: 1)
  static let digit = ByteClass(rawValue: 2)
  /// Probably the first byte of a word.
  static let startsWord = ByteClass(rawValue: 4)
  /// Probably a byte inside a word.
  static let continuesWord = ByteClass(rawValue: 8)
  /// After a word, may go on with it or not: an apostrophe, or a byte that opens a letter or a sign.
  static let unclear = ByteClass(rawValue: 16)
  /// Opens "http" or "www".
  static let startsURL = ByteClass(rawValue: 32)

  static func of(_ byte: UInt8) -> ByteClass {
    switch byte {
    case 0...0x20, 0x7F: .space
    case 0x30...0x39: .digit
    case 0x48, 0x57, 0x68, 0x77: [.startsWord, .continuesWord, .startsURL]
    case 0x41...0x5A, 0x61...0x7A: [.startsWord, .continuesWord]
    case 0x27: .unclear
    case 0..<0x80: []
    case 0x80...0xBF, 0xCC, 0xCD: .continuesWord
    case 0xC2, 0xE2, 0xE3, 0xEE...0xFF: .unclear
    default: [.startsWord, .continuesWord]
    }
  }

  /// The classes of all bytes, to be indexed by byte.
  static func table() -> [ByteClass] {
    (0...255).map { of(UInt8($0)) }
  }
}
