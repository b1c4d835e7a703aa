/// Whether a text is an HTML page rather than the text of one.
///
/// It is where it begins with the tag of a page or block, after white space, comments and the
/// DOCTYPE, or where several blocks are opened and closed near its begin. A stray `<` or `<br>` in
/// a text makes no page.
///
/// - Complexity: O(1); looks at no more than the first 64 KiB.
package func looksLikeHtml(_ text: SourceText) -> Bool {
  let head = text.bytes.prefix(1 << 16)
  return head.withUnsafeBufferPointer { buffer in
    HtmlByteClass.table.withUnsafeBufferPointer { classes in
      HtmlTraits.table.withUnsafeBufferPointer { traits in
        guard let bytes = buffer.baseAddress, let classes = classes.baseAddress,
          let traits = traits.baseAddress
        else { return false }
        return showsTags(bytes, buffer.count, classes, traits)
      }
    }
  }
}

/// How many blocks must open and how many must close where the text does not begin with a tag.
private let enoughTags = 3

private func showsTags(
  _ bytes: UnsafePointer<UInt8>, _ count: Int, _ classes: UnsafePointer<HtmlByteClass>,
  _ traits: UnsafePointer<HtmlTraits>
) -> Bool {
  let begin = skipSpace(bytes, 0, count)
  if startsLike("<!doctype html", bytes, begin, count) { return true }
  var tokenizer = HtmlTokenizer(
    bytes: bytes, count: count, classes: classes, limits: HtmlLimits())
  var isFirst = true
  var opened = 0
  var closed = 0
  while opened < enoughTags || closed < enoughTags {
    switch tokenizer.next(allowsCdata: false) {
    case .text, .rawText:
      let blank = skipSpace(bytes, Int(tokenizer.span.begin), Int(tokenizer.span.end))
      if blank < Int(tokenizer.span.end) { isFirst = false }
    case .startTag:
      let traits = traits[Int(tokenizer.tag.rawValue)]
      tokenizer.dropAttributes()
      if isFirst, traits.contains(.head) || traits.contains(.block) || tokenizer.tag == .head {
        return true
      }
      if traits.contains(.block) { opened &+= 1 }
      isFirst = false
    case .endTag:
      if traits[Int(tokenizer.tag.rawValue)].contains(.block) { closed &+= 1 }
    case .end: return false
    }
  }
  return true
}
