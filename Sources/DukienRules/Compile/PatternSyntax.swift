/// A pattern as written, before names are known.
indirect enum PatternSyntax {
  case literal(LiteralSyntax)
  /// `<name:Type.path>`
  case hole(HoleSyntax)
  /// `<name = pattern>`
  case capture(String, PatternSyntax)
  case sequence([PatternSyntax])
  case choice([PatternSyntax])
  case repeated(PatternSyntax, ClosedRange<Int>, separator: PatternSyntax?)
  /// `..n` or `<name:..n>`: as few tokens as possible.
  case gap(Int, capture: String)
  /// `<name:++n>`: as many tokens as possible.
  case run(Int, capture: String)
  /// A named pattern, once it has been looked up; its parts stand in a text of their own.
  case named(PatternSyntax, at: Int)
  /// `[ … ]`: the mention's span.
  case mention(PatternSyntax)
  case start
  case end
}

/// Words that stand for themselves.
struct LiteralSyntax {
  var text: String
  /// True where their case counts too.
  var isExact: Bool
  /// Where it stands, a byte offset of the pattern.
  var at: Int
  /// The ids of its words, and how they are spelled where that counts, once they are known.
  var words: [UInt32] = []
  var spellings: [Int32] = []
}

/// A hole as written: `<name:Type.path>`, `<name:Type|Other>`, `<set/Type>`.
struct HoleSyntax {
  /// The types it takes, any of them; empty in `<>`.
  var types: [String]
  var capture: String
  var path: [String]
  /// Where the first type stands, a byte offset of the pattern.
  var at: Int
  /// What the names stand for, once they have been looked up.
  var target: HoleTarget?
}

enum HoleTarget {
  case types(Int)
  case tokenClass(Int)
}

/// A mistake inside a pattern, at a byte offset of its text.
struct PatternProblem: Error {
  var code: String
  var message: String
  var hint = ""
  var at: Int
}

extension PatternSyntax {
  /// The most tokens a gap or run may span, and the most often a piece may repeat.
  static let longestGap = 600
  static let mostRepeats = 40
  static let deepestNesting = 24

  /// Parses the pattern card of the rule language.
  static func parse(_ text: String) throws(PatternProblem) -> PatternSyntax {
    var parser = PatternParser(bytes: Array(text.utf8))
    let syntax = try parser.alternatives(depth: 0)
    parser.skipSpace()
    guard parser.position == parser.bytes.count else {
      throw PatternProblem(
        code: "pattern.unbalanced", message: "`\(parser.shown())` closes nothing",
        hint: "quote it to mean the character: '\(parser.shown())'", at: parser.position)
    }
    return syntax
  }

  /// Calls `body` with this node and everything in it, outermost first.
  func forEach(_ body: (PatternSyntax) -> Void) {
    body(self)
    switch self {
    case .capture(_, let inner), .mention(let inner), .named(let inner, _): inner.forEach(body)
    case .sequence(let parts), .choice(let parts): parts.forEach { $0.forEach(body) }
    case .repeated(let inner, _, let separator):
      inner.forEach(body)
      separator?.forEach(body)
    default: break
    }
  }

  /// As `forEach`, but for what stands in named patterns.
  func forEachWritten(_ body: (PatternSyntax) -> Void) {
    body(self)
    switch self {
    case .capture(_, let inner), .mention(let inner): inner.forEachWritten(body)
    case .sequence(let parts), .choice(let parts): parts.forEach { $0.forEachWritten(body) }
    case .repeated(let inner, _, let separator):
      inner.forEachWritten(body)
      separator?.forEachWritten(body)
    default: break
    }
  }
}

private struct PatternParser {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private func at(_ offset: Int) -> UInt8 {
    position + offset < bytes.count ? bytes[position + offset] : 0
  }

  mutating func skipSpace() {
    while next == 0x20 { position += 1 }
  }

  func shown() -> String {
    position < bytes.count ? String(decoding: bytes[position...position], as: UTF8.self) : "end"
  }

  private func problem(_ code: String, _ message: String, hint: String = "") -> PatternProblem {
    PatternProblem(code: code, message: message, hint: hint, at: position)
  }

  private func tooDeep() -> PatternProblem {
    problem("pattern.depth", "pattern is nested more than \(PatternSyntax.deepestNesting) deep")
  }

  mutating func alternatives(depth: Int) throws(PatternProblem) -> PatternSyntax {
    guard depth < PatternSyntax.deepestNesting else { throw tooDeep() }
    var choices = [try sequence(depth: depth)]
    while next == UInt8(ascii: "|") {
      position += 1
      choices.append(try sequence(depth: depth))
    }
    return choices.count == 1 ? choices[0] : .choice(choices)
  }

