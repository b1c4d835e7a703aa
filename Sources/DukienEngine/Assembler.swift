internal import CPlatform
internal import DukienRules
internal import DukienText

/// Lays out the result of one page.
///
/// What is printed is kept apart until the end, so that the result's storage is made in one go.
struct Assembler: ~Copyable {
  typealias Str = Extraction.Str

  private struct Stage {
    var name: StaticString
    var nanoseconds: UInt64
    var steps: UInt64
  }

  private struct Note {
    var name: StaticString
    var hit: Extraction.LimitHit
  }

  private let program: Program
  private let texts: TextTables
  private let tables: FactTables
  private var printer: NormPrinter
  private var result = Extraction()
  private var stages: [Stage] = []
  /// Steps of matching until the end of the last stage.
  private var stepsBefore: UInt64 = 0
  private var noted: [Note] = []
  /// What follows the text of the page in the storage, and how long that text is.
  private var printed = Buffer<UInt8>()
  private var base = 0
  /// Where names, names of rules and norms of records stand; empty where they were not printed yet.
  private var names = Buffer<Str>()
  private var ruleNames = Buffer<Str>()
  private var norms = Buffer<Str>()
  /// The listed values: where each begins, and the record in the low half.
  private var listed = Buffer<UInt64>()

  init(program: Program, printer: NormPrinter) {
    self.program = program
    self.printer = printer
    texts = program.textTables
    tables = program.factTables
  }

  /// Begins a page.
  mutating func reset() {
    result = Extraction()
    stages.removeAll(keepingCapacity: true)
    noted.removeAll(keepingCapacity: true)
    stepsBefore = 0
  }

  /// Adds a stage that ran before the others.
  mutating func addStage(_ name: StaticString, nanoseconds: UInt64) {
    stages.append(Stage(name: name, nanoseconds: nanoseconds, steps: 0))
  }

  /// Notes what the page is.
  mutating func noteKind(_ encoding: TextEncoding, isHtml: Bool) {
    result.encoding = encoding
    result.isHtml = isHtml
  }

  /// Notes that the host ended the run.
  mutating func cancel() { result.isCancelled = true }

  /// Ends the stage that began at `start`, with the steps of all stages so far; returns the time
  /// now.
  mutating func endStage(_ name: StaticString, since start: Int64, steps: UInt64 = 0) -> Int64 {
    let now = platform_clock()
    let own = steps > stepsBefore ? steps - stepsBefore : 0
    stages.append(Stage(name: name, nanoseconds: UInt64(clamping: now - start), steps: own))
    stepsBefore += own
    return now
  }

  /// Notes a bound that was reached.
  mutating func limit(
    _ name: StaticString, _ bound: Int, _ seen: Int, at: Span, isPartial: Bool = true
  ) {
    noted.append(
      Note(
        name: name,
        hit: Extraction.LimitHit(
          name: Span(0, 0), bound: UInt64(clamping: bound), seen: UInt64(clamping: seen), at: at)))
    if isPartial { result.isPartial = true }
  }

  /// Notes what was wrong with the bytes.
  mutating func noteProblems(_ problems: [TextProblem]) {
    for problem in problems {
      switch problem.code {
      case .invalidUTF8: limit("invalid_utf8", 0, problem.count, at: problem.at, isPartial: false)
      case .invalidBytes: limit("invalid_bytes", 0, problem.count, at: problem.at, isPartial: false)
      case .encodingUnknown:
        limit("encoding_unknown", 0, problem.count, at: problem.at, isPartial: false)
      case .encodingNotBelieved:
        limit("encoding_not_believed", 0, problem.count, at: problem.at, isPartial: false)
      case .nul: limit("nul", 0, problem.count, at: problem.at, isPartial: false)
      case .tooLong: limit("max_input", SourceText.maximumBytes, problem.count, at: problem.at)
      }
    }
  }

  /// Notes the bounds that the reader of HTML met.
  mutating func noteProblems(_ problems: [HtmlProblem]) {
    for problem in problems {
      let limits = HtmlLimits()
      let (name, bound): (StaticString, Int) =
        switch problem.code {
        case .tooDeep: ("html_depth", limits.depth)
        case .tooManyAttributes: ("html_attributes", limits.attributes)
        case .tooManyNodes: ("html_nodes", limits.nodes)
        case .longName: ("html_name", limits.nameBytes)
        case .longValue: ("html_value", limits.valueBytes)
        }
      limit(
        name, bound, problem.count, at: problem.at, isPartial: problem.code.losesContent)
    }
  }

