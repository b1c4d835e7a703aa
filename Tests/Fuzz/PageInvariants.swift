@testable import DukienText

/// The first promise that reading bytes as a page breaks, in words; nil where all are kept.
///
/// - Complexity: O(n log n) in the bytes.
func brokenPromise(of input: [UInt8]) -> String? {
  do {
    try PageInvariants(input: input).check()
    return nil
  } catch {
    return error.words
  }
}

/// A promise that was not kept.
struct BrokenPromise: Error {
  var words: String
}

/// What holds of any bytes, whatever they are.
struct PageInvariants {
  let input: [UInt8]

  /// Bounds that small inputs hit.
  static let narrow: HtmlLimits = {
    var limits = HtmlLimits()
    limits.depth = 6
    limits.attributes = 3
    limits.nodes = 40
    limits.nameBytes = 4
    limits.valueBytes = 16
    return limits
  }()

  func check() throws(BrokenPromise) {
    let text = input.withUnsafeBytes { decode($0) }
    try checkEncodings(text)
    _ = looksLikeHtml(text)
    for limits in [HtmlLimits(), PageInvariants.narrow] {
      let tree = readHtml(text, limits: limits)
      try check(tree, limits)
      try check(renderBlocks(tree), of: tree)
      try check(PageMetadata(tree), of: tree)
      if let body = EmbeddedBody.read(tree) { try check(body, of: tree) }
    }
    try check(renderBlocks(readHtml(text), showsHidden: true), of: readHtml(text))
    try checkLines(readBlocks(text), of: text)
    try checkJson(text.bytes)
    try checkDate(text.bytes[...])
    try checkUrl(text.bytes)
  }

  func promise(_ holds: Bool, _ words: @autoclosure () -> String) throws(BrokenPromise) {
    if !holds { throw BrokenPromise(words: words()) }
  }

  func isText(_ bytes: some Sequence<UInt8>) -> Bool {
    String(validating: bytes, as: UTF8.self) != nil
  }

  /// Whether a span lies in a text and begins and ends between characters.
  func isCut(_ span: Span, _ bytes: [UInt8]) -> Bool {
    guard span.begin <= span.end, Int(span.end) <= bytes.count else { return false }
    return isBoundary(Int(span.begin), bytes) && isBoundary(Int(span.end), bytes)
  }

  func isBoundary(_ offset: Int, _ bytes: [UInt8]) -> Bool {
    offset == bytes.count || bytes[offset] & 0xC0 != 0x80
  }
}

// MARK: - Decoding

extension PageInvariants {
  /// The text as found, in an encoding that the length tells, and with a hint that the bytes tell.
  private func checkEncodings(_ text: SourceText) throws(BrokenPromise) {
    try check(text)
    let encoding = TextEncoding(rawValue: UInt8(input.count % 12)) ?? .utf8
    try check(input.withUnsafeBytes { decode($0, in: encoding) })
    let hint = String(decoding: input.prefix(40), as: UTF8.self)
    try check(input.withUnsafeBytes { decode($0, hint: hint, isMarkup: true) })
    let half = input.withUnsafeBytes { decode($0, maximumBytes: input.count / 2) }
    try promise(isText(half.bytes), "the begin of the input is decoded to UTF-8")
    if isText(input) {
      let same = input.withUnsafeBytes { decode($0, in: .utf8) }
      try promise(same.bytes == input && same.offsets.isIdentity, "UTF-8 is its own text")
      if !input.contains(0), text.evidence != .mark {
        try promise(
          text.bytes == input && text.offsets.isIdentity, "UTF-8 is known without being told")
      }
    }
  }

  private func check(_ text: SourceText) throws(BrokenPromise) {
    try promise(isText(text.bytes), "the text is UTF-8")
    try promise(text.bytes.count <= 3 * input.count, "the text is at most three times the input")
    try check(text.offsets, of: text.bytes)
    for problem in text.problems {
      try promise(
        problem.at.begin <= problem.at.end && Int(problem.at.end) <= input.count
          && problem.count > 0, "a problem of the text has a place and a count")
    }
    guard text.encoding != .utf16LittleEndian, text.encoding != .utf16BigEndian else { return }
    for (offset, byte) in text.bytes.enumerated() where byte < 0x80 {
      let at = text.offsets.input(Span(offset, offset + 1))
      try promise(
        at.count == 1 && input[Int(at.begin)] == byte, "ASCII leads to itself at \(offset)")
    }
  }

