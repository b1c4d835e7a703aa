internal import DukienRules
internal import DukienText

extension Engine {
  /// Why a rule gives no fact in a text, or a value, group or entity is not found there: what it
  /// found, what was refused, or else how far its pattern came.
  ///
  /// The text is read as a paragraph of its own. The program must be mapped.
  /// - Complexity: that of reading the text, then O(code × tokens) for each pattern concerned.
  package func whyNot(_ subject: Subject, _ text: [UInt8], published: String) -> [Obstacle] {
    var options = RunOptions()
    options.published = published
    options.isPlainText = true
    facts.journal = []
    let result = text.withUnsafeBytes { run($0, options) }
    var inquiry = Inquiry(
      program: program, journal: facts.journal ?? [], titleSegments: facts.titleSegments,
      printer: printer)
    facts.journal = nil
    switch subject {
    case .rule(let rule): inquiry.ask(rule: rule, result, &work)
    case .type(let type): inquiry.ask(type: type, &work)
    }
    return inquiry.obstacles
  }
}

/// Gathers the answer to one question over a text that has just been read.
struct Inquiry {
  /// At most so many vain triggers are told.
  private static let mostRefusals = 8

  let program: Program
  let journal: [Refusal]
  /// The segments of the title.
  let titleSegments: [Int]
  let printer: NormPrinter
  var obstacles: [Obstacle] = []

  init(
    program: Program, journal: [Refusal], titleSegments: [Int], printer: NormPrinter
  ) {
    self.program = program
    self.journal = journal
    self.titleSegments = titleSegments
    self.printer = printer
  }

  // MARK: Rules

  mutating func ask(rule: Int, _ result: Extraction, _ work: inout Workspace) {
    let pattern = program.rules[rule].trigger
    var number = 0
    for draft in work.found.allDrafts {
      if !draft.isDropped { number += 1 }
      guard work.found.rules(of: draft).contains(rule), !draft.isDropped else {
        if draft.rule == rule { tellMerged(draft, work) }
        continue
      }
      let fact = result.facts[number - 1]
      add(
        "found", "a fact was found: \(describe(fact, result))", Int(draft.begin), Int(draft.end),
        pattern, work)
    }
    let refusals = journal.filter { $0.hit.rule == rule }
    for refusal in refusals.prefix(Self.mostRefusals) { tell(refusal, &work) }
    if refusals.count > Self.mostRefusals {
      obstacles.append(
        Obstacle(
          kind: "note", message: "\(refusals.count - Self.mostRefusals) more were refused"))
    }
    guard obstacles.isEmpty else { return }
    var attempts: [Attempt] = []
    for index in work.segments.indices {
      let segment = work.segments[index]
      let kept = work.openCover(of: segment)
      attempts += self.attempts(pattern, segment, &work)
      work.closeCover(of: segment, kept)
    }
    tell(attempts, pattern, level: 0, &work)
  }

  /// The roles of a fact of the result.
  private func describe(_ fact: Extraction.Fact, _ result: Extraction) -> String {
    func string(_ span: Span) -> String {
      String(decoding: result.storage[span.range], as: UTF8.self)
    }
    let roles = result.roles[Int(fact.firstRole)..<Int(fact.firstRole + fact.roleCount)]
    return "{"
      + roles.map { "\(string($0.name)): \(string($0.norm.isEmpty ? $0.text : $0.norm))" }
      .joined(separator: ", ") + "}"
  }

  private mutating func tellMerged(_ draft: FactDraft, _ work: borrowing Workspace) {
    guard draft.mergedInto >= 0 else { return }
    let other = work.found.drafts[draft.mergedInto]
    let own = program.facts[draft.type]
    let keys = own.identity.map { key in
      "(" + key.map { program.names[Int(own.roles[$0].name)] }.joined(separator: ", ") + ")"
    }
    let keep: String =
      switch own.keep {
      case .mostComplete: "the most complete one is kept"
      case .first: "the first one is kept"
      default: "they are united"
      }
    let words = quote(Int(other.begin), Int(other.end), work)
    add(
      "merged",
      "a fact was found and merged with that of rule `\(program.rules[other.rule].name)` in "
        + "\(words): they agree in \(keys.joined(separator: " or ")), and \(keep)",
      Int(draft.begin), Int(draft.end), program.rules[draft.rule].trigger, work)
  }

