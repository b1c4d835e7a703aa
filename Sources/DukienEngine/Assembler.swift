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

  let program: Program
  let texts: TextTables
  let tables: FactTables
  var printer: NormPrinter
  var result = Extraction()
  private var stages: [Stage] = []
  /// Steps of matching until the end of the last stage.
  private var stepsBefore: UInt64 = 0
  private var noted: [Note] = []
  /// What follows the text of the page in the storage, and how long that text is.
  var printed = Buffer<UInt8>()
  private var base = 0
  /// Where names, names of rules and norms of records stand; empty where they were not printed yet.
  private var names = Buffer<Str>()
  private var ruleNames = Buffer<Str>()
  var norms = Buffer<Str>()
  /// The listed values: where each begins, and the record in the low half.
  var listed = Buffer<UInt64>()

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

  /// The result of a run that the host ended: nothing.
  mutating func cancelled() -> Extraction {
    reset()
    result.isCancelled = true
    return result
  }

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
  func printed(since begin: Int) -> Str {
    printed.count > begin ? Span(base + begin, base + printed.count) : Span(0, 0)
  }

  mutating func store(_ text: StaticString) -> Str {
    let begin = printed.count
    printed.append(text)
    return printed(since: begin)
  }

  mutating func store(_ text: UnsafeBufferPointer<UInt8>) -> Str {
    let begin = printed.count
    printed.append(text)
    return printed(since: begin)
  }

  mutating func print(_ value: FieldValue, _ work: inout Workspace) -> Str {
    if case .record(let record) = value { return norm(record, &work) }
    let begin = printed.count
    printer.append(value, &printed, &work)
    return printed(since: begin)
  }

  /// The norm of a record; empty where it has none.
  mutating func norm(_ record: Int32, _ work: inout Workspace) -> Str {
    let known = norms[Int(record)]
    if !known.isEmpty { return known }
    let begin = printed.count
    _ = printer.norm(record, &printed, &work)
    let norm = printed(since: begin)
    norms[Int(record)] = norm
    return norm
  }

  @inline(__always)
  mutating func name(_ index: UInt16) -> Str {
    let known = names[Int(index)]
    if !known.isEmpty { return known }
    let name = store(texts.names[Int(index)])
    names[Int(index)] = name
    return name
  }

  mutating func name(ofRule index: Int) -> Str {
    let known = ruleNames[index]
    if !known.isEmpty { return known }
    let name = store(texts.ruleNames[index])
    ruleNames[index] = name
    return name
  }
}
