internal import DukienRules
internal import DukienText

/// One value of one role.
struct RoleFill {
  enum Origin: UInt8 { case found, constant, previousFact, assertion }
  var role: Int
  var value: FieldValue
  var origin = Origin.found
  /// The way of a role's search that gave it, or one of the constants below.
  var way: Int8 = RoleFill.captured
  /// The role whose search it was, or -1.
  var search: Int16 = -1
  /// The rule of the united fact that brought it, or -1.
  var rule: Int32 = -1

  static let captured: Int8 = -1
  static let given: Int8 = -2
}

/// A fact that is being put together.
struct FactDraft {
  var type: Int
  var rule: Int
  var block: Int32
  /// Token range of the words that state it.
  var begin: Int32
  var end: Int32
  var sentenceBegin: Int32
  var sentenceEnd: Int32
  var context: Int32
  var fills: [RoleFill] = []
  /// Further rules whose facts were united with this one.
  var unitedRules: [Int] = []
  /// Further sentences that support it: those of facts united with it.
  var moreSentences: [SentenceRef] = []
  var polarity: UInt32 = 0
  /// Who says it, where it stands in a quotation that another fact holds.
  var saidBy = FieldValue.none
  var isDropped = false
  /// The fact that stands for a dropped one, or -1.
  var mergedInto = -1
  /// Tokens and captures of the trigger, or of the list's member.
  var trigger: Range<Int32> = 0..<0
  var captures = Frame(first: 0, count: 0)

  func has(_ role: Int) -> Bool { fills.contains { $0.role == role } }
}

/// A sentence and its block.
struct SentenceRef: Equatable {
  var block: Int32
  var begin: Int32
  var end: Int32
}

/// A trigger or phrase that matched.
struct TriggerHit {
  var rule: Int
  /// Where the match begins, context included.
  var start: Int
  var begin: Int
  var end: Int
  /// Where the whole match ends, context included.
  var matchEnd: Int
  var frame: Frame
}

/// A value and the type of fact that it belongs to.
struct Claim {
  var type: Int
  var record: Int32
}

/// Finds the facts of a page, segment by segment.
struct FactFinder {
  let program: Program
  /// Prints templates and the keys of facts.
  var printer: NormPrinter
  private(set) var drafts: [FactDraft] = []
  /// What rules that add to the facts of others found.
  private var additions: [FactDraft] = []
  /// Last fact of each type and the block it stood in.
  private var previous: [Int]
  /// Values of the segment at hand that fill a needed role.
  private var claimed: [Claim] = []
  let titleLabel: UInt16
  /// What was refused, where one of the tools asks for it.
  var journal: [Refusal]?
  /// The segments of the title.
  private(set) var titleSegments: [Int] = []

  init(program: Program, printer: NormPrinter, titleLabel: UInt16) {
    self.program = program
    self.printer = printer
    self.titleLabel = titleLabel
    previous = [Int](repeating: -1, count: program.facts.count)
  }

  /// Begins the page in `work`, whose dates `printer` completes.
  mutating func reset(_ printer: NormPrinter, _ work: borrowing Workspace) {
    titleSegments = work.segments.indices.filter {
      work.labels[Int(work.segments[$0].block)] == titleLabel
    }
    self.printer = printer
    drafts.removeAll(keepingCapacity: true)
    additions.removeAll(keepingCapacity: true)
    for index in previous.indices { previous[index] = -1 }
  }

  /// Drops all facts but the first so many.
  mutating func keepFirst(_ count: Int) { drafts.removeLast(max(0, drafts.count - count)) }

  /// Runs all rules in segment `index`.
  mutating func find(in index: Int, _ work: inout Workspace) {
    let segment = work.segments[index]
    let hits = triggerHits(index, &work)
    guard !hits.isEmpty else { return }
    claimed.removeAll(keepingCapacity: true)
    for (order, hit) in hits.enumerated() {
      let rule = program.rules[hit.rule]
      var draft = FactDraft(
        type: rule.emits, rule: hit.rule, block: segment.block, begin: Int32(hit.begin),
        end: Int32(hit.end), sentenceBegin: segment.sentenceBegin, sentenceEnd: segment.sentenceEnd,
        context: segment.context)
      draft.trigger = Int32(hit.begin)..<Int32(hit.end)
      draft.captures = hit.frame
      addCaptures(hit.frame, to: &draft, work)
      if let list = rule.list {
        emitList(rule, list, hit, draft, segment, index, &work)
        continue
      }
      let region = region(of: order, in: hits, segment)
      search(rule, hit, region, segment, index, &draft, &work)
      complete(rule, hit.frame, &draft, &work)
      if let reason = keep(draft, rule, work) { refuse(hit, region, index, draft, reason) }
    }
  }

