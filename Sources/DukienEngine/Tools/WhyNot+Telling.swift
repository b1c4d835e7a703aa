internal import DukienRules
internal import DukienText

extension Inquiry {
  /// How many of the things that were expected are named.
  private static let mostExpected = 12

  // MARK: Obstacles

  mutating func add(_ kind: String, _ message: String, level: Int) {
    obstacles.append(Obstacle(kind: kind, message: message, level: level))
  }

  mutating func add(_ kind: String, _ message: String, _ pattern: Int, level: Int) {
    var obstacle = Obstacle(kind: kind, message: message, level: level)
    if let place = program.map?.places[pattern] {
      obstacle.file = place.file
      obstacle.line = place.line(of: 0)
    }
    obstacles.append(obstacle)
  }

  mutating func add(
    _ kind: String, _ message: String, _ begin: Int, _ end: Int, _ pattern: Int, level: Int = 0,
    _ work: borrowing Workspace
  ) {
    var obstacle = Obstacle(kind: kind, message: message, level: level)
    obstacle.at = work.offsets.input(work.span(begin, end))
    if pattern >= 0, let place = program.map?.places[pattern] {
      obstacle.file = place.file
      obstacle.line = place.line(of: 0)
    }
    obstacles.append(obstacle)
  }

  mutating func add(
    _ kind: String, _ message: String, _ record: Record, level: Int, _ work: borrowing Workspace
  ) {
    add(kind, message, Int(record.begin), Int(record.end), -1, level: level, work)
  }

  // MARK: Attempts

  func attempts(_ pattern: Int, _ segment: Segment, _ work: borrowing Workspace) -> [Attempt] {
    work.attempts(
      pattern, program, starts: Int(segment.begin)..<Int(segment.end), low: Int(segment.begin),
      limit: Int(segment.end), context: segment.context)
  }

  /// Tells the farthest attempts; where all took nothing, what the pattern begins with.
  mutating func tell(
    _ attempts: [Attempt], _ pattern: Int, level: Int, _ work: inout Workspace
  ) {
    let what = program.map?.places[pattern].what ?? "pattern"
    let most = attempts.map { $0.taken }.max() ?? 0
    guard most > 0 else {
      var obstacle = Obstacle(
        kind: "absent", message: "nothing here begins the \(what), which begins with",
        level: level)
      if let attempt = attempts.first { obstacle.expected = shown(program.expectations(attempt)) }
      if let place = program.map?.places[pattern] {
        obstacle.file = place.file
        obstacle.line = place.line(of: 0)
      }
      obstacles.append(obstacle)
      return
    }
    for attempt in attempts.sorted(by: { $0.taken > $1.taken }).prefix(3) where attempt.taken > 0 {
      tell(attempt, level: level, &work)
    }
  }

  private mutating func tell(_ attempt: Attempt, level: Int, _ work: inout Workspace) {
    let place = program.map?.places[attempt.pattern]
    var obstacle = Obstacle(
      kind: "stopped",
      message: "the \(place?.what ?? "pattern") got as far as "
        + quote(attempt.start, attempt.end, work),
      level: level)
    obstacle.expected = shown(program.expectations(attempt))
    obstacle.here = standing(at: attempt.end, attempt.limit, work)
    let last = max(attempt.end, 1)
    obstacle.at = work.offsets.input(
      attempt.end < attempt.limit
        ? work.span(attempt.end, attempt.end + 1)
        : Span(work.tokens.end[last - 1], work.tokens.end[last - 1]))
    if let place, let wait = attempt.waiting.first {
      obstacle.file = place.file
      obstacle.line = place.line(of: Int(wait.pc))
    }
    obstacles.append(obstacle)
    guard level < 4 else { return }
    for type in expectedTypes(attempt).prefix(3) {
      tellNested(type, attempt, level: level + 1, &work)
    }
  }

  /// The types with a phrase that an attempt waits for.
  private func expectedTypes(_ attempt: Attempt) -> [Int] {
    var types: [Int] = []
    for wait in attempt.waiting {
      let instruction = program.tables.code[Int(wait.pc)]
      guard instruction.operation == .hole else { continue }
      for type in program.types.indices
      where program.types[type].production >= 0
        && program.takes(Int(instruction.a), UInt16(type)) && !types.contains(type)
      {
        types.append(type)
      }
    }
    return types
  }

