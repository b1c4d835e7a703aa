internal import DukienRules
internal import DukienText

/// The short elements near the article: names, times, words above a title.
extension PageElements {
  /// How many blocks above and below the root are still near the article.
  private static let near = (above: 12, below: 8)
  /// An element with more text than this is more than a name or a time.
  private static let mostShort = 80
  /// An element with more in it than so many nodes, or a text of so many bytes, is not looked at:
  /// what is nested does not cost more the deeper it is.
  private static let mostNodes = 256
  private static let mostBytes = 4096

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

  /// The text of an element, its parts with a space between; empty where it is surely not short.
  ///
  /// - Complexity: O(1), for the bounds on nodes and bytes.
  func text(of node: Int) -> [UInt8] {
    var text: [UInt8] = []
    let nodes = node..<Int(tree.nodes[node].end)
    guard nodes.count <= Self.mostNodes else { return [] }
    for index in nodes where tree.nodes[index].kind == .text {
      guard text.count <= Self.mostShort, tree.nodes[index].span.count <= Self.mostBytes else {
        return []
      }
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
}
