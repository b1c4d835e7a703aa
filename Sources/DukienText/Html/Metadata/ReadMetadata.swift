extension PageMetadata {
  /// Reads what a page tells about itself.
  ///
  /// - Complexity: O(n) in the size of the tree.
  package init(_ tree: HtmlTree) {
    self.init()
    tree.text.bytes.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return }
      var scan = MetadataScan(tree: tree, bytes: bytes)
      scan.read()
      self = scan.writer.metadata
    }
  }
}

/// A script of JSON-LD in a tree of all such scripts.
struct JsonScript {
  /// Its first outermost value.
  var root: Int
  /// The script on the page.
  var node: Int
}

/// One walk over the elements of a page.
private struct MetadataScan {
  let tree: HtmlTree
  let bytes: UnsafePointer<UInt8>
  var writer = MetadataWriter()
  private var json = JsonTree()
  private var scripts: [JsonScript] = []
  /// The open items of microdata and of RDFa.
  private var items = [MetadataItems(.microdata), MetadataItems(.rdfa)]
  private var hasTitle = false
  /// The node before which an item has to be closed.
  private var firstEnd = Int.max

  init(tree: HtmlTree, bytes: UnsafePointer<UInt8>) {
    self.tree = tree
    self.bytes = bytes
  }

  mutating func read() {
    for node in tree.nodes.indices {
      let element = tree.nodes[node]
      guard element.kind == .element else { continue }
      if node >= firstEnd { closeItems(before: node) }
      switch element.tag {
      case .script: readScript(node)
      case .meta: readMeta(node)
      case .title: readTitle(node)
      case .html: add(.document, "lang", node, .lang)
      case .base: add(.document, "base", node, .href)
      case .time: readTime(node)
      default: break
      }
      if element.attributes.count > 0 { readAttributes(node, element) }
    }
    closeItems(before: tree.nodes.count)
    keepArticleOfPage(in: &writer.metadata)
    if json.firstRoot >= 0 {
      writer.metadata.problems += json.problems
      var data = LinkedData(json: json, text: tree.text.bytes, bytes: bytes, scripts: scripts)
      data.write(to: &writer)
    }
  }

  // MARK: Elements of the head

  private mutating func readScript(_ node: Int) {
    guard let type = tree.value(of: node, .type), isJsonLd(type) else { return }
    var child = node &+ 1
    while child < tree.nodes[node].end {
      let root = json.nodes.count
      let span = tree.nodes[child].span
      json.read(bytes, Int(span.begin), Int(span.end))
      if json.nodes.count > root { scripts.append(JsonScript(root: root, node: node)) }
      child &+= 1
    }
  }

  private func isJsonLd(_ type: Span) -> Bool {
    var index = Int(type.begin)
    while index < type.end {
      if startsLike("ld+json", bytes, index, Int(type.end)) { return true }
      index &+= 1
    }
    return false
  }

  private mutating func readMeta(_ node: Int) {
    guard
      let content = tree.value(of: node, .content) ?? tree.value(of: node, .value)
    else { return }
    var name = Span(0, 0)
    for attribute in tree.nodes[node].attributes.range {
      switch tree.attributes[attribute].name {
      case .name, .property, .httpEquiv:
        let found = trimmed(tree.attributes[attribute].value)
        if found.isEmpty || isSame(found, name, bytes) { continue }
        name = found
        writer.path.removeAll(keepingCapacity: true)
        writer.appendPath(decoding: found, of: tree.text.bytes)
        writer.add(
          MetadataEntry(.meta, node: node, span: content), from: tree.text.bytes,
          isAttribute: true)
      default: break
      }
    }
  }

  private mutating func readTitle(_ node: Int) {
    guard !hasTitle, tree.nodes[node].parent >= 0,
      tree.nodes[Int(tree.nodes[node].parent)].tag != .svg, node &+ 1 < tree.nodes[node].end
    else { return }
    hasTitle = true
    writer.setPath("title")
    writer.add(
      MetadataEntry(.document, node: node, span: tree.nodes[node &+ 1].span),
      from: tree.text.bytes, isAttribute: false)
  }

