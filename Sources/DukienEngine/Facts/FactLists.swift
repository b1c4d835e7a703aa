internal import DukienRules
internal import DukienText

extension FactFinder {
  /// One fact a member of the list that follows the trigger.
  ///
  /// `shared` holds what the trigger captures; what else is found before the list belongs to every
  /// member that does not name it itself.
  mutating func emitList(
    _ rule: FlatRule, _ hit: TriggerHit, _ shared: FactDraft, _ segment: Segment, _ index: Int,
    _ work: inout Workspace
  ) {
    guard let list = program.rules[hit.rule].list else { return }
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
    var shared = shared
    search(rule, hit, low..<opener, segment, index, &shared, &work)
    complete(rule, hit.frame, &shared, &work)
    work.found.carried.removeAll()
    while position < limit {
      guard
        work.match(
          list.member, program, at: position, from: low, to: limit,
          context: segment.context)
      else {
        if position == firstMember { refuse(hit, index, .noMember(position)) }
        break
      }
      var member = hit
      member.begin = work.mentionBegin
      member.end = work.mentionEnd
      position = max(work.matchEnd, position + 1)
      member.frame = work.captureFields(list.member, program)
      var draft = FactDraft(rule.emits, member, segment)
      addCaptures(member.frame, to: &draft, &work)
      complete(rule, member.frame, &draft, &work)
      for role in list.carry { carry(role, &draft, &work) }
      share(shared, with: &draft, &work)
      if let reason = keep(draft, rule, &work) {
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

  /// Gives a member the role of the last one that named it, or notes what it names itself.
  private func carry(_ role: Int, _ draft: inout FactDraft, _ work: inout Workspace) {
    guard draft.has(role) else {
      for index in work.found.carried.indices where work.found.carried[index].role == role {
        work.found.append(work.found.carried[index], to: &draft)
      }
      return
    }
    var kept = 0
    for index in work.found.carried.indices where work.found.carried[index].role != role {
      work.found.carried[kept] = work.found.carried[index]
      kept += 1
    }
    work.found.carried.cut(to: kept)
    var at = draft.firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if fill.role == role {
        work.found.carried.append(
          RoleFill(role: role, value: fill.value, origin: .previousFact))
      }
      at = fill.next
    }
  }

  /// Gives a member the roles that all members share and it lacks.
  private func share(_ shared: FactDraft, with draft: inout FactDraft, _ work: inout Workspace) {
    var at = shared.firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if !draft.has(fill.role) { work.found.append(fill, to: &draft) }
      at = fill.next
    }
  }
}
