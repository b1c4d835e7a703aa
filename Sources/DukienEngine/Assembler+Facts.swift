internal import DukienRules
internal import DukienText

/// Values, and facts with their roles and evidence.
extension Assembler {
  mutating func addValues(_ work: inout Workspace) {
    listed.removeAll()
    for index in work.records.indices {
      let record = work.records.base[index]
      guard !record.isDead, work.tables.types[Int(record.type)].listsAs > 0 else { continue }
      listed.append(UInt64(UInt32(bitPattern: record.begin)) << 32 | UInt64(index))
    }
    listed.sort(from: 0) { $0 < $1 }
    result.values.reserveCapacity(listed.count)
    var block = 0
    for place in listed.indices {
      let index = Int32(truncatingIfNeeded: listed[place] & 0xFFFF_FFFF)
      let record = work.records[Int(index)]
      while block < work.blocks.count, work.blocks[block].tokens.upperBound <= Int(record.begin) {
        block += 1
      }
      guard block < work.blocks.count, work.blocks[block].tokens.contains(Int(record.begin)),
        program.isContent(work.labels[block])
      else { continue }
      addValue(index, record, block, &work)
    }
  }

  private mutating func addValue(
    _ index: Int32, _ record: Record, _ block: Int, _ work: inout Workspace
  ) {
    let begin = printed.count
    guard printer.norm(index, &printed, &work) else { return }
    let norm = printed(since: begin)
    norms[Int(index)] = norm
    let span = work.span(Int(record.begin), Int(record.end))
    let approx = work.symbol(work.field(printer.approx, in: work.frame(of: index)), program)
    result.values.append(
      Extraction.Value(
        type: name(work.tables.types[Int(record.type)].listsAs), text: span, norm: norm,
        approx: store(texts.symbols[Int(approx)]), at: work.offsets.input(span),
        block: UInt32(block)))
  }

  mutating func addFacts(_ work: inout Workspace) {
    result.facts.reserveCapacity(work.found.drafts.count)
    result.evidence.reserveCapacity(work.found.drafts.count)
    result.roles.reserveCapacity(work.found.fills.count)
    for index in work.found.drafts.indices where !work.found.drafts[index].isDropped {
      let draft = work.found.drafts[index]
      let firstRole = UInt32(result.roles.count)
      let fact = tables.facts[draft.type]
      for role in 0..<fact.roleCount where draft.has(role) { addRole(role, fact, draft, &work) }
      let firstEvidence = UInt32(result.evidence.count)
      addEvidence(draft.sentence, &work)
      var at = draft.firstSentence
      while at >= 0 {
        let sentence = work.found.sentences[Int(at)]
        addEvidence(sentence, &work)
        at = sentence.next
      }
      result.facts.append(
        Extraction.Fact(
          type: name(fact.name), rule: name(ofRule: draft.rule),
          polarity: store(texts.symbols[Int(draft.polarity)]),
          saidBy: print(draft.saidBy, &work),
          at: work.offsets.input(work.span(Int(draft.begin), Int(draft.end))),
          firstRole: firstRole, roleCount: UInt32(result.roles.count) - firstRole,
          firstEvidence: firstEvidence,
          evidenceCount: UInt32(result.evidence.count) - firstEvidence))
    }
  }

  private mutating func addEvidence(_ sentence: SentenceRef, _ work: inout Workspace) {
    let span = work.span(Int(sentence.begin), Int(sentence.end))
    result.evidence.append(
      Extraction.Evidence(
        block: UInt32(sentence.block), at: work.offsets.input(span), quote: span))
  }

  /// Adds the values of one role of a fact.
  private mutating func addRole(
    _ index: Int, _ fact: FlatFact, _ draft: FactDraft, _ work: inout Workspace
  ) {
    let role = tables.roles[fact.firstRole &+ index]
    var at = draft.firstFill
    while at >= 0 {
      let fill = work.found.fills[Int(at)]
      if fill.role == index { addRole(fill, role, &work) }
      at = fill.next
    }
  }

  private mutating func addRole(_ fill: RoleFill, _ role: FlatRole, _ work: inout Workspace) {
    var text = Span(0, 0)
    var norm = Span(0, 0)
    if let (begin, end) = work.tokenRange(fill.value) { text = work.span(Int(begin), Int(end)) }
    if role.isText {
      switch fill.value {
      case .text, .entry: break
      case .record(let record) where work.records[Int(record)].link < 0: break
      default: norm = print(fill.value, &work)
      }
    } else {
      norm = print(fill.value, &work)
      if norm.isEmpty { return }
      if role.isFlag { norm = store("true") }
    }
    result.roles.append(
      Extraction.Role(
        name: name(role.name), text: text.isEmpty ? norm : text, norm: norm,
        from: origin(of: fill, &work), at: work.offsets.input(text), isList: role.isList,
        isFlag: role.isFlag))
  }

  private mutating func origin(of fill: RoleFill, _ work: inout Workspace) -> Str {
    switch fill.origin {
    case .found:
      guard case .record(let record) = fill.value else { return Span(0, 0) }
      return store(printer.origin(record, &work).word)
    case .constant: return store("rule")
    case .previousFact: return store("previous_fact")
    case .assertion: return store("assertion")
    }
  }
}
