internal import DukienRules
internal import DukienText

extension Workspace {
  /// Wakes the seats of `dispatch` that the segment has words and types for, and collects in
  /// `starts` where they may begin by word or class.
  ///
  /// - Complexity: linear in the tokens and in the seats that share their words.
  mutating func wakeSeats(_ dispatch: Dispatch, _ segment: Segment, _ program: Program) {
    let first = Int(segment.begin)
    let limit = Int(segment.end)
    let cover = self.cover.base
    let words = self.words.base
    let looks = self.looks.base
    needsMet.copy(dispatch.met, Need.most &* dispatch.rowWords)
    starts.reset(keys: dispatch.seatCount, places: limit &- first)
    var position = first
    while position < limit {
      let covered = Int(cover[position])
      guard covered == 0 else {
        position = covered
        continue
      }
      let look = looks[position]
      let behind = looks[position &+ 1]
      let word = Int(words[position])
      if word < dispatch.wordCount {
        let own = dispatch.words[word]
        let next = dispatch.words[word &+ 1]
        wake(dispatch, own.wakes, next.wakes)
        addStarts(dispatch, own.starts, next.starts, position &- first, behind)
      }
      for index in 0..<dispatch.classCount
      where dispatch.classLooks[index].meets(look)
        && belongs(position, Int(dispatch.classes[index]), program)
      {
        addStarts(
          dispatch, dispatch.classStart[index], dispatch.classStart[index &+ 1],
          position &- first, behind)
      }
      position &+= 1
    }
    for word in 0..<tables.typeWords {
      var bits = presence.types(word)
      while bits != 0 {
        wakeByType(dispatch, word &* 64 &+ bits.trailingZeroBitCount)
        bits &= bits &- 1
      }
    }
  }

  @inline(__always)
  private mutating func wakeByType(_ dispatch: Dispatch, _ type: Int) {
    wake(dispatch, dispatch.wakeTypeStart[type], dispatch.wakeTypeStart[type &+ 1])
  }

  /// Notes that the needs `wakeParts[first..<last]` are met.
  @inline(__always)
  private mutating func wake(_ dispatch: Dispatch, _ first: UInt32, _ last: UInt32) {
    let met = needsMet.base
    var index = Int(first)
    while index < Int(last) {
      let part = dispatch.wakeParts[index]
      met[Int(part.word)] |= part.bits
      index &+= 1
    }
  }

  /// Adds a place to the starts of the seats of one bucket, `seats[first..<last]`, that can go on
  /// with a token of the look `behind`.
  @inline(__always)
  private mutating func addStarts(
    _ dispatch: Dispatch, _ first: UInt32, _ last: UInt32, _ place: Int, _ behind: Outlook
  ) {
    var index = Int(first)
    while index < Int(last) {
      if dispatch.after[index].meets(behind) { starts.add(Int(dispatch.seats[index]), place) }
      index &+= 1
    }
  }

  /// False where no token of the range meets the first need of a seat.
  mutating func mayWake(_ dispatch: Dispatch, _ range: Range<Int>) -> Bool {
    if dispatch.hasSleepless { return true }
    func meetsFirstNeed(_ first: UInt32, _ last: UInt32) -> Bool {
      first < last && Int(dispatch.wakeParts[Int(first)].word) < dispatch.rowWords
    }
    for position in range where dispatch.wakes.meets(looks.base[position]) {
      let word = Int(words.base[position])
      if word < dispatch.wordCount,
        meetsFirstNeed(dispatch.words[word].wakes, dispatch.words[word &+ 1].wakes)
      {
        return true
      }
      var at = head.base[position]
      while at >= 0 {
        let type = Int(edges.base[Int(at)].type)
        if meetsFirstNeed(dispatch.wakeTypeStart[type], dispatch.wakeTypeStart[type &+ 1]) {
          return true
        }
        at = edges.base[Int(at)].next
      }
    }
    return false
  }