  private mutating func tell(_ refusal: Refusal, _ work: inout Workspace) {
    let rule = program.rules[refusal.hit.rule]
    let segment = work.segments[refusal.segment]
    let hit = refusal.hit
    let kept = work.openCover(of: segment)
    defer { work.closeCover(of: segment, kept) }
    if case .keptOut = refusal.reason {
      guard matches(rule.trigger, hit.begin, segment, &work) else { return }
      let group = work.records[Int(work.covers[Int(segment.context) - 1].record)]
      add(
        "outside",
        "the trigger stands in \(type(group.type)) \(quote(group, work)), and the rule stays "
          + "outside of it", hit.begin, work.matchEnd, rule.trigger, work)
      return
    }
    add(
      "matched", "the trigger matched \(quote(hit.begin, hit.end, work))", hit.begin, hit.end,
      rule.trigger, work)
    switch refusal.reason {
    case .keptOut: break
    case .overlaps:
      add("overlaps", "an earlier match of the same trigger covers it", level: 1)
    case .forbidden: tellGuard(rule.guards, hit.begin, hit.end, segment, level: 1, &work)
    case .lacks(let roles): tellMissing(roles, refusal, rule, &work)
    case .claimed(let fill): tellClaimed(fill, refusal, work)
    case .noList:
      guard let list = rule.list else { return }
      add("missing", "no list follows: nothing opens it", level: 1)
      let rest = work.attempts(
        list.opensWith, program, starts: hit.end..<Int(segment.end), low: Int(segment.begin),
        limit: Int(segment.end), context: segment.context)
      tell(rest, list.opensWith, level: 2, &work)
    case .noMember(let position):
      guard let list = rule.list else { return }
      add("missing", "the list has no member where it opens", level: 1)
      let rest = work.attempts(
        list.member, program, starts: position..<min(position + 1, Int(segment.end)),
        low: Int(segment.begin), limit: Int(segment.end), context: segment.context)
      tell(rest, list.member, level: 2, &work)
    }
  }

  private mutating func tellClaimed(
    _ fill: RoleFill, _ refusal: Refusal, _ work: borrowing Workspace
  ) {
    guard case .record(let record) = fill.value else { return }
    let type = program.rules[refusal.hit.rule].emits
    let words = quote(work.records[Int(record)], work)
    var owner = ""
    for draft in work.found.allDrafts where draft.type == type {
      for other in work.found.fills(of: draft) {
        guard case .record(let taken) = other.value, taken == record, owner.isEmpty else {
          continue
        }
        owner =
          " of the fact that rule `\(program.rules[draft.rule].name)` found in "
          + quote(Int(draft.begin), Int(draft.end), work)
      }
    }
    let name = program.names[Int(program.facts[type].roles[fill.role].name)]
    add(
      "claimed",
      "the needed \(words) for `\(name)` is already a needed value\(owner): one value fills one "
        + "fact of a type", work.records[Int(record)], level: 1, work)
  }

  private mutating func tellMissing(
    _ roles: [Int], _ refusal: Refusal, _ rule: Rule, _ work: inout Workspace
  ) {
    guard let draft = refusal.draft else { return }
    let fact = program.facts[rule.emits]
    let names = roles.map { "`\(program.names[Int(fact.roles[$0].name)])`" }
    add(
      "missing",
      roles.count == 1
        ? "the needed role \(names[0]) was not found"
        : "of the roles \(names.joined(separator: ", ")) at least one is needed; none was found",
      level: 1)
    for role in roles {
      let name = program.names[Int(fact.roles[role].name)]
      guard let search = rule.searches.first(where: { $0.role == role }) else {
        if roles.count == 1 {
          add(
            "note", "the rule looks for `\(name)` nowhere but in the trigger's captures", level: 2)
        }
        continue
      }
      if let given = search.unless.first(where: draft.has) {
        let other = program.names[Int(fact.roles[given].name)]
        add("note", "`\(name)` is not looked for where `\(other)` is filled", level: 2)
        continue
      }
      for way in search.ways { tell(way, name, refusal, draft, rule, &work) }
    }
  }

