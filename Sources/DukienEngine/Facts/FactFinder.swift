internal import DukienRules
internal import DukienText

/// Finds the facts of a page, segment by segment; keeps them in the workspace.
struct FactFinder: ~Copyable {
  let program: Program
  let tables: FactTables
  /// Prints templates and the keys of facts.
  var printer: NormPrinter
  let titleLabel: UInt16
  /// What was refused, where one of the tools asks for it.
  var journal: [Refusal]?
  /// The segments of the title.
  private(set) var titleSegments: [Int] = []
  var scratch = Buffer<UInt8>()

  // To merge facts: the keys of values, those of one fact's roles, its identity, and who has one.
  var keys = FactKeys()
  var roleKeys = Buffer<UInt64>()
  var identity = Buffer<UInt64>()
  var owners = KeyTable()

  /// Facts by sentence, to find those that a cue is about.
  var bySentence = Buffer<UInt64>()
  var cues = Buffer<Cue>()
  /// Who says what stands in each group.
  var speakers = Buffer<FieldValue>()

  init(program: Program, printer: NormPrinter, titleLabel: UInt16) {
    self.program = program
    tables = program.factTables
    self.printer = printer
    self.titleLabel = titleLabel
  }

  /// Begins the page in `work`, whose dates `printer` completes.
  mutating func reset(_ printer: NormPrinter, _ work: inout Workspace) {
    titleSegments.removeAll(keepingCapacity: true)
    for index in work.segments.indices
    where work.labels[Int(work.segments[index].block)] == titleLabel {
      titleSegments.append(index)
    }
    self.printer = printer
    work.found.reset(types: tables.factCount)
  }

  /// Runs all rules in segment `index`.
  mutating func find(in index: Int, _ work: inout Workspace) {
    let segment = work.segments[index]
    findHits(index, segment, &work)
    guard !work.found.hits.isEmpty else { return }
    work.found.claims.removeAll()
    for order in work.found.hits.indices {
      let hit = work.found.hits[order]
      let rule = tables.rules[hit.rule]
      let mark = work.found.fills.count
      var draft = FactDraft(rule.emits, hit, segment)
      addCaptures(hit.frame, to: &draft, &work)
      if rule.hasList {
        emitList(rule, hit, draft, segment, index, &work)
        continue
      }
      if journal == nil, !rule.addsToOthers, claimedFill(of: draft, rule, &work) != nil {
        work.found.hits.base[order].gave = false
        work.found.fills.cut(to: mark)
        continue
      }
      let region = region(of: order, segment, &work)
      search(
        rule, hit, region, segment, index, &draft, &work, stopsEarly: journal == nil)
      complete(rule, hit.frame, &draft, &work)
      guard let reason = keep(draft, rule, &work) else { continue }
      work.found.hits.base[order].gave = false
      if journal == nil {
        work.found.fills.cut(to: mark)
      } else {
        refuse(hit, region, index, draft, reason)
      }
    }
  }

  /// Collects the matches of all rules' triggers in a segment, in reading order, at a token in the
  /// order of the rules.
  private mutating func findHits(_ place: Int, _ segment: Segment, _ work: inout Workspace) {
    let dispatch = program.ruleDispatch
    work.found.hits.removeAll()
    work.enter(segment)
    work.wakeSeats(dispatch, segment, program)
    var seat = work.nextTurn(0, dispatch.seatCount, dispatch, segment)
    while seat < dispatch.seatCount {
      addHits(of: Int(dispatch.users[seat]), place, segment, &work)
      seat = work.nextTurn(seat + 1, dispatch.seatCount, dispatch, segment)
    }
    guard work.found.hits.count > 1 else { return }
    work.found.hits.sort(from: 0) { ($0.start, $0.rule) < ($1.start, $1.rule) }
  }

  /// Adds the matches of a rule's trigger at the tokens of the workspace's `turn`.
  private mutating func addHits(
    of index: Int, _ place: Int, _ segment: Segment, _ work: inout Workspace
  ) {
    let trigger = tables.rules[index].trigger
    if isKeptOut(index, of: segment, &work) {
      for index in work.turn.indices { refuse(index, at: Int(work.turn[index]), place) }
      return
    }
    var lastEnd = 0
    for turn in work.turn.indices {
      let start = Int(work.turn[turn])
      guard work.mayBegin(trigger, at: start),
        work.match(
          trigger, program, at: start, from: Int(segment.begin), to: Int(segment.end),
          context: segment.context)
      else { continue }
      var hit = TriggerHit(
        rule: index, start: start, begin: work.mentionBegin, end: work.mentionEnd,
        matchEnd: work.matchEnd, frame: Frame(first: 0, count: 0))
      if hit.begin < lastEnd {
        refuse(hit, place, .overlaps)
        continue
      }
      hit.frame = work.captureFields(trigger, program)
      let guards = tables.rules[index].guards
      if !guards.isEmpty, work.isForbidden(guards, hit.begin, hit.end, segment, program) {
        refuse(hit, place, .forbidden)
        continue
      }
      lastEnd = hit.end
      work.found.hits.append(hit)
    }
  }

  /// True where the segment lies inside a group that the rule stays out of.
  private func isKeptOut(
    _ rule: Int, of segment: Segment, _ work: inout Workspace
  ) -> Bool {
    let first = Int(tables.rules[rule].firstOutside)
    let last = Int(tables.rules[rule].lastOutside)
    guard segment.context > 0, first < last else { return false }
    var context = segment.context
    while context > 0 {
      let cover = work.covers[Int(context) - 1]
      let type = work.records[Int(cover.record)].type
      for index in first..<last
      where work.tables.takes(Int(tables.outside[index]), type) {
        return true
      }
      context = cover.parent
    }
    return false
  }

  /// Where roles of a trigger are looked for: up to its neighbours of the same type of fact, those
  /// of which no fact comes left out.
  private func region(of order: Int, _ segment: Segment, _ work: inout Workspace) -> Range<Int> {
    let hit = work.found.hits[order]
    let type = tables.rules[hit.rule].emits
    var low = Int(segment.begin)
    var high = Int(segment.end)
    for index in work.found.hits.indices {
      let other = work.found.hits[index]
      guard other.gave, tables.rules[other.rule].emits == type else { continue }
      if other.end <= hit.begin { low = max(low, other.end) }
      if other.begin >= hit.matchEnd, other.begin < high, !isSpent(other, &work) {
        high = other.begin
      }
    }
    return low..<max(low, high)
  }

  /// True where surely no fact comes of a trigger: a value that it holds for a needed role belongs to
  /// another fact already, or nothing can fill a role that is needed.
  private func isSpent(_ hit: TriggerHit, _ work: inout Workspace) -> Bool {
    let rule = tables.rules[hit.rule]
    guard rule.firstNeed < rule.lastNeed else { return false }
    var fillable = rule.fillable
    for index in hit.frame.first..<hit.frame.first + hit.frame.count {
      let field = work.fields[index]
      let role = tables.role(named: field.name, of: rule.emits)
      guard role >= 0 else { continue }
      if rule.needed.contains(role), isClaimed(field.value, by: rule.emits, &work) { return true }
      fillable.insert(role)
    }
    for index in Int(rule.firstNeed)..<Int(rule.lastNeed)
    where !fillable.meets(tables.groups[index]) {
      return true
    }
    return false
  }
}
