internal import DukienRules
internal import DukienText

extension FactFinder {
  /// Fills roles from captures of the same name.
  func addCaptures(_ frame: Frame, to draft: inout FactDraft, _ work: inout Workspace) {
    for index in frame.first..<frame.first + frame.count {
      let field = work.fields[index]
      let role = tables.role(named: field.name, of: draft.type)
      if role >= 0 { add(RoleFill(role: role, value: field.value), to: &draft, &work) }
    }
  }

  /// Adds one role value; a role that is no list keeps its first.
  func add(_ fill: RoleFill, to draft: inout FactDraft, _ work: inout Workspace) {
    let role = tables.roles[tables.facts[draft.type].firstRole &+ fill.role]
    if !role.isList, draft.has(fill.role) { return }
    guard !role.isClosed || isListed(fill.value, role, &work) else { return }
    work.found.append(fill, to: &draft)
    guard fill.origin == .found, let (begin, end) = work.tokenRange(fill.value),
      begin >= draft.sentenceBegin, end <= draft.sentenceEnd
    else { return }
    draft.begin = min(draft.begin, begin)
    draft.end = max(draft.end, end)
  }

  /// Adds what the rule gives and sets, then what holds by default.
  mutating func complete(
    _ rule: FlatRule, _ frame: Frame, _ draft: inout FactDraft, _ work: inout Workspace
  ) {
    for index in Int(rule.firstGiven)..<Int(rule.lastGiven) {
      let given = tables.given[index]
      let mark = work.answers.count
      for place in work.evaluateAll(Int(given.expression), frame, program) {
        add(
          RoleFill(role: Int(given.role), value: work.answers[place], way: RoleFill.given),
          to: &draft, &work)
      }
      work.answers.cut(to: mark)
    }
    for index in Int(rule.firstSet)..<Int(rule.lastSet) {
      let set = tables.templates[index]
      guard !draft.has(Int(set.role)) else { continue }
      let value = printer.fill(set.template, frame, &scratch, &work)
      if case .none = value { continue }
      add(RoleFill(role: Int(set.role), value: value, origin: .constant), to: &draft, &work)
    }
  }

  /// Keeps a draft that has what its rule and its type need; tells why it is not kept.
  mutating func keep(_ draft: FactDraft, _ rule: FlatRule, _ work: inout Workspace)
    -> Refusal.Reason?
  {
    for index in Int(rule.firstNeed)..<Int(rule.lastNeed)
    where !draft.filled.meets(tables.groups[index]) {
      return .lacks(program.rules[draft.rule].needs[index - Int(rule.firstNeed)])
    }
    if rule.addsToOthers {
      work.found.additions.append(draft)
      return nil
    }
    if let fill = claimedFill(of: draft, rule, &work) { return .claimed(fill) }
    let fact = tables.facts[draft.type]
    for index in Int(fact.firstRequired)..<Int(fact.lastRequired)
    where !draft.filled.meets(tables.groups[index]) {
      return .lacks(program.facts[draft.type].required[index - Int(fact.firstRequired)])
    }
    work.found.previous[draft.type] = Int32(truncatingIfNeeded: work.found.drafts.count)
    var at = draft.firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if fill.origin == .found, rule.needed.contains(fill.role) {
        claim(fill.value, by: draft.type, &work)
      }
      at = fill.next
    }
    work.found.drafts.append(draft)
    return nil
  }

  /// The first fill of a needed role that belongs to another fact already.
  func claimedFill(of draft: FactDraft, _ rule: FlatRule, _ work: inout Workspace) -> RoleFill? {
    var at = draft.firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if fill.origin == .found, rule.needed.contains(fill.role),
        isClaimed(fill.value, by: draft.type, &work)
      {
        return fill
      }
      at = fill.next
    }
    return nil
  }

  /// A value or group that fills a needed role belongs to that fact alone among those of its type.
  private func claim(_ value: FieldValue, by type: Int, _ work: inout Workspace) {
    guard case .record(let record) = value,
      work.tables.types[Int(work.records[Int(record)].type)].kind != .entity
    else { return }
    work.found.claims.append(Claim(type: type, record: record))
  }

  func isClaimed(_ value: FieldValue, by type: Int, _ work: inout Workspace) -> Bool {
    guard case .record(let record) = value else { return false }
    for index in work.found.claims.indices {
      let claim = work.found.claims[index]
      if claim.record == record, claim.type == type { return true }
    }
    return false
  }

  /// False for a word that a role of listed words does not list.
  private func isListed(_ value: FieldValue, _ role: FlatRole, _ work: inout Workspace) -> Bool {
    switch value {
    case .symbol(let symbol): return lists(role, symbol)
    case .entry(let entry, let begin, let end):
      let symbol = program.textTables.entrySymbols[Int(entry)]
      return lists(role, symbol > 0 ? symbol : self.symbol(begin, end, &work))
    case .text(let begin, let end): return lists(role, symbol(begin, end, &work))
    case .generated(let index):
      return lists(role, program.symbols.find(folded: work.generatedText(index)))
    case .none, .number, .record, .flag: return true
    }
  }

  private func lists(_ role: FlatRole, _ symbol: UInt32) -> Bool {
    for index in Int(role.firstWord)..<Int(role.lastWord) where tables.words[index] == symbol {
      return true
    }
    return false
  }

  /// The symbol of a text, or 0.
  private func symbol(_ begin: Int32, _ end: Int32, _ work: inout Workspace) -> UInt32 {
    work.withPrinted(begin, end) { program.symbols.find(folded: $0) }
  }
}