  /// The matches of all rules' triggers in a segment, in reading order, at a token in the order of
  /// the rules.
  private mutating func triggerHits(_ place: Int, _ work: inout Workspace) -> [TriggerHit] {
    let segment = work.segments[place]
    let dispatch = program.ruleDispatch
    work.enter(segment)
    work.wakeSeats(dispatch, segment, program)
    var hits: [TriggerHit] = []
    var seat = work.nextSeat(0, dispatch.seatCount)
    while seat < dispatch.seatCount {
      work.takeTurn(seat, dispatch, segment)
      if !work.turn.isEmpty { addHits(of: Int(dispatch.users[seat]), place, segment, &hits, &work) }
      seat = work.nextSeat(seat + 1, dispatch.seatCount)
    }
    hits.sort { ($0.start, $0.rule) < ($1.start, $1.rule) }
    return hits
  }

  /// Adds the matches of a rule's trigger at the tokens of the workspace's `turn`.
  private mutating func addHits(
    of rule: Int, _ place: Int, _ segment: Segment, _ hits: inout [TriggerHit],
    _ work: inout Workspace
  ) {
    let pattern = program.rules[rule].trigger
    let isOut = isKeptOut(rule, of: segment, work)
    var lastEnd = 0
    for index in work.turn.indices {
      let start = Int(work.turn[index])
      if isOut {
        refuse(rule, at: start, place)
        continue
      }
      guard
        work.match(
          pattern, program, at: start, from: Int(segment.begin), to: Int(segment.end),
          context: segment.context)
      else { continue }
      var hit = TriggerHit(
        rule: rule, start: start, begin: work.mentionBegin, end: work.mentionEnd,
        matchEnd: work.matchEnd, frame: Frame(first: 0, count: 0))
      if hit.begin < lastEnd {
        refuse(hit, place, .overlaps)
        continue
      }
      hit.frame = work.captureFields(pattern, program)
      let guards = program.rules[rule].guards
      if !guards.isEmpty, work.isForbidden(guards, hit.begin, hit.end, segment, program) {
        refuse(hit, place, .forbidden)
        continue
      }
      lastEnd = hit.end
      hits.append(hit)
    }
  }

  /// True where the segment lies inside a group that the rule stays out of.
  private func isKeptOut(_ rule: Int, of segment: Segment, _ work: borrowing Workspace) -> Bool {
    guard segment.context > 0, !program.rules[rule].outside.isEmpty else { return false }
    var context = segment.context
    while context > 0 {
      let cover = work.covers[Int(context) - 1]
      let type = work.records[Int(cover.record)].type
      if program.rules[rule].outside.contains(where: { program.tables.takes($0, type) }) { return true }
      context = cover.parent
    }
    return false
  }

  /// Where roles of a trigger are looked for: up to its neighbours of the same type of fact.
  private func region(of order: Int, in hits: [TriggerHit], _ segment: Segment) -> Range<Int> {
    let hit = hits[order]
    let type = program.rules[hit.rule].emits
    var low = Int(segment.begin)
    var high = Int(segment.end)
    for other in hits where program.rules[other.rule].emits == type {
      if other.end <= hit.begin { low = max(low, other.end) }
      if other.begin >= hit.matchEnd { high = min(high, other.begin) }
    }
    return low..<max(low, high)
  }

  /// Fills roles from captures of the same name.
  func addCaptures(_ frame: Frame, to draft: inout FactDraft, _ work: borrowing Workspace) {
    let fact = program.facts[draft.type]
    for index in frame.first..<frame.first + frame.count {
      let field = work.fields[index]
      guard let role = fact.roles.firstIndex(where: { $0.name == field.name }) else { continue }
      add(RoleFill(role: role, value: field.value), to: &draft, work)
    }
  }

  /// Adds one role value; a role that is no list keeps its first.
  func add(_ fill: RoleFill, to draft: inout FactDraft, _ work: borrowing Workspace) {
    let role = program.facts[draft.type].roles[fill.role]
    if !role.isList, draft.has(fill.role) { return }
    guard work.isAllowed(fill.value, role, program) else { return }
    draft.fills.append(fill)
    guard fill.origin == .found, let (begin, end) = work.tokenRange(fill.value),
      begin >= draft.sentenceBegin, end <= draft.sentenceEnd
    else { return }
    draft.begin = min(draft.begin, begin)
    draft.end = max(draft.end, end)
  }

