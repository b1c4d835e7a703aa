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

  func attempts(_ pattern: Int, _ segment: Segment, _ work: inout Workspace) -> [Attempt] {
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
        kind: "absent", message: "nothing in the text begins the \(what)",
        level: level)
      if let attempt = attempts.first { obstacle.expected = shown(program.expectations(attempt)) }
      if let place = program.map?.places[pattern] {
        obstacle.file = place.file
        obstacle.line = place.line(of: 0)
      }
      obstacles.append(obstacle)
      for (index, attempt) in attempts.enumerated()
      where !attempts[..<index].contains(where: { $0.limit == attempt.limit }) {
        tellNested([attempt], from: attempt.start..<attempt.limit, level: level + 1, &work)
      }
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
    obstacle.at = spot(after: attempt, work)
    if let place, let wait = attempt.waiting.first {
      obstacle.file = place.file
      obstacle.line = place.line(of: Int(wait.pc))
    }
    obstacles.append(obstacle)
    let hasGap = attempt.waiting.contains { $0.gap >= 0 }
    let reach = hasGap ? attempt.limit : min(attempt.end + 1, attempt.limit)
    tellNested([attempt], from: attempt.end..<max(attempt.end, reach), level: level + 1, &work)
  }

  /// The types with a phrase that an attempt waits for.
  private func expectedTypes(_ attempt: Attempt) -> [Int] {
    var types: [Int] = []
    for wait in attempt.waiting {
      let instruction = program.tables.code[Int(wait.pc)]
      guard instruction.operation == .hole else { continue }
      for type in program.types.indices
      where program.types[type].production >= 0
        && program.tables.takes(Int(instruction.a), UInt16(type)) && !types.contains(type)
      {
        types.append(type)
      }
    }
    return types
  }

  /// How far the phrases of the types came that the attempts wait for: the two that came farthest.
  private mutating func tellNested(
    _ attempts: [Attempt], from starts: Range<Int>, level: Int, _ work: inout Workspace
  ) {
    guard let limit = attempts.map({ $0.limit }).max(), !starts.isEmpty else { return }
    var types: [Int] = []
    for attempt in attempts {
      types += expectedTypes(attempt).filter { !types.contains($0) }
    }
    var found: [(type: Int, attempt: Attempt)] = []
    for type in types.prefix(64) {
      let pattern = program.productions[program.types[type].production].pattern
      let lifted = work.lift(kind: program.types[type].kind, program)
      let best = work.attempts(
        pattern, program, starts: starts, low: starts.lowerBound, limit: limit, context: 0, most: 1)
      work.put(back: lifted)
      if let best = best.first, best.taken > 0 { found.append((type, best)) }
    }
    found.sort {
      $0.attempt.taken != $1.attempt.taken
        ? $0.attempt.taken > $1.attempt.taken : $0.type < $1.type
    }
    for (type, attempt) in found.prefix(2) {
      var obstacle = Obstacle(
        kind: "stopped",
        message: "\(self.type(UInt16(type))) got as far as "
          + quote(attempt.start, attempt.end, work),
        level: level)
      obstacle.expected = shown(program.expectations(attempt))
      obstacle.here = standing(at: attempt.end, attempt.limit, work)
      obstacle.at = spot(after: attempt, work)
      if let place = program.map?.places[attempt.pattern], let wait = attempt.waiting.first {
        obstacle.file = place.file
        obstacle.line = place.line(of: Int(wait.pc))
      }
      obstacles.append(obstacle)
    }
  }

  /// The bytes of the token behind an attempt, or the end of what it might have taken.
  private func spot(after attempt: Attempt, _ work: borrowing Workspace) -> Span {
    if attempt.end < attempt.limit {
      return work.offsets.input(work.span(attempt.end, attempt.end + 1))
    }
    let end = work.tokens.end[max(attempt.end, 1) - 1]
    return work.offsets.input(Span(end, end))
  }

  private func shown(_ expected: [String]) -> [String] {
    guard expected.count > Self.mostExpected else { return expected }
    // What may be left out comes first in a pattern, what must come last.
    let half = Self.mostExpected / 2
    return expected.prefix(half) + ["…"] + expected.suffix(half)
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
    // Mentions of the same words stand together, the longest first.
    var ends = [Int32(position + 1)]
    var names: [[String]] = [[]]
    var lost: [String] = []
    var at = work.head[position]
    while at >= 0 {
      let edge = work.edges[Int(at)]
      at = edge.next
      if edge.type != 0 {
        let index = ends.firstIndex(of: edge.end) ?? ends.count
        if index == ends.count {
          ends.append(edge.end)
          names.append([])
        }
        if !names[index].contains(type(edge.type)) { names[index].append(type(edge.type)) }
      } else if edge.payload >= 0, let winner = work.winner(over: Int(edge.payload), program) {
        let own = work.records[Int(edge.payload)]
        let other = work.records[winner]
        let text =
          "\(type(own.type)) \(quote(own, work)) lost to \(type(other.type)) "
          + quote(other, work)
        if lost.count < 3, !lost.contains(text) { lost.append(text) }
      }
    }
    let parts = zip(ends, names).prefix(4).map { end, names in
      ([quote(position, Int(end), work)] + names.prefix(6)).joined(separator: " ")
    }
    return (parts + lost).joined(separator: ", ")
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
