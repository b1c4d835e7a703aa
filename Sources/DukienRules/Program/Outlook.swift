public import DukienText

/// What the next token must look like so that a match can go on; what a token looks like.
///
/// A match can go on from an instruction only where its outlook meets that of the token. Bits are
/// shared, so that an outlook may meet in vain, and one that does not meet is sure.
public struct Outlook: BitwiseCopyable, Sendable {
  /// Bits 0 to 47: words, by their id. Bits 48 to 62: the bits of a shape. Bit 63: anything, the
  /// end too.
  public var tokens: UInt64
  /// The types of edges, by their id.
  public var types: UInt64

  @inlinable
  public init(tokens: UInt64 = 0, types: UInt64 = 0) {
    self.tokens = tokens
    self.types = types
  }

  /// Meets every token.
  @inlinable public static var anything: Outlook { Outlook(tokens: .max, types: .max) }

  /// The outlook of a token without its edges.
  @inlinable @inline(__always)
  public static func token(word: UInt32, shape: Shape) -> Outlook {
    Outlook(tokens: bit(ofWord: word) | UInt64(shape.rawValue & 0x7FFF) << 48 | 1 << 63)
  }

  @inlinable @inline(__always)
  public static func bit(ofWord word: UInt32) -> UInt64 {
    1 << ((UInt64(word &* 0x9E37_79B1) &* 48) >> 32)
  }

  @inlinable @inline(__always)
  public static func bit(ofType type: UInt16) -> UInt64 { 1 << UInt64(type & 63) }

  @inlinable @inline(__always)
  public func meets(_ other: Outlook) -> Bool {
    tokens & other.tokens | types & other.types != 0
  }

  func union(_ other: Outlook) -> Outlook {
    Outlook(tokens: tokens | other.tokens, types: types | other.types)
  }
}

extension Outlook {
  /// The outlook of each instruction of all patterns.
  ///
  /// - Complexity: linear in the instructions; jumps go forward only.
  static func ofCode(_ program: ProgramDraft, holes: [UInt64]) -> [Outlook] {
    let code = program.code
    var outlooks = [Outlook](repeating: .anything, count: code.count)
    for index in code.indices.reversed() {
      let instruction = code[index]
      switch instruction.operation {
      case .word, .exact:
        outlooks[index] = Outlook(tokens: bit(ofWord: UInt32(bitPattern: instruction.a)))
      case .hole: outlooks[index] = Outlook(types: holes[Int(instruction.a)])
      case .classToken:
        outlooks[index] = Outlook(of: program.classes[Int(instruction.a)])
      case .split:
        outlooks[index] = outlooks[Int(instruction.a)].union(outlooks[Int(instruction.b)])
      case .jump: outlooks[index] = outlooks[Int(instruction.a)]
      case .open, .close, .mentionOpen, .mentionClose, .atStart:
        outlooks[index] = outlooks[index + 1]
      case .anyInGap, .anyInRun, .atEnd, .accept: break
      }
    }
    return outlooks
  }

  /// Meets the tokens of a class: the shape that tells most of those that all its tokens have.
  init(of tokenClass: TokenClass) {
    var required = tokenClass.required
    if tokenClass.requiresLowercase { required.insert(.word) }
    guard !required.isEmpty else {
      self = .anything
      return
    }
    let rare = required.subtracting([.word, .punctuation, .capital])
    let best = !rare.isEmpty ? rare : required.contains(.capital) ? .capital : required
    self.init(tokens: UInt64(best.rawValue & (0 &- best.rawValue) & 0x7FFF) << 48)
  }
}
