/// Text: what of it is seen, and which block it goes to.
extension HtmlRenderer {
  /// Adds a text of the page.
  mutating func add(_ node: Int, _ span: Span, isRaw: Bool, _ source: HtmlSource) {
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
