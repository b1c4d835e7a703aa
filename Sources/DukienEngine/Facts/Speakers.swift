internal import DukienRules
internal import DukienText

extension FactFinder {
  /// Facts inside a group are said by the speaker of the fact that the group's text fills.
  mutating func nameSpeakers(_ work: inout Workspace) {
    guard !work.covers.isEmpty else { return }
    speakers.fill(.none, work.covers.count + 1)
    for index in work.found.drafts.indices {
      let draft = work.found.drafts[index]
      let speaker = tables.facts[draft.type].speaker
      if speaker >= 0, draft.has(speaker) { noteSpeaker(speaker, of: draft, &work) }
    }
    for index in work.found.drafts.indices {
      var context = work.found.drafts[index].context
      while context > 0 {
        if isNamed(context) {
          work.found.drafts.base[index].saidBy = speakers[Int(context)]
          break
        }
        context = work.covers[Int(context) - 1].parent
      }
    }
  }

  /// Makes the role `speaker` of a fact the speaker of the groups that its other roles stand in.
  private mutating func noteSpeaker(
    _ speaker: Int, of draft: FactDraft, _ work: inout Workspace
  ) {
    let said = work.found.first(speaker, of: draft)
    var at = draft.firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      at = fill.next
      guard fill.role != speaker, let (begin, _) = work.tokenRange(fill.value) else { continue }
      let group = work.owner[Int(begin)]
      if group > 0, group != draft.context, !isNamed(group) { speakers[Int(group)] = said }
    }
  }

  private func isNamed(_ group: Int32) -> Bool {
    if case .none = speakers[Int(group)] { return false }
    return true
  }
}
