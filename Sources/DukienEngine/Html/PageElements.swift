internal import DukienRules
internal import DukienText

/// What the elements of an HTML page say of its blocks: their marks, and the element that holds the
/// article. Reused from page to page; empty for other pages.
struct PageElements: ~Copyable {
  typealias Nodes = UnsafeBufferPointer<HtmlNode>

  /// The marks of each block.
  private(set) var marks = Buffer<BlockMarks>()
  /// What the tree says of each block.
  private(set) var infos: [HtmlBlockInfo] = []
  /// The images in their order.
  private(set) var images: [HtmlImage] = []
  private(set) var tree = HtmlTree.empty
  /// The element that holds the article, or -1.
  private(set) var root = -1

  /// The marks of each element.
  var own = Buffer<MarkSet>()
  /// Those of the elements around it and its own, as far as they hand them on.
  var around = Buffer<MarkSet>()
  /// How many blocks stand before each node, and before the end.
  var firstBlock = Buffer<Int32>()
  /// How much prose stands before each block, and before the end; the same in words.
  var prose = Buffer<Int>()
  var words = Buffer<Int>()
  private var values = ValueMarks()
  var candidates = Buffer<Int32>()

  /// How many inline elements around a text are looked at.
  private static let mostInline = 32

  /// True where the page is HTML.
  var isHtml: Bool { !infos.isEmpty }

  mutating func removeAll() {
    marks.removeAll()
    infos.removeAll()
    images.removeAll()
    tree = .empty
    root = -1
  }

  /// Reads the elements of a page; tells each block where it stands.
  ///
  /// - Complexity: O(n · d) in the nodes and the choices of the root.
  mutating func read(
    _ tree: HtmlTree, _ page: HtmlPage, _ blocks: inout [Block], _ program: Program
  ) {
    infos = page.infos
    images = page.images
    self.tree = tree
    findOwn(tree, program)
    tree.nodes.withUnsafeBufferPointer { read($0, &blocks, program) }
    if program.asksHidden { findHidden(tree, &blocks) }
  }

  private mutating func read(_ nodes: Nodes, _ blocks: inout [Block], _ program: Program) {
    countBlocks(nodes)
    weigh(blocks) { _ in false }
    handOn(nodes, total: prose[blocks.count], within: 0..<blocks.count)
    let ignored = program.root.ignored
    if !ignored.isEmpty {
      let standing = around.base
      let places = infos
      weigh(blocks) { standing[Int(places[$0].node)].meets(ignored) }
    }
    root = findRoot(nodes, program.root)
    let range = root < 0 ? 0..<blocks.count : self.blocks(of: root, nodes)
    var total = prose[range.upperBound] - prose[range.lowerBound]
    if total == 0 {
      weighAll()
      total = prose[range.upperBound] - prose[range.lowerBound]
    }
    handOn(nodes, total: total, within: range)
    marks.removeAll()
    for block in blocks.indices {
      marks.append(marks(of: block, nodes, program, total: total, within: range))
      place(&blocks[block], block, range)
    }
  }

  /// Takes paragraphs that a script holds for the article, behind all that is shown.
  mutating func addEmbedded(_ paragraphs: [HtmlBlockInfo], _ blocks: inout [Block]) {
    let shown = blocks.count - paragraphs.count
    let places: BlockFeatures = [.insideRoot, .afterRoot]
    for index in blocks.indices {
      blocks[index].features.subtract(places)
      blocks[index].features.formUnion(
        index < shown ? [.html, .beforeRoot] : [.html, .insideRoot])
    }
    infos += paragraphs
    for _ in paragraphs { marks.append(BlockMarks()) }
    root = Int(paragraphs.first?.node ?? -1)
  }

