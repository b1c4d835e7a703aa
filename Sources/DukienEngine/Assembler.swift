internal import CPlatform
internal import DukienRules
internal import DukienText

/// Lays out the result of one page.
struct Assembler {
  typealias Str = Extraction.Str

  private let program: Program
  private var printer: NormPrinter
  private var result = Extraction()
  private var nameSpans: [UInt16: Str] = [:]
  private var stages: [(name: StaticString, nanoseconds: UInt64, steps: UInt64)] = []
  /// Steps of matching until the end of the last stage.
  private var stepsBefore: UInt64 = 0
  private var noted: [(name: String, hit: Extraction.LimitHit)] = []

  init(program: Program, printer: NormPrinter) {
    self.program = program
    self.printer = printer
  }

  /// Ends the stage that began at `start`, with the steps of all stages so far; returns the time
  /// now.
  mutating func endStage(_ name: StaticString, since start: Int64, steps: UInt64 = 0) -> Int64 {
    let now = platform_clock()
    let own = steps > stepsBefore ? steps - stepsBefore : 0
    stages.append((name, UInt64(clamping: now - start), own))
    stepsBefore += own
    return now
  }

  /// Notes a bound that was reached.
  mutating func limit(_ name: String, _ bound: Int, _ seen: Int, at: Span, isPartial: Bool = true) {
    noted.append(
      (
        name,
        Extraction.LimitHit(
          name: Span(0, 0), bound: UInt64(clamping: bound), seen: UInt64(clamping: seen), at: at)
      ))
    if isPartial { result.isPartial = true }
  }

  /// Notes what was wrong with the bytes.
  mutating func noteProblems(_ problems: [TextProblem]) {
    for problem in problems {
      switch problem.code {
      case .invalidUTF8: limit("invalid_utf8", 0, problem.count, at: problem.at, isPartial: false)
      case .nul: limit("nul", 0, problem.count, at: problem.at, isPartial: false)
      case .tooLong: limit("max_input", SourceText.maximumBytes, problem.count, at: problem.at)
      }
    }
  }

  /// The result of the page in `work`, whose norms `printer` prints.
  mutating func assemble(
    _ work: inout Workspace, _ drafts: [FactDraft], _ printer: NormPrinter,
    _ captures: [ZoneCapture], _ article: ArticleReader, since start: Int64
  ) -> Extraction {
    self.printer = printer
    result.storage = work.text
    addArticle(captures, article, &work)
    addBlocks(work)
    addValues(&work)
    addFacts(drafts, &work)
    for (name, hit) in noted {
      var hit = hit
      hit.name = store(Array(name.utf8))
      result.limits.append(hit)
    }
    _ = endStage("assemble", since: start)
    for stage in stages {
      let name = stage.name.withUTF8Buffer { store(Array($0)) }
      result.stages.append(
        Extraction.Stage(name: name, nanoseconds: stage.nanoseconds, steps: stage.steps))
    }
    return result
  }

  // MARK: Strings

  private mutating func store(_ bytes: [UInt8]) -> Str {
    guard !bytes.isEmpty else { return Span(0, 0) }
    let begin = result.storage.count
    result.storage += bytes
    return Span(begin, result.storage.count)
  }

  private mutating func name(_ index: UInt16) -> Str {
    if let known = nameSpans[index] { return known }
    let span = store(Array(program.names[Int(index)].utf8))
    nameSpans[index] = span
    return span
  }

  // MARK: Tables

  private mutating func addArticle(
    _ captures: [ZoneCapture], _ article: ArticleReader, _ work: inout Workspace
  ) {
    for field in program.article.fields {
      let values = article.values(of: field, captures, work)
      for found in field.kind == .list ? values[...] : values.prefix(1) {
        addField(found, group: Extraction.none, &work)
      }
    }
    for (index, image) in article.images(captures, work).enumerated() {
      for found in image { addField(found, group: UInt32(index), &work) }
    }
  }

  private mutating func addField(
    _ found: ArticleReader.Found, group: UInt32, _ work: inout Workspace
  ) {
    let text =
      found.tokens.map { work.span($0.lowerBound, $0.upperBound) } ?? work.blocks[found.block].core
    var norm = Span(0, 0)
    switch found.kind {
    case .date:
      guard found.record >= 0, var bytes = printer.norm(found.record, &work) else { return }
      if bytes.contains(UInt8(ascii: "T")), bytes.contains(UInt8(ascii: ":")) {
        bytes += Array(program.timezone.utf8)
      }
      norm = store(bytes)
    case .url: norm = store(Self.withoutTracking(Array(work.text[text.range])))
    case .flag: norm = store(Array("true".utf8))
    case .text, .list: break
    }
    result.fields.append(
      Extraction.Field(
        name: name(found.name), text: text, norm: norm, from: Span(0, 0),
        at: work.offsets.input(text), group: group, isList: found.kind == .list,
        isFlag: found.kind == .flag))
  }