  /// Adds what the rule gives and sets, then what holds by default.
  func complete(
    _ rule: Rule, _ frame: Frame, _ draft: inout FactDraft, _ work: inout Workspace
  ) {
    for given in rule.gives {
      for value in work.evaluateAll(given.expression, frame, program) {
        add(RoleFill(role: given.role, value: value, way: RoleFill.given), to: &draft, work)
      }
    }
    for set in rule.sets where !draft.has(set.role) {
      let value = printer.fill(set.pieces, frame, &work)
      if case .none = value { continue }
      add(RoleFill(role: set.role, value: value, origin: .constant), to: &draft, work)
    }
  }

  /// Keeps a draft that has what its rule and its type need; tells why it is not kept.
  mutating func keep(_ draft: FactDraft, _ rule: Rule, _ work: borrowing Workspace)
    -> Refusal.Reason?
  {
    for group in rule.needs where !group.contains(where: draft.has) { return .lacks(group) }
    if rule.fills != nil {
      additions.append(draft)
      return nil
    }
    let needed = draft.fills.filter { fill in
      fill.origin == .found && rule.needs.contains { $0.contains(fill.role) }
    }
    for fill in needed where isClaimed(fill.value, by: draft.type) { return .claimed(fill) }
    for group in program.facts[draft.type].required where !group.contains(where: draft.has) {
      return .lacks(group)
    }
    previous[draft.type] = drafts.count
    for fill in needed { claim(fill.value, by: draft.type, work) }
    drafts.append(draft)
    return nil
  }

  /// A value that fills a needed role belongs to that fact alone among those of its type.
  private mutating func claim(_ value: FieldValue, by type: Int, _ work: borrowing Workspace) {
    guard case .record(let record) = value,
      work.tables.types[Int(work.records[Int(record)].type)].kind == .value
    else { return }
    claimed.append(Claim(type: type, record: record))
  }

  func isClaimed(_ value: FieldValue, by type: Int) -> Bool {
    guard case .record(let record) = value else { return false }
    return claimed.contains { $0.record == record && $0.type == type }
  }

  /// The same role of the previous fact of the type, where that stands near enough.
  func inherited(
    _ role: Int, _ scope: Scope, _ draft: FactDraft, _ index: Int, _ work: borrowing Workspace
  )
    -> [RoleFill]
  {
    let last = previous[draft.type]
    guard last >= 0, drafts[last].block == draft.block else { return [] }
    let begin = drafts[last].sentenceBegin
    switch scope {
    case .clause, .sentence: guard begin == draft.sentenceBegin else { return [] }
    case .previousSentence:
      guard begin == draft.sentenceBegin || begin == sentenceBefore(index, work) else { return [] }
    default: break
    }
    return drafts[last].fills.filter { $0.role == role }
      .map { RoleFill(role: role, value: $0.value, origin: .previousFact) }
  }

  /// Where the sentence before that of segment `index` begins, or -1.
  private func sentenceBefore(_ index: Int, _ work: borrowing Workspace) -> Int32 {
    let own = work.segments[index]
    var at = index - 1
    while at >= 0, work.segments[at].block == own.block {
      if work.segments[at].sentenceEnd <= own.sentenceBegin {
        return work.segments[at].sentenceBegin
      }
      at -= 1
    }
    return -1
  }

  /// Adds roles to facts found elsewhere, applies assertions, merges facts of equal identity.
  mutating func finish(_ work: inout Workspace) {
    for addition in additions { fill(addition, &work) }
    assert(&work)
    nameSpeakers(work)
    merge(&work)
  }

  /// Adds the roles of a rule that fills to the fact it means; there may be none.
  private mutating func fill(_ addition: FactDraft, _ work: inout Workspace) {
    guard let rule = program.rules[addition.rule].fills else { return }
    var best = -1
    var distance = Int32.max
    for index in drafts.indices {
      let draft = drafts[index]
      guard rule.facts.contains(draft.type) else { continue }
      switch rule.scope {
      case .sentence: guard draft.sentenceBegin == addition.sentenceBegin else { continue }
      case .paragraph: guard draft.block == addition.block else { continue }
      default: break
      }
      let isBefore = draft.begin <= addition.begin
      if rule.which == .nearestBefore && !isBefore || rule.which == .nearestAfter && isBefore {
        continue
      }
      let away = abs(draft.begin - addition.begin)
      if away <= distance { (best, distance) = (index, away) }
    }
    if best >= 0 { unite(addition, into: best, &work) }
  }

