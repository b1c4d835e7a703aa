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

  /// The types `64 * word ..< 64 * word + 64` that the segment holds, lowest bit first.
  @inline(__always)
  func typeBits(_ word: Int) -> UInt64 { types[word] }

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
  /// Notes what patterns see in a segment: words and types, and where each type begins.
  ///
  /// - Complexity: linear in its tokens and edges.
  mutating func enter(_ segment: Segment) {
    presence.reset(tables)
    typeHeads.fill(-1, tables.typeCount)
    typePlaces.removeAll()
    var position = Int(segment.begin)
    let limit = Int(segment.end)
    while position < limit {
      let covered = Int(cover[position])
      if covered == 0 { presence.add(word: words[position]) }
      var at = head[position]
      while at >= 0 {
        let edge = edges[Int(at)]
        if edge.type != 0, covered == 0 || Int(edge.end) == covered {
          notePlace(edge.type, position)
        }
        at = edge.next
      }
      position = covered == 0 ? position + 1 : covered
    }
  }

  /// Notes that an edge of a type begins at a token of the segment.
  @inline(__always)
  mutating func notePlace(_ type: UInt16, _ position: Int) {
    presence.add(type: type)
    typePlaces.append(TypePlace(position: Int32(position), next: typeHeads[Int(type)]))
    typeHeads[Int(type)] = Int32(typePlaces.count - 1)
  }
}

/// A token at which an edge of a type begins, and the place that was noted before it, or -1.
struct TypePlace: BitwiseCopyable {
  var position: Int32
  var next: Int32
}