  /// Every offset leads into the input, in order, and so does every character.
  private func check(_ offsets: OffsetMap, of bytes: [UInt8]) throws(BrokenPromise) {
    var before: UInt32 = 0
    var character = 0
    for offset in 0...bytes.count {
      let at = offsets.input(UInt32(offset))
      try promise(at >= before, "offsets do not descend at \(offset)")
      try promise(Int(at) <= input.count, "offset \(offset) leads into the input")
      before = at
      guard offset > 0, isBoundary(offset, bytes) else { continue }
      let span = offsets.input(Span(character, offset))
      try promise(
        span.begin <= span.end && Int(span.end) <= input.count,
        "the character at \(character) leads into the input")
      character = offset
    }
    var text: UInt32?
    for run in offsets.runs {
      try promise(run.width > 0, "runs have a width")
      try promise(text.map { $0 < run.text } ?? (run.text == 0), "runs ascend from 0")
      text = run.text
    }
  }
}

// MARK: - The tree

extension PageInvariants {
  private func check(_ tree: HtmlTree, _ limits: HtmlLimits) throws(BrokenPromise) {
    let bytes = tree.text.bytes
    try promise(
      tree.nodes[0].kind == .document && Int(tree.nodes[0].end) == tree.nodes.count,
      "the first node is the document and holds all")
    try promise(tree.nodes.count <= limits.nodes + 2, "there are no more nodes than the bound")
    // An implied row, and a cell that cannot be opened.
    try promise(tree.nodes.count <= 2 * bytes.count + 2, "there are no more nodes than bytes")
    var open: [Int] = []
    var begin: UInt32 = 0
    var attribute = 0
    for (index, node) in tree.nodes.enumerated() {
      while let last = open.last, Int(tree.nodes[last].end) <= index { open.removeLast() }
      try promise(Int(node.parent) == open.last ?? -1, "node \(index) stands in its parent")
      try promise(Int(node.end) > index, "node \(index) ends after it begins")
      if let last = open.last {
        try promise(node.end <= tree.nodes[last].end, "node \(index) ends in its parent")
      }
      open.append(index)
      try promise(open.count <= limits.depth + 3, "node \(index) is not too deep")
      try promise(isCut(node.span, bytes), "node \(index) has whole characters")
      try promise(node.span.begin >= begin, "node \(index) stands after the one before")
      begin = node.span.begin
      try check(node, index, of: tree, attribute, limits)
      if node.attributes.count > 0 { attribute = node.attributes.range.upperBound }
    }
    try promise(attribute == tree.attributes.count, "every attribute is one of an element")
    for problem in tree.problems {
      try promise(
        problem.at.begin <= problem.at.end && Int(problem.at.end) <= input.count
          && problem.count > 0, "a problem of the tree has a place and a count")
    }
  }

  private func check(
    _ node: HtmlNode, _ index: Int, of tree: HtmlTree, _ attribute: Int, _ limits: HtmlLimits
  ) throws(BrokenPromise) {
    if node.kind != .element {
      try promise(node.tag == .none && node.attributes.count == 0, "text \(index) is no element")
    }
    if node.kind == .text || node.kind == .rawText {
      try promise(Int(node.end) == index + 1, "text \(index) holds nothing")
    }
    guard node.attributes.count > 0 else { return }
    let range = node.attributes.range
    try promise(
      range.lowerBound == attribute && range.upperBound <= tree.attributes.count,
      "attributes follow one another")
    try promise(range.count <= limits.attributes, "element \(index) has few enough attributes")
    for attribute in tree.attributes[range] {
      try promise(
        attribute.nameSpan.begin >= node.span.begin && attribute.value.end <= node.span.end
          && attribute.nameSpan.end <= attribute.value.begin,
        "attributes stand in their tag")
      try promise(
        isCut(attribute.nameSpan, tree.text.bytes) && isCut(attribute.value, tree.text.bytes),
        "names and values have whole characters")
      try promise(attribute.value.count <= limits.valueBytes, "values are short enough")
      var value: [UInt8] = []
      tree.decodeValue(attribute.value, into: &value)
      try promise(isText(value), "values are UTF-8")
    }
  }
}

