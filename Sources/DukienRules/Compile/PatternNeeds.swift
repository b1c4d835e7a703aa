extension Compiler {
  /// The most alternatives a need may have.
  private static let widestNeed = 400

  /// Tells a pattern what every match of it must hold: the rarest, and of the others those that are
  /// worth looking for.
  func addNeeds(of syntax: PatternSyntax, to pattern: inout Pattern) {
    let found = allNeeds(of: syntax).sorted { rarity(of: $0) < rarity(of: $1) }
    pattern.needs = Array(
      (found.prefix(1) + found.dropFirst().filter { $0.isNarrow }).prefix(Need.most))
  }

  /// Words come before types, words of letters before signs, few before many.
  private func rarity(of need: Need) -> (Int, Int, Int) {
    let signs = need.words.count { words.isSign[Int($0)] }
    return (need.holes.count, signs, need.words.count)
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
      let needs = allNeeds(of: part)
      guard let rarest = needs.min(by: { rarity(of: $0) < rarity(of: $1) }) else { return [] }
      union.words += rarest.words
      union.holes += rarest.holes
    }
    return union.words.count + union.holes.count <= Self.widestNeed ? [union] : []
  }
}
