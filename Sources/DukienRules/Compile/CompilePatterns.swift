internal import DukienText

extension Compiler {
  /// Compiles a pattern, or a list of patterns as alternatives; `nil` with a report.
  ///
  /// `capture` names what the only hole, or else the whole, is kept as where the pattern keeps
  /// nothing under that name.
  func pattern(
    _ ref: NodeRef?, _ what: String, anchored: Bool = true, capture: String = "", rule: String = ""
  ) -> Int? {
    guard let ref else { return nil }
    var parts: [PatternSyntax] = []
    var failed = false
    for (text, at) in texts(ref, what) {
      do {
        var syntax = try PatternSyntax.parse(text)
        if !capture.isEmpty { syntax = keeping(capture, syntax) }
        try checkNames(syntax)
        parts.append(syntax)
      } catch {
        report(error, at: at, rule: rule)
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
      let place = CodeMap.Place(
        owner: rule, what: capture.isEmpty ? what : "role \(capture)",
        file: trees[ref.tree].file.label)
      return try layOut(
        syntax, anchored: anchored, what: what, notes, place, texts(ref, what).map { line($0.at) })
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
    var compiler = PatternCompiler(
      entry: entry,
      names: PatternNames(hole: { self.patternHole($0) }, knownTypes: knownTypes), words: words)
    compiler.notes = notes
    let first = try compiler.compile(syntax)
    if anchored, first.any || first.nullable {
      throw PatternProblem(
        code: "pattern.unanchored",
        message: first.nullable
          ? "`\(what)` can match nothing at all" : "`\(what)` can begin anywhere: it has no anchor",
        hint: "begin with a word or a hole, not with a gap or only optional parts", at: 0)
    }
    program.code += compiler.code
    var pattern = Pattern(
      entry: entry, end: program.code.count, slots: compiler.slots.map { name($0) },
      paths: compiler.slotPaths.map { $0.map { name($0) } }, first: first)
    pattern.needs = needs(of: syntax)
    program.patterns.append(pattern)
    if let notes = compiler.notes {
      program.map?.add(notes, place, entry: entry, count: compiler.code.count, lines: lines) {
        words.split($0)
      }
    }
    return program.patterns.count - 1
  }

  /// Reports unknown names at their own place, also inside alternatives.
  private func checkNames(_ syntax: PatternSyntax) throws(PatternProblem) {
    var problem: PatternProblem?
    syntax.forEach { part in
      guard problem == nil, case .hole(let type, _, _, let at) = part, patternHole(type) == nil
      else {
        return
      }
      let near = nearest(type, among: knownTypes)
      problem = PatternProblem(
        code: "pattern.unknown-type", message: "unknown type `\(type)`",
        hint: near.map { "did you mean `\($0)`?" } ?? "", at: at)
    }
    if let problem { throw problem }
  }

  func patternHole(_ name: String) -> PatternHole? {
    if let index = classIndex[name] { return .tokenClass(index) }
    return hole(name).map { .types($0) }
  }

  /// Keeps the only hole, the mention or the whole under `name` where nothing else is.
  private func keeping(_ name: String, _ syntax: PatternSyntax) -> PatternSyntax {
    var holes = 0
    var named = false
    var hasMention = false
    syntax.forEach { part in
      switch part {
      case .hole(_, let capture, _, _):
        if capture.isEmpty { holes += 1 }
        named = named || capture == name
      case .capture(let capture, _), .gap(_, let capture), .run(_, let capture):
        named = named || capture == name
      case .mention: hasMention = true
      default: break
      }
    }
    if named { return syntax }
    if holes == 1, !hasMention { return syntax.namingHole(name) }
    return hasMention ? syntax.namingMention(name) : .capture(name, syntax)
  }

  /// The types that a pattern refers to, with their subtypes.
  func referredTypes(_ pattern: Int) -> [UInt16] {
    var found: [UInt16] = []
    let range = program.patterns[pattern]
    for instruction in program.code[range.entry..<range.end] where instruction.operation == .hole {
      guard let wanted = typeIndex[holeNames[Int(instruction.a)]] else { continue }
      for type in program.types.indices where isKind(UInt16(type), of: wanted) {
        if !found.contains(UInt16(type)) { found.append(UInt16(type)) }
      }
    }
    return found
  }

  /// Compiles an expression over captures and fields; `nil` with a report.
  func expression(_ text: String, at ref: NodeRef, offset: Int = 0) -> Int? {
    do {
      return layOut(try ExpressionSyntax.parse(text))
    } catch {
      report(error.code, error.message, hint: error.hint, at: ref, offset: error.at + offset)
      return nil
    }
  }

  func layOut(_ syntax: ExpressionSyntax) -> Int {
    let node: ExpressionNode
    switch syntax {
    case .number(let number): node = .number(number)
    case .symbol(let text): node = .symbol(name(text))
    case .path(let path, _): node = .path(path.map { name($0) })
    case .member(let inner, let path): node = .member(layOut(inner), path.map { name($0) })
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
    let keys = fields(ref, of: "`unless`", allowed: ["before", "after", "inside"])
    guards.before = pattern(keys["before"], "before", rule: rule) ?? -1
    guards.after = pattern(keys["after"], "after", rule: rule) ?? -1
    guards.inside = pattern(keys["inside"], "inside", rule: rule) ?? -1
    return guards
  }
}

extension PatternSyntax {
  /// The same pattern with its unnamed hole kept as `name`.
  func namingHole(_ name: String) -> PatternSyntax {
    switch self {
    case .hole(let type, let capture, let path, let at):
      .hole(type: type, capture: capture.isEmpty ? name : capture, path: path, at: at)
    case .capture(let own, let inner): .capture(own, inner.namingHole(name))
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
    case .sequence(let parts): .sequence(parts.map { $0.namingMention(name) })
    case .choice(let parts): .choice(parts.map { $0.namingMention(name) })
    default: self
    }
  }
}
