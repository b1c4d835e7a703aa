extension HtmlTree {
  /// Whether the page hides an element with what is in it: by `hidden`, by its own style, or
  /// because it is a dialogue that is not open.
  ///
  /// - Complexity: O(n) in the element's attributes.
  package func hides(_ node: HtmlNode) -> Bool {
    var isOpen = node.tag != .dialog
    for index in node.attributes.range {
      switch attributes[index].name {
      case .hidden: return true
      case .style:
        if hides(style: attributes[index].value) { return true }
      case .open: isOpen = true
      default: break
      }
    }
    return !isOpen
  }

  /// Whether a style holds `display: none` or `visibility: hidden`.
  private func hides(style: Span) -> Bool {
    text.bytes.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return false }
      let end = Int(style.end)
      var begin = Int(style.begin)
      while begin < end {
        let next = findByte(0x3B, bytes, begin, end)
        let colon = findByte(0x3A, bytes, begin, next)
        let name = skipSpace(bytes, begin, colon)
        let value = skipSpace(bytes, Swift.min(colon &+ 1, next), next)
        let isHidden =
          startsLike("display", bytes, name, colon)
          ? startsLike("none", bytes, value, next)
          : startsLike("visibility", bytes, name, colon)
            && startsLike("hidden", bytes, value, next)
        if isHidden { return true }
        begin = next &+ 1
      }
      return false
    }
  }
}