  /// The result of the page in `work`, whose norms `printer` prints.
  mutating func assemble(
    _ work: inout Workspace, _ printer: NormPrinter, _ captures: [ZoneCapture],
    _ article: ArticleReader, endsAtArticle: Bool, since start: Int64
  ) -> Extraction {
    self.printer = printer
    printed.removeAll()
    base = work.text.count
    names.fill(Span(0, 0), texts.names.count)
    ruleNames.fill(Span(0, 0), texts.ruleNames.count)
    norms.fill(Span(0, 0), work.records.count)
    addArticle(captures, article, &work)
    addBlocks(&work)
    if !endsAtArticle {
      addValues(&work)
      addFacts(&work)
    }
    for note in noted {
      var hit = note.hit
      hit.name = store(note.name)
      result.limits.append(hit)
    }
    _ = endStage("assemble", since: start)
    result.stages.reserveCapacity(stages.count)
    for stage in stages {
      result.stages.append(
        Extraction.Stage(
          name: store(stage.name), nanoseconds: stage.nanoseconds, steps: stage.steps))
    }
    result.storage.reserveCapacity(base + printed.count)
    result.storage += work.text
    result.storage += printed.elements
    var whole = Extraction()
    swap(&whole, &result)
    return whole
  }

  // MARK: Strings

  /// What was printed since the storage had `begin` bytes.
  private func printed(since begin: Int) -> Str {
    printed.count > begin ? Span(base + begin, base + printed.count) : Span(0, 0)
  }

  private mutating func store(_ text: StaticString) -> Str {
    let begin = printed.count
    printed.append(text)
    return printed(since: begin)
  }

  private mutating func store(_ text: UnsafeBufferPointer<UInt8>) -> Str {
    let begin = printed.count
    printed.append(text)
    return printed(since: begin)
  }

  private mutating func print(_ value: FieldValue, _ work: inout Workspace) -> Str {
    if case .record(let record) = value { return norm(record, &work) }
    let begin = printed.count
    printer.append(value, &printed, &work)
    return printed(since: begin)
  }

  /// The norm of a record; empty where it has none.
  private mutating func norm(_ record: Int32, _ work: inout Workspace) -> Str {
    let known = norms[Int(record)]
    if !known.isEmpty { return known }
    let begin = printed.count
    _ = printer.norm(record, &printed, &work)
    let norm = printed(since: begin)
    norms[Int(record)] = norm
    return norm
  }

  @inline(__always)
  private mutating func name(_ index: UInt16) -> Str {
    let known = names[Int(index)]
    if !known.isEmpty { return known }
    let name = store(texts.names[Int(index)])
    names[Int(index)] = name
    return name
  }

  private mutating func name(ofRule index: Int) -> Str {
    let known = ruleNames[index]
    if !known.isEmpty { return known }
    let name = store(texts.ruleNames[index])
    ruleNames[index] = name
    return name
  }

  // MARK: Tables

  private mutating func addArticle(
    _ captures: [ZoneCapture], _ article: ArticleReader, _ work: inout Workspace
  ) {
    for field in program.article.fields {
      for found in article.values(of: field, captures, &work) {
        addField(found, group: Extraction.none, &work)
        if field.kind != .list { break }
      }
    }
    for (index, image) in article.images(captures, &work).enumerated() {
      for found in image { addField(found, group: UInt32(index), &work) }
    }
  }

  private mutating func addField(
    _ found: ArticleReader.Found, group: UInt32, _ work: inout Workspace
  ) {
    let text =
      found.tokens.map { work.span($0.lowerBound, $0.upperBound) } ?? work.blocks[found.block].core
    let begin = printed.count
    switch found.kind {
    case .date:
      guard appendDate(found, &work) else { return }
    case .url where found.told >= 0: appendAddress(work.told[found.told], &work)
    case .url: appendAddress(work.text[text.range])
    case .flag: printed.append("true")
    case .text, .list: break
    }
    let norm = printed(since: begin)
    result.fields.append(
      Extraction.Field(
        name: name(found.name), text: text, norm: norm,
        from: found.told < 0 ? Span(0, 0) : source(of: found, &work),
        at: place(of: found, text, &work), group: group,
        isList: found.kind == .list,
        isFlag: found.kind == .flag))
  }

