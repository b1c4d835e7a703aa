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

  init(entry: Int) {
    self.entry = entry
  }

  /// Compiles `syntax`, whose holes are looked up; returns what a match may begin with.
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
    case .literal(let literal):
      return emitLiteral(literal)
    case .hole(let hole):
      return emitHole(hole)
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
    case .named(let inner, _): return try emit(inner)
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

  private mutating func emitLiteral(_ literal: LiteralSyntax) -> FirstSet {
    for (index, word) in literal.words.enumerated() {
      if literal.isExact {
        append(Instruction(.exact, a: Int32(word), b: literal.spellings[index]))
      } else {
        append(Instruction(.word, a: Int32(word)))
      }
    }
    var first = FirstSet()
    first.words = Array(literal.words.prefix(1))
    first.nullable = false
    return first
  }

  private mutating func emitHole(_ hole: HoleSyntax) -> FirstSet {
    var first = FirstSet()
    first.nullable = false
    let slot = slot(hole.capture, path: hole.path)
    switch hole.target {
    case .types(let index):
      append(Instruction(.hole, slot: slot, a: Int32(index)))
      first.holes = [index]
    case .tokenClass(let index):
      append(Instruction(.classToken, slot: slot, a: Int32(index)))
      first.classes = [index]
    case nil: first.any = true
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
