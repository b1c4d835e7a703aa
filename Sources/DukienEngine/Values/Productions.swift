internal import DukienRules
internal import DukienText

/// A token at which a pattern's user may begin.
struct Start: BitwiseCopyable {
  var user: UInt16
  var position: Int32
  /// The start of the same level that was found before, or -1.
  var next: Int32

  /// Tokens in reading order, at each token the users in the order of the files.
  var order: UInt64 { UInt64(UInt32(bitPattern: position)) << 16 | UInt64(user) }
}

extension Workspace {
  /// Wakes the users of `dispatch` that the segment has words or types for, and collects in
  /// `starts` where they may begin by word or class.
  ///
  /// - Complexity: linear in the tokens and in the users that share their words.
  mutating func collectStarts(_ dispatch: Dispatch, _ segment: Segment, _ program: Program) {
    starts.removeAll()
    levelHeads.fill(-1, dispatch.levelCount)
    awake.removeAll()
    if wokenIn.count != tables.patternCount || round >= UInt32.max - 1 {
      wokenIn.fill(0, tables.patternCount)
      round = 0
    }
    round &+= 1
    wake(dispatch, dispatch.alwaysStart)
    var position = Int(segment.begin)
    let limit = Int(segment.end)
    while position < limit {
      let covered = Int(cover[position])
      if covered == 0 {
        let word = Int(words[position])
        if word < dispatch.wordCount {
          wake(dispatch, dispatch.wakeWordStart + word)
          addStarts(dispatch, dispatch.wordStart + word, position)
        }
        for index in 0..<dispatch.classCount
        where belongs(position, Int(dispatch.classes[index]), program) {
          addStarts(dispatch, dispatch.classStart + index, position)
        }
      }
      position = covered == 0 ? position + 1 : covered
    }
    for word in 0..<tables.typeWords {
      var bits = presence.typeBits(word)
      while bits != 0 {
        wake(dispatch, dispatch.wakeTypeStart + (word &* 64 &+ bits.trailingZeroBitCount))
        bits &= bits &- 1
      }
    }
  }

  /// Wakes the users of one bucket, `bounds[0]..<bounds[1]`.
  @inline(__always)
  private mutating func wake(_ dispatch: Dispatch, _ bounds: UnsafeMutablePointer<UInt32>) {
    var index = Int(bounds[0])
    let last = Int(bounds[1])
    while index < last {
      let user = dispatch.users[index]
      let pattern = Int(dispatch.patterns[Int(user)])
      if wokenIn[pattern] != round {
        wokenIn[pattern] = round
        awake.append(user)
      }
      index &+= 1
    }
  }

  /// Adds the users of one bucket, `bounds[0]..<bounds[1]`, to their levels.
  @inline(__always)
  private mutating func addStarts(
    _ dispatch: Dispatch, _ bounds: UnsafeMutablePointer<UInt32>, _ position: Int
  ) {
    var index = Int(bounds[0])
    let last = Int(bounds[1])
    while index < last {
      let user = dispatch.users[index]
      let level = Int(dispatch.levels[Int(user)])
      starts.append(Start(user: user, position: Int32(position), next: levelHeads[level]))
      levelHeads[level] = Int32(starts.count - 1)
      index &+= 1
    }
  }

  /// Makes `turn` the starts of one level that the segment allows, in reading order, each once.
  mutating func takeLevel(_ level: Int, _ dispatch: Dispatch) {
    turn.removeAll()
    for index in awake.indices where Int(dispatch.levels[Int(awake[index])]) == level {
      let pattern = Int(dispatch.patterns[Int(awake[index])])
      guard presence.allows(pattern, tables) else { continue }
      takeTypeStarts(awake[index], pattern)
    }
    var at = levelHeads[level]
    while at >= 0 {
      let start = starts[Int(at)]
      let pattern = Int(dispatch.patterns[Int(start.user)])
      if wokenIn[pattern] == round, presence.allows(pattern, tables) { turn.append(start) }
      at = start.next
    }
    turn.sort(from: 0) { $0.order < $1.order }
    var kept = 0
    for index in turn.indices where index == 0 || turn[index].order != turn[kept - 1].order {
      turn[kept] = turn[index]
      kept += 1
    }
    turn.cut(to: kept)
  }