  private mutating func readLink(_ node: Int, _ rel: Span, isAnchor: Bool) {
    eachWord(rel) { scan, word in
      if isAnchor {
        guard spanEquals("author", scan.bytes, word) else { return }
        scan.writer.setPath("author.name")
        scan.writer.addText(
          MetadataEntry(.link, node: node, span: scan.content(of: node)), of: node, in: scan.tree)
        scan.add(.link, "author", node, .href)
      } else {
        for known in linkNames where spanEquals(known, scan.bytes, word) {
          scan.add(.link, known, node, .href)
        }
      }
    }
  }

  private mutating func readTime(_ node: Int) {
    let isDate = tree.value(of: node, .pubdate) != nil
    if let datetime = tree.value(of: node, .datetime), !trimmed(datetime).isEmpty {
      add(.time, isDate ? "pubdate" : "datetime", node, .datetime)
    } else {
      writer.setPath(isDate ? "pubdate" : "text")
      writer.addText(
        MetadataEntry(.time, node: node, span: content(of: node)), of: node, in: tree)
    }
  }

  /// Adds the value of an attribute, if the element has it.
  private mutating func add(
    _ kind: MetadataKind, _ name: StaticString, _ node: Int, _ attribute: HtmlAttributeName
  ) {
    guard let value = tree.value(of: node, attribute) else { return }
    writer.setPath(name)
    writer.add(
      MetadataEntry(kind, node: node, span: value), from: tree.text.bytes, isAttribute: true)
  }

  // MARK: Microdata and RDFa

  /// Reads what attributes that any element may have tell.
  private mutating func readAttributes(_ node: Int, _ element: HtmlNode) {
    var itemprop: Span?
    var itemtype: Span?
    var isItem = false
    var property: Span?
    var type: Span?
    var rel: Span?
    for index in element.attributes.range {
      let attribute = tree.attributes[index]
      switch attribute.name {
      case .itemprop: itemprop = attribute.value
      case .itemscope: isItem = true
      case .itemtype: itemtype = attribute.value
      case .property: property = attribute.value
      case .typeof: type = attribute.value
      case .rel: rel = attribute.value
      default: break
      }
    }
    if let rel, element.tag == .a || element.tag == .link {
      readLink(node, rel, isAnchor: element.tag == .a)
    }
    if itemprop != nil || isItem {
      readMember(node, itemprop, isItem ? itemtype ?? Span(0, 0) : nil, 0)
    }
    if type != nil || property != nil && element.tag != .meta {
      readMember(node, element.tag == .meta ? nil : property, type, 1)
    }
  }

  /// Adds the members that an element is, or opens the item that it is; `typeName` is nil where it
  /// is none.
  private mutating func readMember(
    _ node: Int, _ name: Span?, _ typeName: Span?, _ which: Int
  ) {
    guard let typeName else {
      guard let name else { return }
      var count = 0
      eachWord(name) { scan, word in
        count &+= 1
        if count <= 4 { scan.addMember(node, word, which) }
      }
      return
    }
    let first = firstWord(typeName)
    let type = ThingType(bytes, first)
    // An article in a list of articles is a thing of its own, whatever member of the list it is.
    let isValue = name != nil && items[which].innermost != nil && type != .article
    writer.path.removeAll(keepingCapacity: true)
    if isValue, let name {
      // Items in items without end do not make names without end.
      writer.path.append(contentsOf: items[which].names.prefix(256))
      writer.appendDot()
      writer.appendPath(bytes, firstWord(name))
    } else if !type.isOfPage, isSchemaType(first, items[which].kind) {
      writer.appendPath(bytes, localName(bytes, first))
    }
    firstEnd = Swift.min(firstEnd, Int(tree.nodes[node].end))
    items[which].open(
      node: node, end: tree.nodes[node].end, type: type, names: writer.path, isValue: isValue,
      firstEntry: writer.metadata.entries.count)
  }

  private mutating func addMember(_ node: Int, _ name: Span, _ which: Int) {
    writer.path.removeAll(keepingCapacity: true)
    writer.path.append(contentsOf: items[which].names)
    writer.appendDot()
    let own = writer.path.count
    writer.appendPath(bytes, name)
    let scope = items[which].innermost
    var entry = MetadataEntry(
      items[which].kind, node: node, span: content(of: node), object: scope?.object ?? 0,
      agent: scope?.type.agent ?? .unknown)
    if isBody(writer.path[own...]) { return writer.addEmpty(entry) }
    if let value = value(of: node, isAddress: isAddress(writer.path[own...])) {
      entry.span = value
      writer.add(entry, from: tree.text.bytes, isAttribute: true)
    } else {
      writer.addText(entry, of: node, in: tree)
    }
  }

