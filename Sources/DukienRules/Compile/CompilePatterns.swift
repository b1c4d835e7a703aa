internal import DukienText

extension Compiler {
  /// Compiles a pattern, or a list of patterns as alternatives; `nil` with a report.
  ///
  /// `capture` names what the only hole, or else the whole, is kept as where the pattern keeps
  /// nothing under that name.
  func pattern(
    _ ref: NodeRef?, _ what: String, anchored: Bool = true, capture: String = "", rule: String = ""
  ) -> Int? {
    guard let ref, !hasGivenUp else { return nil }
    let phrases = texts(ref, what)
    let known = KnownPattern(
      phrases: phrases.map { $0.text }, sets: phrases.map { set(of: $0.at) }, anchored: anchored,
      capture: capture)
    // Tools of rule writers tell patterns apart by where they stand.
    if program.map == nil, let index = knownPatterns[known] { return index }
    var parts: [PatternSyntax] = []
    var places: [NodeRef] = []
    var failed = false
    for (text, at) in phrases {
      do {
        var syntax = try lookUp(try PatternSyntax.parse(text), from: set(of: at))
        if !capture.isEmpty { syntax = keeping(capture, syntax) }
        parts.append(syntax)
        places.append(at)
      } catch {
        if !error.isKnown { report(error, at: at, rule: rule) }
        failed = true
      }
    }
    guard !failed, !parts.isEmpty else {
      if listed(ref).isEmpty { report("pattern.empty", "`\(what)` is empty", at: ref) }
      return nil
    }
    let syntax: PatternSyntax = parts.count == 1 ? parts[0] : .choice(parts)
    do {
      let notes = program.map.map { _ in PatternNotes(isList: parts.count > 1) }
      let codePlace = CodeMap.Place(
        owner: rule, what: capture.isEmpty ? what : "role \(capture)",
        file: trees[ref.tree].file.label)
      let index = try layOut(
        syntax, anchored: anchored, what: what, notes, codePlace, places.map { line($0) })
      note(pattern: index, parts, at: places)
      knownPatterns[known] = index
      return index
    } catch {
      report(
        error.code, error.message, hint: error.hint, at: ref,
        offset: kind(ref) == .scalar ? error.at : nil, rule: rule)
      return nil
    }
  }

  private func layOut(
    _ syntax: PatternSyntax, anchored: Bool, what: String, _ notes: PatternNotes?,
    _ place: CodeMap.Place, _ lines: [Int]
  ) throws(PatternProblem) -> Int {
    let entry = program.code.count
    var compiler = PatternCompiler(entry: entry)
    compiler.notes = notes
    let first = try compiler.compile(syntax)
    if anchored, first.any || first.nullable {
      throw PatternProblem(
        code: "pattern.unanchored",
        message: first.nullable
          ? "`\(what)` can match nothing at all" : "`\(what)` can begin anywhere: it has no anchor",
        hint: "begin with a word or a hole, not with a gap or only optional parts", at: 0)
    }
    guard program.code.count + compiler.code.count <= CompileLimits.steps else {
      hasTooManySteps = true
      throw PatternProblem(
        code: "pattern.cost",
        message: "all patterns together need more than \(CompileLimits.steps) steps",
        hint: "shorten their gaps or lower their repeats", at: 0)
    }
    program.code += compiler.code
    var pattern = Pattern(
      entry: entry, end: program.code.count, slots: compiler.slots.map { name($0) },
      paths: compiler.slotPaths.map { $0.map { name($0) } }, first: first)
    addNeeds(of: syntax, to: &pattern)
    program.patterns.append(pattern)
    if let notes = compiler.notes {
      program.map?.add(notes, place, entry: entry, count: compiler.code.count, lines: lines) {
        words.split($0)
      }
    }
    return program.patterns.count - 1
  }

  /// Keeps the only hole, the mention or the whole under `name` where nothing else is: `[<Hole>]` is
  /// the hole.
  private func keeping(_ name: String, _ syntax: PatternSyntax) -> PatternSyntax {
    var holes = 0
    var named = false
    var hasMention = false
    var mentionsHole = false
    syntax.forEach { part in
      switch part {
      case .hole(let hole):
        if hole.capture.isEmpty { holes += 1 }
        named = named || hole.capture == name
      case .capture(let capture, _), .gap(_, let capture), .run(_, let capture):
        named = named || capture == name
      case .mention(let inner):
        hasMention = true
        if case .hole = inner { mentionsHole = true }
      default: break
      }
    }
    if named { return syntax }
    if holes == 1, !hasMention || mentionsHole { return syntax.namingHole(name) }
    return hasMention ? syntax.namingMention(name) : .capture(name, syntax)
  }

