/// A pattern with a name, which other patterns hold as if it were written there.
struct NamedPattern {
  enum State { case new, open, done, failed }

  var name: String
  var key: NodeRef
  var body: NodeRef
  var state = State.new
  /// Its phrases with all names looked up, and where they stand, once it is done.
  var phrases: [(syntax: PatternSyntax, at: NodeRef)] = []

  /// The whole; empty until it is done.
  var syntax: PatternSyntax {
    phrases.count == 1 ? phrases[0].syntax : .choice(phrases.map { $0.syntax })
  }

  /// How many parts it has, those of the patterns in it counted.
  var size = 0
}

extension PatternProblem {
  /// Stands for a problem that has been reported elsewhere.
  static let known = PatternProblem(code: "", message: "", at: 0)

  var isKnown: Bool { code.isEmpty }
}

extension Compiler {
  /// A pattern has at most so many parts, those of the patterns it names counted.
  private static let mostParts = 20_000

  /// Names every pattern, then looks their names up.
  func declarePatterns() {
    for declaration in declared(.patterns) {
      let index = namedPatterns.count
      if typeTable[declaration.name, in: declaration.set] != nil {
        report(
          "rule.duplicate", "the name `\(declaration.name)` is already taken by another section",
          at: declaration.key)
      }
      _ = patternTable.declare(declaration.name, in: declaration.set, as: index)
      var body = declaration.body
      if kind(body) == .mapping {
        let keys = fields(body, of: "a pattern", as: .namedPattern)
        guard let phrase = keys["phrase"] else {
          report(
            "rule.missing-key", "`\(declaration.name)` has no `phrase`", at: declaration.key)
          continue
        }
        body = phrase
      }
      namedPatterns.append(NamedPattern(name: declaration.name, key: declaration.key, body: body))
    }
  }

  /// Looks up the patterns that nobody has asked for yet, for the sake of their mistakes.
  func finishPatterns() {
    for index in namedPatterns.indices { _ = try? lookUpPattern(index) }
  }

  /// The same pattern with its names looked up from a set, and named patterns in their places.
  func lookUp(_ syntax: PatternSyntax, from set: Int) throws(PatternProblem) -> PatternSyntax {
    var size = 0
    return try lookUp(syntax, from: set, &size)
  }

  private func lookUp(_ syntax: PatternSyntax, from set: Int, _ size: inout Int)
    throws(PatternProblem) -> PatternSyntax
  {
    size += 1
    guard size <= Self.mostParts else {
      throw PatternProblem(
        code: "pattern.cost", message: "pattern has more than \(Self.mostParts) parts",
        hint: "hold fewer named patterns in it", at: 0)
    }
    switch syntax {
    case .literal(var literal):
      literal.words = words.intern(literal.text)
      if literal.isExact { literal.spellings = words.internExact(literal.text) }
      guard !literal.words.isEmpty else {
        throw PatternProblem(code: "pattern.empty", message: "empty literal", at: literal.at)
      }
      return .literal(literal)
    case .hole(let hole): return try lookUp(hole, from: set, &size)
    case .capture(let name, let inner): return .capture(name, try lookUp(inner, from: set, &size))
    case .mention(let inner): return .mention(try lookUp(inner, from: set, &size))
    case .sequence(let parts):
      var found: [PatternSyntax] = []
      for part in parts { found.append(try lookUp(part, from: set, &size)) }
      return .sequence(found)
    case .choice(let parts):
      var found: [PatternSyntax] = []
      for part in parts { found.append(try lookUp(part, from: set, &size)) }
      return .choice(found)
    case .repeated(let inner, let range, let separator):
      var between: PatternSyntax?
      if let separator { between = try lookUp(separator, from: set, &size) }
      return .repeated(try lookUp(inner, from: set, &size), range, separator: between)
    case .named, .gap, .run, .start, .end: return syntax
    }
  }

  private func lookUp(_ hole: HoleSyntax, from set: Int, _ size: inout Int) throws(PatternProblem)
    -> PatternSyntax
  {
    var found = hole
    if hole.types.count == 1, let known = holeTargets[set][hole.types[0]] {
      found.target = known
      return .hole(found)
    }
    if hole.types.count == 1,
      case .found(let index) = scopes.find(hole.types[0], in: patternTable, from: set)
    {
      guard hole.path.isEmpty else {
        throw PatternProblem(
          code: "pattern.hole", message: "`\(hole.types[0])` is a pattern and has no fields",
          hint: "name what it keeps: `<name = …>` inside of it", at: hole.at)
      }
      let inner = PatternSyntax.named(try lookUpPattern(index), at: hole.at)
      size += namedPatterns[index].size
      return hole.capture.isEmpty ? inner : .capture(hole.capture, inner)
    }
    var types: [UInt16] = []
    for name in hole.types {
      guard case .found(let index) = scopes.find(name, in: typeTable, from: set) else {
        if case .found = scopes.find(name, in: patternTable, from: set) {
          throw PatternProblem(
            code: "pattern.hole", message: "`\(name)` is a pattern and shares no hole",
            hint: "write `( <\(hole.types.joined(separator: "> | <"))> )`", at: hole.at)
        }
        throw unfound(
          name, "type", code: "pattern.unknown-type", in: typeTable, from: set, at: hole.at)
      }
      if let tokenClass = classIndex(of: UInt16(index)) {
        guard hole.types.count == 1 else {
          throw PatternProblem(
            code: "pattern.hole", message: "`\(name)` is a class and shares no hole",
            hint:
              "write `( <\(name)> | <\(hole.types[0] == name ? hole.types[1] : hole.types[0])> )`",
            at: hole.at)
        }
        return .hole(known(as: .tokenClass(tokenClass), found, set))
      }
      types.append(UInt16(index))
    }
    return .hole(known(as: .types(self.hole(types)), found, set))
  }

  /// The hole with its target, which is kept for the next hole of that name in the set.
  private func known(as target: HoleTarget, _ hole: HoleSyntax, _ set: Int) -> HoleSyntax {
    if hole.types.count == 1 { holeTargets[set][hole.types[0]] = target }
    var hole = hole
    hole.target = target
    return hole
  }

  private func lookUpPattern(_ index: Int) throws(PatternProblem) -> PatternSyntax {
    switch namedPatterns[index].state {
    case .done: return namedPatterns[index].syntax
    case .failed: throw .known
    case .open:
      throw PatternProblem(
        code: "rule.cycle", message: "`\(namedPatterns[index].name)` holds itself", at: 0)
    case .new: break
    }
    namedPatterns[index].state = .open
    var phrases: [(syntax: PatternSyntax, at: NodeRef)] = []
    var size = 0
    var failed = false
    for (text, at) in texts(namedPatterns[index].body, "phrase") {
      do {
        let syntax = try lookUp(try PatternSyntax.parse(text), from: set(of: at), &size)
        phrases.append((syntax, at))
      } catch {
        if !error.isKnown { report(error, at: at) }
        failed = true
      }
    }
    guard !failed, !phrases.isEmpty else {
      if !failed {
        report(
          "pattern.empty", "`\(namedPatterns[index].name)` is empty", at: namedPatterns[index].key)
      }
      namedPatterns[index].state = .failed
      throw .known
    }
    namedPatterns[index].phrases = phrases
    namedPatterns[index].size = size
    namedPatterns[index].state = .done
    return namedPatterns[index].syntax
  }

  private func classIndex(of type: UInt16) -> Int? {
    program.types[Int(type)].kind == .tokenClass ? classIndex[type] : nil
  }
}