  /// Facts inside a group are said by the speaker of the fact that the group's text fills.
  private mutating func nameSpeakers(_ work: borrowing Workspace) {
    var speakers: [Int32: FieldValue] = [:]
    for draft in drafts {
      let speaker = program.facts[draft.type].speaker
      guard speaker >= 0, let said = draft.fills.first(where: { $0.role == speaker }) else {
        continue
      }
      for fill in draft.fills where fill.role != speaker {
        guard let (begin, _) = work.tokenRange(fill.value) else { continue }
        let group = work.owner[Int(begin)]
        guard group > 0, group != draft.context, speakers[group] == nil else { continue }
        speakers[group] = said.value
      }
    }
    for index in drafts.indices {
      var context = drafts[index].context
      while context > 0 {
        if let speaker = speakers[context] {
          drafts[index].saidBy = speaker
          break
        }
        context = work.covers[Int(context) - 1].parent
      }
    }
  }

  private mutating func merge(_ work: inout Workspace) {
    var owners: [[UInt8]: Int] = [:]
    for index in drafts.indices {
      let fact = program.facts[drafts[index].type]
      guard !fact.identity.isEmpty, fact.keep != .all else { continue }
      let keys = identityKeys(drafts[index], fact, &work)
      var owner = index
      for (position, key) in keys.enumerated() {
        guard let key, let first = owners[key],
          !differ(index, first, before: position, fact, &work)
        else { continue }
        owner = join(index, first, fact, &work)
        break
      }
      for key in identityKeys(drafts[owner], fact, &work) + keys {
        if let key, owners[key] == nil || owner == index { owners[key] = owner }
      }
    }
  }

  /// Makes one fact of two; returns which one stands for both.
  private mutating func join(
    _ index: Int, _ first: Int, _ fact: FactType, _ work: inout Workspace
  ) -> Int {
    switch fact.keep {
    case .mostComplete where completeness(index, work) > completeness(first, work):
      drafts[first].isDropped = true
      drafts[first].mergedInto = index
      return index
    case .merge:
      unite(drafts[index], into: first, &work)
    case .mostComplete, .first, .all: break
    }
    drafts[index].isDropped = true
    drafts[index].mergedInto = first
    return first
  }

  /// How many role values a fact has, then how many tokens they cover.
  private func completeness(_ index: Int, _ work: borrowing Workspace) -> (Int, Int) {
    var covered = 0
    for fill in drafts[index].fills {
      if let (begin, end) = work.tokenRange(fill.value) { covered += Int(end - begin) }
    }
    return (drafts[index].fills.count, covered)
  }

  /// True where two facts fill a role of an earlier key differently.
  private func differ(
    _ a: Int, _ b: Int, before position: Int, _ fact: FactType, _ work: inout Workspace
  ) -> Bool {
    for key in fact.identity.prefix(position) {
      for role in key where drafts[a].has(role) && drafts[b].has(role) {
        if roleKey(role, drafts[a], &work) != roleKey(role, drafts[b], &work) {
          return true
        }
      }
    }
    return false
  }

  /// Gives a fact the roles of another that it does not have, with their sentence.
  private mutating func unite(_ other: FactDraft, into first: Int, _ work: inout Workspace) {
    let fact = program.facts[drafts[first].type]
    drafts[first].unitedRules += [other.rule] + other.unitedRules
    let count = drafts[first].fills.count
    for var fill in other.fills {
      if fill.rule < 0 { fill.rule = Int32(other.rule) }
      unite(fill, into: first, fact, &work)
    }
    guard drafts[first].fills.count > count else { return }
    let own = SentenceRef(
      block: drafts[first].block, begin: drafts[first].sentenceBegin,
      end: drafts[first].sentenceEnd)
    let sentence = SentenceRef(
      block: other.block, begin: other.sentenceBegin, end: other.sentenceEnd)
    for added in [sentence] + other.moreSentences
    where added != own && !drafts[first].moreSentences.contains(added) {
      drafts[first].moreSentences.append(added)
    }
  }

  private mutating func unite(
    _ fill: RoleFill, into first: Int, _ fact: FactType, _ work: inout Workspace
  ) {
    guard fact.roles[fill.role].isList else {
      if !drafts[first].has(fill.role) { drafts[first].fills.append(fill) }
      return
    }
    let key = printer.key(fill.value, &work)
    for own in drafts[first].fills where own.role == fill.role {
      if printer.key(own.value, &work) == key { return }
    }
    drafts[first].fills.append(fill)
  }