  private mutating func sequence(depth: Int) throws(PatternProblem) -> PatternSyntax {
    var parts: [PatternSyntax] = []
    let begin = position
    while true {
      skipSpace()
      switch next {
      case 0, UInt8(ascii: "|"), UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"),
        UInt8(ascii: ">"):
        guard !parts.isEmpty else {
          position = min(begin, bytes.count)
          throw problem(
            "pattern.empty", "empty pattern or alternative", hint: "use `?` to make a part optional"
          )
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
      default:
        parts.append(try suffixed(try atom(depth: depth), depth: depth))
      }
    }
  }

  private mutating func suffixed(_ atom: PatternSyntax, depth: Int) throws(PatternProblem)
    -> PatternSyntax
  {
    var result = atom
    var suffixes = depth
    while true {
      guard suffixes < PatternSyntax.deepestNesting else { throw tooDeep() }
      suffixes += 1
      if next == UInt8(ascii: "?") {
        if case .gap = result {
          throw problem(
            "pattern.optional-gap", "`?` after a gap has no meaning: a gap may already be empty",
            hint: "remove the `?`")
        }
        position += 1
        result = .repeated(result, 0...1, separator: nil)
      } else if next == UInt8(ascii: "{") {
        position += 1
        result = try repeated(result, depth: depth)
      } else {
        return result
      }
    }
  }

  private mutating func repeated(_ inner: PatternSyntax, depth: Int) throws(PatternProblem)
    -> PatternSyntax
  {
    let begin = position
    skipSpace()
    let low = try number()
    skipSpace()
    var high = low
    if next == UInt8(ascii: ",") {
      position += 1
      skipSpace()
      high = try number()
      skipSpace()
    }
    var separator: PatternSyntax?
    if next == UInt8(ascii: ";") {
      position += 1
      separator = try alternatives(depth: depth + 1)
      skipSpace()
    }
    guard next == UInt8(ascii: "}") else {
      throw problem("pattern.unbalanced", "`{` is not closed", hint: "write `{1,4}` or `{1,4; ,}`")
    }
    position += 1
    guard low <= high, high >= 1, high <= PatternSyntax.mostRepeats else {
      position = begin
      throw problem(
        "pattern.repeat", "a repeat goes from 0 up to \(PatternSyntax.mostRepeats), low to high")
    }
    return .repeated(inner, low...high, separator: separator)
  }

  private mutating func atom(depth: Int) throws(PatternProblem) -> PatternSyntax {
    switch next {
    case UInt8(ascii: "("):
      return try bracketed(close: UInt8(ascii: ")"), depth: depth)
    case UInt8(ascii: "["):
      return .mention(try bracketed(close: UInt8(ascii: "]"), depth: depth))
    case UInt8(ascii: "<"):
      return try hole(depth: depth)
    case UInt8(ascii: "'"):
      return try quoted()
    case UInt8(ascii: ".") where at(1) == UInt8(ascii: ".") && isDigit(at(2)):
      position += 2
      return .gap(try length(), capture: "")
    case UInt8(ascii: "?"), UInt8(ascii: "{"):
      throw problem(
        "pattern.unbalanced", "`\(shown())` has nothing before it to repeat",
        hint: "quote it to mean the character: '\(shown())'")
    case UInt8(ascii: ">"):
      throw problem(
        "pattern.unbalanced", "`>` closes nothing", hint: "quote it to mean the character: '>'")
    default:
      let begin = position
      while next != 0, !Self.endsWord(next) { position += 1 }
      return literal(begin..<position, isExact: false)
    }
  }

  private static func endsWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x20, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "["), UInt8(ascii: "]"),
      UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "|"), UInt8(ascii: "?"),
      UInt8(ascii: "{"), UInt8(ascii: "}"):
      true
    default: false
    }
  }

  private mutating func bracketed(close: UInt8, depth: Int) throws(PatternProblem) -> PatternSyntax
  {
    let bracket = shown()
    let isNotClosed = problem(
      "pattern.unbalanced", "`\(bracket)` is not closed",
      hint: "quote it to mean the character: '\(bracket)'")
    position += 1
    guard bytes[position...].contains(where: { $0 != 0x20 }) else { throw isNotClosed }
    let inner = try alternatives(depth: depth + 1)
    skipSpace()
    guard next == close else { throw isNotClosed }
    position += 1
    return inner
  }

  private mutating func quoted() throws(PatternProblem) -> PatternSyntax {
    let open = position
    position += 1
    let begin = position
    while next != 0, next != UInt8(ascii: "'") { position += 1 }
    guard next != 0, position > begin else {
      position = open
      throw problem("pattern.unbalanced", "`'` is not closed")
    }
    position += 1
    return literal(begin..<position - 1, isExact: true)
  }

  private func literal(_ range: Range<Int>, isExact: Bool) -> PatternSyntax {
    let text = String(decoding: bytes[range], as: UTF8.self)
    return .literal(LiteralSyntax(text: text, isExact: isExact, at: range.lowerBound))
  }

  private mutating func hole(depth: Int) throws(PatternProblem) -> PatternSyntax {
    let open = position
    position += 1
    skipSpace()
    let nameAt = position
    let name = qualifiedName()
    skipSpace()
    var syntax: PatternSyntax
    switch next {
    case UInt8(ascii: "="):
      guard !name.isEmpty else {
        throw problem("pattern.hole", "a capture needs a name before `=`")
      }
      position += 1
      syntax = .capture(name, try alternatives(depth: depth + 1))
    case UInt8(ascii: ":"):
      position += 1
      skipSpace()
      syntax = try captured(name)
    case UInt8(ascii: ".") where name.isEmpty && at(1) == UInt8(ascii: "."):
      syntax = try captured("")
    default:
      if name == "start" {
        syntax = .start
      } else if name == "end" {
        syntax = .end
      } else {
        syntax = .hole(try hole(of: name, capture: "", at: nameAt))
      }
    }
    skipSpace()
    guard next == UInt8(ascii: ">") else {
      if position < bytes.count, bytes[open...].contains(UInt8(ascii: ">")) {
        throw problem("pattern.hole", "unexpected `\(shown())` in a hole")
      }
      position = open
      throw problem(
        "pattern.unbalanced", "`<` is not closed", hint: "quote it to mean the character: '<'")
    }
    if case .hole(let hole) = syntax, hole.types.contains("") {
      throw problem("pattern.hole", "a hole needs the name of a type", hint: "write `<Type>`")
    }
    position += 1
    return syntax
  }

  private mutating func captured(_ name: String) throws(PatternProblem) -> PatternSyntax {
    if next == UInt8(ascii: "."), at(1) == UInt8(ascii: ".") {
      position += 2
      return .gap(try length(), capture: name)
    }
    if next == UInt8(ascii: "+"), at(1) == UInt8(ascii: "+") {
      position += 2
      return .run(try length(), capture: name)
    }
    let at = position
    return .hole(try hole(of: qualifiedName(), capture: name, at: at))
  }

  /// The rest of a hole behind its first type: a path, or further types.
  private mutating func hole(of type: String, capture: String, at: Int) throws(PatternProblem)
    -> HoleSyntax
  {
    var hole = HoleSyntax(types: [type], capture: capture, path: try path(), at: at)
    skipSpace()
    while next == UInt8(ascii: "|") {
      guard hole.path.isEmpty else {
        throw problem("pattern.hole", "a hole of several types has no path")
      }
      position += 1
      skipSpace()
      hole.types.append(qualifiedName())
      skipSpace()
    }
    return hole
  }

  /// A name, or `set/name`; only the name of a set may hold hyphens.
  private mutating func qualifiedName() -> String {
    let begin = position
    let name = identifier()
    while next == UInt8(ascii: "-") {
      position += 1
      _ = identifier()
    }
    guard next == UInt8(ascii: "/") else {
      position = begin + name.utf8.count
      return name
    }
    position += 1
    _ = identifier()
    return String(decoding: bytes[begin..<position], as: UTF8.self)
  }

  private mutating func path() throws(PatternProblem) -> [String] {
    var path: [String] = []
    while next == UInt8(ascii: "."), at(1) != UInt8(ascii: ".") {
      position += 1
      let name = identifier()
      guard !name.isEmpty else { throw problem("pattern.hole", "expected a name after `.`") }
      path.append(name)
    }
    return path
  }

  private mutating func length() throws(PatternProblem) -> Int {
    let begin = position
    let value = try number()
    guard value >= 1, value <= PatternSyntax.longestGap else {
      position = begin
      throw problem(
        "pattern.gap", "a gap or run spans 1 to \(PatternSyntax.longestGap) tokens")
    }
    return value
  }

  private mutating func number() throws(PatternProblem) -> Int {
    var value = 0
    let begin = position
    while isDigit(next), value < 100_000 {
      value = value * 10 + Int(next - 0x30)
      position += 1
    }
    guard position > begin else { throw problem("pattern.number", "expected a number") }
    return value
  }

  private mutating func identifier() -> String {
    let begin = position
    while isDigit(next) || next == UInt8(ascii: "_")
      || (next | 0x20) >= 0x61 && (next | 0x20) <= 0x7A
    {
      position += 1
    }
    return String(decoding: bytes[begin..<position], as: UTF8.self)
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