  /// The first seat from `seat` on, before `last`, that is awake and may begin somewhere, which
  /// `turn` then tells; `last` for none.
  mutating func nextTurn(_ seat: Int, _ last: Int, _ dispatch: Dispatch, _ segment: Segment) -> Int
  {
    var seat = nextSeat(seat, last, dispatch.rowWords)
    while seat < last {
      takeTurn(seat, dispatch, segment)
      if !turn.isEmpty { return seat }
      seat = nextSeat(seat &+ 1, last, dispatch.rowWords)
    }
    return last
  }

  /// The first seat from `seat` on, before `last`, whose needs are all met; `last` for none.
  private mutating func nextSeat(_ seat: Int, _ last: Int, _ rowWords: Int) -> Int {
    guard seat < last else { return last }
    var word = seat >> 6
    var bits = awake(word, rowWords) & (UInt64.max << UInt64(seat & 63))
    while bits == 0 {
      word &+= 1
      guard word &* 64 < last else { return last }
      bits = awake(word, rowWords)
    }
    return min(last, word &* 64 &+ bits.trailingZeroBitCount)
  }

  /// The seats `64 * word ..< 64 * word + 64` whose needs are all met, as bits.
  @inline(__always)
  private func awake(_ word: Int, _ rowWords: Int) -> UInt64 {
    let met = needsMet.base
    var bits = met[word]
    for row in 1..<Need.most { bits &= met[row &* rowWords &+ word] }
    return bits
  }

  /// Makes `turn` the tokens at which a seat may begin.
  private mutating func takeTurn(_ seat: Int, _ dispatch: Dispatch, _ segment: Segment) {
    turn.removeAll()
    let pattern = Int(dispatch.patterns[seat])
    let isFirstOnly = dispatch.beginsSegment[seat]
    for part in 0..<(isFirstOnly ? 1 : starts.wordsInSet) {
      var places =
        starts.places(seat, part)
        | presence.places(tables.firstPart[pattern], tables.lastPart[pattern], part, tables)
      if isFirstOnly { places &= 1 }
      let origin = Int(segment.begin) &+ part &* 64
      while places != 0 {
        turn.append(Int32(truncatingIfNeeded: origin &+ places.trailingZeroBitCount))
        places &= places &- 1
      }
    }
  }

  /// Matches the productions of one stage in a segment, level by level, and adds what they give
  /// as edges; what an edge makes possible is tried on its own level.
  mutating func produce(_ dispatch: Dispatch, _ segment: Segment, _ program: Program) {
    guard !dispatch.isEmpty else { return }
    wakeSeats(dispatch, segment, program)
    for level in 0..<dispatch.levelCount {
      let last = Int(dispatch.levelStart[level &+ 1])
      var seat = nextTurn(Int(dispatch.levelStart[level]), last, dispatch, segment)
      while seat < last {
        produce(Int(dispatch.users[seat]), dispatch, segment, program)
        seat = nextTurn(seat &+ 1, last, dispatch, segment)
      }
    }
  }

  /// Tries one production at the tokens of `turn`.
  private mutating func produce(
    _ user: Int, _ dispatch: Dispatch, _ segment: Segment, _ program: Program
  ) {
    var end = 0
    for index in turn.indices {
      let edge = tryProduction(user, Int(turn[index]), after: end, segment, program)
      guard edge >= 0 else { continue }
      let made = edges[Int(edge)]
      end = Int(made.end)
      let covered = cover.base[Int(made.begin)]
      if covered == 0 || covered == made.end {
        presence.add(type: made.type, at: Int(made.begin))
        wakeByType(dispatch, Int(made.type))
      }
    }
  }

  /// Tries a production at a token; returns the edge that it made, or -1. Its mention must not begin
  /// before token `end`.
  private mutating func tryProduction(
    _ user: Int, _ position: Int, after lastEnd: Int, _ segment: Segment, _ program: Program
  ) -> Int32 {
    let production = tables.productions[user]
    let pattern = Int(production.pattern)
    guard mayBegin(pattern, at: position),
      match(
        pattern, program, at: position, from: Int(segment.begin), to: Int(segment.end),
        context: segment.context)
    else { return -1 }
    let begin = mentionBegin
    let end = mentionEnd
    guard end &- begin >= Int(production.minimumTokens), begin >= lastEnd else { return -1 }
    let frame = captureFields(pattern, program)
    if !production.guards.isEmpty,
      isForbidden(production.guards, begin, end, segment, program)
    {
      return -1
    }
    addFields(production, frame, program)
    records.append(
      Record(
        type: production.type, begin: Int32(begin), end: Int32(end), firstField: Int32(frame.first),
        fieldCount: Int32(fields.count - frame.first)))
    return addEdge(
      type: production.type, begin: begin, end: end, payload: Int32(records.count - 1))
  }