// MARK: - The visible page

extension PageInvariants {
  private func check(_ page: HtmlPage, of tree: HtmlTree) throws(BrokenPromise) {
    try promise(isText(page.text.bytes), "the visible text is UTF-8")
    try promise(
      page.text.bytes.count <= 2 * tree.text.bytes.count + 16, "the visible text is short enough")
    try check(page.text.offsets, of: page.text.bytes)
    try checkLetters(page.text, of: tree)
    try checkLines(page.blocks, of: page.text)
    try promise(page.blocks.count == page.infos.count, "every block is known")
    var bytes = 0
    var node: Int32 = 0
    for info in page.infos {
      let element = tree.nodes[Int(info.node)]
      try promise(element.kind == .element || info.node == 0, "a block stands in an element")
      try promise(
        info.node < info.firstText && info.firstText <= info.lastText
          && info.lastText < element.end, "the texts of a block stand in its element")
      try promise(info.firstText >= node, "blocks stand in the order of their texts")
      node = info.lastText
      try promise(
        info.linkBytes <= info.textBytes && info.emphasisBytes <= info.textBytes,
        "no more bytes stand in links than there are")
      try promise(info.headingLevel <= 6, "headings have six levels")
      bytes += Int(info.textBytes)
    }
    try promise(bytes <= page.text.bytes.count, "blocks have no more text than the page")
    try check(images: page, of: tree)
    try promise(
      page.hiddenBytes >= 0 && page.hiddenBytes <= tree.text.bytes.count
        && page.hiddenElements >= 0 && page.hiddenElements < tree.nodes.count,
      "no more is hidden than there is")
  }

  /// Letters lead to themselves, or to a character reference.
  private func checkLetters(_ text: SourceText, of tree: HtmlTree) throws(BrokenPromise) {
    let encoding = tree.text.encoding
    guard encoding != .utf16LittleEndian, encoding != .utf16BigEndian else { return }
    for (offset, byte) in text.bytes.enumerated()
    where byte >= 0x30 && byte < 0x7F && byte != 0x7C {
      let at = text.offsets.input(Span(offset, offset + 1))
      let isSame = at.count == 1 && input[Int(at.begin)] == byte
      try promise(
        isSame || at.count > 1 && input[Int(at.begin)] == UInt8(ascii: "&"),
        "the letter at \(offset) leads to itself")
    }
  }

  private func checkLines(_ blocks: [Block], of text: SourceText) throws(BrokenPromise) {
    var end: UInt32 = 0
    var line: UInt32 = 0
    for block in blocks {
      try promise(block.span.begin >= end && !block.span.isEmpty, "blocks follow one another")
      try promise(isCut(block.span, text.bytes), "blocks have whole characters")
      try promise(
        block.core.begin >= block.span.begin && block.core.end <= block.span.end
          && isCut(block.core, text.bytes), "the core of a block lies in it")
      try promise(block.line > line, "blocks have a line each")
      end = block.span.end
      line = block.line
    }
  }

  private func check(images page: HtmlPage, of tree: HtmlTree) throws(BrokenPromise) {
    var block: Int32 = 0
    var node: Int32 = 0
    for image in page.images {
      try promise(image.node > node && tree.nodes[Int(image.node)].tag == .img, "images are such")
      try promise(
        image.block >= block && Int(image.block) <= page.blocks.count,
        "images stand in the order of blocks")
      block = image.block
      node = image.node
      guard image.figure >= 0 else { continue }
      let figure = tree.nodes[Int(image.figure)]
      try promise(
        figure.tag == .figure && image.figure < image.node && image.node < figure.end,
        "an image stands in its figure")
    }
  }
}

// MARK: - What a page tells about itself

