internal import DukienText

/// What the compiler must know of names while it lays out code.
struct PatternNames {
  /// Index of the hole that takes the named type and its subtypes, or `nil`.
  var hole: (String) -> PatternHole?
  var knownTypes: [String]
}

enum PatternHole {
  case types(Int)
  case tokenClass(Int)
}

/// Lays out the code of one pattern.
struct PatternCompiler {
  /// The longest code one pattern may have; longer ones are refused with their cost.
  static let mostInstructions = 20_000

  private(set) var code: [Instruction] = []
  private(set) var slots: [String] = []
  private(set) var slotPaths: [[String]] = []
  /// What the code was written as, where it is wanted.
  var notes: PatternNotes?
  private let entry: Int
  private let names: PatternNames
  private let words: WordCompiler

  init(entry: Int, names: PatternNames, words: WordCompiler) {
    self.entry = entry
    self.names = names
    self.words = words
  }

  /// Compiles `syntax`; returns what a match may begin with.
  mutating func compile(_ syntax: PatternSyntax) throws(PatternProblem) -> FirstSet {
    let first = try emit(syntax)
    append(Instruction(.accept))
    return first
  }

  private var here: Int { entry + code.count }

  private mutating func append(_ instruction: Instruction) {
    code.append(instruction)
  }

  private mutating func slot(_ name: String, path: [String] = []) -> UInt16 {
    guard !name.isEmpty else { return 0 }
    if let index = slots.indices.first(where: { slots[$0] == name && slotPaths[$0] == path }) {
      return UInt16(index + 1)
    }
    slots.append(name)
    slotPaths.append(path)
    return UInt16(slots.count)
  }

  private mutating func emit(_ syntax: PatternSyntax) throws(PatternProblem) -> FirstSet {
    guard code.count < Self.mostInstructions else {
      throw PatternProblem(
        code: "pattern.cost",
        message: "pattern needs more than \(Self.mostInstructions) steps",
        hint: "shorten its gaps or lower its repeats", at: 0)
    }
    let begin = code.count
    notes?.enter()
    defer { notes?.leave(syntax, begin..<code.count) }
    switch syntax {
    case .literal(let text, let exact, let at):
      return try emitLiteral(text, exact: exact, at: at)
    case .hole(let type, let capture, let path, let at):
      return try emitHole(type, capture, path, at)
    case .capture(let name, let inner):
      let slot = slot(name)
      append(Instruction(.open, slot: slot))
      let first = try emit(inner)
      append(Instruction(.close, slot: slot))
      return first
    case .sequence(let parts):
      var first = FirstSet()
      for part in parts {
        let next = try emit(part)
        if first.nullable {
          first.formUnion(next)
          first.nullable = next.nullable
        }
      }
      return first
    case .choice(let parts):
      return try emitChoice(parts)
    case .repeated(let inner, let range, let separator):
      return try emitRepeat(inner, range, separator)
    case .gap(let length, let capture):
      return emitSpan(length, capture, greedy: false)
    case .run(let length, let capture):
      return emitSpan(length, capture, greedy: true)
    case .mention(let inner):
      append(Instruction(.mentionOpen))
      let first = try emit(inner)
      append(Instruction(.mentionClose))
      return first
    case .start:
      append(Instruction(.atStart))
      return FirstSet()
    case .end:
      append(Instruction(.atEnd))
      return FirstSet()
    }
  }

  private mutating func emitLiteral(_ text: String, exact: Bool, at: Int) throws(PatternProblem)
    -> FirstSet
  {
    var first = FirstSet()
    for word in words.split(text) {
      let id = words.intern(word)
      if exact {
        append(Instruction(.exact, a: Int32(id), b: words.internExact(word)))
      } else {
        append(Instruction(.word, a: Int32(id)))
      }
      if first.nullable {
        first.words = [id]
        first.nullable = false
      }
    }
    guard !first.nullable else {
      throw PatternProblem(code: "pattern.empty", message: "empty literal", at: at)
    }
    return first
  }