  /// How far one way to find a role came.
  private mutating func tell(
    _ way: RoleWay, _ role: String, _ refusal: Refusal, _ draft: FactDraft, _ rule: Rule,
    _ work: inout Workspace
  ) {
    switch way {
    case .same(let other, _, _):
      let name = program.names[Int(program.facts[rule.emits].roles[other].name)]
      add("absent", "no earlier fact near enough has a `\(name)` to take over", level: 2)
    case .constant: add("absent", "the constant for `\(role)` lacks a capture", level: 2)
    case .search(let pattern, let side, let scope, _):
      let segment = work.segments[refusal.segment]
      var walk = PlaceWalk(
        side, scope, refusal.hit, refusal.region, segment, refusal.segment)
      var places: [Place] = []
      while let place = walk.next(&work, titleSegments) { places.append(place) }
      let range = "`\(role)` is looked for \(side.words) the trigger, \(scope.words)"
      guard !places.isEmpty else {
        add("absent", "\(range), and there is none", pattern, level: 2)
        return
      }
      var attempts: [Attempt] = []
      for place in places {
        if let match = firstMatch(pattern, place, &work) {
          add(
            "claimed",
            "\(quote(match.lowerBound, match.upperBound, work)) matches `\(role)`, but it already "
              + "fills a role of this fact or a needed one of another", match.lowerBound,
            match.upperBound, pattern, level: 2, work)
          return
        }
        attempts += work.attempts(
          pattern, program, starts: place.range, low: Int(place.segment.begin),
          limit: min(place.range.upperBound, Int(place.segment.end)),
          context: place.segment.context)
      }
      add("absent", range, pattern, level: 2)
      let whole = Place(
        segment: segment, range: Int(segment.begin)..<Int(segment.end), isBackward: false)
      if let match = firstMatch(pattern, whole, &work) {
        add(
          "note",
          "\(quote(match.lowerBound, match.upperBound, work)) would match, but stands outside of "
            + "that: \(whereabouts(match, refusal))", match.lowerBound, match.upperBound, pattern,
          level: 3, work)
      }
      tell(attempts, pattern, level: 3, &work)
    }
  }

  /// Why a stretch of the sentence is not searched.
  private func whereabouts(_ match: Range<Int>, _ refusal: Refusal) -> String {
    if match.upperBound > refusal.region.upperBound || match.lowerBound < refusal.region.lowerBound
    {
      return "beyond the next trigger of the same type of fact"
    }
    if match.overlaps(refusal.hit.begin..<refusal.hit.end) { return "within the trigger" }
    return match.upperBound <= refusal.hit.begin ? "before the trigger" : "behind the trigger"
  }

  private func firstMatch(_ pattern: Int, _ place: Place, _ work: inout Workspace)
    -> Range<Int>?
  {
    for position in place.range
    where work.mayBegin(pattern, at: position)
      && work.match(
        pattern, program, at: position, from: Int(place.segment.begin),
        to: min(place.range.upperBound, Int(place.segment.end)), context: place.segment.context)
    {
      return position..<max(work.matchEnd, position + 1)
    }
    return nil
  }
}

extension Side {
  fileprivate var words: String {
    switch self {
    case .after: "behind"
    case .before: "before"
    case .both: "on both sides of"
    }
  }
}

extension Scope {
  fileprivate var words: String {
    switch self {
    case .clause: "in its clause"
    case .sentence: "in its sentence"
    case .previousSentence: "in the sentence before"
    case .paragraph: "in earlier sentences of the paragraph"
    case .title: "in the title"
    case .document: "in earlier sentences"
    }
  }
}
