/// What a capture or field can be, as far as the rules tell.
struct FieldKinds {
  /// Holes whose values it can be.
  var holes: [Int] = []
  /// True where it can be a text, number or word, which has no fields.
  var isPlain = false

  static let plain = FieldKinds(isPlain: true)

  mutating func formUnion(_ other: FieldKinds) {
    for hole in other.holes where !holes.contains(hole) { holes.append(hole) }
    isPlain = isPlain || other.isPlain
  }
}

/// The fields of values, groups, entities and lexicon entries, worked out when first asked for.
struct FieldTable {
  private let compiler: Compiler
  private var ofType: [Int: [String: FieldKinds]] = [:]
  private var ofHole: [Int: [String: FieldKinds]] = [:]

  init(of compiler: Compiler) {
    self.compiler = compiler
  }

  /// The field `name` of whatever a capture can be, or nil where nothing that it can be has one.
  mutating func follow(_ kinds: FieldKinds, _ name: String) -> FieldKinds? {
    var found: FieldKinds?
    for hole in kinds.holes {
      guard let kinds = fields(ofHole: hole)[name] else { continue }
      found = found ?? FieldKinds()
      found?.formUnion(kinds)
    }
    return found
  }

  /// The names of all fields of what a capture can be, sorted.
  mutating func names(_ kinds: FieldKinds) -> [String] {
    var names: Set<String> = []
    for hole in kinds.holes { names.formUnion(fields(ofHole: hole).keys) }
    return names.sorted()
  }

  /// What a pattern keeps, by name.
  mutating func captures(of pattern: Int) -> [String: FieldKinds] {
    guard let written = compiler.notes.patterns[pattern] else { return [:] }
    var found: [String: FieldKinds] = [:]
    for phrase in written.phrases {
      var kept: [(String, FieldKinds)] = []
      phrase.syntax.forEach { part in
        switch part {
        case .hole(let hole) where !hole.capture.isEmpty:
          var kinds = FieldKinds.plain
          if case .types(let index)? = hole.target { kinds = FieldKinds(holes: [index]) }
          for name in hole.path { kinds = follow(kinds, name) ?? FieldKinds() }
          kept.append((hole.capture, kinds))
        case .capture(let name, _): kept.append((name, .plain))
        case .gap(_, let name), .run(_, let name):
          if !name.isEmpty { kept.append((name, .plain)) }
        default: break
        }
      }
      for (name, kinds) in kept { found[name, default: FieldKinds()].formUnion(kinds) }
    }
    return found
  }

  /// What an expression gives where `captures` are kept; what is unknown has no kinds.
  mutating func kinds(
    _ syntax: ExpressionSyntax, _ captures: [String: FieldKinds]
  ) -> FieldKinds {
    switch syntax {
    case .path(let path, _):
      return follow(captures[path[0]] ?? FieldKinds(), path: path.dropFirst())
    case .member(let inner, let path, _): return follow(kinds(inner, captures), path: path[...])
    case .call(.first, let arguments), .call(.last, let arguments), .call(.either, let arguments):
      var found = FieldKinds()
      for argument in arguments { found.formUnion(kinds(argument, captures)) }
      return found
    default: return .plain
    }
  }

  private mutating func follow(_ kinds: FieldKinds, path: ArraySlice<String>) -> FieldKinds {
    var kinds = kinds
    for name in path { kinds = follow(kinds, name) ?? FieldKinds() }
    return kinds
  }

  private mutating func fields(ofHole hole: Int) -> [String: FieldKinds] {
    if let known = ofHole[hole] { return known }
    let types = compiler.program.types.count
    var found: [String: FieldKinds] = [:]
    for type in 0..<types where compiler.program.holeTypes[hole * types + type] {
      for (name, kinds) in fields(ofType: type) {
        found[name, default: FieldKinds()].formUnion(kinds)
      }
    }
    ofHole[hole] = found
    return found
  }

  /// Values are made of values of lower levels, so the depth is bounded by those.
  private mutating func fields(ofType type: Int) -> [String: FieldKinds] {
    if let known = ofType[type] { return known }
    let info = compiler.program.types[type]
    var found: [String: FieldKinds] = [:]
    if info.kind == .lexicon {
      found = ["value": .plain, "text": .plain]
    } else if info.production >= 0 {
      let production = compiler.program.productions[info.production]
      found = captures(of: production.pattern)
      let kept = found
      for rule in production.gives {
        guard let written = compiler.notes.expressions[rule.expression] else { continue }
        let name = compiler.program.names[Int(rule.name)]
        found[name, default: FieldKinds()].formUnion(kinds(written.syntax, kept))
      }
    }
    ofType[type] = found
    return found
  }
}
