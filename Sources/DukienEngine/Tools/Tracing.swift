internal import DukienRules
internal import DukienText

extension FactFinder {
  /// As `find(in:)`, and tells `trace` how each rule fares whose trigger matched.
  mutating func find(in index: Int, _ work: inout Workspace, _ trace: Trace) {
    let firstDraft = work.found.drafts.count
    let firstAddition = work.found.additions.count
    journal = []
    find(in: index, &work)
    let refusals = journal ?? []
    journal = nil
    for place in work.found.hits.indices {
      let hit = work.found.hits[place]
      trace(name(hit.rule), "trigger", work.input(hit.begin, hit.end), true)
    }
    for refusal in refusals { tell(refusal, work, trace) }
    for place in firstDraft..<work.found.drafts.count {
      tell(work.found.drafts[place], work, trace)
    }
    for place in firstAddition..<work.found.additions.count {
      tell(work.found.additions[place], work, trace)
    }
  }

  private func name(_ rule: Int) -> String { program.rules[rule].name }

  /// Tells of a draft that was kept: its roles, and the fact.
  private func tell(_ draft: FactDraft, _ work: borrowing Workspace, _ trace: Trace) {
    tellRoles(of: draft, work, trace)
    trace(name(draft.rule), "fact", work.input(Int(draft.begin), Int(draft.end)), true)
  }

  private func tellRoles(of draft: FactDraft, _ work: borrowing Workspace, _ trace: Trace) {
    for fill in work.found.fills(of: draft) {
      let (begin, end) = work.tokenRange(fill.value) ?? (draft.begin, draft.end)
      trace(
        name(draft.rule), role(fill.role, of: draft.type), work.input(Int(begin), Int(end)), true)
    }
  }

  private func tell(_ refusal: Refusal, _ work: borrowing Workspace, _ trace: Trace) {
    let rule = name(refusal.hit.rule)
    let at = work.input(refusal.hit.begin, refusal.hit.end)
    if let draft = refusal.draft { tellRoles(of: draft, work, trace) }
    switch refusal.reason {
    case .keptOut: trace(rule, "outside", at, false)
    case .overlaps: trace(rule, "overlaps", at, false)
    case .forbidden: trace(rule, "forbidden", at, false)
    case .claimed: trace(rule, "claimed", at, false)
    case .noList: trace(rule, "list", at, false)
    case .noMember(let position): trace(rule, "list", work.input(position, position + 1), false)
    case .lacks(let roles):
      for role in roles {
        trace(rule, self.role(role, of: tables.rules[refusal.hit.rule].emits), at, false)
      }
    }
  }

  private func role(_ role: Int, of type: Int) -> String {
    "role \(program.names[Int(program.facts[type].roles[role].name)])"
  }
}

extension Workspace {
  /// The bytes of the input behind tokens `begin..<end`.
  fileprivate func input(_ begin: Int, _ end: Int) -> Span { offsets.input(span(begin, end)) }
}
