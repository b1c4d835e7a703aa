internal import DukienRules
internal import DukienText

/// What the elements of an HTML page say of its blocks: their marks, and the element that holds the
/// article. Reused from page to page; empty for other pages.
struct PageElements: ~Copyable {
  private typealias Nodes = UnsafeBufferPointer<HtmlNode>

  /// The marks of each block.
  private(set) var marks = Buffer<BlockMarks>()
  /// What the tree says of each block.
  private(set) var infos: [HtmlBlockInfo] = []
  private(set) var tree = HtmlTree.empty
  /// The element that holds the article, or -1.
  private(set) var root = -1

  /// The marks of each element.
  private var own = Buffer<MarkSet>()
  /// Those of the elements around it and its own, as far as they hand them on.
  private var around = Buffer<MarkSet>()
  /// How many blocks stand before each node, and before the end.
  private var firstBlock = Buffer<Int32>()
  /// How much prose stands before each block, and before the end; the same in words.
  private var prose = Buffer<Int>()
  private var words = Buffer<Int>()
  private var values = ValueMarks()
  private var candidates = Buffer<Int32>()

  /// A block shorter than this that ends no sentence is no prose.
  private static let shortProse = 60
  /// A page that shows less may hold its article in a script.
  private static let littleProse = 200
  /// How many inline elements around a text are looked at.
  private static let mostInline = 32
  /// How many elements around a block are looked at to tell its tags.
  private static let mostAround = 64

  /// True where the page is HTML.
  var isHtml: Bool { !infos.isEmpty }