  /// An address without query, fragment and session parameter.
  private static func withoutTracking(_ url: [UInt8]) -> [UInt8] {
    let marks = [UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: ";")]
    return Array(url.prefix { !marks.contains($0) })
  }

  private mutating func addBlocks(_ work: borrowing Workspace) {
    for (index, block) in work.blocks.enumerated() {
      result.blocks.append(
        Extraction.LabelledBlock(
          kind: name(work.labels[index]), reason: name(work.reasons[index]),
          text: block.span, at: work.offsets.input(block.span)))
    }
  }

  private mutating func addValues(_ work: inout Workspace) {
    var listed: [Int] = []
    for index in work.records.indices where work.isLive(index) {
      let record = work.records[index]
      let type = program.tables.types[Int(record.type)]
      guard type.listsAs > 0, let block = work.block(of: Int(record.begin)),
        program.isContent(work.labels[block])
      else { continue }
      listed.append(index)
    }
    listed.sort { work.records[$0].begin < work.records[$1].begin }
    for index in listed {
      guard let norm = printer.norm(Int32(index), &work) else { continue }
      let record = work.records[index]
      let span = work.span(Int(record.begin), Int(record.end))
      let approx = work.symbol(
        work.field(printer.approx, in: work.frame(of: Int32(index))), program)
      result.values.append(
        Extraction.Value(
          type: name(program.tables.types[Int(record.type)].listsAs), text: span,
          norm: store(norm), approx: store(program.symbols.text(approx)),
          at: work.offsets.input(span),
          block: UInt32(work.block(of: Int(record.begin)) ?? 0)))
    }
  }

  private mutating func addFacts(_ drafts: [FactDraft], _ work: inout Workspace) {
    for draft in drafts where !draft.isDropped {
      let firstRole = UInt32(result.roles.count)
      let fact = program.facts[draft.type]
      for (index, role) in fact.roles.enumerated() {
        for fill in draft.fills where fill.role == index { addRole(fill, role, &work) }
      }
      let firstEvidence = UInt32(result.evidence.count)
      let own = SentenceRef(
        block: draft.block, begin: draft.sentenceBegin, end: draft.sentenceEnd)
      for sentence in [own] + draft.moreSentences {
        let span = work.span(Int(sentence.begin), Int(sentence.end))
        result.evidence.append(
          Extraction.Evidence(
            block: UInt32(sentence.block), at: work.offsets.input(span), quote: span))
      }
      var saidBy: [UInt8] = []
      printer.append(draft.saidBy, &saidBy, &work)
      result.facts.append(
        Extraction.Fact(
          type: name(fact.name),
          rule: store(Array(program.rules[draft.rule].name.utf8)),
          polarity: store(program.symbols.text(draft.polarity)),
          saidBy: store(saidBy),
          at: work.offsets.input(work.span(Int(draft.begin), Int(draft.end))),
          firstRole: firstRole, roleCount: UInt32(result.roles.count) - firstRole,
          firstEvidence: firstEvidence,
          evidenceCount: UInt32(result.evidence.count) - firstEvidence))
    }
  }

  private mutating func addRole(
    _ fill: RoleFill, _ role: RoleInfo, _ work: inout Workspace
  ) {
    var text = Span(0, 0)
    var norm = Span(0, 0)
    if let (begin, end) = work.tokenRange(fill.value) { text = work.span(Int(begin), Int(end)) }
    switch role.kind {
    case .text:
      switch fill.value {
      case .text, .entry: break
      case .record(let record) where work.records[Int(record)].link < 0: break
      default:
        var bytes: [UInt8] = []
        printer.append(fill.value, &bytes, &work)
        norm = store(bytes)
      }
    case .typed, .oneOf, .flag:
      var bytes: [UInt8] = []
      printer.append(fill.value, &bytes, &work)
      guard !bytes.isEmpty else { return }
      norm = store(role.isFlagRole ? Array("true".utf8) : bytes)
    }
    var from = Span(0, 0)
    switch fill.origin {
    case .found:
      if case .record(let record) = fill.value {
        from = store(Array(printer.origin(record, work).utf8))
      }
    case .constant: from = store(Array("rule".utf8))
    case .previousFact: from = store(Array("previous_fact".utf8))
    case .assertion: from = store(Array("assertion".utf8))
    }
    result.roles.append(
      Extraction.Role(
        name: name(role.name), text: text.isEmpty ? norm : text, norm: norm,
        from: from, at: work.offsets.input(text), isList: role.isList, isFlag: role.isFlagRole))
  }
}

extension RoleInfo {
  var isFlagRole: Bool {
    if case .flag = kind { return true }
    return false
  }
}
