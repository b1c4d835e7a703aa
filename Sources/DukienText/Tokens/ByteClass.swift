/// What a byte may mean where a token begins.
struct ByteClass: OptionSet {
  let rawValue: UInt8

  static let space = ByteClass(rawValue: 1)
  static let digit = ByteClass(rawValue: 2)
  /// The first byte of a word, or nearly always so.
  static let startsWord = ByteClass(rawValue: 4)
  /// Opens "http" or "www".
  static let startsURL = ByteClass(rawValue: 8)

  static func of(_ byte: UInt8) -> ByteClass {
    switch byte {
    case 0...0x20, 0x7F: .space
    case 0x30...0x39: .digit
    case 0x48, 0x57, 0x68, 0x77: [.startsWord, .startsURL]
    case 0x41...0x5A, 0x61...0x7A: .startsWord
    case 0xC3...0xCB, 0xCE...0xE1, 0xE4...0xED: .startsWord
    default: []
    }
  }

  /// The classes of all bytes, to be indexed by byte.
  static func table() -> [ByteClass] {
    (0...255).map { of(UInt8($0)) }
  }
}
