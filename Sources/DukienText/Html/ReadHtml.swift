/// Reads an HTML page into a tree; any text is a page.
///
/// Follows the HTML standard where it decides on the text that is seen: raw text, implied and
/// ignored end tags, tables, SVG. Misnested formatting stays where it was written, and so does text
/// that a table does not allow.
///
/// - Complexity: O(n) in the bytes of the page.
package func readHtml(_ text: SourceText, limits: HtmlLimits = HtmlLimits()) -> HtmlTree {
  text.bytes.withUnsafeBufferPointer { buffer in
    HtmlByteClass.table.withUnsafeBufferPointer { classes in
      HtmlTraits.table.withUnsafeBufferPointer { traits in
        var tree = HtmlTree(nodes: [HtmlNode.document], attributes: [], text: text)
        guard let bytes = buffer.baseAddress, let classes = classes.baseAddress,
          let traits = traits.baseAddress
        else { return tree }
        let tokenizer = HtmlTokenizer(
          bytes: bytes, count: buffer.count, classes: classes, limits: limits)
        var builder = HtmlBuilder(tokenizer, traits: traits, limits: limits)
        builder.read()
        tree.nodes = builder.nodes
        tree.attributes = builder.tokenizer.attributes
        tree.problems = builder.tokenizer.problems.map {
          HtmlProblem(code: $0.code, at: text.offsets.input($0.at), count: $0.count)
        }
        return tree
      }
    }
  }
}

extension HtmlNode {
  static var document: HtmlNode {
    HtmlNode(kind: .document, tag: .none, parent: -1, end: 1, span: Span(0, 0))
  }
}

/// Puts the tokens of a page in a tree.
struct HtmlBuilder {
  var tokenizer: HtmlTokenizer
  var nodes: [HtmlNode] = []
  private var stack = HtmlStack()
  /// The names of elements that are no tag of `HtmlTag`, and of all in SVG and MathML.
  private var otherNames = Vocabulary()
  private var lowered: [UInt8] = []
  private let traits: UnsafePointer<HtmlTraits>
  private let limits: HtmlLimits
  private var hasHtml = false
  private var hasHead = false
  private var hasBody = false
  /// The place of the open head on the stack, or -1.
  private var head = -1

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

// MARK: - Nodes

extension HtmlBuilder {
  private mutating func addText(_ kind: HtmlNode.Kind) {
    if head >= 0, stack.last(.template) < 0, !tokenizer.isBlank(tokenizer.span) { closeHead() }
    add(kind, .none, tokenizer.span)
  }

