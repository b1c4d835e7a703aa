extension Compiler {
  /// The most alternatives a need may have to be worth looking for.
  private static let widestNeed = 24
  /// The most needs that are kept of a pattern.
  private static let mostNeeds = 4

  /// What every match of a pattern must hold, rarest-looking first.
  func needs(of syntax: PatternSyntax) -> [Need] {
    var found = allNeeds(of: syntax)
    found.sort { ($0.holes.count, $0.words.count) < ($1.holes.count, $1.words.count) }
    return Array(found.prefix(Self.mostNeeds))
  }

  private func allNeeds(of syntax: PatternSyntax) -> [Need] {
    switch syntax {
    case .literal(let literal): return literal.words.map { Need(words: [$0]) }
    case .hole(let hole):
      guard case .types(let index)? = hole.target else { return [] }
      return [Need(holes: [index])]
    case .capture(_, let inner), .mention(let inner), .named(let inner, _):
      return allNeeds(of: inner)
    case .sequence(let parts): return parts.flatMap { allNeeds(of: $0) }
    case .choice(let parts): return oneOf(parts)
    case .repeated(let inner, let range, _): return range.lowerBound > 0 ? allNeeds(of: inner) : []
    case .gap, .run, .start, .end: return []
    }
  }

  /// One need of each alternative, together; none where an alternative needs nothing.
  private func oneOf(_ parts: [PatternSyntax]) -> [Need] {
    var union = Need()
    for part in parts {
      guard let rarest = needs(of: part).first else { return [] }
      union.words += rarest.words
      union.holes += rarest.holes
    }
    return union.words.count + union.holes.count <= Self.widestNeed ? [union] : []
  }
}
