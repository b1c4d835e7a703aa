internal import DukienRules
internal import DukienText

extension FactFinder {
  /// Looks for the roles that the trigger does not hold, in the order they are written; where
  /// `stopsEarly`, only until a needed role is known to stay empty.
  mutating func search(
    _ rule: FlatRule, _ hit: TriggerHit, _ region: Range<Int>, _ segment: Segment, _ index: Int,
    _ draft: inout FactDraft, _ work: inout Workspace, stopsEarly: Bool = false
  ) {
    for place in Int(rule.firstSearch)..<Int(rule.lastSearch) {
      let search = tables.searches[place]
      if !draft.has(search.role), !draft.filled.meets(search.unless),
        draft.filled.holds(search.needs)
      {
        run(search, hit, region, segment, index, &draft, &work)
      }
      guard stopsEarly else { continue }
      for group in Int(search.firstDue)..<Int(search.lastDue)
      where !draft.filled.meets(tables.due[group]) {
        return
      }
    }
  }

  /// Adds what the first way gives that gives anything.
  private mutating func run(
    _ search: FlatSearch, _ hit: TriggerHit, _ region: Range<Int>, _ segment: Segment,
    _ index: Int, _ draft: inout FactDraft, _ work: inout Workspace
  ) {
    for number in 0..<search.lastWay - search.firstWay {
      work.found.candidates.removeAll()
      find(
        tables.ways[search.firstWay + number], search.role, hit, region, segment, index, draft,
        &work)
      guard !work.found.candidates.isEmpty else { continue }
      for candidate in work.found.candidates.indices {
        var fill = work.found.candidates[candidate]
        fill.way = Int8(truncatingIfNeeded: number)
        fill.search = Int16(truncatingIfNeeded: search.role)
        add(fill, to: &draft, &work)
      }
      return
    }
  }

  /// Makes `candidates` what one way to find a role gives.
  private mutating func find(
    _ way: FlatWay, _ role: Int, _ hit: TriggerHit, _ region: Range<Int>, _ segment: Segment,
    _ index: Int, _ draft: FactDraft, _ work: inout Workspace
  ) {
    switch way.kind {
    case .same: inherit(way, as: role, draft, index, &work)
    case .constant:
      let value = printer.fill(way.template, hit.frame, &scratch, &work)
      if case .none = value { return }
      work.found.candidates.append(RoleFill(role: role, value: value, origin: .constant))
    case .search:
      if way.scope == .sentence || way.scope == .clause,
        !work.presence.allows(way.subject, work.tables)
      {
        return
      }
      var places = PlaceWalk(way.side, way.scope, hit, region, segment, index)
      while let place = places.next(&work, titleSegments) {
        pickFills(way, role, place, draft, &work)
        if !work.found.candidates.isEmpty { return }
      }
    }
  }

  /// The same role of the previous fact of the type, where that stands near enough and shares what it
  /// must.
  private func inherit(
    _ way: FlatWay, as role: Int, _ draft: FactDraft, _ index: Int, _ work: inout Workspace
  ) {
    let last = Int(work.found.previous[draft.type])
    guard last >= 0, work.found.drafts[last].block == draft.block else { return }
    let begin = work.found.drafts[last].sentenceBegin
    switch way.scope {
    case .clause, .sentence: guard begin == draft.sentenceBegin else { return }
    case .previousSentence:
      guard begin == draft.sentenceBegin || begin == sentenceBefore(index, &work) else { return }
    default: break
    }
    let other = work.found.drafts[last].firstFill
    guard hasMentions(way.sharing, of: other, in: draft.firstFill, &work),
      hasMentions(way.sharing, of: draft.firstFill, in: other, &work)
    else { return }
    var at = other
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if fill.role == way.subject {
        work.found.candidates.append(
          RoleFill(role: role, value: fill.value, origin: .previousFact))
      }
      at = fill.next
    }
  }

  /// True where the mentions that one chain of fills has in some roles are in another chain too.
  private func hasMentions(
    _ roles: RoleSet, of first: Int32, in second: Int32, _ work: inout Workspace
  ) -> Bool {
    var at = first
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      at = fill.next
      guard roles.contains(fill.role), case .record(let record) = fill.value else { continue }
      if !holds(record, as: fill.role, second, &work) { return false }
    }
    return true
  }

  private func holds(
    _ record: Int32, as role: Int, _ chain: Int32, _ work: inout Workspace
  ) -> Bool {
    var at = chain
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if fill.role == role, case .record(let own) = fill.value, own == record { return true }
      at = fill.next
    }
    return false
  }

  /// Where the sentence before that of segment `index` begins, or -1.
  private func sentenceBefore(_ index: Int, _ work: inout Workspace) -> Int32 {
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

  /// Makes `candidates` those matches in a place that the way picks.
  private func pickFills(
    _ way: FlatWay, _ role: Int, _ place: Place, _ draft: FactDraft, _ work: inout Workspace
  ) {
    // The candidates before `kept` are the pick so far.
    var kept = 0
    var bestLength = -1
    let low = Int(place.segment.begin)
    let limit = min(place.range.upperBound, Int(place.segment.end))
    let outlook = work.tables.outlook(Int(work.tables.entries[way.subject]))
    var position = place.range.lowerBound
    while position < place.range.upperBound {
      guard
        outlook.meets(work.looks.base[position]),
        work.match(
          way.subject, program, at: position, from: low, to: limit, context: place.segment.context)
      else {
        let covered = Int(work.cover.base[position])
        position = covered > 0 ? covered : position + 1
        continue
      }
      position = max(work.matchEnd, position + 1)
      let length = work.mentionEnd - work.mentionBegin
      addCandidates(way.subject, role, draft, &work)
      guard work.found.candidates.count > kept else { continue }
      switch way.pick {
      case .first: return
      case .nearest:
        if !place.isBackward { return }
        work.found.candidates.move(from: kept, to: 0)
      case .fullest:
        if length > bestLength {
          bestLength = length
          work.found.candidates.move(from: kept, to: 0)
        } else {
          work.found.candidates.cut(to: kept)
        }
      case .all: break
      }
      kept = work.found.candidates.count
    }
  }

  /// Appends what the last match gives: the role and others that its captures name; nothing where
  /// the role is not among them.
  private func addCandidates(
    _ pattern: Int, _ role: Int, _ draft: FactDraft, _ work: inout Workspace
  ) {
    let mark = work.fields.count
    let first = work.found.candidates.count
    let frame = work.captureFields(pattern, program)
    var hasRole = false
    for index in frame.first..<frame.first + frame.count {
      let field = work.fields[index]
      let named = tables.role(named: field.name, of: draft.type)
      guard named >= 0, !isClaimed(field.value, by: draft.type, &work),
        !isUsed(field.value, draft, &work)
      else { continue }
      if named == role { hasRole = true }
      work.found.candidates.append(RoleFill(role: named, value: field.value))
    }
    work.fields.cut(to: mark)
    if !hasRole { work.found.candidates.cut(to: first) }
  }

  private func isUsed(_ value: FieldValue, _ draft: FactDraft, _ work: inout Workspace) -> Bool {
    guard case .record(let record) = value else { return false }
    var at = draft.firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if case .record(let other) = fill.value, other == record { return true }
      at = fill.next
    }
    return false
  }
}

extension Workspace {
  /// False where surely no match of the pattern begins at the token.
  @inline(__always)
  mutating func mayBegin(_ pattern: Int, at position: Int) -> Bool {
    tables.outlook(Int(tables.entries[pattern])).meets(looks.base[position])
  }
}