  private mutating func emitHole(
    _ type: String, _ capture: String, _ path: [String], _ at: Int
  ) throws(PatternProblem) -> FirstSet {
    guard let hole = names.hole(type) else {
      let near = nearest(type, among: names.knownTypes)
      throw PatternProblem(
        code: "pattern.unknown-type", message: "unknown type `\(type)`",
        hint: near.map { "did you mean `\($0)`?" } ?? "", at: at)
    }
    var first = FirstSet()
    first.nullable = false
    let slot = slot(capture, path: path)
    switch hole {
    case .types(let index):
      append(Instruction(.hole, slot: slot, a: Int32(index)))
      first.holes = [index]
    case .tokenClass(let index):
      append(Instruction(.classToken, slot: slot, a: Int32(index)))
      first.classes = [index]
    }
    return first
  }

  private mutating func emitChoice(_ parts: [PatternSyntax]) throws(PatternProblem) -> FirstSet {
    var first = FirstSet()
    first.nullable = false
    var jumps: [Int] = []
    for (index, part) in parts.enumerated() {
      let split = code.count
      if index < parts.count - 1 { append(Instruction(.split, a: Int32(here + 1))) }
      notes?.alternative(part, at: code.count)
      let next = try emit(part)
      first.formUnion(next)
      first.nullable = first.nullable || next.nullable
      if index < parts.count - 1 {
        jumps.append(code.count)
        append(Instruction(.jump))
        code[split].b = Int32(here)
      }
    }
    for jump in jumps { code[jump].a = Int32(here) }
    return first
  }

  private mutating func emitRepeat(
    _ inner: PatternSyntax, _ range: ClosedRange<Int>, _ separator: PatternSyntax?
  ) throws(PatternProblem) -> FirstSet {
    var first = FirstSet()
    var splits: [Int] = []
    for index in 0..<range.upperBound {
      if index >= range.lowerBound {
        splits.append(code.count)
        append(Instruction(.split, a: Int32(here + 1)))
        if index == 0 {
          notes?.child(0)
          notes?.optional(inner, at: code.count)
        }
      }
      if index > 0, let separator {
        notes?.child(1)
        let next = try emit(separator)
        if index == 1, first.nullable { first.formUnion(next) }
      }
      notes?.child(0)
      let next = try emit(inner)
      if index == 0 { first = next }
    }
    for split in splits { code[split].b = Int32(here) }
    if range.lowerBound == 0 { first.nullable = true }
    return first
  }

  private mutating func emitSpan(_ length: Int, _ capture: String, greedy: Bool) -> FirstSet {
    let slot = slot(capture)
    if slot > 0 { append(Instruction(.open, slot: slot)) }
    var splits: [Int] = []
    let required = greedy || slot > 0 ? 1 : 0
    for index in 0..<length {
      if index >= required {
        splits.append(code.count)
        append(Instruction(.split))
      }
      append(Instruction(greedy ? .anyInRun : .anyInGap))
    }
    for split in splits {
      let inside = Int32(entry + split + 1)
      code[split].a = greedy ? inside : Int32(here)
      code[split].b = greedy ? Int32(here) : inside
    }
    if slot > 0 { append(Instruction(.close, slot: slot)) }
    var first = FirstSet()
    first.any = true
    first.nullable = required == 0
    return first
  }
}

/// Splits literals into the tokens of the text reader and interns them; shared by all patterns.
final class WordCompiler {
  private(set) var vocabulary = Vocabulary()
  private(set) var exactSpellings: [[UInt8]] = []
  private var tokenizer = Tokenizer(vocabulary: Vocabulary())
  private var exactIndex: [[UInt8]: Int32] = [:]
  private var known: [String: [[UInt8]]] = [:]

  /// The tokens of a literal, as printed.
  func split(_ text: String) -> [[UInt8]] {
    if let parts = known[text] { return parts }
    let bytes = Array(text.utf8)
    let tokens = tokenizer.tokenize(bytes)
    let parts = (0..<tokens.count).map { Array(bytes[tokens.span($0).range]) }
    known[text] = parts
    return parts
  }

  func intern(_ word: [UInt8]) -> UInt32 {
    var folded: [UInt8] = []
    word.withUnsafeBufferPointer { fold($0, keepCase: false, into: &folded) }
    return folded.withUnsafeBufferPointer { vocabulary.intern(folded: $0) }
  }

  func internExact(_ word: [UInt8]) -> Int32 {
    var spelled: [UInt8] = []
    word.withUnsafeBufferPointer { fold($0, keepCase: true, into: &spelled) }
    if let index = exactIndex[spelled] { return index }
    let index = Int32(exactSpellings.count)
    exactIndex[spelled] = index
    exactSpellings.append(spelled)
    return index
  }
}
