internal import DukienRules
internal import DukienText

extension FactFinder {
  /// Adds roles to facts found elsewhere, applies assertions, merges facts of equal identity.
  mutating func finish(_ work: inout Workspace) {
    keys.reset(records: work.records.count)
    for index in work.found.additions.indices { fill(work.found.additions[index], &work) }
    assert(&work)
    nameSpeakers(&work)
    merge(&work)
  }

  /// Adds the roles of a rule that fills to the fact it means; there may be none.
  private mutating func fill(_ addition: FactDraft, _ work: inout Workspace) {
    guard let rule = program.rules[addition.rule].fills else { return }
    var best = -1
    var distance = Int32.max
    for index in work.found.drafts.indices {
      let draft = work.found.drafts[index]
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

  /// Merges facts that share a key with an earlier one.
  ///
  /// - Complexity: linear in the facts, times the values of one.
  private mutating func merge(_ work: inout Workspace) {
    owners.reset(room: work.found.drafts.count &* 2)
    for index in work.found.drafts.indices {
      let fact = tables.facts[work.found.drafts[index].type]
      guard fact.firstKey < fact.lastKey else { continue }
      readIdentity(of: index, fact, &work)
      var owner = index
      var fillsBefore = 0
      for position in identity.indices where identity[position] != 0 {
        let first = owners.owner(of: identity[position])
        guard first >= 0, !differ(index, first, before: position, fact, &work) else { continue }
        fillsBefore = work.found.drafts[first].fillCount
        owner = join(index, first, fact, &work)
        break
      }
      register(owner, overrides: owner == index)
      guard owner != index, work.found.drafts[owner].fillCount > fillsBefore else { continue }
      readIdentity(of: owner, fact, &work)
      register(owner, overrides: false)
    }
  }

  /// Makes a fact the owner of the keys in `identity`: of all, or of those that nobody owns.
  private mutating func register(_ owner: Int, overrides: Bool) {
    for position in identity.indices where identity[position] != 0 {
      if overrides || owners.owner(of: identity[position]) < 0 {
        owners.set(identity[position], owner)
      }
    }
  }

  /// Makes one fact of two; returns which one stands for both.
  private mutating func join(
    _ index: Int, _ first: Int, _ fact: FlatFact, _ work: inout Workspace
  ) -> Int {
    switch fact.keep {
    case .mostComplete where completeness(index, &work) > completeness(first, &work):
      work.found.drafts.base[first].isDropped = true
      work.found.drafts.base[first].mergedInto = index
      return index
    case .merge: unite(work.found.drafts[index], into: first, &work)
    case .mostComplete, .first, .all: break
    }
    work.found.drafts.base[index].isDropped = true
    work.found.drafts.base[index].mergedInto = first
    return first
  }

  /// How many role values a fact has, then how many tokens they cover.
  private func completeness(_ index: Int, _ work: inout Workspace) -> (Int, Int) {
    var covered = 0
    var at = work.found.drafts[index].firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if let (begin, end) = work.tokenRange(fill.value) { covered += Int(end - begin) }
      at = fill.next
    }
    return (work.found.drafts[index].fillCount, covered)
  }

  /// True where two facts fill a role of an earlier key differently.
  private mutating func differ(
    _ a: Int, _ b: Int, before position: Int, _ fact: FlatFact, _ work: inout Workspace
  ) -> Bool {
    for key in Int(fact.firstKey)..<Int(fact.firstKey) + position {
      for index in Int(tables.keys[key].first)..<Int(tables.keys[key].last) {
        let role = Int(tables.keyRoles[index])
        guard work.found.drafts[a].has(role), work.found.drafts[b].has(role) else { continue }
        if roleKey(role, of: a, &work) != roleKey(role, of: b, &work) { return true }
      }
    }
    return false
  }

  /// Gives a fact the roles of another that it does not have, with their sentence.
  private mutating func unite(_ other: FactDraft, into first: Int, _ work: inout Workspace) {
    var draft = work.found.drafts[first]
    work.found.append(rule: other.rule, to: &draft)
    var at = other.firstUnited
    while at >= 0 {
      let united = work.found.united[Int(at)]
      work.found.append(rule: united.rule, to: &draft)
      at = united.next
    }
    let count = draft.fillCount
    at = other.firstFill
    while at >= 0 {
      unite(at, of: other, into: &draft, &work)
      at = work.found.fills[Int(at)].next
    }
    if draft.fillCount > count {
      work.found.append(other.sentence, to: &draft)
      at = other.firstSentence
      while at >= 0 {
        let sentence = work.found.sentences[Int(at)]
        work.found.append(sentence, to: &draft)
        at = sentence.next
      }
    }
    work.found.drafts[first] = draft
  }

  /// Puts a date in the place of the same role's, where it is a part of that one: a day for its year.
  private func sharpen(_ fill: RoleFill, in draft: FactDraft, _ work: inout Workspace) {
    guard let days = days(of: fill.value, &work) else { return }
    var at = draft.firstFill
    while at >= 0 {
      let own = work.found.fills[Int(at)]
      if own.role == fill.role {
        guard let whole = self.days(of: own.value, &work), whole != days,
          whole.lowerBound <= days.lowerBound, days.upperBound <= whole.upperBound
        else { return }
        work.found.fills.base[Int(at)] = fill
        work.found.fills.base[Int(at)].next = own.next
        return
      }
      at = own.next
    }
  }

  /// The days that a date covers; `nil` for another value, and for a date of which an end is open.
  private func days(of value: FieldValue, _ work: inout Workspace) -> ClosedRange<Int>? {
    guard case .record(let record) = value,
      work.tables.types[Int(work.records[Int(record)].type)].isDate,
      let date = work.date(record, printer.dates, printer.reference, program),
      let first = date.from, let last = date.isInterval ? date.to : date.from,
      let begin = first.days?.lowerBound, let end = last.days?.upperBound, begin <= end
    else { return nil }
    return begin...end
  }

  /// Gives a fact one value of another.
  private mutating func unite(
    _ place: Int32, of other: FactDraft, into draft: inout FactDraft, _ work: inout Workspace
  ) {
    var fill = work.found.fills[Int(place)]
    if fill.rule < 0 { fill.rule = Int32(truncatingIfNeeded: other.rule) }
    if draft.has(fill.role) {
      guard tables.roles[tables.facts[draft.type].firstRole &+ fill.role].isList else {
        sharpen(fill, in: draft, &work)
        return
      }
      fill.key = key(ofFill: place, &work)
      var at = draft.firstFill
      while at >= 0 {
        let own = work.found.fills[Int(at)]
        if own.role == fill.role, key(ofFill: at, &work) == fill.key { return }
        at = own.next
      }
    }
    work.found.append(fill, to: &draft)
  }

  // MARK: Keys

  /// Makes `identity` the keys of a fact, in the order of its type; 0 for one that does not count.
  private mutating func readIdentity(of index: Int, _ fact: FlatFact, _ work: inout Workspace) {
    let draft = work.found.drafts[index]
    roleKeys.fill(1, fact.roleCount)
    var at = draft.firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if fact.identity.contains(fill.role) {
        roleKeys[fill.role] = hash(roleKeys[fill.role], then: key(ofFill: at, &work))
      }
      at = fill.next
    }
    identity.removeAll()
    for position in Int(fact.firstKey)..<Int(fact.lastKey) {
      let key = tables.keys[position]
      var whole = hash(UInt64(draft.type), then: UInt64(position))
      for index in Int(key.first)..<Int(key.last) {
        let role = Int(tables.keyRoles[index])
        if fact.hasAlternativeKeys, !draft.has(role) {
          whole = 0
          break
        }
        whole = max(1, hash(whole, then: roleKeys[role]))
      }
      identity.append(whole)
    }
  }

  /// The key of all values of a role of a fact.
  private mutating func roleKey(_ role: Int, of index: Int, _ work: inout Workspace) -> UInt64 {
    var whole: UInt64 = 1
    var at = work.found.drafts[index].firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if fill.role == role { whole = hash(whole, then: key(ofFill: at, &work)) }
      at = fill.next
    }
    return whole
  }

  private mutating func key(ofFill place: Int32, _ work: inout Workspace) -> UInt64 {
    let fill = work.found.fills[Int(place)]
    if fill.key != 0 { return fill.key }
    let key = keys.key(of: fill.value, printer, &work)
    work.found.fills.base[Int(place)].key = key
    return key
  }
}