  private mutating func findOwn(_ tree: HtmlTree, _ program: Program) {
    own.fill(MarkSet(), tree.nodes.count)
    tree.text.bytes.withUnsafeBufferPointer { text in
      for index in tree.nodes.indices where tree.nodes[index].kind == .element {
        var marks = program.elements.tags[Int(tree.nodes[index].tag.rawValue)]
        for at in tree.nodes[index].attributes.range {
          let attribute = tree.attributes[at]
          switch attribute.name {
          case .class, .id, .role, .dataComponent, .dataTestid, .dataType:
            marks.formUnion(values.marks(of: text[span: attribute.value], program.elements))
          case .itemprop:
            let value = text[span: attribute.value]
            marks.formUnion(values.marks(of: value, program.elements))
            marks.formUnion(program.elements.marks(ofProperties: value))
          default: break
          }
        }
        own.base[index] = marks
      }
    }
  }

  private mutating func countBlocks(_ nodes: Nodes) {
    firstBlock.removeAll()
    var block = 0
    for node in 0...nodes.count {
      while block < infos.count, Int(infos[block].firstText) < node { block += 1 }
      firstBlock.append(Int32(truncatingIfNeeded: block))
    }
  }

  /// The blocks that begin inside an element.
  func blocks(of node: Int, _ nodes: Nodes) -> Range<Int> {
    Int(firstBlock[node])..<Int(firstBlock[Int(nodes[node].end)])
  }

  /// Hands the marks of every element that holds at most half of the prose on to what is in it.
  private mutating func handOn(_ nodes: Nodes, total: Int, within range: Range<Int>) {
    around.fill(MarkSet(), nodes.count)
    for node in nodes.indices.dropFirst() where nodes[node].kind == .element {
      var marks = around.base[Int(nodes[node].parent)]
      if !own.base[node].isEmpty, prose(of: node, nodes, within: range) * 2 <= total {
        marks.formUnion(own.base[node])
      }
      around.base[node] = marks
    }
  }

  private func marks(
    of block: Int, _ nodes: Nodes, _ program: Program, total: Int, within range: Range<Int>
  ) -> BlockMarks {
    let info = infos[block]
    var node = Int(info.node)
    var marks = BlockMarks()
    marks.tags = program.elements.tags[Int(nodes[node].tag.rawValue)]
    // Inline elements that hold all of the block.
    var inner = Int(nodes[Int(info.firstText)].parent)
    var left = Self.mostInline
    while inner > node, left > 0 {
      left -= 1
      if nodes[inner].end > info.lastText {
        marks.own.formUnion(own[inner])
        marks.tags.formUnion(program.elements.tags[Int(nodes[inner].tag.rawValue)])
      }
      inner = Int(nodes[inner].parent)
    }
    marks.around = around[node]
    marks.around.formUnion(marks.own)
    if blocks(of: node, nodes).count == 1 || prose(of: node, nodes, within: range) * 2 <= total {
      marks.own.formUnion(own[node])
    }
    // Elements around it that hold nothing else.
    while node != root, blocks(of: node, nodes).count == 1, nodes[node].parent > 0 {
      marks.own.formUnion(own[node])
      node = Int(nodes[node].parent)
    }
    return marks
  }

  /// Tells blocks that the page hides.
  private func findHidden(_ tree: HtmlTree, _ blocks: inout [Block]) {
    var node = 0
    while node < tree.nodes.count {
      let element = tree.nodes[node]
      node += 1
      guard element.kind == .element, tree.hides(element) else { continue }
      for block in tree.nodes.withUnsafeBufferPointer({ self.blocks(of: node - 1, $0) }) {
        blocks[block].features.insert(.hidden)
      }
      node = Int(element.end)
    }
  }

  /// Notes on a block that it is one of HTML, and where it stands by the root.
  private func place(_ block: inout Block, _ index: Int, _ range: Range<Int>) {
    block.features.insert(.html)
    guard root >= 0 else { return }
    if range.contains(index) {
      block.features.insert(.insideRoot)
    } else {
      block.features.insert(index < range.lowerBound ? .beforeRoot : .afterRoot)
    }
  }
}

extension UnsafeBufferPointer<UInt8> {
  fileprivate subscript(span span: Span) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: self[span.range])
  }
}

extension HtmlTree {
  fileprivate static var empty: HtmlTree {
    HtmlTree(
      nodes: [], attributes: [], text: SourceText(bytes: [], offsets: .identity, problems: []))
  }
}
