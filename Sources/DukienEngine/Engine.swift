internal import CPlatform
package import DukienRules
internal import DukienText

/// Reads pages with one program; holds the scratch memory of one thread.
package final class Engine {
  let program: Program
  private var tokenizer: Tokenizer
  var work: Workspace
  var facts: FactFinder
  var printer: NormPrinter
  private var assembler: Assembler
  private let zoneNames: ZoneNames
  private let quotedType: UInt16

  package init(program: Program) {
    self.program = program
    work = Workspace(tables: program.tables)
    tokenizer = Tokenizer(vocabulary: program.vocabulary)
    let title = program.article.fields.first { program.names[Int($0.name)] == "title" }
    let titleSource = title?.sources.first { $0.told < 0 }
    zoneNames = ZoneNames(program)
    printer = NormPrinter(program: program)
    assembler = Assembler(program: program, printer: printer)
    facts = FactFinder(
      program: program, printer: printer, titleLabel: titleSource?.label ?? UInt16.max)
    quotedType = UInt16(program.types.firstIndex { program.names[Int($0.name)] == "quoted" } ?? 0)
  }

  /// Reads one page: any bytes give a result.
  ///
  /// - Complexity: linear in the input and in what it holds.
  package func run(_ input: UnsafeRawBufferPointer, _ options: RunOptions) -> Extraction {
    let document = Document(input, options, wantsMetadata: !program.article.told.isEmpty)
    return extract(document, options, document.ending)
  }

  /// As `run`, of a page that was read; format, encoding and address are those of the document.
  package func extract(_ document: Document, _ options: RunOptions) -> Extraction {
    let ending = Ending(options, since: platform_clock())
    return extract(document, options, document.ending.cause == nil ? ending : document.ending)
  }

  private func extract(
    _ document: Document, _ options: RunOptions, _ ending: Ending
  ) -> Extraction {
    assembler.reset()
    note(document)
    var clock = platform_clock()
    work.ending = ending
    clock = take(document, since: clock)
    tokenize(document, options.limits)
    clock = assembler.endStage("tokens", since: clock)
    work.reset()
    work.stepLimit = options.limits.steps(ofTokens: work.tokens.count)
    work.bytesRead += document.bytesHeld
    if work.mayGoOn() { work.findStructure(program, quotedType: quotedType) }
    clock = assembler.endStage("lexicons", since: clock, steps: work.steps)
    findValues()
    clock = assembler.endStage("values", since: clock, steps: work.steps)
    let captures = labelZones(options)
    clock = assembler.endStage("zones", since: clock, steps: work.steps)
    if work.isCancelled { return assembler.cancelled() }
    let article = ArticleReader(program: program, printer: printer, &work)
    printer.reference = DateReference()
    let published = article.published(captures, &work) ?? Self.isoDate(document.published)
    printer.reference = reference(published)
    if options.endsAtArticle {
      work.found.reset(types: program.factTables.factCount)
    } else {
      anchorDates()
      clock = assembler.endStage("resolve", since: clock, steps: work.steps)
      findEntities()
      clock = assembler.endStage("entities", since: clock, steps: work.steps)
      if work.mayGoOn() { work.link(program) }
      clock = assembler.endStage("links", since: clock, steps: work.steps)
      findFacts(options.limits.facts, options.trace)
      clock = assembler.endStage("facts", since: clock, steps: work.steps)
    }
    if work.isCancelled { return assembler.cancelled() }
    noteBounds(document)
    return assembler.assemble(
      &work, printer, captures, article, endsAtArticle: options.endsAtArticle, since: clock)
  }

  /// Reads one page with the host's date of publication and bounds.
  package func run(
    _ input: UnsafeRawBufferPointer, published: String, limits: RunLimits
  ) -> Extraction {
    var options = RunOptions()
    options.published = published
    options.limits = limits
    return run(input, options)
  }

  // MARK: Notes

  /// Notes what reading the page took and met.
  private func note(_ document: Document) {
    for stage in document.stages { assembler.addStage(stage.name, nanoseconds: stage.nanoseconds) }
    assembler.noteProblems(document.source.problems)
    if document.inputCount > document.maxInput {
      assembler.limit(
        "max_input", document.maxInput, document.inputCount,
        at: Span(document.maxInput, document.inputCount))
    }
    if case .html(let tree, _) = document.content { assembler.noteProblems(tree.problems) }
    assembler.noteKind(document.encoding, isHtml: document.isHtml)
  }

  /// Notes the bounds that matching met.
  private func noteBounds(_ document: Document) {
    let whole = Span(0, min(document.inputCount, document.maxInput))
    if work.cuts > 0 {
      assembler.limit(
        "sentence_tokens", Workspace.longestSentence, work.cuts,
        at: work.offsets.input(work.span(work.firstCut - 1, work.firstCut)), isPartial: false)
    }
    switch work.ending.cause {
    case .memory: assembler.limit("max_memory", work.ending.most, work.ending.needed, at: whole)
    case .late: assembler.limit("max_millis", work.ending.millis, work.ending.millis, at: whole)
    case .cancelled: break
    case nil:
      guard work.steps >= work.stepLimit else { break }
      assembler.limit(
        "max_steps", Int(clamping: work.stepLimit), Int(clamping: work.steps), at: whole)
    }
  }

  // MARK: Stages

  /// Takes over the text and blocks of a page, and what its elements say of them.
  private func take(_ document: Document, since start: Int64) -> Int64 {
    work.page.removeAll()
    work.told.removeAll()
    work.bytesRead = 0
    switch document.content {
    case .none:
      work.text = []
      work.offsets = .identity
      work.blocks = []
      return start
    case .lines(let blocks):
      work.text = document.source.bytes
      work.offsets = document.source.offsets
      work.blocks = blocks
      return start
    case .html(let tree, let metadata):
      let page = renderBlocks(tree, showsHidden: program.asksHidden)
      work.text = page.text.bytes
      work.offsets = page.text.offsets
      var clock = assembler.endStage("blocks", since: start)
      var blocks = page.blocks
      work.page.read(tree, page, &blocks, program)
      if work.page.isBare, let body = EmbeddedBody.read(tree) {
        work.addEmbedded(body, tree, document.source.offsets, &blocks)
      }
      work.blocks = blocks
      clock = assembler.endStage("elements", since: clock)
      work.bytesRead = work.text.count + work.blocks.count * MemoryLayout<Block>.stride
      guard let metadata, !program.article.told.isEmpty else { return clock }
      work.keepTold(metadata, document.source, url: document.url, program)
      return assembler.endStage("told", since: clock)
    }
  }

  /// Cuts the page and what it tells into as many tokens as the bounds allow.
  private func tokenize(_ document: Document, _ limits: RunLimits) {
    let room = work.ending.most - document.bytesHeld - work.bytesRead
    let affordable = max(0, room / Workspace.bytesPerToken)
    let limit = min(limits.tokens, affordable)
    tokenize(limit: limit &+ 1)
    let isCut = work.tokens.count > limit
    work.bytesRead += work.tokens.count * Workspace.bytesPerToken
    guard isCut else { return }
    tokenize(limit: limit)
    guard limit == limits.tokens else { return }
    let from = work.tokens.end.last.map { work.offsets.input($0) } ?? 0
    let end = UInt32(clamping: min(document.inputCount, document.maxInput))
    assembler.limit("max_tokens", limit, limit + 1, at: Span(from, max(from, end)))
  }

  private func tokenize(limit: Int) {
    var blocks = work.blocks + work.told.map { $0.block }
    work.tokens = tokenizer.tokenize(work.text, blocks: &blocks, limit: limit)
    let count = work.blocks.count
    for index in work.told.indices { work.told[index].block = blocks[count + index] }
    work.blocks = Array(blocks[..<count])
  }

  private func findValues() {
    for index in 0..<work.blocks.count + work.told.count {
      let told = index - work.blocks.count
      let range = told < 0 ? work.blocks[index].tokens : work.told[told].block.tokens
      let block = told < 0 ? index : 0
      guard !range.isEmpty else { continue }
      let first = work.records.count
      work.splitSentences(
        range, context: 0, block: block, abbreviation: program.abbreviationHole, program)
      for index in work.segments.indices where work.mayGoOn() {
        let segment = work.segments[index]
        work.enter(segment)
        work.produce(program.values, segment, program)
      }
      work.segments.removeAll()
      work.replaceOverlaps(from: first, in: range)
    }
  }

  private func labelZones(_ options: RunOptions) -> [ZoneCapture] {
    guard !options.isPlainText else {
      let content = program.contentLabels.firstIndex(of: true) ?? 0
      for block in work.labels.indices { work.labels[block] = UInt16(content) }
      return []
    }
    var labeller = ZoneLabeller(program: program, names: zoneNames)
    return labeller.label(&work)
  }

  /// Incomplete dates take their year from the page's date, else from the latest year that the
  /// text states outside of plans; of an interval, that in which it begins.
  private func reference(_ published: DatePoint?) -> DateReference {
    if let published { return DateReference(published: published, year: published.year) }
    var latest = 0
    guard program.resolve.latest >= 0 else { return DateReference() }
    for index in work.records.indices
    where work.isLive(index)
      && program.tables.takes(program.resolve.latest, work.records[index].type)
    {
      let position = Int(work.records[index].begin)
      guard let block = work.block(of: position), program.isContent(work.labels[block]),
        !isPlan(around: position, in: work.blocks[block].tokens)
      else { continue }
      let value = work.date(Int32(index), printer.dates, DateReference(), program)
      latest = max(latest, value?.from?.year ?? value?.to?.year ?? 0)
    }
    return DateReference(published: nil, year: latest)
  }

  /// True where a word of a plan stands in the same sentence.
  private func isPlan(around position: Int, in range: Range<Int>) -> Bool {
    guard program.resolve.unless >= 0 else { return false }
    func hasCue(_ at: Int) -> Bool {
      var edge = work.head[at]
      while edge >= 0 {
        if program.tables.takes(program.resolve.unless, work.edges[Int(edge)].type) { return true }
        edge = work.edges[Int(edge)].next
      }
      return false
    }
    for step in [-1, 1] {
      var at = position
      var left = 40
      while range.contains(at), left > 0 {
        if at != position, work.shapes[at].contains(.terminal) { break }
        if hasCue(at) { return true }
        at += step
        left -= 1
      }
    }
    return false
  }

  private func findEntities() {
    work.cuts = 0
    for block in work.blocks.indices
    where program.isContent(work.labels[block]) && work.mayGoOn() {
      let firstRecord = work.records.count
      work.findContexts(block, program)
      work.replaceOverlaps(from: firstRecord, in: work.blocks[block].tokens)
    }
    work.silenceRecords()
  }

  private func findFacts(_ limit: Int, _ trace: Trace?) {
    facts.reset(printer, &work)
    for index in work.segments.indices where work.mayGoOn() {
      let segment = work.segments[index]
      let kept = work.openCover(of: segment)
      if let trace {
        facts.find(in: index, &work, trace)
      } else {
        facts.find(in: index, &work)
      }
      work.closeCover(of: segment, kept)
      if work.found.drafts.count > limit {
        let at = work.offsets.input(work.span(Int(segment.begin), Int(segment.end)))
        assembler.limit("max_facts", limit, work.found.drafts.count, at: at)
        work.found.drafts.cut(to: limit)
        break
      }
    }
    facts.finish(&work)
  }

  /// True where `text` is a day of the calendar as `YYYY-MM-DD`.
  package static func isDate(_ text: String) -> Bool {
    text.utf8.count == 10 && isoDate(text) != nil
  }

  /// Reads a text that begins with `YYYY-MM-DD`; `nil` for anything else.
  private static func isoDate(_ text: String) -> DatePoint? {
    let digits = Array(text.utf8.prefix(10))
    guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-") else {
      return nil
    }
    func number(_ range: Range<Int>) -> Int? {
      var value = 0
      for byte in digits[range] {
        guard byte >= 0x30, byte <= 0x39 else { return nil }
        value = value * 10 + Int(byte - 0x30)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10) else {
      return nil
    }
    let point = DatePoint(year: year, month: month, day: day)
    return point.isValid && month > 0 && day > 0 ? point : nil
  }
}

extension Workspace {
  /// The block that holds a token.
  ///
  /// - Complexity: O(log blocks).
  func block(of token: Int) -> Int? {
    var low = 0
    var high = blocks.count
    while low < high {
      let middle = (low + high) / 2
      if Int(blocks[middle].firstToken) + Int(blocks[middle].tokenCount) <= token {
        low = middle + 1
      } else {
        high = middle
      }
    }
    return low < blocks.count && blocks[low].tokens.contains(token) ? low : nil
  }
}
