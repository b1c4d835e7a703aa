/// What the renderer reads from.
struct HtmlSource {
  let bytes: UnsafePointer<UInt8>
  let classes: UnsafePointer<HtmlByteClass>
  let traits: UnsafePointer<HtmlTraits>
  let nodes: UnsafeBufferPointer<HtmlNode>
}

/// Walks a tree and writes its visible text.
struct HtmlRenderer {
  /// What holds for the text at a place of the tree.
  struct State {
    /// The index past the element's last descendant.
    var end: Int32
    var block: Int32
    var link: Int32 = -1
    var figure: Int32 = -1
    var tags = HtmlTagSet()
    var flags: HtmlBlockInfo.Flags = []
    var headingLevel: UInt8 = 0
    var tag = HtmlTag.none
    var isPre = false
    var isEmphasis = false
    /// The break that the element's end makes.
    var breakAfter = Break.none
  }

  /// What parts two pieces of text.
  enum Break: UInt8 {
    case none
    case line
    case blankLine
  }

  /// A table row whose cells have had one block each so far.
  struct Row {
    var node: Int32
    var tags: HtmlTagSet
    /// The first block of the row.
    var firstBlock: Int
    /// Where its pipes stand in the text.
    var pipes: [Int] = []
    var isNewCell = false
  }

  private let tree: HtmlTree
  private let showsHidden: Bool
  var text: HtmlTextWriter
  var infos: [HtmlBlockInfo] = []
  var images: [HtmlImage] = []
  private var hiddenElements = 0
  private var hiddenBytes = 0

  var state: State
  private var outer: [State] = []
  var row: Row?
  /// What stands between the text so far and the text to come.
  var gap = Break.none
  /// White space of the page that is seen where more text of the block comes.
  var space = Span(0, 0)
  var isItemStart = false
  /// The link that the last text stood in.
  var lastLink: Int32 = -1

  init(tree: HtmlTree, showsHidden: Bool) {
    self.tree = tree
    self.showsHidden = showsHidden
    text = HtmlTextWriter(capacity: Swift.min(tree.text.bytes.count / 8, 1 << 20))
    state = State(end: Int32.max, block: 0)
  }

  /// The page, once rendered.
  func page() -> HtmlPage {
    let source = SourceText(
      bytes: text.bytes, offsets: text.offsets(over: tree.text.offsets),
      problems: tree.text.problems)
    var blocks = readBlocks(source)
    for index in blocks.indices where index < infos.count {
      blocks[index].features.remove(.indented)
      if infos[index].flags.contains(.startsItem) { blocks[index].features.insert(.listMark) }
    }
    return HtmlPage(
      text: source, blocks: blocks, infos: infos, images: images, hiddenElements: hiddenElements,
      hiddenBytes: hiddenBytes)
  }

  mutating func render(_ source: HtmlSource) {
    var index = 1
    while index < source.nodes.count {
      while Int(state.end) <= index { leave() }
      let node = source.nodes[index]
      switch node.kind {
      case .text: add(index, node.span, isRaw: false, source)
      case .rawText: add(index, node.span, isRaw: true, source)
      case .element, .document:
        if isHidden(node, source.traits[Int(node.tag.rawValue)]) {
          hide(node, source)
          index = Int(node.end)
          continue
        }
        enter(index, node, source.traits[Int(node.tag.rawValue)])
      }
      index &+= 1
    }
    while !outer.isEmpty { leave() }
  }
}

// MARK: - Elements

extension HtmlRenderer {
  @inline(__always)
  private mutating func enter(_ index: Int, _ node: HtmlNode, _ traits: HtmlTraits) {
    let tag = node.tag
    if traits.contains(.block) {
      part(traits.contains(.margin) ? .blankLine : .line)
    } else if tag == .other || tag == .span {
      return
    }
    if traits.contains(.void) { return addVoid(index, tag) }
    if Int(node.end) == index &+ 1 { return }
    outer.append(state)
    state.end = node.end
    state.tag = tag
    state.tags.insert(tag)
    state.breakAfter = .none
    if traits.contains(.block) {
      state.breakAfter = traits.contains(.margin) ? .blankLine : .line
      state.block = Int32(truncatingIfNeeded: index)
    }
    change(tag, index, traits)
  }

  /// What an element changes for the text in it.
  private mutating func change(_ tag: HtmlTag, _ index: Int, _ traits: HtmlTraits) {
    switch tag {
    case .a:
      if tree.value(of: index, .href) != nil { state.link = Int32(truncatingIfNeeded: index) }
    case .b, .strong, .i, .em: state.isEmphasis = true
    case .pre, .listing, .xmp, .plaintext: state.isPre = true
    case .blockquote: state.flags.insert(.inQuote)
    case .figcaption: state.flags.insert(.inFigureCaption)
    case .figure:
      state.flags.insert(.inFigure)
      state.figure = Int32(truncatingIfNeeded: index)
    case .h1, .h2, .h3, .h4, .h5, .h6:
      state.headingLevel = tag.rawValue &- HtmlTag.h1.rawValue &+ 1
    case .ul, .ol, .dl, .dd, .dt: state.flags.insert(.inList)
    case .li:
      state.flags.insert(.inList)
      isItemStart = true
    case .table: state.flags.insert(.inTable)
    case .tr:
      if row != nil { dissolveRow() }
      row = Row(
        node: Int32(truncatingIfNeeded: index), tags: state.tags, firstBlock: infos.count)
    case .td, .th: row?.isNewCell = true
    default: break
    }
  }

  private mutating func addVoid(_ index: Int, _ tag: HtmlTag) {
    if tag == .br {
      part(gap == .none ? .line : .blankLine)
    } else if tag == .img {
      let isInside = gap == .none && !infos.isEmpty
      images.append(
        HtmlImage(
          node: Int32(truncatingIfNeeded: index),
          block: Int32(truncatingIfNeeded: isInside ? infos.count &- 1 : infos.count),
          figure: state.figure))
    }
  }

  @inline(__always)
  private mutating func leave() {
    part(state.breakAfter)
    if state.tag == .tr, row != nil { closeRow() }
    if state.tag == .li { isItemStart = false }
    if let state = outer.popLast() { self.state = state } else { state.end = Int32.max }
  }

  @inline(__always)
  mutating func part(_ kind: Break) {
    guard kind != .none else { return }
    if kind.rawValue > gap.rawValue { gap = kind }
    space = Span(0, 0)
  }
}

// MARK: - Hidden elements

extension HtmlRenderer {
  @inline(__always)
  private func isHidden(_ node: HtmlNode, _ traits: HtmlTraits) -> Bool {
    if traits.contains(.unseen) { return true }
    if showsHidden { return false }
    return tree.hides(node)
  }

  private mutating func hide(_ node: HtmlNode, _ source: HtmlSource) {
    let end =
      Int(node.end) < source.nodes.count
      ? source.nodes[Int(node.end)].span.begin : UInt32(tree.text.bytes.count)
    hiddenElements &+= 1
    hiddenBytes &+= Span(node.span.begin, end).count
    if source.traits[Int(node.tag.rawValue)].contains(.block) { part(.line) }
  }
}
