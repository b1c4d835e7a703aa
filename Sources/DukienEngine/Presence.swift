internal import DukienRules
internal import DukienText

/// Which words and types of edges a segment holds, so that patterns that need others are not tried.
struct Presence: ~Copyable {
  /// Words by the low bits of their id.
  private var words = Buffer<UInt64>()
  /// Where an edge of each type begins, counted from the segment's first token.
  private var types = PlaceSets()
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

  /// The types `64 * word ..< 64 * word + 64` that edges have, lowest bit first.
  @inline(__always)
  func types(_ word: Int) -> UInt64 { types.keys(word) }

  /// The places `64 * part ..< 64 * part + 64` where an edge of one of the types
  /// `tables.typeParts[first..<last]` begins, lowest bit first.
  @inline(__always)
  func places(_ first: Int32, _ last: Int32, _ part: Int, _ tables: MatchTables) -> UInt64 {
    var places: UInt64 = 0
    for index in Int(first)..<Int(last) {
      let wanted = tables.typeParts[index]
      var bits = types.keys(Int(wanted.word)) & wanted.bits
      while bits != 0 {
        places |= types.places(Int(wanted.word) &* 64 &+ bits.trailingZeroBitCount, part)
        bits &= bits &- 1
      }
    }
    return places
  }

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
    let cover = self.cover.base
    let words = self.words.base
    let head = self.head.base
    let edges = self.edges.base
    presence.reset(tables, origin: position, tokens: limit &- position)
    while position < limit {
      let covered = Int(cover[position])
      if covered == 0 { presence.add(word: words[position]) }
      var at = head[position]
      while at >= 0 {
        let edge = edges[Int(at)]
        if edge.type != 0, covered == 0 || Int(edge.end) == covered {
          presence.add(type: edge.type, at: position)
        }
        at = edge.next
      }
      position = covered == 0 ? position &+ 1 : covered
    }
  }
}