  /// Prints a date with clock and zone, where they are told; false where there is none.
  private mutating func appendDate(
    _ found: ArticleReader.Found, _ work: inout Workspace
  ) -> Bool {
    let begin = printed.count
    if let date = found.date {
      printed.append(date)
      if date.hour >= 0, date.offset == nil { appendTimezone() }
      return true
    }
    guard found.record >= 0, printer.norm(found.record, &printed, &work) else { return false }
    let norm = printed.elements[begin...]
    if norm.contains(UInt8(ascii: "T")), norm.contains(UInt8(ascii: ":")) { appendTimezone() }
    return true
  }

  private mutating func appendTimezone() {
    for byte in program.timezone.utf8 { printed.append(byte) }
  }

  /// Where a value stands in the input: what is told in other letters, as a whole.
  private func place(
    of found: ArticleReader.Found, _ text: Span, _ work: inout Workspace
  ) -> Span {
    let at = work.offsets.input(text)
    return found.told >= 0 && at.isEmpty ? work.told[found.told].at : at
  }

  /// What a told value is called in rules.
  private mutating func source(
    of found: ArticleReader.Found, _ work: inout Workspace
  ) -> Str {
    let begin = printed.count
    for byte in program.article.told[work.told[found.told].source].text.utf8 {
      printed.append(byte)
    }
    return printed(since: begin)
  }

  /// Prints an address that the page tells, in full where its base is known.
  private mutating func appendAddress(_ told: ToldValue, _ work: inout Workspace) {
    for byte in resolveUrl(Array(work.text[told.block.core.range]), base: work.baseUrl) {
      printed.append(byte)
    }
  }

  /// Prints an address without query, fragment and session parameter.
  private mutating func appendAddress(_ address: ArraySlice<UInt8>) {
    for byte in address {
      switch byte {
      case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: ";"): return
      default: printed.append(byte)
      }
    }
  }

  private mutating func addBlocks(_ work: inout Workspace) {
    result.blocks.reserveCapacity(work.blocks.count)
    var path = Str(0, 0)
    for index in work.blocks.indices {
      let span = work.blocks[index].span
      if index == 0 || !work.page.standsAlike(index - 1, index) {
        path = self.path(of: index, &work)
      }
      result.blocks.append(
        Extraction.LabelledBlock(
          kind: name(work.labels[index]), reason: name(work.reasons[index]), text: span,
          at: work.offsets.input(span), path: path,
          looks: looks(of: index, &work),
          heading: work.page.isHtml ? work.page.infos[index].headingLevel : 0))
    }
  }

  /// The tags around a block of an HTML page.
  private mutating func path(of block: Int, _ work: inout Workspace) -> Str {
    guard work.page.isHtml else { return Span(0, 0) }
    let begin = printed.count
    work.page.printPath(of: block, to: &printed)
    return printed(since: begin)
  }

  private func looks(of block: Int, _ work: inout Workspace) -> Extraction.BlockLooks {
    var looks: Extraction.BlockLooks = program.isContent(work.labels[block]) ? .content : []
    switch program.bodyPart(work.labels[block]) {
    case .none: break
    case .text: looks.insert(.body)
    case .heading: looks.formUnion([.body, .heading])
    }
    if work.page.isHtml {
      let flags = work.page.infos[block].flags
      if flags.contains(.inList) { looks.insert(.item) }
      if flags.contains(.inQuote) { looks.insert(.quote) }
      if flags.contains(.isRow) { looks.insert(.row) }
      return looks
    }
    let features = work.blocks[block].features
    if features.contains(.listMark) { looks.insert(.item) }
    if features.contains(.opensWithPipe), features.contains(.closesWithPipe) { looks.insert(.row) }
    return looks
  }

  private mutating func addValues(_ work: inout Workspace) {
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

  private mutating func addFacts(_ work: inout Workspace) {
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
