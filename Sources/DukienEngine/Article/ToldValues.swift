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
    _ metadata: PageMetadata, _ source: SourceText, url: String, _ program: Program
  ) {
    told.removeAll(keepingCapacity: true)
    let page = url.isEmpty ? metadata.first(.meta, "og:url") : Array(url.utf8)[...]
    baseUrl = Array(page ?? [])
    if let base = metadata.first(.document, "base") {
      baseUrl = resolveUrl(Array(base), base: baseUrl)
    }
    let limit = text.count + Self.mostToldBytes
    for (index, wanted) in program.article.told.enumerated() {
      if wanted.marks != MarkSet() {
        keepElements(index, wanted.marks, source.offsets, program)
        continue
      }
      if wanted.isImageElement { continue }
      guard let kind = wanted.kind else {
        let value = ToldValue(source: index, block: .empty, at: Span(0, 0))
        keep(Array(url.utf8)[...], value, isCopy: false)
        continue
      }
      var entry = metadata.next(kind, wanted.key)
      while entry >= 0, text.count < limit {
        let found = metadata.entries[entry]
        let value = metadata.value(entry)
        let at = source.offsets.input(found.span)
        keep(
          value,
          ToldValue(
            source: index, block: .empty, at: at, object: found.object,
            isOrganization: found.agent == .organization),
          isCopy: at.count == value.count && source.bytes[found.span.range].elementsEqual(value))
        entry = metadata.next(kind, wanted.key, after: entry)
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
          object: UInt16(truncatingIfNeeded: object), line: page.block(of: node)), isCopy: false)
    }
  }

  /// Adds a value to the text; `isCopy` tells that the input has it byte for byte.
  private mutating func keep(_ value: ArraySlice<UInt8>, _ told: ToldValue, isCopy: Bool) {
    guard !value.isEmpty else { return }
    if offsets.isIdentity { offsets.runs.append(OffsetMap.Run(text: 0, input: 0)) }
    text.append(0x0A)
    let begin = text.count
    // What is no copy leads to where the value begins, all of it.
    offsets.runs.append(
      OffsetMap.Run(
        text: UInt32(truncatingIfNeeded: begin), input: told.at.begin, width: 1,
        replaced: isCopy ? 1 : 0))
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
