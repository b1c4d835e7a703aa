internal import DukienText

extension Compiler {
  /// Alternatives that are never taken.
  ///
  /// The first alternative that lets the whole pattern match is taken. So one that stands there
  /// twice is never reached; at the end of a pattern neither is one that begins with an earlier one.
  func lintAlternatives() {
    let whole = patternsToTheEnd()
    for index in program.patterns.indices {
      guard let written = notes.patterns[index] else { continue }
      lintAlternatives(written.phrases, isLast: !whole.contains(index))
    }
    for pattern in namedPatterns { lintAlternatives(pattern.phrases, isLast: false) }
  }

  private func lintAlternatives(_ phrases: [(syntax: PatternSyntax, at: NodeRef)], isLast: Bool) {
    var lint = AlternativeLint()
    lint.visit(phrases.map { ($0.syntax, $0.at, true) }, isLast: isLast)
    for found in lint.found {
      report(
        "pattern.unreachable",
        found.isTwice
          ? "this alternative stands here twice"
          : "this alternative is never taken: an earlier one matches where it does",
        hint: found.isTwice ? "remove it" : "put it before the shorter one, or remove it",
        severity: .warning,
        at: found.at, offset: found.offset)
    }
  }

  /// Patterns whose match must end at a given place, so that longer alternatives are tried too.
  private func patternsToTheEnd() -> Set<Int> {
    var found: Set<Int> = []
    func add(_ conditions: [ZoneCondition]) {
      for condition in conditions {
        switch condition.test {
        case .only(let pattern), .endsWith(let pattern): found.insert(pattern)
        case .next(let inner), .previous(let inner), .not(let inner): add(inner)
        default: break
        }
      }
    }
    for zone in program.zones { add(zone.conditions) }
    for production in program.productions { found.insert(production.guards.before) }
    for rule in program.rules { found.insert(rule.guards.before) }
    return found
  }
}

/// Looks for alternatives that are never taken in one pattern.
private struct AlternativeLint {
  /// The most ways to go through one alternative that are looked at.
  private static let mostWays = 24

  var found: [(at: NodeRef, offset: Int, isTwice: Bool)] = []

  /// `isLast` where nothing of the pattern follows.
  mutating func visit(
    _ alternatives: [(syntax: PatternSyntax, at: NodeRef, isPhrase: Bool)], isLast: Bool
  ) {
    // A phrase may itself be a choice: its alternatives follow those of the phrases before it.
    var flat: [(syntax: PatternSyntax, at: NodeRef, isPhrase: Bool)] = []
    for alternative in alternatives {
      if case .choice(let parts) = alternative.syntax {
        flat += parts.map { ($0, alternative.at, false) }
      } else {
        flat.append(alternative)
      }
    }
    if flat.count > 1 { compare(flat, isLast: isLast) }
    for alternative in flat { descend(alternative.syntax, alternative.at, isLast: isLast) }
  }

  private mutating func descend(_ syntax: PatternSyntax, _ at: NodeRef, isLast: Bool) {
    switch syntax {
    case .capture(_, let inner), .mention(let inner): descend(inner, at, isLast: isLast)
    case .sequence(let parts):
      for (index, part) in parts.enumerated() {
        descend(part, at, isLast: isLast && index == parts.count - 1)
      }
    case .choice: visit([(syntax, at, false)], isLast: isLast)
    case .repeated(let inner, let range, let separator):
      // After the first round the pattern may end, so the first alternative that fits is taken.
      descend(inner, at, isLast: isLast && range.lowerBound <= 1)
      if let separator { descend(separator, at, isLast: false) }
    default: break
    }
  }

  private mutating func compare(
    _ alternatives: [(syntax: PatternSyntax, at: NodeRef, isPhrase: Bool)], isLast: Bool
  ) {
    var tree = WayTree()
    for alternative in alternatives {
      guard let ways = ways(alternative.syntax) else { continue }
      var isShadowed = true
      var isTwice = true
      for way in ways {
        let (whole, prefix) = tree.find(way)
        isTwice = isTwice && whole
        isShadowed = isShadowed && (whole || isLast && prefix)
      }
      if isShadowed, !ways.isEmpty {
        found.append(
          (
            alternative.at, alternative.isPhrase ? 0 : alternative.syntax.firstOffset ?? 0, isTwice
          ))
      }
      for way in ways { tree.add(way) }
    }
  }

  /// All ways through a pattern, as steps; nil where there are too many or they cannot be told.
  private func ways(_ syntax: PatternSyntax) -> [[Int]]? {
    switch syntax {
    case .literal(let literal):
      return [
        literal.isExact
          ? literal.spellings.map { Int($0) << 3 | 1 } : literal.words.map { Int($0) << 3 }
      ]
    case .named(let inner, _): return ways(inner)
    case .hole(let hole):
      switch hole.target {
      case .types(let hole)?: return [[hole << 3 | 2]]
      case .tokenClass(let index)?: return [[index << 3 | 3]]
      case nil: return nil
      }
    case .capture(_, let inner), .mention(let inner): return ways(inner)
    case .sequence(let parts):
      var all: [[Int]] = [[]]
      for part in parts {
        guard let next = ways(part), all.count * next.count <= Self.mostWays else { return nil }
        all = all.flatMap { way in next.map { way + $0 } }
      }
      return all
    case .choice(let parts):
      var all: [[Int]] = []
      for part in parts {
        guard let next = ways(part), all.count + next.count <= Self.mostWays else { return nil }
        all += next
      }
      return all
    case .repeated(let inner, let range, let separator):
      guard range.upperBound == 1, separator == nil, let once = ways(inner),
        once.count < Self.mostWays
      else { return nil }
      return range.lowerBound == 0 ? once + [[]] : once
    case .gap(let length, let capture): return [[length << 3 | (capture.isEmpty ? 4 : 5)]]
    case .run(let length, _): return [[length << 3 | 6]]
    case .start: return [[7]]
    case .end: return [[15]]
    }
  }
}

/// Ways of earlier alternatives, as a tree by their steps.
private struct WayTree {
  private struct Step: Hashable {
    var node: Int
    var step: Int
  }

  private var children: [Step: Int] = [:]
  private var isEnd = [false]

  mutating func add(_ way: [Int]) {
    var node = 0
    for step in way {
      let key = Step(node: node, step: step)
      if let next = children[key] {
        node = next
      } else {
        children[key] = isEnd.count
        node = isEnd.count
        isEnd.append(false)
      }
    }
    isEnd[node] = true
  }

  /// Whether a way is in the tree, and whether one that it begins with is.
  func find(_ way: [Int]) -> (whole: Bool, prefix: Bool) {
    var node = 0
    var prefix = isEnd[0]
    for step in way {
      guard let next = children[Step(node: node, step: step)] else { return (false, prefix) }
      node = next
      prefix = prefix || isEnd[node]
    }
    return (isEnd[node], prefix)
  }
}

extension PatternSyntax {
  /// Where the first part with a place stands in the pattern's text.
  var firstOffset: Int? {
    switch self {
    case .literal(let literal): return literal.at
    case .hole(let hole): return hole.at
    case .named(_, let at): return at
    case .capture(_, let inner), .mention(let inner), .repeated(let inner, _, _):
      return inner.firstOffset
    case .sequence(let parts), .choice(let parts):
      for part in parts { if let at = part.firstOffset { return at } }
      return nil
    default: return nil
    }
  }
}
