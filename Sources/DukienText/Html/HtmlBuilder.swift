/// Puts the tokens of a page in a tree.
struct HtmlBuilder {
  var tokenizer: HtmlTokenizer
  var nodes: [HtmlNode] = []
  var stack = HtmlStack()
  /// The names of elements that are no tag of `HtmlTag`, and of all in SVG and MathML.
  private var otherNames = Vocabulary()
  private var lowered: [UInt8] = []
  let traits: UnsafePointer<HtmlTraits>
  private let limits: HtmlLimits
  var hasHtml = false
  var hasHead = false
  var hasBody = false
  /// The place of the open head on the stack, or -1.
  var head = -1

  init(_ tokenizer: HtmlTokenizer, traits: UnsafePointer<HtmlTraits>, limits: HtmlLimits) {
    self.tokenizer = tokenizer
    self.traits = traits
    self.limits = limits
    nodes.reserveCapacity(Swift.min(tokenizer.end / 48, 1 << 16) &+ 8)
    nodes.append(HtmlNode.document)
    stack.push(node: 0, tag: .none, name: 0, traits: [])
  }

  /// Reads the page to its end, or to the bound of nodes.
  mutating func read() {
    while true {
      if nodes.count >= limits.nodes {
        tokenizer.stop()
        break
      }
      switch tokenizer.next(allowsCdata: stack.top.isForeign) {
      case .text: addText(.text)
      case .rawText: addText(.rawText)
      case .startTag: start(tokenizer.tag)
      case .endTag: end(tokenizer.tag)
      case .end:
        close(to: 0)
        return
      }
    }
    close(to: 0)
  }
}

extension HtmlBuilder {
  private mutating func addText(_ kind: HtmlNode.Kind) {
    if head >= 0, stack.last(.template) < 0, !tokenizer.isBlank(tokenizer.span) { closeHead() }
    add(kind, .none, tokenizer.span)
  }

  /// Adds a node without content below the topmost open element.
  @inline(__always)
  mutating func add(
    _ kind: HtmlNode.Kind, _ tag: HtmlTag, _ span: Span,
    attributes: HtmlAttributes = HtmlAttributes(first: 0, count: 0)
  ) {
    nodes.append(
      HtmlNode(
        kind: kind, tag: tag, parent: stack.top.node,
        end: Int32(truncatingIfNeeded: nodes.count &+ 1), span: span, attributes: attributes))
  }

  /// Adds the element of the last tag, which has no content or whose content is read apart.
  @inline(__always)
  mutating func addElement(_ tag: HtmlTag) {
    add(
      .element, tag, tokenizer.span,
      attributes: HtmlAttributes(
        first: Int32(truncatingIfNeeded: tokenizer.firstAttribute),
        count: UInt16(truncatingIfNeeded: tokenizer.attributes.count &- tokenizer.firstAttribute)))
  }

  /// Adds the element of the last tag and opens it.
  @inline(__always)
  mutating func openElement(
    _ tag: HtmlTag, isForeign: Bool = false, holdsHtml: Bool = false
  ) {
    addElement(tag)
    guard canOpen() else { return }
    let isOther = isForeign || tag == .other
    stack.push(
      node: nodes.count &- 1, tag: tag, name: isOther ? otherName() : Int32(tag.rawValue),
      traits: traits[Int(tag.rawValue)], isForeign: isForeign, holdsHtml: holdsHtml)
  }

  /// Adds and opens an element that has no tag in the page.
  mutating func openImplied(_ tag: HtmlTag) {
    add(.element, tag, Span(tokenizer.span.begin, tokenizer.span.begin))
    guard canOpen() else { return }
    stack.push(
      node: nodes.count &- 1, tag: tag, name: Int32(tag.rawValue), traits: traits[Int(tag.rawValue)]
    )
  }

  /// Whether one more element may be open; else this is counted.
  @inline(__always)
  private mutating func canOpen() -> Bool {
    if stack.count <= limits.depth { return true }
    tokenizer.note(.tooDeep, Int(tokenizer.span.begin), Int(tokenizer.span.end))
    return false
  }

  /// Adds an element whose content is text only, up to its end tag.
  mutating func addRaw(_ tag: HtmlTag, _ kind: HtmlNode.Kind) {
    addElement(tag)
    let element = nodes.count &- 1
    guard let content = tokenizer.readRawText(of: tag) else { return }
    nodes.append(
      HtmlNode(
        kind: kind, tag: .none, parent: Int32(truncatingIfNeeded: element),
        end: Int32(truncatingIfNeeded: nodes.count &+ 1), span: content))
    nodes[element].end = Int32(truncatingIfNeeded: nodes.count)
  }

  /// Closes elements until `count` are open, and those below that had ended before.
  @inline(__always)
  mutating func close(to count: Int) {
    let end = Int32(truncatingIfNeeded: nodes.count)
    while stack.count > count || stack.count > 0 && stack.top.isEnded {
      nodes[stack.pop()].end = end
    }
    if head >= stack.count { head = -1 }
  }

  /// The number of the last tag's name among other names, in lower case.
  mutating func otherName() -> Int32 {
    lowered.removeAll(keepingCapacity: true)
    for byte in tokenizer.name { lowered.append(lowerByte(byte)) }
    let id = lowered.withUnsafeBufferPointer { otherNames.intern(folded: $0) }
    return Int32(truncatingIfNeeded: 255 &+ Swift.max(id, 1))
  }

  mutating func closeHead() {
    close(to: head)
    head = -1
  }
}
