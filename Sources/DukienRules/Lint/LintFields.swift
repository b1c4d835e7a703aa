extension Compiler {
  /// Paths into holes: `<Share.amount>` must name a field of a `Share`.
  func lintPaths(_ fields: inout FieldTable) {
    for index in program.patterns.indices {
      guard let written = notes.patterns[index] else { continue }
      for phrase in written.phrases {
        var paths: [(hole: Int, type: String, path: [String], at: Int)] = []
        phrase.syntax.forEachWritten { part in
          guard case .hole(let hole) = part, !hole.path.isEmpty else { return }
          guard case .types(let index)? = hole.target else {
            unknownField(
              hole.path[0], of: "a word", [], at: phrase.at,
              hole.at + hole.types[0].utf8.count + 1)
            return
          }
          paths.append((index, hole.types[0], hole.path, hole.at))
        }
        for (hole, type, path, at) in paths {
          follow(
            FieldKinds(holes: [hole]), path[...], after: type, at: phrase.at,
            offset: at + type.utf8.count + 1, &fields)
        }
      }
    }
  }

  /// `gives`, `shows` and `key` of values, groups and entities.
  func lintProductions(_ fields: inout FieldTable) {
    for production in program.productions {
      var captures = fields.captures(of: production.pattern)
      for given in production.gives { lint(expression: given.expression, captures, &fields) }
      for given in production.gives {
        captures[program.names[Int(given.name)], default: FieldKinds()].isPlain = true
        guard let written = notes.expressions[given.expression] else { continue }
        let kinds = fields.kinds(written.syntax, captures)
        captures[program.names[Int(given.name)], default: FieldKinds()].formUnion(kinds)
      }
      lint(template: production.shows, captures, &fields)
      if production.key >= 0 { lint(expression: production.key, captures, &fields) }
    }
  }

  /// Both sides of the equalities of links.
  func lintLinks(_ fields: inout FieldTable) {
    for link in program.links {
      for pair in link.equal {
        lint(expression: pair.from, fields.all(of: link.from), &fields)
        lint(expression: pair.to, fields.all(of: link.to), &fields)
      }
    }
  }

  func lint(
    template pieces: [TemplatePiece], _ captures: [String: FieldKinds], _ fields: inout FieldTable
  ) {
    for case .expression(let node) in pieces { lint(expression: node, captures, &fields) }
  }

  /// Every name of an expression must be a capture, and every further one a field of it.
  func lint(
    expression: Int, _ captures: [String: FieldKinds], _ fields: inout FieldTable
  ) {
    guard let written = notes.expressions[expression] else { return }
    check(written.syntax, written, captures, &fields)
  }

  private func check(
    _ syntax: ExpressionSyntax, _ written: WrittenExpression, _ captures: [String: FieldKinds],
    _ fields: inout FieldTable
  ) {
    switch syntax {
    case .path(let path, let at):
      guard let kinds = captures[path[0]] else {
        let known = captures.keys.sorted()
        report(
          "expression.unknown-name", "nothing is kept as `\(path[0])`",
          hint: remedy(
            for: path[0], among: known,
            else: list(known, after: "what is kept: ")), severity: .warning, at: written.at,
          offset: written.offset + at)
        return
      }
      follow(
        kinds, path.dropFirst(), after: path[0], at: written.at,
        offset: written.offset + at + path[0].utf8.count + 1, &fields)
    case .member(let inner, let path, let at):
      check(inner, written, captures, &fields)
      follow(
        fields.kinds(inner, captures), path[...], after: "this", at: written.at,
        offset: written.offset + at, &fields)
    case .call(_, let arguments):
      for argument in arguments { check(argument, written, captures, &fields) }
    case .multiply(let a, let b), .add(let a, let b), .subtract(let a, let b):
      check(a, written, captures, &fields)
      check(b, written, captures, &fields)
    case .number, .symbol: break
    }
  }

  /// Reports the first name of a path that nothing can have; `offset` is where the path begins.
  private func follow(
    _ kinds: FieldKinds, _ path: ArraySlice<String>, after root: String, at ref: NodeRef,
    offset: Int, _ fields: inout FieldTable
  ) {
    var kinds = kinds
    var offset = offset
    var owner = root
    for name in path {
      guard kinds.isPlain || !kinds.holes.isEmpty else { return }
      guard let next = fields.follow(kinds, name) else {
        unknownField(name, of: "`\(owner)`", fields.names(kinds), at: ref, offset)
        return
      }
      kinds = next
      owner += ".\(name)"
      offset += name.utf8.count + 1
    }
  }

  private func unknownField(
    _ name: String, of owner: String, _ known: [String], at ref: NodeRef, _ offset: Int
  ) {
    report(
      "expression.unknown-field", "\(owner) has no field `\(name)`",
      hint: remedy(
        for: name, among: known,
        else: known.isEmpty ? "it has no fields" : list(known, after: "its fields: ")),
      severity: .warning, at: ref,
      offset: offset)
  }
}

extension FieldTable {
  /// The fields of whatever a hole takes.
  mutating func all(of hole: Int) -> [String: FieldKinds] {
    var found: [String: FieldKinds] = [:]
    let kinds = FieldKinds(holes: [hole])
    for name in names(kinds) { found[name] = follow(kinds, name) }
    return found
  }
}
