internal import DukienRules
internal import DukienText

/// What stands around a block.
extension PageElements {
  /// How many elements around a block are looked at.
  private static let mostAround = 64

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

  /// True where two blocks surely have the same path.
  func standsAlike(_ first: Int, _ second: Int) -> Bool {
    guard isHtml else { return true }
    let one = tree.nodes[Int(infos[first].node)]
    let other = tree.nodes[Int(infos[second].node)]
    return one.parent == other.parent && one.tag == other.tag
  }

  /// The innermost `figure` around a block, or -1.
  func figure(around block: Int) -> Int {
    guard isHtml, infos[block].flags.contains(.inFigure) else { return -1 }
    var node = Int(infos[block].node)
    for _ in 0..<Self.mostAround {
      guard node > 0, tree.nodes[node].tag != .figure else { break }
      node = Int(tree.nodes[node].parent)
    }
    return node > 0 && tree.nodes[node].tag == .figure ? node : -1
  }

  /// True where an image stands in a block, or between it and the text before.
  func standsBefore(_ image: HtmlImage, theEndOf block: Int) -> Bool {
    let own = Int(image.block)
    return own == block || own == block - 1 && image.node > infos[own].lastText
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
