internal import DukienRules
internal import DukienText

/// Which words and types of edges a segment holds, so that patterns that need others are not tried.
struct Presence: ~Copyable {
  /// Words by the low bits of their id.
  private var words = Buffer<UInt64>()
  /// Where an edge of each type begins, counted from the segment's first token.
  private(set) var types = PlaceSets()
  private var origin = 0
  /// Per pattern: the serial of the segment it was judged for, and the judgement in the low bit.
  private var judged = Buffer<UInt32>()
  private var serial: UInt32 = 0

  private static let wordBits = 2048

  /// Begins a new segment of so many tokens from `origin` on.
  mutating func reset(_ tables: MatchTables, origin: Int, tokens: Int) {
    self.origin = origin
    words.fill(0, Self.wordBits / 64)
    types.reset(keys: tables.typeCount, places: tokens)
    if judged.count != tables.patternCount || serial >= UInt32.max >> 1 {
      judged.fill(0, tables.patternCount)
      serial = 0
    }
    serial &+= 1
  }

  @inline(__always)
  mutating func add(word: UInt32) {
    let bit = Int(word) & (Self.wordBits - 1)
    words.base[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// Notes that an edge of a type begins at a token.
  @inline(__always)
  mutating func add(type: UInt16, at token: Int) { types.add(Int(type), token &- origin) }

  /// False where a match of the pattern is impossible in the segment.
  @inline(__always)
  mutating func allows(_ pattern: Int, _ tables: MatchTables) -> Bool {
    let known = judged.base[pattern]
    if known >> 1 == serial { return known & 1 != 0 }
    let answer = judge(pattern, tables)
    judged.base[pattern] = serial << 1 | (answer ? 1 : 0)
    return answer
  }

  private func judge(_ pattern: Int, _ tables: MatchTables) -> Bool {
    for index in Int(tables.needStart[pattern])..<Int(tables.needStart[pattern &+ 1])
    where !holds(tables.needs[index], tables) {
      return false
    }
    return true
  }

  private func holds(_ need: FlatNeed, _ tables: MatchTables) -> Bool {
    for index in Int(need.firstWord)..<Int(need.lastWord) {
      let bit = Int(tables.needWords[index]) & (Self.wordBits - 1)
      if words.base[bit >> 6] & (1 << UInt64(bit & 63)) != 0 { return true }
    }
    for index in Int(need.firstPart)..<Int(need.lastPart) {
      let part = tables.typeParts[index]
      if types.keys(Int(part.word)) & part.bits != 0 { return true }
    }
    return false
  }
}

extension Workspace {
  /// Notes what patterns see in a segment: words and types, and where each type begins.
  ///
  /// - Complexity: linear in its tokens and edges.
  mutating func enter(_ segment: Segment) {
    var position = Int(segment.begin)
    let limit = Int(segment.end)
    presence.reset(tables, origin: position, tokens: limit &- position)
    while position < limit {
      let covered = Int(cover.base[position])
      if covered == 0 { presence.add(word: words.base[position]) }
      var at = head.base[position]
      while at >= 0 {
        let edge = edges.base[Int(at)]
        if edge.type != 0, covered == 0 || Int(edge.end) == covered {
          presence.add(type: edge.type, at: position)
        }
        at = edge.next
      }
      position = covered == 0 ? position &+ 1 : covered
    }
  }
}