  /// The keys of a fact, in the order of its type; `nil` for one that does not count.
  private func identityKeys(
    _ draft: FactDraft, _ fact: FactType, _ work: inout Workspace
  ) -> [[UInt8]?] {
    var keys: [[UInt8]?] = []
    for (index, roles) in fact.identity.enumerated() {
      guard !fact.hasAlternativeKeys || roles.allSatisfy(draft.has) else {
        keys.append(nil)
        continue
      }
      var key = [
        UInt8(truncatingIfNeeded: draft.type), UInt8(truncatingIfNeeded: draft.type >> 8),
        UInt8(truncatingIfNeeded: index),
      ]
      for role in roles { key += [0] + roleKey(role, draft, &work) }
      keys.append(key)
    }
    return keys
  }

  private func roleKey(
    _ role: Int, _ draft: FactDraft, _ work: inout Workspace
  ) -> [UInt8] {
    var key: [UInt8] = []
    for fill in draft.fills where fill.role == role { key += printer.key(fill.value, &work) + [1] }
    return key
  }

  /// Sets roles and polarity where cue words stand.
  private mutating func assert(_ work: inout Workspace) {
    guard !program.assertionDispatch.isEmpty else { return }
    var bySentence: [Int32: [Int]] = [:]
    for (index, draft) in drafts.enumerated() {
      bySentence[draft.sentenceBegin, default: []].append(index)
    }
    for index in work.segments.indices {
      let segment = work.segments[index]
      guard let facts = bySentence[segment.sentenceBegin] else { continue }
      for cue in cues(segment, &work) {
        for index in facts { apply(program.assertions[cue.rule], cueAt: cue.at, to: index, work) }
      }
    }
  }

  /// Where the cues of assertions stand in a segment, in reading order.
  private func cues(_ segment: Segment, _ work: inout Workspace) -> [(at: Int32, rule: Int)] {
    let dispatch = program.assertionDispatch
    work.enter(segment)
    work.wakeSeats(dispatch, segment, program)
    var cues: [(at: Int32, rule: Int)] = []
    var seat = work.nextSeat(0, dispatch.seatCount)
    while seat < dispatch.seatCount {
      work.takeTurn(seat, dispatch, segment)
      for index in work.turn.indices
      where work.match(
        Int(dispatch.patterns[seat]), program, at: Int(work.turn[index]), from: Int(segment.begin),
        to: Int(segment.end), context: segment.context)
      {
        cues.append((work.turn[index], Int(dispatch.users[seat])))
      }
      seat = work.nextSeat(seat + 1, dispatch.seatCount)
    }
    cues.sort { ($0.at, $0.rule) < ($1.at, $1.rule) }
    return cues
  }

  private mutating func apply(
    _ rule: AssertionRule, cueAt cue: Int32, to index: Int, _ work: borrowing Workspace
  ) {
    let draft = drafts[index]
    guard let place = rule.facts.firstIndex(of: draft.type),
      cue >= draft.sentenceBegin, cue < draft.sentenceEnd
    else { return }
    let fits =
      switch rule.place {
      case .insideFact: cue >= draft.begin && cue < draft.end
      case .sameSentence: true
      case .clauseBefore:
        cue < draft.begin && !(cue..<draft.begin).contains { work.endsClause(Int($0)) }
      case .before(let reach): cue < draft.begin && Int(draft.begin - cue) <= reach
      case .after(let reach): cue >= draft.end && Int(cue - draft.end) < reach
      }
    guard fits else { return }
    let role = rule.roles[place]
    if role < 0 {
      drafts[index].polarity = rule.value
    } else if !draft.has(role) {
      drafts[index].fills.append(
        RoleFill(role: role, value: .symbol(rule.value), origin: .assertion))
    }
  }
}

extension Workspace {
  /// True where the token parts clauses.
  func endsClause(_ position: Int) -> Bool {
    shapes[position].contains(.punctuation)
      && text[Int(tokens.begin[position])] == UInt8(ascii: ";")
  }

  /// False for a word that a role of listed words does not list.
  func isAllowed(_ value: FieldValue, _ role: RoleInfo, _ program: Program) -> Bool {
    guard case .oneOf(let words, open: false) = role.kind else { return true }
    switch value {
    case .symbol(let symbol): return words.contains(symbol)
    case .entry(let entry, let begin, let end):
      let symbol = program.lexicon.entries[Int(entry)].symbol
      return words.contains(
        symbol > 0 ? symbol : self.symbol(printed(Int(begin), Int(end)), program))
    case .text(let begin, let end):
      return words.contains(symbol(printed(Int(begin), Int(end)), program))
    case .generated(let index): return words.contains(symbol(generated[Int(index)][...], program))
    case .none, .number, .record, .flag: return true
    }
  }

  /// The symbol of a text, or 0.
  private func symbol(_ text: some Collection<UInt8>, _ program: Program) -> UInt32 {
    Array(text).withUnsafeBufferPointer { program.symbols.find(folded: $0) }
  }
}
