internal import DukienRules
internal import DukienText

/// Prose, and the element that holds most of it: the root.
extension PageElements {
  /// A block shorter than this that ends no sentence is no prose.
  private static let shortProse = 60
  /// A page that shows less may hold its article in a script.
  private static let littleProse = 200

  /// True where the page shows next to no prose.
  var isBare: Bool { prose[infos.count] < Self.littleProse }

  /// Sums up the prose of the blocks: text outside of links, where it is long enough or ends like
  /// a sentence.
  mutating func weigh(_ blocks: [Block], isIgnored: (Int) -> Bool) {
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
  mutating func weighAll() {
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
  func prose(of node: Int, _ nodes: Nodes, within range: Range<Int>) -> Int {
    let first = max(Int(firstBlock[node]), range.lowerBound)
    let last = min(Int(firstBlock[Int(nodes[node].end)]), range.upperBound)
    return last > first ? prose[last] - prose[first] : 0
  }

  mutating func findRoot(_ nodes: Nodes, _ rule: RootRule) -> Int {
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
}
