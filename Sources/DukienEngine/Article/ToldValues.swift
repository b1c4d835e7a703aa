internal import DukienRules
internal import DukienText

/// A value that the page or its host tells beside the text; its words follow those of the page.
struct ToldValue {
  /// Index into `ArticleMap.told`.
  var source: Int
  /// The words, as a block of their own.
  var block: Block
  /// Where the value stands in the input.
  var at: Span
  var object: UInt16 = 0
  /// For the text of an element, the block that it stands in; else -1.
  var line = -1
  var isOrganization = false
}

extension Workspace {
  /// How many bytes of such values are kept.
  private static let mostToldBytes = 1 << 16

  /// Keeps what the fields of an article ask for, behind the text of the page.
  ///
  /// - Complexity: O(entries · sources).
  mutating func keepTold(
    _ metadata: PageMetadata, _ offsets: OffsetMap, url: String, _ program: Program
  ) {
    told.removeAll(keepingCapacity: true)
    let page = url.isEmpty ? metadata.first(.meta, "og:url") : Array(url.utf8)[...]
    baseUrl = Array(page ?? [])
    if let base = metadata.first(.document, "base") {
      baseUrl = resolveUrl(Array(base), base: baseUrl)
    }
    let limit = text.count + Self.mostToldBytes
    for (index, source) in program.article.told.enumerated() {
      if source.marks != MarkSet() {
        keepElements(index, source.marks, offsets, program)
        continue
      }
      guard let kind = source.kind else {
        keep(Array(url.utf8)[...], ToldValue(source: index, block: .empty, at: Span(0, 0)))
        continue
      }
      var entry = metadata.next(kind, source.key)
      while entry >= 0, text.count < limit {
        let found = metadata.entries[entry]
        keep(
          metadata.value(entry),
          ToldValue(
            source: index, block: .empty, at: offsets.input(found.span), object: found.object,
            isOrganization: found.agent == .organization))
        entry = metadata.next(kind, source.key, after: entry)
      }
    }
  }

  /// Keeps the text of the elements near the article that have one of some marks, each an object of
  /// its own.
  private mutating func keepElements(
    _ source: Int, _ marks: MarkSet, _ offsets: OffsetMap, _ program: Program
  ) {
    let limit = text.count + Self.mostToldBytes / 8
    for (object, node) in page.elements(with: marks, ignoring: program.root.ignored).enumerated()
    where text.count < limit {
      keep(
        page.text(of: node)[...],
        ToldValue(
          source: source, block: .empty, at: offsets.input(page.tree.nodes[node].span),
          object: UInt16(truncatingIfNeeded: object), line: page.block(of: node)))
    }
  }

  private mutating func keep(_ value: ArraySlice<UInt8>, _ told: ToldValue) {
    guard !value.isEmpty else { return }
    if offsets.isIdentity { offsets.runs.append(OffsetMap.Run(text: 0, input: 0)) }
    // All of it leads to where the value begins.
    offsets.runs.append(
      OffsetMap.Run(
        text: UInt32(truncatingIfNeeded: text.count), input: told.at.begin, width: 1, replaced: 0))
    text.append(0x0A)
    let begin = text.count
    text += value
    let span = Span(begin, text.count)
    var told = told
    told.block = Block(span: span, core: span, line: 0)
    self.told.append(told)
  }
}

extension Block {
  fileprivate static var empty: Block { Block(span: Span(0, 0), core: Span(0, 0), line: 0) }
}
