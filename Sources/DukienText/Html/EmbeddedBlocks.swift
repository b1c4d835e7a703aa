extension HtmlBlockInfo {
  /// What is known of a paragraph that a script holds; its text stands at an offset of the tree.
  ///
  /// - Complexity: O(log n) in the nodes.
  package init(embeddedAt offset: UInt32, textBytes: Int, in tree: HtmlTree) {
    var low = 0
    var high = tree.nodes.count
    while high &- low > 1 {
      let middle = (low &+ high) >> 1
      if tree.nodes[middle].span.begin <= offset { low = middle } else { high = middle }
    }
    let parent = Int(tree.nodes[low].parent)
    self.init(
      node: Int32(truncatingIfNeeded: parent < 0 ? low : parent),
      firstText: Int32(truncatingIfNeeded: low), lastText: Int32(truncatingIfNeeded: low),
      tags: HtmlTagSet(), textBytes: UInt32(truncatingIfNeeded: textBytes), linkBytes: 0,
      emphasisBytes: 0, links: 0, flags: [], headingLevel: 0)
  }
}
