internal import DukienRules
internal import DukienText

/// Which words and types of edges a segment holds, so that patterns that need others are not tried.
struct Presence: ~Copyable {
  /// Words by the low bits of their id.
  private var words = Buffer<UInt64>()
  private var types = Buffer<UInt64>()
  /// Per pattern: the serial of the segment it was judged for, and the judgement in the low bit.
  private var judged = Buffer<UInt32>()
  private var serial: UInt32 = 0

  private static let wordBits = 2048

  /// Begins a new segment.
  mutating func reset(_ tables: MatchTables) {
    words.fill(0, Self.wordBits / 64)
    types.fill(0, tables.typeWords)
    if judged.count != tables.patternCount || serial >= UInt32.max >> 1 {
      judged.fill(0, tables.patternCount)
      serial = 0
    }
    serial &+= 1
  }

  @inline(__always)
  mutating func add(word: UInt32) {
    let bit = Int(word) & (Self.wordBits - 1)
    words[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  @inline(__always)
  mutating func add(type: UInt16) {
    types[Int(type) >> 6] |= 1 << UInt64(type & 63)
  }

  /// False where a match of the pattern is impossible in the segment.
  @inline(__always)
  mutating func allows(_ pattern: Int, _ tables: MatchTables) -> Bool {
    let known = judged[pattern]
    if known >> 1 == serial { return known & 1 != 0 }
    let answer = judge(pattern, tables)
    judged[pattern] = serial << 1 | (answer ? 1 : 0)
    return answer
  }

  private func judge(_ pattern: Int, _ tables: MatchTables) -> Bool {
    for index in Int(tables.needStart[pattern])..<Int(tables.needStart[pattern + 1])
    where !holds(tables.needs[index], tables) {
      return false
    }
    return true
  }

  private func holds(_ need: FlatNeed, _ tables: MatchTables) -> Bool {
    for index in Int(need.firstWord)..<Int(need.lastWord) {
      let bit = Int(tables.needWords[index]) & (Self.wordBits - 1)
      if words[bit >> 6] & (1 << UInt64(bit & 63)) != 0 { return true }
    }
    for index in Int(need.firstHole)..<Int(need.lastHole) {
      let hole = Int(tables.needHoles[index])
      let bits = tables.holeBits + hole &* tables.typeWords
      for word in 0..<tables.typeWords where types[word] & bits[word] != 0 { return true }
    }
    return false
  }
}

extension Workspace {
  /// Notes what a segment holds; patterns are judged by it until the next one.
  ///
  /// - Complexity: linear in its tokens and edges.
  mutating func enter(_ segment: Segment) {
    presence.reset(tables)
    for position in Int(segment.begin)..<Int(segment.end) {
      presence.add(word: words[position])
      var at = head[position]
      while at >= 0 {
        presence.add(type: edges[Int(at)].type)
        at = edges[Int(at)].next
      }
    }
  }
}