  /// Adds the places at which a pattern may begin with one of its types.
  private mutating func takeTypeStarts(_ user: UInt16, _ pattern: Int) {
    let first = tables.firsts[pattern]
    for index in Int(first.firstHole)..<Int(first.lastHole) {
      let wanted = tables.holeBits + Int(tables.firstHoles[index]) &* tables.typeWords
      for word in 0..<tables.typeWords {
        var bits = presence.typeBits(word) & wanted[word]
        while bits != 0 {
          var place = typeHeads[word &* 64 &+ bits.trailingZeroBitCount]
          while place >= 0 {
            let here = typePlaces[Int(place)]
            turn.append(Start(user: user, position: here.position, next: -1))
            place = here.next
          }
          bits &= bits &- 1
        }
      }
    }
  }

  /// Matches the productions of one stage in a segment, level by level, and adds what they give
  /// as edges; what an edge makes possible is tried on its own level.
  mutating func produce(_ dispatch: Dispatch, _ segment: Segment, _ program: Program) {
    guard !dispatch.isEmpty else { return }
    if lastEnd.count < program.productions.count {
      lastEnd.fill(0, program.productions.count)
    }
    for index in touched.indices { lastEnd[Int(touched[index])] = 0 }
    touched.removeAll()
    collectStarts(dispatch, segment, program)
    for level in 0..<dispatch.levelCount {
      takeLevel(level, dispatch)
      for index in turn.indices {
        let start = turn[index]
        let user = Int(start.user)
        let edge = tryProduction(user, Int(start.position), segment, program)
        guard edge >= 0 else { continue }
        let made = edges[Int(edge)]
        if cover[Int(made.begin)] == 0 {
          notePlace(made.type, Int(made.begin))
          wake(dispatch, dispatch.wakeTypeStart + Int(made.type))
        }
      }
    }
  }

  /// Tries a production at a token; returns the edge that it made, or -1.
  private mutating func tryProduction(
    _ user: Int, _ position: Int, _ segment: Segment, _ program: Program
  ) -> Int32 {
    let pattern = program.productions[user].pattern
    guard
      match(
        pattern, program, at: position, from: Int(segment.begin), to: Int(segment.end),
        context: segment.context)
    else { return -1 }
    let begin = mentionBegin
    let end = mentionEnd
    guard end - begin >= program.productions[user].minimumTokens, begin >= Int(lastEnd[user]) else {
      return -1
    }
    let frame = captureFields(pattern, program)
    let production = program.productions[user]
    if !production.guards.isEmpty, isForbidden(production.guards, begin, end, segment, program) {
      return -1
    }
    addFields(production.gives, frame, program)
    lastEnd[user] = Int32(end)
    touched.append(Int32(user))
    records.append(
      Record(
        type: production.type, begin: Int32(begin), end: Int32(end), firstField: Int32(frame.first),
        fieldCount: Int32(fields.count - frame.first)))
    return addEdge(
      type: production.type, begin: begin, end: end, payload: Int32(records.count - 1))
  }

  /// Appends the given fields behind the captures; what does not compute is left out.
  private mutating func addFields(
    _ gives: [FieldRule], _ frame: Frame, _ program: Program
  ) {
    for rule in gives {
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
    if guards.after >= 0,
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
        if match(
          guards.before, program, at: start, from: low, to: limit,
          context: segment.context, endingAt: begin)
        {
          return true
        }
      }
    }
    if guards.inside >= 0 {
      for start in begin..<end
      where match(
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
  mutating func replaceOverlaps(from first: Int, in range: Range<Int>, _ program: Program) {
    var order: [Int] = []
    for index in first..<records.count {
      let kind = program.types[Int(records[index].type)].kind
      if kind == .value || kind == .entity { order.append(index) }
    }
    order.sort { a, b in
      let left = records[a]
      let right = records[b]
      let leftLength = left.end - left.begin
      let rightLength = right.end - right.begin
      if leftLength != rightLength { return leftLength > rightLength }
      let leftRank = program.types[Int(left.type)].rank
      let rightRank = program.types[Int(right.type)].rank
      if leftRank != rightRank { return leftRank < rightRank }
      return left.begin != right.begin ? left.begin < right.begin : a < b
    }
    var taken: [[Int32]] = [[Int32]](repeating: [], count: range.count)
    for index in order {
      let record = records[index]
      let arena = kindOfArena(record, program)
      let places = Int(record.begin) - range.lowerBound..<Int(record.end) - range.lowerBound
      if places.contains(where: { taken[$0].contains(arena) }) {
        kill(index)
      } else {
        for place in places { taken[place].append(arena) }
      }
    }
  }

  /// Entities of all kinds hide one another; values only within their arena.
  private func kindOfArena(_ record: Record, _ program: Program) -> Int32 {
    let type = program.types[Int(record.type)]
    return type.kind == .entity ? -1 : Int32(type.arena)
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
