internal import DukienRules
internal import DukienText

extension Inquiry {
  /// Tells of a value, group, entity, family or lexicon.
  mutating func ask(type: UInt16, _ work: inout Workspace) {
    let info = program.types[Int(type)]
    switch info.kind {
    case .lexicon, .builtin: tellEntries(of: type, work)
    case .tokenClass:
      obstacles.append(
        Obstacle(kind: "note", message: "\(self.type(type)) is a class: it takes single words"))
    case .family:
      let members = program.types.indices.filter {
        program.types[$0].production >= 0 && program.isKind(UInt16($0), of: type)
      }
      let names = members.map { self.type(UInt16($0)) }
      obstacles.append(
        Obstacle(
          kind: "note",
          message: names.isEmpty
            ? "\(self.type(type)) is a family without members"
            : "\(self.type(type)) is a family; its members are \(listed(names))"))
      tell(members, &work)
    default: tell([Int(type)], &work)
    }
  }

  private mutating func tellEntries(of type: UInt16, _ work: borrowing Workspace) {
    for index in work.edges.indices where work.edges[index].type == type {
      let edge = work.edges[index]
      add(
        "found", "an entry of \(self.type(type)) stands here", Int(edge.begin), Int(edge.end),
        -1, work)
    }
    if obstacles.isEmpty {
      obstacles.append(
        Obstacle(kind: "absent", message: "no entry of \(self.type(type)) stands in the text"))
    }
  }

  /// Tells of the mentions of types that have a phrase, or else of their farthest attempts.
  private mutating func tell(_ types: [Int], _ work: inout Workspace) {
    let first = obstacles.count
    for index in work.records.indices where types.contains(Int(work.records[index].type)) {
      tellRecord(index, &work)
    }
    guard obstacles.count == first else { return }
    let lifted = work.lift(
      kind: program.types[types.first ?? 0].kind, program)
    var attempts: [Attempt] = []
    for type in types {
      let production = program.productions[program.types[type].production]
      for segment in segments(for: program.types[type].kind, &work) {
        attempts += self.attempts(production.pattern, segment, &work)
        tellRefused(production, segment, &work)
      }
    }
    attempts.sort { $0.taken > $1.taken }
    if obstacles.count == first, let best = attempts.first {
      let farthest = attempts.prefix { $0.taken > 0 || best.taken == 0 }
      tell(Array(farthest.prefix(best.taken > 0 ? 3 : 1)), best.pattern, level: 0, &work)
    }
    work.put(back: lifted)
  }

  private mutating func tellRecord(_ index: Int, _ work: inout Workspace) {
    let record = work.records[index]
    let pattern = program.productions[program.types[Int(record.type)].production].pattern
    let words = "\(type(record.type)) \(quote(record, work))"
    guard record.isDead else {
      var message = "\(words) was found"
      if let norm = printer.norm(Int32(index), &work) {
        message += ": \(String(decoding: norm, as: UTF8.self))"
      } else {
        message += ", but its date cannot be completed"
      }
      add("found", message, Int(record.begin), Int(record.end), pattern, work)
      return
    }
    if let winner = work.winner(over: index, program) {
      let other = work.records[winner]
      let reason =
        other.end - other.begin > record.end - record.begin
        ? "which is longer" : "which is ranked before it"
      add(
        "replaced",
        "\(words) was replaced by \(type(other.type)) \(quote(other, work)), \(reason)",
        Int(record.begin), Int(record.end), pattern, work)
    } else if program.types[Int(record.type)].kind == .group {
      add(
        "replaced", "\(words) overlaps another group", Int(record.begin), Int(record.end), pattern,
        work)
    } else {
      add(
        "replaced", "\(words) was dropped: it links to no fuller mention", Int(record.begin),
        Int(record.end), pattern, work)
    }
  }

  /// Tells of matches that the production's own conditions refuse.
  private mutating func tellRefused(
    _ production: Production, _ segment: Segment, _ work: inout Workspace
  ) {
    for position in Int(segment.begin)..<Int(segment.end)
    where work.mayBegin(production.pattern, at: position)
      && matches(production.pattern, position, segment, &work)
    {
      let (begin, end) = (work.mentionBegin, work.mentionEnd)
      add(
        "matched", "\(type(production.type)) matched \(quote(begin, end, work))", begin, end,
        production.pattern, work)
      if end - begin < production.minimumTokens {
        add(
          "forbidden",
          "\(end - begin) tokens are fewer than its `min_tokens: \(production.minimumTokens)`",
          level: 1)
      } else {
        tellGuard(production.guards, begin, end, segment, level: 1, &work)
      }
    }
  }

  /// The segments in which the patterns of a stage are matched.
  private func segments(for kind: TypeInfo.Kind, _ work: inout Workspace) -> [Segment] {
    let first = work.segments.count
    guard kind == .value else { return work.segments.indices.map { work.segments[$0] } }
    for block in work.blocks.indices {
      work.splitSentences(
        work.blocks[block].tokens, context: 0, block: block,
        abbreviation: program.abbreviationHole, program)
    }
    let found = (first..<work.segments.count).map { work.segments[$0] }
    work.segments.cut(to: first)
    return found
  }
}

/// What the later stages changed, kept while an earlier one is looked at.
struct LiftedStages {
  var covers: [Int32] = []
  var owners: [Int32] = []
  var types: [UInt16] = []
}

extension Workspace {
  /// Takes away what the stages after that of `kind` have made of the text: groups, and which
  /// mentions lost. Give the result to `put(back:)`.
  mutating func lift(kind: TypeInfo.Kind, _ program: Program) -> LiftedStages {
    var lifted = LiftedStages()
    for index in edges.indices {
      let edge = edges[index]
      lifted.types.append(edge.type)
      guard edge.type == 0, edge.payload >= 0, Int(edge.payload) < records.count else { continue }
      let type = records[Int(edge.payload)].type
      if program.types[Int(type)].kind == kind { edges[index].type = type }
    }
    for index in cover.indices {
      lifted.covers.append(cover[index])
      lifted.owners.append(owner[index])
      if kind != .entity {
        cover[index] = 0
        owner[index] = 0
      }
    }
    return lifted
  }

  mutating func put(back lifted: LiftedStages) {
    for (index, type) in lifted.types.enumerated() { edges[index].type = type }
    for index in cover.indices {
      cover[index] = lifted.covers[index]
      owner[index] = lifted.owners[index]
    }
  }

  /// The live mention that took the place of a dead one, where there is one.
  func winner(over index: Int, _ program: Program) -> Int? {
    let lost = records[index]
    let type = program.types[Int(lost.type)]
    return records.indices.first { other in
      let record = records[other]
      let info = program.types[Int(record.type)]
      return isLive(other) && record.begin < lost.end && lost.begin < record.end
        && info.kind == type.kind && (type.kind == .entity || info.arena == type.arena)
    }
  }
}