  /// The types that a pattern refers to, with their subtypes.
  func referredTypes(_ pattern: Int) -> [UInt16] {
    var wanted: Set<UInt16> = []
    let range = program.patterns[pattern]
    for instruction in program.code[range.entry..<range.end] where instruction.operation == .hole {
      wanted.formUnion(holeTypes[Int(instruction.a)])
    }
    return kinds(of: wanted.sorted())
  }

  /// Compiles an expression over captures and fields; `nil` with a report.
  func expression(_ text: String, at ref: NodeRef, offset: Int = 0) -> Int? {
    do {
      let syntax = try ExpressionSyntax.parse(text)
      let index = layOut(syntax)
      note(expression: index, syntax, at: ref, offset: offset)
      return index
    } catch {
      report(error.code, error.message, hint: error.hint, at: ref, offset: error.at + offset)
      return nil
    }
  }

  func layOut(_ syntax: ExpressionSyntax) -> Int {
    let node: ExpressionNode
    switch syntax {
    case .number(let number): node = .number(number)
    case .symbol(let text): node = .symbol(symbol(text))
    case .path(let path, _): node = .path(path.map { name($0) })
    case .member(let inner, let path, _): node = .member(layOut(inner), path.map { name($0) })
    case .call(let function, let arguments): node = .call(function, arguments.map { layOut($0) })
    case .multiply(let a, let b): node = .multiply(layOut(a), layOut(b))
    case .add(let a, let b): node = .add(layOut(a), layOut(b))
    case .subtract(let a, let b): node = .subtract(layOut(a), layOut(b))
    }
    program.expressions.append(node)
    return program.expressions.count - 1
  }

  /// Compiles `text {expression} text`.
  func template(_ ref: NodeRef?, _ what: String) -> [TemplatePiece]? {
    guard let ref, let text = scalar(ref, what) else { return nil }
    let bytes = Array(text.utf8)
    var pieces: [TemplatePiece] = []
    var literal: [UInt8] = []
    var index = 0
    while index < bytes.count {
      guard bytes[index] == UInt8(ascii: "{") else {
        literal.append(bytes[index])
        index += 1
        continue
      }
      guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
        report("expression.syntax", "`{` is not closed", at: ref, offset: index)
        return nil
      }
      if !literal.isEmpty { pieces.append(.literal(literal)) }
      literal = []
      let inner = String(decoding: bytes[index + 1..<close], as: UTF8.self)
      guard let node = expression(inner, at: ref, offset: index + 1) else { return nil }
      pieces.append(.expression(node))
      index = close + 1
    }
    if !literal.isEmpty { pieces.append(.literal(literal)) }
    return pieces
  }

  func guards(_ ref: NodeRef?, rule: String = "") -> Guards {
    var guards = Guards()
    guard let ref else { return guards }
    let keys = fields(ref, of: "`unless`", as: .guards)
    guards.before = pattern(keys["before"], "before", rule: rule) ?? -1
    guards.after = pattern(keys["after"], "after", rule: rule) ?? -1
    guards.inside = pattern(keys["inside"], "inside", rule: rule) ?? -1
    return guards
  }
}

/// What a pattern is compiled from: equal ones are the same pattern.
struct KnownPattern: Hashable {
  var phrases: [String]
  /// The set in which each phrase's names are looked up.
  var sets: [Int]
  var anchored: Bool
  var capture: String
}

extension PatternSyntax {
  /// The same pattern with its unnamed hole kept as `name`.
  func namingHole(_ name: String) -> PatternSyntax {
    switch self {
    case .hole(let hole) where hole.capture.isEmpty:
      .hole(
        HoleSyntax(
          types: hole.types, capture: name, path: hole.path, at: hole.at, target: hole.target))
    case .capture(let own, let inner): .capture(own, inner.namingHole(name))
    case .named(let inner, let at): .named(inner.namingHole(name), at: at)
    case .mention(let inner): .mention(inner.namingHole(name))
    case .sequence(let parts): .sequence(parts.map { $0.namingHole(name) })
    case .choice(let parts): .choice(parts.map { $0.namingHole(name) })
    case .repeated(let inner, let range, let separator):
      .repeated(inner.namingHole(name), range, separator: separator)
    default: self
    }
  }

  /// The same pattern with what stands in its brackets kept as `name`.
  func namingMention(_ name: String) -> PatternSyntax {
    switch self {
    case .mention(let inner): .mention(.capture(name, inner))
    case .capture(let own, let inner): .capture(own, inner.namingMention(name))
    case .named(let inner, let at): .named(inner.namingMention(name), at: at)
    case .sequence(let parts): .sequence(parts.map { $0.namingMention(name) })
    case .choice(let parts): .choice(parts.map { $0.namingMention(name) })
    default: self
    }
  }
}
