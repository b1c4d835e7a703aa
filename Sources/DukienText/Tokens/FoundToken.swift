/// A token of which the end is known, but not yet the word.
struct FoundToken {
  enum Kind {
    case word, number, url, sign
  }

  var kind: Kind
  /// Where it ends; where it begins if there is no token.
  var end: Int
  /// How many bytes to go on where there is no token.
  var skipped = 0
  /// The shape of a sign.
  var sign: Shape = []
}

extension Scanner {
  /// The token at `index`, found by looking at each of its characters.
  @inline(never)
  func token(at index: Int, _ end: Int, _ byteClass: ByteClass) -> FoundToken {
    if byteClass.contains(.digit) {
      return FoundToken(kind: .number, end: endOfNumber(index, end))
    }
    if byteClass.contains(.startsURL), let end = endOfURL(index, end) {
      return FoundToken(kind: .url, end: end)
    }
    let scalar = readScalar(text, index, end)
    switch characterKind(scalar.value) {
    case .letter:
      return FoundToken(kind: .word, end: endOfWord(index &+ scalar.length, end))
    case .digit:
      return FoundToken(kind: .number, end: endOfNumber(index, end))
    case .raisedDigit:
      return FoundToken(kind: .number, end: index &+ scalar.length)
    case .space, .ignorable:
      return FoundToken(kind: .sign, end: index, skipped: scalar.length)
    case .sign, .mark:
      return sign(scalar, at: index, end)
    }
  }

  private func sign(_ scalar: Scalar, at index: Int, _ end: Int) -> FoundToken {
    var last = index &+ scalar.length
    if scalar.value == 0x2E {
      var dots = index &+ 1
      while dots < end, text[dots] == 0x2E { dots &+= 1 }
      if dots &- index >= 3 {
        last = dots
      } else if startsLike("./.", text, index, end) {
        last = index &+ 3
      }
    }
    return FoundToken(kind: .sign, end: last, sign: .ofSign(scalar.value))
  }

  /// Where a word ends of which the letters before `begin` are known.
  private func endOfWord(_ begin: Int, _ end: Int) -> Int {
    var index = begin
    while index < end {
      let scalar = readScalar(text, index, end)
      let next = index &+ scalar.length
      switch characterKind(scalar.value) {
      case .letter, .mark:
        index = next
      case .ignorable:
        guard next < end else { return index }
        switch characterKind(readScalar(text, next, end).value) {
        case .letter, .mark: index = next
        default: return index
        }
      case .sign:
        guard scalar.value == 0x27 || scalar.value == 0x2019 || scalar.value == 0x2018,
          next < end, characterKind(readScalar(text, next, end).value) == .letter
        else { return index }
        index = next
      case .space, .digit, .raisedDigit:
        return index
      }
    }
    return end
  }

  /// Where the digits at `begin` end, each point or comma inside followed by a digit.
  private func endOfNumber(_ begin: Int, _ end: Int) -> Int {
    var index = begin
    while index < end {
      let digit = digitLength(index, end)
      if digit > 0 {
        index &+= digit
      } else if text[index] == 0x2E || text[index] == 0x2C, index &+ 1 < end,
        digitLength(index &+ 1, end) > 0
      {
        index &+= 1
      } else {
        break
      }
    }
    return index
  }

  private func digitLength(_ index: Int, _ end: Int) -> Int {
    let byte = text[index]
    if byte &- 0x30 < 10 { return 1 }
    guard byte == 0xEF else { return 0 }
    let scalar = readScalar(text, index, end)
    return characterKind(scalar.value) == .digit ? scalar.length : 0
  }

  private func prefixOfURL(_ index: Int, _ end: Int) -> Int {
    if startsLike("http://", text, index, end) { return 7 }
    if startsLike("https://", text, index, end) { return 8 }
    if startsLike("www.", text, index, end) { return 4 }
    return 0
  }

  /// Where the web address at `begin` ends, or nil where there is none.
  ///
  /// It goes on to white space, less the punctuation, closing quotation marks and pipes at its end;
  /// a closing bracket stays where the address also opens one.
  private func endOfURL(_ begin: Int, _ end: Int) -> Int? {
    let prefix = prefixOfURL(begin, end)
    guard prefix > 0 else { return nil }
    var last = begin &+ prefix
    var opens = false
    while last < end, spaceLength(text, last, end) == 0 {
      if text[last] == 0x28 { opens = true }
      last &+= 1
    }
    while last > begin &+ prefix {
      let scalar = readScalarBefore(text, begin, last)
      let shape = Shape.ofSign(scalar.value)
      switch scalar.value {
      case 0x2C, 0x3A, 0x3B, 0x3E, 0x7C: break
      case 0x29: if opens { return last }
      default:
        if shape.isDisjoint(with: trailing) { return last }
      }
      last &-= scalar.length
    }
    return nil
  }
}

/// What ends the sentence or quotation around a web address rather than the address.
private let trailing: Shape = [
  .terminal, .opensBracket, .closesBracket, .opensQuote, .closesQuote, .plainQuote,
]
