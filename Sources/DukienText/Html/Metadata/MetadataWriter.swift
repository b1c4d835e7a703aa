/// Builds a page's metadata entry by entry.
///
/// The name of the next entry is what stands in `path`.
struct MetadataWriter {
  var metadata = PageMetadata()
  var path: [UInt8] = []
  private var unescaped: [UInt8] = []
  private var decoded: [UInt8] = []

  var isFull: Bool { metadata.entries.count >= PageMetadata.maximumEntries }

  // MARK: The name

  mutating func setPath(_ name: StaticString) {
    path.removeAll(keepingCapacity: true)
    appendPath(name)
  }

  mutating func appendPath(_ name: StaticString) {
    path.append(
      contentsOf: UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount))
  }

  /// Appends a name of the page, at most 128 bytes of it: ASCII letters in lower case, without the
  /// prefix of the vocabulary.
  mutating func appendPath(_ bytes: UnsafePointer<UInt8>, _ name: Span) {
    let begin = skipVocabulary(bytes, name)
    var end = Swift.max(begin, Int(name.end))
    if end > begin &+ 128 {
      end = begin &+ 128
      // Not inside a character.
      while end > begin, bytes[end] & 0xC0 == 0x80 { end &-= 1 }
    }
    for index in begin..<end { path.append(lowerByte(bytes[index])) }
  }

  /// The same for a name in which character references may stand.
  mutating func appendPath(decoding name: Span, of text: [UInt8]) {
    var source = text
    var span = name
    if hasAmpersand(text, name) {
      source = []
      decodeReferences(text, name, isAttribute: true, into: &source)
      span = Span(0, source.count)
    }
    source.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { appendPath(start, span) }
    }
  }

  /// Cuts the name back, before the next part of a path.
  mutating func cutPath(to count: Int) {
    path.removeLast(path.count &- count)
  }

  /// Writes the dot before the next part, where one stands before it.
  mutating func appendDot() {
    if !path.isEmpty { path.append(UInt8(ascii: ".")) }
  }

  // MARK: Values

  /// Adds an entry whose value is part of the page, character references in it.
  mutating func add(
    _ entry: MetadataEntry, from text: [UInt8], isAttribute: Bool
  ) {
    let span = entry.span
    guard !span.isEmpty, makesRoom(at: span) else { return }
    if hasAmpersand(text, span) {
      decoded.removeAll(keepingCapacity: true)
      decodeReferences(text, span, isAttribute: isAttribute, into: &decoded)
      addDecoded(entry)
    } else {
      add(entry, from: text, span)
    }
  }

  /// Adds an entry whose value is a JSON string of the page.
  mutating func addJson(_ entry: MetadataEntry, from text: [UInt8], hasEscapes: Bool) {
    guard hasEscapes else { return add(entry, from: text, isAttribute: false) }
    guard makesRoom(at: entry.span) else { return }
    unescaped.removeAll(keepingCapacity: true)
    text.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { appendJsonText(start, entry.span, to: &unescaped) }
    }
    let whole = Span(0, unescaped.count)
    if hasAmpersand(unescaped, whole) {
      decoded.removeAll(keepingCapacity: true)
      decodeReferences(unescaped, whole, isAttribute: false, into: &decoded)
      addDecoded(entry)
    } else {
      var source: [UInt8] = []
      swap(&source, &unescaped)
      add(entry, from: source, whole)
      swap(&source, &unescaped)
    }
  }

  /// Adds an entry whose value is the text of an element; scripts and styles are left out.
  mutating func addText(_ entry: MetadataEntry, of node: Int, in tree: HtmlTree) {
    guard makesRoom(at: entry.span) else { return }
    decoded.removeAll(keepingCapacity: true)
    let last = Swift.min(Int(tree.nodes[node].end), node &+ 257)
    var index = node &+ 1
    while index < last, decoded.count < 2048 {
      let child = tree.nodes[index]
      switch child.kind {
      case .text:
        // White space and references may take more bytes than what is left of them.
        tree.decodeText(child.span, limit: 4 &* PageMetadata.maximumValueBytes, into: &decoded)
      case .element where separating.contains(child.tag): decoded.append(0x20)
      default: break
      }
      index &+= 1
    }
    addDecoded(entry)
  }

  /// Adds an entry without value, for what is too long to keep.
  mutating func addEmpty(_ entry: MetadataEntry) {
    guard makesRoom(at: entry.span) else { return }
    let key = addKey()
    append(entry, key: key, value: Span(Int(key.end), Int(key.end)))
  }

  private mutating func addDecoded(_ entry: MetadataEntry) {
    var source: [UInt8] = []
    swap(&source, &decoded)
    add(entry, from: source, Span(0, source.count))
    swap(&source, &decoded)
  }

  private mutating func add(_ entry: MetadataEntry, from source: [UInt8], _ span: Span) {
    let before = metadata.bytes.count
    let key = addKey()
    let begin = metadata.bytes.count
    source.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      appendPlainText(
        start, Int(span.begin), Swift.min(Int(span.end), buffer.count),
        limit: PageMetadata.maximumValueBytes, to: &metadata.bytes)
    }
    let value = Span(begin, metadata.bytes.count)
    if value.isEmpty {
      metadata.bytes.removeLast(metadata.bytes.count &- before)
    } else {
      append(entry, key: key, value: value)
    }
  }

  /// Whether another entry is kept; reports that one is not.
  mutating func makesRoom(at span: Span) -> Bool {
    if !isFull { return true }
    metadata.problems.add(.tooMany, Int(span.begin), Int(span.end))
    return false
  }

  private mutating func addKey() -> Span {
    let begin = metadata.bytes.count
    metadata.bytes.append(contentsOf: path)
    return Span(begin, metadata.bytes.count)
  }

  private mutating func append(_ entry: MetadataEntry, key: Span, value: Span) {
    var entry = entry
    entry.key = key
    entry.value = value
    metadata.entries.append(entry)
  }
}

extension MetadataEntry {
  /// An entry whose name and value are still to be written.
  init(
    _ kind: MetadataKind, node: Int, span: Span, object: Int = 0, agent: MetadataAgent = .unknown
  ) {
    self.init(
      kind: kind, agent: agent, object: UInt16(truncatingIfNeeded: object),
      node: Int32(truncatingIfNeeded: node), key: Span(0, 0), value: Span(0, 0), span: span)
  }
}

/// Elements that part the words before them from those after them.
private let separating = HtmlTagSet(.br, .p, .div, .li, .td, .tr, .h1, .h2, .h3, .h4, .h5, .h6)

private func hasAmpersand(_ bytes: [UInt8], _ span: Span) -> Bool {
  for index in span.range where bytes[index] == UInt8(ascii: "&") { return true }
  return false
}

/// The offset after `schema:`, `http://schema.org/` and the like.
func skipVocabulary(_ bytes: UnsafePointer<UInt8>, _ name: Span) -> Int {
  let begin = Int(name.begin)
  let prefixes: [StaticString] = ["schema:", "http://schema.org/", "https://schema.org/"]
  // Names of a single letter case are by far the most frequent.
  guard name.count > 7, lowerByte(bytes[begin]) == 0x73 || lowerByte(bytes[begin]) == 0x68 else {
    return begin
  }
  for prefix in prefixes where startsLike(prefix, bytes, begin, Int(name.end)) {
    return begin &+ prefix.utf8CodeUnitCount
  }
  return begin
}
