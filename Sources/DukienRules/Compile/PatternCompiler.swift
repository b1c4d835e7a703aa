/// Lays out the code of one pattern.
struct PatternCompiler {
  /// The longest code one pattern may have; longer ones are refused with their cost.
  static let mostInstructions = 20_000

  private(set) var code: [Instruction] = []
  private(set) var slots: [String] = []
  private(set) var slotPaths: [[String]] = []
  /// What the code was written as, where it is wanted.
  var notes: PatternNotes?
  /// What a match may begin with, as far as it has been laid out.
  private var first = FirstSet()
  private let entry: Int

  init(entry: Int) {
    self.entry = entry
  }

  /// Compiles `syntax`, whose names are looked up; returns what a match may begin with.
  mutating func compile(_ syntax: PatternSyntax) throws(PatternProblem) -> FirstSet {
    first.nullable = try emit(syntax, opens: true)
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

  /// Lays out a part; true where it can match nothing. A part that `opens` the pattern adds to the
  /// first set.
  private mutating func emit(_ syntax: PatternSyntax, opens: Bool) throws(PatternProblem) -> Bool {
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
      emitLiteral(literal, opens: opens)
      return false
    case .hole(let hole):
      emitHole(hole, opens: opens)
      return false
    case .capture(let name, let inner):
      let slot = slot(name)
      append(Instruction(.open, slot: slot))
      let nullable = try emit(inner, opens: opens)
      append(Instruction(.close, slot: slot))
      return nullable
    case .sequence(let parts):
      var nullable = true
      for part in parts {
        let next = try emit(part, opens: opens && nullable)
        nullable = nullable && next
      }
      return nullable
    case .choice(let parts):
      return try emitChoice(parts, opens: opens)
    case .repeated(let inner, let range, let separator):
      return try emitRepeat(inner, range, separator, opens: opens)
    case .named(let inner, _): return try emit(inner, opens: opens)
    case .gap(let length, let capture):
      return emitSpan(length, capture, greedy: false, opens: opens)
    case .run(let length, let capture):
      return emitSpan(length, capture, greedy: true, opens: opens)
    case .mention(let inner):
      append(Instruction(.mentionOpen))
      let nullable = try emit(inner, opens: opens)
      append(Instruction(.mentionClose))
      return nullable
    case .start:
      append(Instruction(.atStart))
      return true
    case .end:
      append(Instruction(.atEnd))
      return true
    }
  }

  private mutating func emitLiteral(_ literal: LiteralSyntax, opens: Bool) {
    for (index, word) in literal.words.enumerated() {
      if literal.isExact {
        append(Instruction(.exact, a: Int32(word), b: literal.spellings[index]))
      } else {
        append(Instruction(.word, a: Int32(word)))
      }
    }
    if opens { first.words.append(literal.words[0]) }
  }

  private mutating func emitHole(_ hole: HoleSyntax, opens: Bool) {
    let slot = slot(hole.capture, path: hole.path)
    switch hole.target {
    case .types(let index):
      append(Instruction(.hole, slot: slot, a: Int32(index)))
      if opens { first.holes.append(index) }
    case .tokenClass(let index):
      append(Instruction(.classToken, slot: slot, a: Int32(index)))
      if opens { first.classes.append(index) }
    case nil: first.any = true
    }
  }

  private mutating func emitChoice(_ parts: [PatternSyntax], opens: Bool) throws(PatternProblem)
    -> Bool
  {
    var jumps: [Int] = []
    let nullable = try emitAlternatives(parts[...], opens: opens, &jumps)
    for jump in jumps { code[jump].a = Int32(here) }
    return nullable
  }

  /// Lays alternatives out as a balanced tree, whose order of ways is theirs: what the next token
  /// looks like rules out half of them at a time.
  private mutating func emitAlternatives(
    _ parts: ArraySlice<PatternSyntax>, opens: Bool, _ jumps: inout [Int]
  ) throws(PatternProblem) -> Bool {
    guard parts.count > 1 else {
      notes?.alternative(parts[parts.startIndex], at: code.count)
      return try emit(parts[parts.startIndex], opens: opens)
    }
    let middle = parts.startIndex + parts.count / 2
    let split = code.count
    append(Instruction(.split, a: Int32(here + 1)))
    let first = try emitAlternatives(parts[..<middle], opens: opens, &jumps)
    jumps.append(code.count)
    append(Instruction(.jump))
    code[split].b = Int32(here)
    let second = try emitAlternatives(parts[middle...], opens: opens, &jumps)
    return first || second
  }

  private mutating func emitRepeat(
    _ inner: PatternSyntax, _ range: ClosedRange<Int>, _ separator: PatternSyntax?, opens: Bool
  ) throws(PatternProblem) -> Bool {
    var nullable = false
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
        _ = try emit(separator, opens: opens && index == 1 && nullable)
      }
      notes?.child(0)
      let next = try emit(inner, opens: opens && index == 0)
      if index == 0 { nullable = next }
    }
    for split in splits { code[split].b = Int32(here) }
    return nullable || range.lowerBound == 0
  }

  private mutating func emitSpan(_ length: Int, _ capture: String, greedy: Bool, opens: Bool)
    -> Bool
  {
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
    if opens { first.any = true }
    return required == 0
  }
}
