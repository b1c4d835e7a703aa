/// Renders a page as text with one block a line, as a browser without style sheets would.
///
/// Character references are decoded and white space is collapsed, except in `pre`; what the page
/// hides is left out unless `showsHidden`. `br` and block-level elements end a block; the cells of
/// a table row whose cells have one block each are one block, as in `| a | b |`.
///
/// - Complexity: O(n) in the nodes and the bytes of the page.
package func renderBlocks(_ tree: HtmlTree, showsHidden: Bool = false) -> HtmlPage {
  var renderer = HtmlRenderer(tree: tree, showsHidden: showsHidden)
  tree.text.bytes.withUnsafeBufferPointer { buffer in
    HtmlByteClass.table.withUnsafeBufferPointer { classes in
      HtmlTraits.table.withUnsafeBufferPointer { traits in
        tree.nodes.withUnsafeBufferPointer { nodes in
          guard let bytes = buffer.baseAddress, let classes = classes.baseAddress,
            let traits = traits.baseAddress
          else { return }
          renderer.render(HtmlSource(bytes: bytes, classes: classes, traits: traits, nodes: nodes))
        }
      }
    }
  }
  return renderer.page()
}

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
  private struct State {
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
  private enum Break: UInt8 {
    case none
    case line
    case blankLine
  }

  /// A table row whose cells have had one block each so far.
  private struct Row {
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
  private var text: HtmlTextWriter
  private var infos: [HtmlBlockInfo] = []
  private var images: [HtmlImage] = []
  private var hiddenElements = 0
  private var hiddenBytes = 0

  private var state: State
  private var outer: [State] = []
  private var row: Row?
  /// What stands between the text so far and the text to come.
  private var gap = Break.none
  /// White space of the page that is seen where more text of the block comes.
  private var space = Span(0, 0)
  private var isItemStart = false
  /// The link that the last text stood in.
  private var lastLink: Int32 = -1

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
  private mutating func part(_ kind: Break) {
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

// MARK: - Text

extension HtmlRenderer {
  /// Adds a text of the page.
  private mutating func add(_ node: Int, _ span: Span, isRaw: Bool, _ source: HtmlSource) {
    let end = Int(span.end)
    var index = Int(span.begin)
    while index < end {
      let byte = source.bytes[index]
      if source.classes[Int(byte)].contains(.space) {
        index = state.isPre ? keepSpace(node, index, end, source) : addSpace(index, end, source)
      } else if byte == 0x26, !isRaw {
        index = addReference(node, index, end, source)
      } else if byte == 0 {
        index &+= 1
      } else if gap != .none || infos.isEmpty,
        case let length = spaceLength(source.bytes, index, end),
        length > 0
      {
        index &+= length
      } else {
        let plain = endOfPlainText(source.bytes, index, end)
        let stretch = endBeforeSoftHyphen(source.bytes, index, plain)
        if stretch == index {
          index &+= 2
        } else {
          copy(node, index, stretch, source)
          index = stretch
        }
      }
    }
  }

  /// Notes the white space at `begin` and returns where it ends.
  @inline(__always)
  private mutating func addSpace(_ begin: Int, _ end: Int, _ source: HtmlSource) -> Int {
    var index = begin &+ 1
    while index < end, source.classes[Int(source.bytes[index])].contains(.space) { index &+= 1 }
    if gap == .none, space.isEmpty { space = Span(begin, index) }
    return index
  }

  /// The same inside `pre`: line ends part blocks, and what stands inside a line stays.
  private mutating func keepSpace(
    _ node: Int, _ begin: Int, _ end: Int, _ source: HtmlSource
  ) -> Int {
    let byte = source.bytes[begin]
    let next = begin &+ 1
    if byte == 0x0A || byte == 0x0D {
      part(gap == .none ? .line : .blankLine)
      return byte == 0x0D && next < end && source.bytes[next] == 0x0A ? next &+ 1 : next
    }
    if gap == .none, !infos.isEmpty { copy(node, begin, next, source) }
    return next
  }

  /// Adds the character reference at `begin`, or the ampersand where there is none.
  private mutating func addReference(
    _ node: Int, _ begin: Int, _ end: Int, _ source: HtmlSource
  ) -> Int {
    let reference = readReference(source.bytes, begin, end)
    guard reference.length > 0 else {
      copy(node, begin, begin &+ 1, source)
      return begin &+ 1
    }
    let next = begin &+ reference.length
    switch reference.first {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x20:
      if state.isPre, reference.first == 0x0A || reference.first == 0x0D {
        part(gap == .none ? .line : .blankLine)
      } else if gap == .none, space.isEmpty {
        space = Span(begin, next)
      }
      return next
    case 0xAD: return next
    default: break
    }
    let isBlank = characterKind(reference.first) == .space
    if gap != .none || infos.isEmpty, isBlank { return next }
    startText(node, begin, source)
    let width = text.add(reference, begin)
    count(node, width)
    return next
  }

  /// Adds text that is copied as it is.
  @inline(__always)
  private mutating func copy(_ node: Int, _ begin: Int, _ end: Int, _ source: HtmlSource) {
    startText(node, begin, source)
    text.copy(source.bytes, begin, end)
    count(node, end &- begin)
  }

  /// Counts bytes of text for the block.
  @inline(__always)
  private mutating func count(_ node: Int, _ bytes: Int) {
    let last = infos.count &- 1
    let bytes = UInt32(truncatingIfNeeded: bytes)
    infos[last].textBytes &+= bytes
    infos[last].lastText = Int32(truncatingIfNeeded: node)
    infos[last].tags.formIntersection(state.tags)
    if state.isEmphasis { infos[last].emphasisBytes &+= bytes }
    if state.link >= 0 {
      infos[last].linkBytes &+= bytes
      if lastLink != state.link { infos[last].links &+= 1 }
    }
    lastLink = state.link
  }

  /// Writes what parts the text to come, which begins at `begin`, from the text so far.
  @inline(__always)
  private mutating func startText(_ node: Int, _ begin: Int, _ source: HtmlSource) {
    if gap != .none || infos.isEmpty {
      startBlock(node, begin)
    } else if !space.isEmpty {
      text.addSpace(source.bytes, space)
      infos[infos.count &- 1].textBytes &+= 1
    }
    space = Span(0, 0)
  }

  private mutating func startBlock(_ node: Int, _ begin: Int) {
    if row != nil, row?.isNewCell == false { dissolveRow() }
    if let pipes = row?.pipes.count {
      if pipes == 0 { text.addLineFeeds(infos.isEmpty ? 0 : Int(gap.rawValue)) }
      row?.pipes.append(pipes == 0 ? text.addOpeningPipe(begin) : text.addPipe())
      row?.isNewCell = false
    } else {
      text.addLineFeeds(infos.isEmpty ? 0 : Swift.max(1, Int(gap.rawValue)))
    }
    gap = .none
    lastLink = -1
    var flags = state.flags
    if isItemStart { flags.insert(.startsItem) }
    isItemStart = false
    infos.append(
      HtmlBlockInfo(
        node: state.block, firstText: Int32(truncatingIfNeeded: node),
        lastText: Int32(truncatingIfNeeded: node), tags: state.tags, textBytes: 0, linkBytes: 0,
        emphasisBytes: 0, links: 0, flags: flags, headingLevel: state.headingLevel))
  }
}

// MARK: - Table rows

extension HtmlRenderer {
  /// Makes the cells of the row blocks of their own: one of them holds more than one.
  private mutating func dissolveRow() {
    if let row { text.dissolve(pipes: row.pipes) }
    row = nil
  }

  /// Makes the blocks of a row one block; a row of one block stays as it is.
  private mutating func closeRow() {
    guard let row else { return }
    guard row.pipes.count > 1 else { return dissolveRow() }
    self.row = nil
    text.addClosingPipe()
    var info = infos[row.firstBlock]
    for cell in infos[(row.firstBlock &+ 1)...] {
      info.lastText = cell.lastText
      info.textBytes &+= cell.textBytes
      info.linkBytes &+= cell.linkBytes
      info.emphasisBytes &+= cell.emphasisBytes
      info.links &+= cell.links
    }
    info.node = row.node
    info.tags = row.tags
    info.flags.insert(.isRow)
    infos.removeLast(infos.count &- row.firstBlock)
    infos.append(info)
    var index = images.count
    while index > 0, Int(images[index &- 1].block) > row.firstBlock {
      index &-= 1
      images[index].block = Int32(truncatingIfNeeded: row.firstBlock)
    }
  }
}
