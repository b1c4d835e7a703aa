internal import CPlatform
package import DukienText

/// A page as far as no rules are needed to read it.
package struct Document: Sendable {
  enum Content: Sendable {
    /// The lines of a page dump.
    case lines([Block])
    case html(HtmlTree, PageMetadata?)
    /// Reading ended before there was any.
    case none
  }

  /// How long a stage of reading took.
  struct StageTime: Sendable {
    var name: StaticString
    var nanoseconds: UInt64
  }

  let source: SourceText
  private(set) var content = Content.none
  private(set) var stages: [StageTime] = []
  /// The bound on the input, and how long the input is.
  let maxInput: Int
  let inputCount: Int
  /// Where the page comes from, and the day on which it was published as far as the host knows.
  let url: String
  let published: String
  /// What ended reading before its time.
  private(set) var ending: Ending

  /// Reads a page; any bytes give a document.
  ///
  /// - Complexity: linear in the input.
  package init(_ input: UnsafeRawBufferPointer, _ options: RunOptions) {
    self.init(input, options, wantsMetadata: true)
  }

  init(_ input: UnsafeRawBufferPointer, _ options: RunOptions, wantsMetadata: Bool) {
    var clock = platform_clock()
    ending = Ending(options, since: clock)
    maxInput = options.limits.input
    inputCount = input.count
    url = options.url
    published = options.published
    let length = min(input.count, maxInput)
    // The text is about as long as the input: what cannot be held is not begun.
    let used = input.prefix(ending.isDue(holding: length) ? 0 : length)
    source = decode(
      UnsafeRawBufferPointer(rebasing: used), hint: options.encoding,
      isMarkup: options.format.isMarkup)
    endStage("decode", &clock)
    guard !ending.isDue(holding: bytesHeld) else { return }
    if options.format == .html || options.format == .auto && looksLikeHtml(source) {
      readHtml(wantsMetadata, &clock)
    } else {
      content = .lines(readBlocks(source))
      endStage("blocks", &clock)
    }
  }

  private mutating func readHtml(_ wantsMetadata: Bool, _ clock: inout Int64) {
    var limits = HtmlLimits()
    let room = (ending.most - bytesHeld) / MemoryLayout<HtmlNode>.stride
    limits.nodes = max(1, min(limits.nodes, room))
    let tree = DukienText.readHtml(source, limits: limits)
    content = .html(tree, nil)
    endStage("html", &clock)
    guard !ending.isDue(holding: bytesHeld), wantsMetadata else { return }
    content = .html(tree, PageMetadata(tree))
    endStage("metadata", &clock)
  }

  private mutating func endStage(_ name: StaticString, _ clock: inout Int64) {
    let now = platform_clock()
    stages.append(StageTime(name: name, nanoseconds: UInt64(clamping: now - clock)))
    clock = now
  }

  /// The bytes that it takes.
  var bytesHeld: Int {
    source.bytes.count + source.offsets.runs.count * MemoryLayout<OffsetMap.Run>.stride
      + contentBytes
  }

  private var contentBytes: Int {
    switch content {
    case .none: 0
    case .lines(let blocks): blocks.count * MemoryLayout<Block>.stride
    case .html(let tree, let metadata):
      // One node more than there are, so that a tree that was cut at the bound is above it.
      (tree.nodes.count + 1) * MemoryLayout<HtmlNode>.stride
        + tree.attributes.count * MemoryLayout<HtmlAttribute>.stride
        + (metadata?.bytes.count ?? 0)
    }
  }

  /// True where a bound cut the page.
  package var isPartial: Bool {
    if ending.cause != nil || inputCount > maxInput { return true }
    guard case .html(let tree, _) = content else { return false }
    return tree.problems.contains { $0.code.losesContent }
  }

  /// True where reading ended at the host's word.
  package var isCancelled: Bool { ending.cause == .cancelled }

  /// The encoding that the page was read in, and whether it is HTML.
  package var encoding: TextEncoding { source.encoding }

  package var isHtml: Bool {
    if case .html = content { return true }
    return false
  }
}