  /// The attribute that holds the value of a member, or nil where its text does.
  private func value(of node: Int, isAddress: Bool) -> Span? {
    if let content = tree.value(of: node, .content) { return content }
    switch tree.nodes[node].tag {
    case .a, .area: return isAddress ? tree.value(of: node, .href) : nil
    case .link: return tree.value(of: node, .href)
    case .img, .audio, .video, .embed, .iframe, .source, .track:
      return tree.value(of: node, .src)
    case .data: return tree.value(of: node, .value)
    case .abbr: return tree.value(of: node, .title)
    default: return tree.value(of: node, .datetime)
    }
  }

  /// Closes the items that end before a node.
  private mutating func closeItems(before node: Int) {
    firstEnd = .max
    for which in items.indices {
      close(which, before: node)
      if let scope = items[which].innermost { firstEnd = Swift.min(firstEnd, Int(scope.end)) }
    }
  }

  /// Closes the items of one kind; one without members has its text as value.
  private mutating func close(_ which: Int, before node: Int) {
    while let scope = items[which].innermost, Int(scope.end) <= node {
      if scope.isValue, writer.metadata.entries.count == scope.firstEntry {
        writer.path.removeAll(keepingCapacity: true)
        writer.path.append(contentsOf: items[which].names)
        let element = Int(scope.node)
        writer.addText(
          MetadataEntry(
            items[which].kind, node: element, span: content(of: element), object: scope.object,
            agent: scope.type.agent),
          of: element, in: tree)
      }
      items[which].close()
    }
  }

  /// Whether a type is one of a vocabulary whose members need the type to be understood.
  private func isSchemaType(_ type: Span, _ kind: MetadataKind) -> Bool {
    if type.isEmpty { return false }
    if kind == .microdata || localName(bytes, type) == type { return true }
    return skipVocabulary(bytes, type) > Int(type.begin)
  }

  // MARK: Spans

  /// From the end of an element's start tag to the end of its last descendant.
  private func content(of node: Int) -> Span {
    let begin = tree.nodes[node].span.end
    let last = Int(tree.nodes[node].end) &- 1
    return Span(begin, last > node ? tree.nodes[last].span.end : begin)
  }

  private func trimmed(_ span: Span) -> Span {
    let begin = skipSpace(bytes, Int(span.begin), Int(span.end))
    return Span(begin, skipSpaceBack(bytes, begin, Int(span.end)))
  }

  private func firstWord(_ span: Span) -> Span {
    let word = trimmed(span)
    var end = Int(word.begin)
    while end < word.end, bytes[end] > 0x20 { end &+= 1 }
    return Span(Int(word.begin), end)
  }

  private mutating func eachWord(_ span: Span, _ body: (inout MetadataScan, Span) -> Void) {
    var rest = span
    while true {
      let word = firstWord(rest)
      if word.isEmpty { return }
      body(&self, word)
      rest.begin = word.end
    }
  }
}

private let linkNames: [StaticString] = [
  "canonical", "author", "amphtml", "shortlink", "image_src", "publisher",
]

/// Whether a member's value is the text of the article, which blocks give better.
private func isBody(_ name: ArraySlice<UInt8>) -> Bool {
  isOne(of: ["articlebody", "text", "maincontentofpage"], name)
}

/// Whether a link with such a name means its address, not its text.
private func isAddress(_ name: ArraySlice<UInt8>) -> Bool {
  isOne(
    of: [
      "url", "image", "sameas", "logo", "thumbnailurl", "contenturl", "mainentityofpage", "item",
    ],
    name)
}

private func isOne(of names: [StaticString], _ name: ArraySlice<UInt8>) -> Bool {
  for known in names where known.utf8CodeUnitCount == name.count {
    var isSame = true
    for offset in 0..<name.count where known.utf8Start[offset] != name[name.startIndex + offset] {
      isSame = false
    }
    if isSame { return true }
  }
  return false
}
