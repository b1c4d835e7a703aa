internal import DukienRules
internal import DukienText

extension FactFinder {
  /// How many earlier sentences a paragraph or document search looks back over.
  private static let sentencesBack = 12

  /// Looks for the roles that the trigger does not hold, in the order they are written.
  mutating func search(
    _ rule: Rule, _ hit: TriggerHit, _ region: Range<Int>, _ segment: Segment, _ index: Int,
    _ draft: inout FactDraft, _ work: inout Workspace
  ) {
    for search in rule.searches
    where !draft.has(search.role) && !search.unless.contains(where: draft.has) {
      for (number, way) in search.ways.enumerated() {
        let fills = find(way, search.role, hit, region, segment, index, draft, &work)
        guard !fills.isEmpty else { continue }
        for var fill in fills {
          fill.way = Int8(truncatingIfNeeded: number)
          fill.search = Int16(truncatingIfNeeded: search.role)
          add(fill, to: &draft, work)
        }
        break
      }
    }
  }

  private func find(
    _ way: RoleWay, _ role: Int, _ hit: TriggerHit, _ region: Range<Int>, _ segment: Segment,
    _ index: Int, _ draft: FactDraft, _ work: inout Workspace
  ) -> [RoleFill] {
    switch way {
    case .same(let other, let scope):
      return inherited(other, scope, draft, index, work).map {
        RoleFill(role: role, value: $0.value, origin: .previousFact)
      }
    case .constant(let pieces):
      let value = printer.fill(pieces, hit.frame, &work)
      if case .none = value { return [] }
      return [RoleFill(role: role, value: value, origin: .constant)]
    case .search(let pattern, let side, let scope, let pick):
      if scope == .sentence || scope == .clause, !work.presence.allows(pattern, work.tables) {
        return []
      }
      let places = places(side, scope, hit, region, segment, index, work)
      for place in places {
        let fills = pickFills(pattern, role, place, side, pick, hit, draft, &work)
        if !fills.isEmpty { return fills }
      }
      return []
    }
  }

  struct Place {
    var segment: Segment
    var range: Range<Int>
    /// True where the hit nearest to the end is the nearest one.
    var isBackward: Bool
  }

  func places(
    _ side: Side, _ scope: Scope, _ hit: TriggerHit, _ region: Range<Int>, _ segment: Segment,
    _ index: Int, _ work: borrowing Workspace
  ) -> [Place] {
    switch scope {
    case .sentence, .clause:
      var own = region
      if scope == .clause { own = clause(around: hit, own, work) }
      var found: [Place] = []
      if side != .before, hit.end <= own.upperBound {
        found.append(
          Place(
            segment: segment, range: max(hit.end, own.lowerBound)..<own.upperBound,
            isBackward: false))
      }
      if side != .after, hit.begin >= own.lowerBound {
        found.append(
          Place(
            segment: segment, range: own.lowerBound..<min(hit.begin, own.upperBound),
            isBackward: true))
      }
      return found
    case .previousSentence: return earlier(index, segment, work, limit: 1, sameBlock: true)
    case .paragraph:
      return earlier(index, segment, work, limit: Self.sentencesBack, sameBlock: true)
    case .document:
      return earlier(index, segment, work, limit: Self.sentencesBack, sameBlock: false)
    case .title:
      return titlePlaces(work)
    }
  }

  private func titlePlaces(_ work: borrowing Workspace) -> [Place] {
    titleSegments.map { index in
      let segment = work.segments[index]
      return Place(
        segment: segment, range: Int(segment.begin)..<Int(segment.end), isBackward: false)
    }
  }

  /// The part of `range` around the trigger between semicolons.
  private func clause(around hit: TriggerHit, _ range: Range<Int>, _ work: borrowing Workspace)
    -> Range<Int>
  {
    var low = range.lowerBound
    var high = range.upperBound
    for position in range where work.endsClause(position) {
      if position < hit.begin { low = position + 1 }
      if position >= hit.end {
        high = position
        break
      }
    }
    return low..<max(low, high)
  }

  private func earlier(
    _ index: Int, _ segment: Segment, _ work: borrowing Workspace, limit: Int, sameBlock: Bool
  ) -> [Place] {
    var found: [Place] = []
    var at = index - 1
    while at >= 0, found.count < limit {
      let other = work.segments[at]
      at -= 1
      if sameBlock, other.block != segment.block { break }
      guard other.context == 0 || other.context == segment.context,
        other.end <= segment.sentenceBegin
      else { continue }
      found.append(
        Place(segment: other, range: Int(other.begin)..<Int(other.end), isBackward: true))
    }
    return found
  }