  mutating func removeAll() {
    marks.removeAll()
    infos.removeAll()
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

  /// Prints the tags around a block, the outermost first; of many, the innermost.
  func printPath(of block: Int, to out: inout Buffer<UInt8>) {
    var tags = SIMD16<UInt8>()
    var count = 0
    var node = Int(infos[block].node)
    for _ in 0..<Self.mostAround {
      guard node > 0, count < tags.scalarCount else { break }
      if tree.nodes[node].tag != .other {
        tags[count] = tree.nodes[node].tag.rawValue
        count += 1
      }
      node = Int(tree.nodes[node].parent)
    }
    for index in (0..<count).reversed() {
      out.append((HtmlTag(rawValue: tags[index]) ?? .none).name)
      if index > 0 { out.append(" ") }
    }
  }

  /// True where a block has the same tags around it as the one before, and the same element around
  /// its own.
  func hasPathOfBlockBefore(_ block: Int) -> Bool {
    guard block > 0 else { return false }
    let own = tree.nodes[Int(infos[block].node)]
    let other = tree.nodes[Int(infos[block - 1].node)]
    return own.tag == other.tag && own.parent == other.parent
  }

  /// True where two blocks surely have the same path.
  func standsAlike(_ first: Int, _ second: Int) -> Bool {
    guard isHtml else { return true }
    let one = tree.nodes[Int(infos[first].node)]
    let other = tree.nodes[Int(infos[second].node)]
    return one.parent == other.parent && one.tag == other.tag
  }

  /// True where the page shows next to no prose.
  var isBare: Bool { prose[infos.count] < Self.littleProse }

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

  /// The innermost `figure` around a block, or -1.
  func figure(around block: Int) -> Int {
    guard isHtml, infos[block].flags.contains(.inFigure) else { return -1 }
    var node = Int(infos[block].node)
    for _ in 0..<Self.mostInline {
      guard node > 0, tree.nodes[node].tag != .figure else { break }
      node = Int(tree.nodes[node].parent)
    }
    return node > 0 && tree.nodes[node].tag == .figure ? node : -1
  }

  // MARK: Short elements

  /// How many blocks above and below the root are still near the article.
  private static let near = (above: 12, below: 8)
  /// An element with more text than this is more than a name or a time.
  private static let mostShort = 80

  /// The elements in or near the root with short text that have one of some marks, in the order of
  /// the page; of several within one another, the innermost.
  func elements(with marks: MarkSet, ignoring ignored: MarkSet) -> [Int] {
    var found: [Int] = []
    let range =
      root < 0
      ? 0..<infos.count : tree.nodes.withUnsafeBufferPointer { self.blocks(of: root, $0) }
    let blocks = range.lowerBound - Self.near.above..<range.upperBound + Self.near.below
    for node in tree.nodes.indices.reversed() where tree.nodes[node].kind == .element {
      guard own.base[node].meets(marks), blocks.contains(Int(firstBlock[node])),
        !around.base[node].meets(ignored)
      else { continue }
      if let inner = found.last, inner < Int(tree.nodes[node].end) { continue }
      let count = text(of: node).count
      if count > 0, count <= Self.mostShort { found.append(node) }
    }
    return found.reversed()
  }

  /// The block that an element begins with.
  func block(of node: Int) -> Int { Int(firstBlock[node]) }

  /// The text of an element, its parts with a space between; only as far as it may still be short.
  func text(of node: Int) -> [UInt8] {
    var text: [UInt8] = []
    for index in node..<Int(tree.nodes[node].end) where tree.nodes[index].kind == .text {
      guard text.count <= Self.mostShort else { break }
      var part: [UInt8] = []
      tree.decodeText(tree.nodes[index].span, into: &part)
      var isSpace = true
      for byte in part {
        let isBlank = byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0x0C
        if !isBlank {
          if isSpace, !text.isEmpty { text.append(0x20) }
          text.append(byte)
        }
        isSpace = isBlank
      }
    }
    return text
  }

  // MARK: Elements

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
  private func blocks(of node: Int, _ nodes: Nodes) -> Range<Int> {
    Int(firstBlock[node])..<Int(firstBlock[Int(nodes[node].end)])
  }

  // MARK: Prose

  /// Sums up the prose of the blocks: text outside of links, where it is long enough or ends like
  /// a sentence.
  private mutating func weigh(_ blocks: [Block], isIgnored: (Int) -> Bool) {
    prose.removeAll()
    words.removeAll()
    var bytes = 0
    var count = 0
    prose.append(0)
    words.append(0)
    for (index, block) in blocks.enumerated() {
      let text = Int(infos[index].textBytes)
      let linked = Int(infos[index].linkBytes)
      let isProse =
        linked * 2 <= text
        && (text >= Self.shortProse || block.features.contains(.endsSentence))
      if isProse, !isIgnored(index) {
        bytes += text - linked
        count += Int(block.wordCount)
      }
      prose.append(bytes)
      words.append(count)
    }
  }

  /// Sums up all text, for pages without prose.
  private mutating func weighAll() {
    prose.removeAll()
    var bytes = 0
    prose.append(0)
    for info in infos {
      bytes += Int(info.textBytes)
      prose.append(bytes)
    }
  }

  /// The prose of an element, as far as it stands in a range of blocks.
  @inline(__always)
  private func prose(of node: Int, _ nodes: Nodes, within range: Range<Int>) -> Int {
    let first = max(Int(firstBlock[node]), range.lowerBound)
    let last = min(Int(firstBlock[Int(nodes[node].end)]), range.upperBound)
    return last > first ? prose[last] - prose[first] : 0
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

  // MARK: The root

  private mutating func findRoot(_ nodes: Nodes, _ rule: RootRule) -> Int {
    let whole = 0..<infos.count
    let total = prose[infos.count]
    guard total > 0 else { return -1 }
    for choice in rule.choices {
      candidates.removeAll()
      for node in nodes.indices where nodes[node].kind == .element {
        guard choice.fits(own.base[node]) else { continue }
        let share = prose(of: node, nodes, within: whole)
        let range = blocks(of: node, nodes)
        guard share > 0, choice.share.contains(share * 100 / total),
          choice.words.contains(words[range.upperBound] - words[range.lowerBound])
        else { continue }
        candidates.append(Int32(truncatingIfNeeded: node))
      }
      if let root = pick(choice.pick, nodes) { return root }
    }
    return -1
  }

  /// One of the candidates, which stand in the order of the page.
  private func pick(_ pick: RootRule.Choice.Pick, _ nodes: Nodes) -> Int? {
    guard !candidates.isEmpty else { return nil }
    let whole = 0..<infos.count
    func prose(_ index: Int) -> Int { self.prose(of: Int(candidates[index]), nodes, within: whole) }
    var best = 0
    switch pick {
    case .first: break
    case .most:
      for index in candidates.indices where prose(index) > prose(best) { best = index }
      let end = nodes[Int(candidates[best])].end
      let enough = prose(best) * 9
      for index in candidates.indices.dropFirst(best + 1)
      where candidates[index] < end && prose(index) * 10 >= enough {
        best = index
      }
    case .innermost:
      best = candidates.count - 1
      for index in candidates.indices.dropLast().reversed()
      where candidates[index + 1] >= nodes[Int(candidates[index])].end
        && prose(index) >= prose(best)
      {
        best = index
      }
    }
    return Int(candidates[best])
  }

  // MARK: Blocks

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

extension Workspace {
  /// A figure of a block of an HTML page.
  mutating func measure(_ measure: BlockMeasure, of block: Int) -> Int {
    let info = page.infos[block]
    switch measure {
    case .links: return Int(info.linkBytes) * 100 / max(1, Int(info.textBytes))
    case .bold: return Int(info.emphasisBytes) * 100 / max(1, Int(info.textBytes))
    case .heading: return Int(info.headingLevel)
    case .characters: return text[blocks[block].core.range].count { $0 & 0xC0 != 0x80 }
    case .commas:
      return text[blocks[block].core.range].count { $0 == UInt8(ascii: ",") }
    }
  }
}

/// The marks of values of attributes; those of frequent values are kept from page to page.
private struct ValueMarks: ~Copyable {
  private var keys = Buffer<UInt64>()
  private var marks = Buffer<MarkSet>()
  private var words = WordMarks.Words()
  private static let size = 8192

  init() {
    keys.fill(0, Self.size)
    marks.fill(MarkSet(), Self.size)
  }

  mutating func marks(
    of value: UnsafeBufferPointer<UInt8>, _ elements: ElementMarks
  ) -> MarkSet {
    guard !value.isEmpty, !elements.words.isEmpty else { return MarkSet() }
    let key = hash(of: value) | 1
    let place = Int(truncatingIfNeeded: key >> 32) & (Self.size - 1)
    if keys.base[place] == key { return marks.base[place] }
    let found = elements.words.marks(of: value, &words)
    keys.base[place] = key
    marks.base[place] = found
    return found
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