  /// Appends the given fields behind the captures; what does not compute is left out.
  private mutating func addFields(
    _ production: FlatProduction, _ frame: Frame, _ program: Program
  ) {
    for index in Int(production.firstGiven)..<Int(production.lastGiven) {
      let rule = tables.given[index]
      let value = evaluate(rule.expression, frame, program)
      if case .none = value { continue }
      fields.append(Field(name: rule.name, value: value))
    }
  }

  /// True where the context of a mention forbids it.
  mutating func isForbidden(
    _ guards: Guards, _ begin: Int, _ end: Int, _ segment: Segment, _ program: Program
  ) -> Bool {
    let low = Int(segment.begin)
    let limit = Int(segment.end)
    if guards.after >= 0, mayBegin(guards.after, at: end),
      match(
        guards.after, program, at: end, from: low, to: limit,
        context: segment.context)
    {
      return true
    }
    if guards.before >= 0 {
      var start = begin
      for _ in 0..<8 {
        start = coverStart[start] > 0 ? Int(coverStart[start]) - 1 : start - 1
        guard start >= low else { break }
        if mayBegin(guards.before, at: start),
          match(
            guards.before, program, at: start, from: low, to: limit,
            context: segment.context, endingAt: begin)
        {
          return true
        }
      }
    }
    if guards.inside >= 0 {
      for start in begin..<end
      where mayBegin(guards.inside, at: start)
        && match(
          guards.inside, program, at: start, from: begin, to: end,
          context: segment.context)
      {
        return true
      }
    }
    return false
  }

  /// Among the records from `first` on that share an arena and overlap, keeps the longest; of
  /// equal ones the one whose type is ranked first. The others take part in nothing further.
  /// Entities of all kinds hide one another; values only within their arena.
  ///
  /// - Complexity: O(n log n) in the records, and their tokens.
  mutating func replaceOverlaps(from first: Int, in range: Range<Int>) {
    rivals.removeAll()
    for index in first..<records.count {
      let record = records[index]
      let kind = tables.types[Int(record.type)].kind
      if kind == .value || kind == .entity { rivals.append(Rival(record, Int32(index), tables)) }
    }
    guard rivals.count > 1 else { return }
    rivals.sort(from: 0) { a, b in
      if a.length != b.length { return a.length > b.length }
      if a.rank != b.rank { return a.rank < b.rank }
      return a.begin != b.begin ? a.begin < b.begin : a.record < b.record
    }
    taken.reset(keys: tables.typeCount &+ 1, places: range.count)
    for index in rivals.indices {
      let rival = rivals[index]
      let begin = Int(rival.begin) &- range.lowerBound
      if taken.contains(Int(rival.arena), begin, begin &+ Int(rival.length)) {
        kill(Int(rival.record))
      } else {
        for place in begin..<begin &+ Int(rival.length) { taken.add(Int(rival.arena), place) }
      }
    }
  }

  mutating func kill(_ index: Int) {
    records[index].isDead = true
    var at = head[Int(records[index].begin)]
    while at >= 0 {
      if edges[Int(at)].payload == Int32(index), edges[Int(at)].type == records[index].type {
        edges[Int(at)].type = 0
      }
      at = edges[Int(at)].next
    }
  }
}

/// A record that may overlap others of its arena.
struct Rival: BitwiseCopyable {
  var begin: Int32
  var length: Int32
  var rank: Int32
  var arena: Int32
  var record: Int32

  init(_ own: Record, _ index: Int32, _ tables: MatchTables) {
    let type = tables.types[Int(own.type)]
    begin = own.begin
    length = own.end - own.begin
    rank = type.rank
    arena = type.kind == .entity ? 0 : type.arena + 1
    record = index
  }
}