  /// Adds a node without content below the topmost open element.
  @inline(__always)
  private mutating func add(
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
  private mutating func addElement(_ tag: HtmlTag) {
    add(
      .element, tag, tokenizer.span,
      attributes: HtmlAttributes(
        first: Int32(truncatingIfNeeded: tokenizer.firstAttribute),
        count: UInt16(truncatingIfNeeded: tokenizer.attributes.count &- tokenizer.firstAttribute)))
  }

  /// Adds the element of the last tag and opens it.
  @inline(__always)
  private mutating func openElement(
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
  private mutating func openImplied(_ tag: HtmlTag) {
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
  private mutating func addRaw(_ tag: HtmlTag, _ kind: HtmlNode.Kind) {
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
  private mutating func close(to count: Int) {
    let end = Int32(truncatingIfNeeded: nodes.count)
    while stack.count > count || stack.count > 0 && stack.top.isEnded {
      nodes[stack.pop()].end = end
    }
    if head >= stack.count { head = -1 }
  }

  /// The number of the last tag's name among other names, in lower case.
  private mutating func otherName() -> Int32 {
    lowered.removeAll(keepingCapacity: true)
    for byte in tokenizer.name { lowered.append(lowerByte(byte)) }
    let id = lowered.withUnsafeBufferPointer { otherNames.intern(folded: $0) }
    return Int32(truncatingIfNeeded: 255 &+ Swift.max(id, 1))
  }

  private mutating func closeHead() {
    close(to: head)
    head = -1
  }
}

// MARK: - Start tags

extension HtmlBuilder {
  private mutating func start(_ tag: HtmlTag) {
    let top = stack.top
    if top.isForeign, !top.holdsHtml {
      guard leavesForeign(tag) else { return startForeign(tag) }
      close(to: endOfForeign())
    }
    let traits = traits[Int(tag.rawValue)]
    if head >= 0, !traits.contains(.head), stack.last(.template) < 0 { closeHead() }
    if stack.last(.select) > Int(stack.top.scope), !startInSelect(tag, traits) { return }
    if traits.contains(.tablePart) { return startTablePart(tag) }
    if traits.contains(.closesParagraph) { startBlock(tag) }
    if traits.contains(.ownStart) { return startOwn(tag) }
    if traits.contains(.void) { return addElement(tag) }
    if traits.contains(.raw) { return addRaw(tag, .rawText) }
    if traits.contains(.rawWithReferences) { return addRaw(tag, .text) }
    openElement(tag)
  }

  /// Closes what the start of a block closes: an open list item where it is one, and a paragraph.
  @inline(__always)
  private mutating func startBlock(_ tag: HtmlTag) {
    if tag == .li || tag == .dd || tag == .dt {
      let item = Int(stack.top.item)
      let open = stack[item].tag
      if tag == .li ? open == .li : open == .dd || open == .dt { close(to: item) }
    }
    closeParagraph()
  }

  @inline(__always)
  private mutating func closeParagraph() {
    let open = stack.last(.p)
    if open > Int(stack.top.buttonScope) { close(to: open) }
  }

  /// The start tags that close more, that are kept elsewhere or not at all.
  private mutating func startOwn(_ tag: HtmlTag) {
    switch tag {
    case .html, .head, .body: return startFrame(tag)
    case .frame, .frameset: return tokenizer.dropAttributes()
    case .a, .nobr:
      if stack.last(tag) > Int(stack.top.scope) { endFormatting(tag) }
    case .button:
      let open = stack.last(.button)
      if open > Int(stack.top.scope) { close(to: open) }
    case .form:
      if stack.last(.form) >= 0, stack.last(.template) < 0 { return tokenizer.dropAttributes() }
      if isBetweenCells { return addElement(tag) }
    case .image: return addElement(.img)
    case .optgroup, .option:
      if stack.top.tag == .option { close(to: stack.count &- 1) }
    case .rb, .rp, .rt, .rtc:
      while isRubyPart(stack.top.tag) { close(to: stack.count &- 1) }
    case .svg, .math:
      if tokenizer.isSelfClosing { return addElement(tag) }
      return openElement(tag, isForeign: true)
    case .table:
      if isBetweenCells { close(to: Int(stack.top.table)) }
    default:
      if isHeading(tag), isHeading(stack.top.tag) { close(to: stack.count &- 1) }
    }
    openElement(tag)
    if tag == .pre || tag == .listing { tokenizer.skipLineFeed() }
  }

  private func isHeading(_ tag: HtmlTag) -> Bool {
    traits[Int(tag.rawValue)].contains(.heading)
  }

  private func isRubyPart(_ tag: HtmlTag) -> Bool {
    tag == .rb || tag == .rp || tag == .rt || tag == .rtc
  }

  /// `html`, `head` and `body` count once, and where nothing else is open.
  private mutating func startFrame(_ tag: HtmlTag) {
    let isOutside = stack.count == 1 || stack.count == 2 && stack.top.tag == .html
    switch tag {
    case .html where !hasHtml && stack.count == 1: hasHtml = true
    case .head where !hasHead && !hasBody && isOutside:
      hasHead = true
      head = stack.count
    case .body where !hasBody && isOutside: hasBody = true
    default: return tokenizer.dropAttributes()
    }
    openElement(tag)
  }

  /// Whether a start tag means something inside a `select`, which it may close.
  private mutating func startInSelect(_ tag: HtmlTag, _ traits: HtmlTraits) -> Bool {
    switch tag {
    case .option, .script, .template: return true
    case .optgroup, .hr:
      if stack.top.tag == .option { close(to: stack.count &- 1) }
      if stack.top.tag == .optgroup { close(to: stack.count &- 1) }
      return true
    case .input, .keygen, .textarea:
      close(to: stack.last(.select))
      return true
    case .select:
      close(to: stack.last(.select))
    default:
      let isInTable = stack[Int(stack.top.table)].tag == .table
      if isInTable, tag == .table || traits.contains(.tablePart) && tag != .col {
        close(to: stack.last(.select))
        return true
      }
    }
    tokenizer.dropAttributes()
    return false
  }
}

// MARK: - Tables

extension HtmlBuilder {
  /// Whether a table is open, but no cell or caption of it.
  private var isBetweenCells: Bool {
    let table = Int(stack.top.table)
    return stack[table].tag == .table
      && Swift.max(stack.last(.td), stack.last(.th), stack.last(.caption)) < table
  }

  /// A part of a table closes all parts that it cannot stand in; outside tables it is ignored.
  private mutating func startTablePart(_ tag: HtmlTag) {
    let table = Int(stack.top.table)
    guard stack[table].tag == .table else {
      guard stack[table].tag == .template else { return tokenizer.dropAttributes() }
      return tag == .col ? addElement(tag) : openElement(tag)
    }
    let body = Swift.max(stack.last(.tbody), stack.last(.thead), stack.last(.tfoot), table)
    switch tag {
    case .col:
      close(to: Swift.max(stack.last(.colgroup), table) &+ 1)
      return addElement(tag)
    case .tr: close(to: body &+ 1)
    case .td, .th:
      let row = stack.last(.tr)
      close(to: Swift.max(row, body) &+ 1)
      if row < table { openImplied(.tr) }
    default: close(to: table &+ 1)
    }
    openElement(tag)
  }
}

// MARK: - End tags

extension HtmlBuilder {
  private mutating func end(_ tag: HtmlTag) {
    if stack.top.isForeign {
      let open = stack.last(name: otherName())
      if open > Int(stack.top.html) { return close(to: open) }
      if tag == .p || tag == .br { close(to: endOfForeign()) }
    }
    let traits = traits[Int(tag.rawValue)]
    let top = stack.top
    if stack.last(.select) > Int(top.scope), tag != .select, tag != .template, tag != .option,
      tag != .optgroup
    {
      let isInTable = stack[Int(top.table)].tag == .table
      guard isInTable, tag == .table || traits.contains(.tablePart),
        stack.last(tag) >= Int(top.table)
      else { return }
      close(to: stack.last(.select))
    }
    if traits.contains(.ownEnd) { return endOwn(tag, traits) }
    let open = tag == .other ? stack.last(name: otherName()) : stack.last(tag)
    guard open > 0 else { return }
    if traits.contains(.closesAll) {
      if open >= Int(stack.top.scope) { close(to: open) }
    } else if traits.contains(.formatting) {
      if open > Int(stack.top.scope) { endFormatting(tag) }
    } else if open >= Int(stack.top.special) {
      close(to: open)
    }
  }

  /// Ends an open formatting element: at once, or with the block that was opened inside it.
  private mutating func endFormatting(_ tag: HtmlTag) {
    let open = stack.last(tag)
    let block = Int(stack.top.special)
    if open > block { return close(to: open) }
    close(to: block &+ 1)
    stack.end(tag)
  }

  private mutating func endOwn(_ tag: HtmlTag, _ traits: HtmlTraits) {
    let top = stack.top
    let open = stack.last(tag)
    switch tag {
    case .html, .body: return
    case .head:
      if head >= 0 { closeHead() }
    case .p:
      if open > Int(top.buttonScope) { close(to: open) } else { add(.element, .p, tokenizer.span) }
    case .br:
      if head >= 0 { closeHead() }
      add(.element, .br, tokenizer.span)
    case .li:
      if open > Int(top.listScope) { close(to: open) }
    case .optgroup, .option:
      if stack.top.tag == .option, tag == .optgroup, stack[stack.count &- 2].tag == .optgroup {
        close(to: stack.count &- 1)
      }
      if open > Int(stack.top.special) || open == stack.count &- 1, open > 0 { close(to: open) }
    case .form: endForm(open)
    case .template, .table:
      if open > 0, tag == .template || open >= Int(top.table) { close(to: open) }
    default:
      if traits.contains(.heading) {
        endHeading()
      } else if open > Int(top.table), stack[Int(top.table)].tag != .none {
        close(to: open)
      }
    }
  }

  /// A form's end tag ends it alone; what is open inside it stays open.
  private mutating func endForm(_ open: Int) {
    guard open > Int(stack.top.scope) else { return }
    while stack.count &- 1 > open, traits[Int(stack.top.tag.rawValue)].contains(.impliedEnd) {
      close(to: stack.count &- 1)
    }
    if stack.count &- 1 <= open { close(to: open) } else { stack.end(.form) }
  }

  /// The end tag of any heading ends the open one.
  private mutating func endHeading() {
    var open = -1
    for tag in [HtmlTag.h1, .h2, .h3, .h4, .h5, .h6] { open = Swift.max(open, stack.last(tag)) }
    if open > Int(stack.top.scope) { close(to: open) }
  }
}

// MARK: - SVG and MathML

extension HtmlBuilder {
  /// Whether a start tag inside SVG or MathML ends it.
  private func leavesForeign(_ tag: HtmlTag) -> Bool {
    traits[Int(tag.rawValue)].contains(.leavesForeign)
      || tag == .font && (tokenizer.has(.color) || tokenizer.has(.face) || tokenizer.has(.size))
  }

  /// How many elements stay open where a tag ends the SVG or MathML that it stands in.
  private func endOfForeign() -> Int {
    var count = stack.count
    while stack[count &- 1].isForeign, !stack[count &- 1].holdsHtml { count &-= 1 }
    return count
  }

  /// An element of SVG or MathML; the content of `title`, `desc` and `foreignObject` is HTML.
  private mutating func startForeign(_ tag: HtmlTag) {
    if tokenizer.isSelfClosing { return addElement(tag) }
    openElement(
      tag, isForeign: true, holdsHtml: tag == .title || tag == .desc || tag == .foreignObject)
  }
}