extension PageInvariants {
  private func check(_ metadata: PageMetadata, of tree: HtmlTree) throws(BrokenPromise) {
    try promise(metadata.entries.count <= PageMetadata.maximumEntries, "entries are few enough")
    for (index, entry) in metadata.entries.enumerated() {
      try promise(isCut(entry.key, metadata.bytes), "entry \(index) has a name")
      try promise(isCut(entry.value, metadata.bytes), "entry \(index) has a value")
      try promise(isText(metadata.key(index)), "the name of entry \(index) is UTF-8")
      try promise(isText(metadata.value(index)), "the value of entry \(index) is UTF-8")
      try promise(
        entry.value.count <= PageMetadata.maximumValueBytes, "value \(index) is short enough")
      try promise(isCut(entry.span, tree.text.bytes), "entry \(index) has a place on the page")
      try promise(
        entry.node >= 0 && Int(entry.node) < tree.nodes.count
          && tree.nodes[Int(entry.node)].kind == .element, "entry \(index) is one of an element")
      let value = metadata.value(index)
      try promise(value.first != 0x20 && value.last != 0x20, "value \(index) is trimmed")
      try checkDate(value)
    }
    for problem in metadata.problems {
      try promise(isCut(problem.at, tree.text.bytes), "a problem of metadata has a place")
    }
  }

  private func check(_ body: EmbeddedBody, of tree: HtmlTree) throws(BrokenPromise) {
    try promise(isText(body.text), "the text of a script is UTF-8")
    var end: UInt32 = 0
    for part in body.parts {
      try promise(
        part.text.begin >= end && isCut(part.text, body.text), "strings stand in their text")
      try promise(isCut(part.span, tree.text.bytes), "strings stand on the page")
      end = part.text.end
    }
  }

  private func checkDate(_ bytes: ArraySlice<UInt8>) throws(BrokenPromise) {
    guard let date = PageDate.read(Array(bytes)) else { return }
    try promise(date.isPossible, "a date is one of the calendar")
  }

  private func checkUrl(_ bytes: [UInt8]) throws(BrokenPromise) {
    let base = Array("https://example.org/a/b?c".utf8)
    let url = resolveUrl(bytes, base: base)
    try promise(isText(url), "an address is UTF-8")
    try promise(url.count <= bytes.count + base.count + 4, "an address is short enough")
    try promise(resolveUrl(url, base: base) == url, "an absolute address stays as it is")
    _ = resolveUrl(base, base: bytes)
  }
}

// MARK: - JSON

extension PageInvariants {
  private func checkJson(_ bytes: [UInt8]) throws(BrokenPromise) {
    var tree = JsonTree()
    tree.read(bytes, Span(0, bytes.count))
    var open: [Int] = []
    var begin: UInt32 = 0
    var isKey = false
    for (index, node) in tree.nodes.enumerated() {
      while let last = open.last, Int(tree.nodes[last].end) <= index { open.removeLast() }
      try promise(Int(node.parent) == open.last ?? -1, "value \(index) stands in its parent")
      try promise(
        Int(node.end) > index && Int(node.end) <= tree.nodes.count, "value \(index) ends")
      try promise(isCut(node.span, bytes), "value \(index) has whole characters")
      try promise(node.span.begin >= begin, "value \(index) stands after the one before")
      begin = node.span.begin
      if let last = open.last {
        let parent = tree.nodes[last]
        try promise(
          node.end <= parent.end && node.span.end <= parent.span.end,
          "value \(index) ends in its parent")
        try promise(parent.kind == .object || !node.isKey, "only objects have names")
      } else {
        try promise(!node.isKey, "only objects have names")
      }
      try promise(!isKey || node.parent == tree.nodes[index - 1].parent, "a name has a value")
      try promise(!isKey || !node.isKey, "a value is no name")
      isKey = node.isKey
      if node.kind == .object || node.kind == .array { open.append(index) }
      try promise(open.count <= JsonTree.maximumDepth, "value \(index) is not too deep")
      try checkString(node, bytes)
    }
    try promise(!isKey, "the last name has a value")
    try promise(tree.nodes.count <= 2 * bytes.count + 2, "there are no more values than bytes")
    for problem in tree.problems {
      try promise(isCut(problem.at, bytes), "a problem of JSON has a place")
    }
  }

  private func checkString(_ node: JsonNode, _ bytes: [UInt8]) throws(BrokenPromise) {
    guard node.kind == .string || node.kind == .word else { return }
    var text: [UInt8] = []
    bytes.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { appendJsonText(start, node.span, to: &text) }
    }
    try promise(isText(text), "a string is UTF-8")
    try promise(text.count <= node.span.count, "a string is no longer than it is written")
  }
}
