/// What a byte means inside a tag.
struct HtmlByteClass: OptionSet {
  let rawValue: UInt8

  static let space = HtmlByteClass(rawValue: 1)
  /// Ends the name of a tag.
  static let endsTagName = HtmlByteClass(rawValue: 2)
  /// Ends the name of an attribute.
  static let endsAttributeName = HtmlByteClass(rawValue: 4)
  /// Ends a value without quotation marks.
  static let endsValue = HtmlByteClass(rawValue: 8)
  static let letter = HtmlByteClass(rawValue: 16)
  /// Copied as it is from the page's text to the visible text.
  static let plain = HtmlByteClass(rawValue: 32)

  static func of(_ byte: UInt8) -> HtmlByteClass {
    switch byte {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
      [.space, .endsTagName, .endsAttributeName, .endsValue]
    case 0x3E: [.endsTagName, .endsAttributeName, .endsValue, .plain]
    case 0x2F: [.endsTagName, .endsAttributeName, .plain]
    case 0x3D: [.endsAttributeName, .plain]
    case 0x41...0x5A, 0x61...0x7A: [.letter, .plain]
    case 0x00, 0x26: []
    default: .plain
    }
  }

  /// The classes of all bytes, to be indexed by byte.
  static let table: [HtmlByteClass] = (0...255).map { of(UInt8($0)) }
}
