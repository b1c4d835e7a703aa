internal import DukienRules
internal import DukienText

/// A token at which a pattern's user may begin.
struct Start {
  var user: UInt16
  var position: Int32
}

extension Workspace {
  /// Collects in `starts` who of `dispatch` may begin at each token of the segment.
  ///
  /// - Complexity: linear in the tokens and in the users that share their first words.
  mutating func collectStarts(_ dispatch: Dispatch, _ segment: Segment, _ program: Program) {
    starts.removeAll()
    var position = Int(segment.begin)
    let limit = Int(segment.end)
    while position < limit {
      let covered = Int(cover[position])
      let first = starts.count
      if covered == 0 {
        let word = Int(words[position])
        if word < dispatch.wordCount {
          addStarts(dispatch, dispatch.wordStart + word, position, first)
        }
        for index in 0..<dispatch.classCount
        where belongs(position, Int(dispatch.classes[index]), program) {
          addStarts(dispatch, dispatch.classStart + index, position, first)
        }
      }
      var at = head[position]
      while at >= 0 {
        let edge = edges[Int(at)]
        if edge.type != 0, covered == 0 || Int(edge.end) == covered {
          addStarts(dispatch, dispatch.typeStart + Int(edge.type), position, first)
        }
        at = edge.next
      }
      position = covered == 0 ? position + 1 : covered
    }
  }

  /// Adds the users of one bucket, `bounds[0]..<bounds[1]`, that are not there since `first`.
  @inline(__always)
  private mutating func addStarts(
    _ dispatch: Dispatch, _ bounds: UnsafeMutablePointer<UInt32>, _ position: Int, _ first: Int
  ) {
    var index = Int(bounds[0])
    let last = Int(bounds[1])
    while index < last {
      let user = dispatch.users[index]
      if presence.allows(Int(dispatch.patterns[Int(user)]), tables) {
        addStart(user, position, first)
      }
      index &+= 1
    }
  }

  private mutating func addStart(_ user: UInt16, _ position: Int, _ first: Int) {
    for index in first..<starts.count where starts[index].user == user { return }
    starts.append(Start(user: user, position: Int32(position)))
  }

  /// Matches the productions of one dispatch in a segment and adds what they give as edges.
  mutating func produce(_ dispatch: Dispatch, _ segment: Segment, _ program: Program) {
    guard !dispatch.isEmpty else { return }
    if lastEnd.count < program.productions.count {
      lastEnd.fill(0, program.productions.count)
    }
    for index in touched.indices { lastEnd[Int(touched[index])] = 0 }
    touched.removeAll()
    collectStarts(dispatch, segment, program)
    for index in starts.indices {
      let start = starts[index]
      tryProduction(Int(start.user), Int(start.position), segment, program)
    }
  }

  private mutating func tryProduction(
    _ user: Int, _ position: Int, _ segment: Segment, _ program: Program
  ) {
    let pattern = program.productions[user].pattern
    guard
      match(
        pattern, program, at: position, from: Int(segment.begin), to: Int(segment.end),
        context: segment.context)
    else { return }
    let begin = mentionBegin
    let end = mentionEnd
    guard end - begin >= program.productions[user].minimumTokens, begin >= Int(lastEnd[user]) else {
      return
    }
    let frame = captureFields(pattern, program)
    let production = program.productions[user]
    if !production.guards.isEmpty, isForbidden(production.guards, begin, end, segment, program) {
      return
    }
    addFields(production.gives, frame, program)
    lastEnd[user] = Int32(end)
    touched.append(Int32(user))
    records.append(
      Record(
        type: production.type, begin: Int32(begin), end: Int32(end), firstField: Int32(frame.first),
        fieldCount: Int32(fields.count - frame.first)))
    addEdge(type: production.type, begin: begin, end: end, payload: Int32(records.count - 1))
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