  private func pickFills(
    _ pattern: Int, _ role: Int, _ place: Place, _ side: Side, _ pick: Pick, _ hit: TriggerHit,
    _ draft: FactDraft, _ work: inout Workspace
  ) -> [RoleFill] {
    var best: [RoleFill] = []
    var bestLength = -1
    var all: [RoleFill] = []
    var position = place.range.lowerBound
    while position < place.range.upperBound {
      let covered = Int(work.cover[position])
      guard
        work.mayBegin(pattern, at: position),
        work.match(
          pattern, program, at: position, from: Int(place.segment.begin),
          to: min(place.range.upperBound, Int(place.segment.end)), context: place.segment.context)
      else {
        position = covered > 0 ? covered : position + 1
        continue
      }
      let end = max(work.matchEnd, position + 1)
      let length = work.mentionEnd - work.mentionBegin
      let fills = roleFills(pattern, role, draft, &work)
      if !fills.isEmpty {
        switch pick {
        case .all: all += fills
        case .fullest: if length > bestLength { (best, bestLength) = (fills, length) }
        case .first: return fills
        case .nearest:
          if !place.isBackward { return fills }
          best = fills
        }
      }
      position = end
    }
    return pick == .all ? all : best
  }

  /// What the last match gives: the role and others that its captures name.
  private func roleFills(
    _ pattern: Int, _ role: Int, _ draft: FactDraft, _ work: inout Workspace
  ) -> [RoleFill] {
    let mark = work.fields.count
    let frame = work.captureFields(pattern, program)
    let roles = program.facts[draft.type].roles
    var fills: [RoleFill] = []
    for index in frame.first..<frame.first + frame.count {
      let field = work.fields[index]
      guard let named = roles.firstIndex(where: { $0.name == field.name }) else { continue }
      if isClaimed(field.value, by: draft.type) || isUsed(field.value, draft) { continue }
      fills.append(RoleFill(role: named, value: field.value))
    }
    work.fields.cut(to: mark)
    return fills.contains { $0.role == role } ? fills : []
  }

  private func isUsed(_ value: FieldValue, _ draft: FactDraft) -> Bool {
    guard case .record(let record) = value else { return false }
    return draft.fills.contains { fill in
      if case .record(let other) = fill.value { return other == record }
      return false
    }
  }

  /// One fact a member of the list that follows the trigger.
  mutating func emitList(
    _ rule: Rule, _ list: ListRule, _ hit: TriggerHit, _ model: FactDraft, _ segment: Segment,
    _ index: Int, _ work: inout Workspace
  ) {
    let limit = Int(segment.end)
    let low = Int(segment.begin)
    var opener = -1
    var position = hit.end
    while position < limit {
      if work.cover[position] == 0,
        work.match(
          list.opensWith, program, at: position, from: low, to: limit,
          context: segment.context)
      {
        opener = position
        position = work.matchEnd
        break
      }
      position = work.cover[position] > 0 ? Int(work.cover[position]) : position + 1
    }
    guard opener >= 0 else {
      refuse(hit, index, .noList)
      return
    }
    let firstMember = position
    var shared = model
    search(rule, hit, low..<opener, segment, index, &shared, &work)
    complete(rule, hit.frame, &shared, &work)
    var carried: [RoleFill] = []
    while position < limit {
      guard
        work.match(
          list.member, program, at: position, from: low, to: limit,
          context: segment.context)
      else {
        if position == firstMember { refuse(hit, index, .noMember(position)) }
        break
      }
      var draft = model
      draft.fills = []
      draft.begin = Int32(work.mentionBegin)
      draft.end = Int32(work.mentionEnd)
      position = max(work.matchEnd, position + 1)
      let frame = work.captureFields(list.member, program)
      draft.trigger = draft.begin..<draft.end
      draft.captures = frame
      addCaptures(frame, to: &draft, work)
      complete(rule, frame, &draft, &work)
      for role in list.carry {
        let own = draft.fills.filter { $0.role == role }
        if own.isEmpty {
          draft.fills += carried.filter { $0.role == role }
        } else {
          carried.removeAll { $0.role == role }
          carried += own.map { RoleFill(role: role, value: $0.value, origin: .previousFact) }
        }
      }
      for fill in shared.fills where !draft.has(fill.role) { draft.fills.append(fill) }
      if let reason = keep(draft, rule, work) {
        refuse(hit, low..<opener, index, draft, reason)
      }
      guard position < limit,
        work.match(
          list.separator, program, at: position, from: low, to: limit,
          context: segment.context)
      else { break }
      position = max(work.matchEnd, position + 1)
    }
  }
}

extension Workspace {
  /// False where surely no match of the pattern begins at the token.
  @inline(__always)
  func mayBegin(_ pattern: Int, at position: Int) -> Bool {
    tables.outlooks[Int(tables.entries[pattern])].meets(looks.base[position])
  }
}
