/// How a token looks, apart from which word it is.
public struct Shape: OptionSet, Sendable, BitwiseCopyable {
  public let rawValue: UInt16

  @inlinable
  public init(rawValue: UInt16) {
    self.rawValue = rawValue
  }

  // The set's own operations: other modules take them in, as only what is public and inlinable is.

  @inlinable
  public func contains(_ other: Shape) -> Bool { rawValue & other.rawValue == other.rawValue }

  @inlinable
  public func isSuperset(of other: Shape) -> Bool { contains(other) }

  @inlinable
  public static func | (a: Shape, b: Shape) -> Shape { Shape(rawValue: a.rawValue | b.rawValue) }

  @inlinable
  public func isDisjoint(with other: Shape) -> Bool { rawValue & other.rawValue == 0 }

  /// Letters.
  @inlinable public static var word: Shape { Shape(rawValue: 1 << 0) }
  /// Digits, with points and commas between them: "64.620", "29.12.2017".
  @inlinable public static var number: Shape { Shape(rawValue: 1 << 1) }
  /// One sign, or one of the runs "..." and "./.".
  @inlinable public static var punctuation: Shape { Shape(rawValue: 1 << 2) }
  /// A web address.
  @inlinable public static var url: Shape { Shape(rawValue: 1 << 3) }
  /// A word whose first letter is upper case.
  @inlinable public static var capital: Shape { Shape(rawValue: 1 << 4) }
  /// A word of two or more letters, all upper case.
  @inlinable public static var allCaps: Shape { Shape(rawValue: 1 << 5) }
  /// No white space stands before it, and it is not the first of its block.
  @inlinable public static var glued: Shape { Shape(rawValue: 1 << 6) }
  /// A number glued to a letter ("m2", "E5"), or to a letter and a hyphen ("COVID-19").
  @inlinable public static var code: Shape { Shape(rawValue: 1 << 7) }
  /// One of `. ? ! …`, also as "..." and "./.".
  @inlinable public static var terminal: Shape { Shape(rawValue: 1 << 8) }
  @inlinable public static var opensBracket: Shape { Shape(rawValue: 1 << 9) }
  @inlinable public static var closesBracket: Shape { Shape(rawValue: 1 << 10) }
  @inlinable public static var opensQuote: Shape { Shape(rawValue: 1 << 11) }
  @inlinable public static var closesQuote: Shape { Shape(rawValue: 1 << 12) }
  /// A straight quotation mark, which opens or closes.
  @inlinable public static var plainQuote: Shape { Shape(rawValue: 1 << 13) }
  /// A hyphen, dash or minus sign.
  @inlinable public static var dash: Shape { Shape(rawValue: 1 << 14) }
}

extension Shape {
  /// The shape of a single sign.
  static func ofSign(_ scalar: UInt32) -> Shape {
    switch scalar {
    case 0x2E, 0x3F, 0x21, 0x2026, 0x3002, 0xFF01, 0xFF0E, 0xFF1F: [.punctuation, .terminal]
    case 0x28, 0x5B, 0x7B, 0x3010, 0x3014, 0xFF08, 0xFF3B, 0xFF5B: [.punctuation, .opensBracket]
    case 0x29, 0x5D, 0x7D, 0x3011, 0x3015, 0xFF09, 0xFF3D, 0xFF5D: [.punctuation, .closesBracket]
    case 0x201C, 0x2018, 0x201E, 0x201A, 0xAB, 0x2039, 0x300C, 0x300E, 0x300A, 0x3008:
      [.punctuation, .opensQuote]
    case 0x201D, 0x2019, 0xBB, 0x203A, 0x300D, 0x300F, 0x300B, 0x3009:
      [.punctuation, .closesQuote]
    case 0x22, 0x27, 0xFF02, 0xFF07: [.punctuation, .plainQuote]
    case 0x2D, 0x2010...0x2015, 0x2212, 0xFF0D: [.punctuation, .dash]
    default: .punctuation
    }
  }
}