  /// How far the phrase of an expected type came behind the place where it was expected.
  private mutating func tellNested(
    _ type: Int, _ attempt: Attempt, level: Int, _ work: inout Workspace
  ) {
    let production = program.productions[program.types[type].production]
    let hasGap = attempt.waiting.contains { $0.gap >= 0 }
    let last = hasGap ? attempt.limit : min(attempt.end + 1, attempt.limit)
    let lifted = work.lift(kind: program.types[type].kind, program)
    let found = work.attempts(
      production.pattern, program, starts: attempt.end..<max(attempt.end, last),
      low: attempt.end, limit: attempt.limit, context: 0, most: 1)
    if let best = found.first, best.taken > 1 {
      var obstacle = Obstacle(
        kind: "stopped",
        message: "\(self.type(UInt16(type))) got as far as \(quote(best.start, best.end, work))",
        level: level)
      obstacle.expected = shown(program.expectations(best))
      obstacle.here = standing(at: best.end, best.limit, work)
      if let place = program.map?.places[production.pattern], let wait = best.waiting.first {
        obstacle.file = place.file
        obstacle.line = place.line(of: Int(wait.pc))
      }
      obstacles.append(obstacle)
    }
    work.put(back: lifted)
  }

  private func shown(_ expected: [String]) -> [String] {
    guard expected.count > Self.mostExpected else { return expected }
    return expected.prefix(Self.mostExpected)
      + ["and \(expected.count - Self.mostExpected) more"]
  }

  // MARK: Words

  /// The words at a token and what they are, the mentions that lost included.
  func standing(at position: Int, _ limit: Int, _ work: borrowing Workspace) -> String {
    guard position < limit else { return "the end" }
    if work.cover[position] > 0 {
      let end = Int(work.cover[position])
      var name = "a group"
      for index in work.covers.indices where Int(work.covers[index].begin) == position {
        if Int(work.covers[index].end) == end {
          name = type(work.records[Int(work.covers[index].record)].type)
        }
      }
      return "\(quote(position, end, work)), covered by \(name) as one token"
    }
    var parts: [String] = []
    var lost: [String] = []
    var at = work.head[position]
    while at >= 0 {
      let edge = work.edges[Int(at)]
      at = edge.next
      let words = quote(Int(edge.begin), Int(edge.end), work)
      if edge.type != 0 {
        let text = "\(type(edge.type)) \(words)"
        if parts.count < 6, !parts.contains(text) { parts.append(text) }
      } else if edge.payload >= 0, let winner = work.winner(over: Int(edge.payload), program) {
        let other = work.records[winner]
        let text =
          "\(type(work.records[Int(edge.payload)].type)) \(words) lost to \(type(other.type)) "
          + quote(other, work)
        if lost.count < 3, !lost.contains(text) { lost.append(text) }
      }
    }
    let word = quote(position, position + 1, work)
    return ([word] + parts + lost).joined(separator: ", ")
  }

  mutating func tellGuard(
    _ guards: Guards, _ begin: Int, _ end: Int, _ segment: Segment, level: Int,
    _ work: inout Workspace
  ) {
    for (index, pattern) in [guards.after, guards.before, guards.inside].enumerated()
    where pattern >= 0 {
      var one = Guards()
      switch index {
      case 0: one.after = pattern
      case 1: one.before = pattern
      default: one.inside = pattern
      }
      guard work.isForbidden(one, begin, end, segment, program) else { continue }
      let words = quote(work.mentionBegin, work.matchEnd, work)
      add(
        "forbidden", "`unless: \(["after", "before", "inside"][index])` forbids it: \(words)",
        work.mentionBegin, work.matchEnd, pattern, level: level, work)
    }
  }

  func matches(
    _ pattern: Int, _ position: Int, _ segment: Segment, _ work: inout Workspace
  ) -> Bool {
    work.match(
      pattern, program, at: position, from: Int(segment.begin), to: Int(segment.end),
      context: segment.context)
  }

  func type(_ index: UInt16) -> String { "<\(program.names[Int(program.types[Int(index)].name)])>" }

  func quote(_ begin: Int, _ end: Int, _ work: borrowing Workspace) -> String {
    quoted(String(decoding: work.printed(begin, end), as: UTF8.self))
  }

  func quote(_ record: Record, _ work: borrowing Workspace) -> String {
    quote(Int(record.begin), Int(record.end), work)
  }

  func listed(_ names: [String]) -> String {
    let more = names.count > 20 ? " and \(names.count - 20) more" : ""
    return names.prefix(20).joined(separator: ", ") + more
  }
}
