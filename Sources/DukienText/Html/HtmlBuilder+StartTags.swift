/// Start tags: what they close, and whether they open an element.
extension HtmlBuilder {
  mutating func start(_ tag: HtmlTag) {
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

// MARK: - SVG and MathML

extension HtmlBuilder {
  /// Whether a start tag inside SVG or MathML ends it.
  private func leavesForeign(_ tag: HtmlTag) -> Bool {
    traits[Int(tag.rawValue)].contains(.leavesForeign)
      || tag == .font && (tokenizer.has(.color) || tokenizer.has(.face) || tokenizer.has(.size))
  }

  /// How many elements stay open where a tag ends the SVG or MathML that it stands in.
  func endOfForeign() -> Int {
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
