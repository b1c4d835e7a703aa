internal import DukienText

extension Workspace {
  /// Adds the paragraphs that a script of the page holds, behind the text that is shown.
  ///
  /// Their offsets lead to where the string of the script begins.
  mutating func addEmbedded(
    _ body: EmbeddedBody, _ tree: HtmlTree, _ input: OffsetMap, _ blocks: inout [Block]
  ) {
    text.append(0x0A)
    let base = text.count
    if offsets.isIdentity { offsets.runs.append(OffsetMap.Run(text: 0, input: 0)) }
    var paragraphs = readBlocks(
      SourceText(bytes: body.text, offsets: .identity, problems: []))
    var infos: [HtmlBlockInfo] = []
    var part = 0
    for index in paragraphs.indices {
      let span = paragraphs[index].span
      while part + 1 < body.parts.count, body.parts[part + 1].text.begin <= span.begin {
        part += 1
      }
      let at = part < body.parts.count ? body.parts[part].span.begin : 0
      infos.append(HtmlBlockInfo(embeddedAt: at, textBytes: span.count, in: tree))
      offsets.runs.append(
        OffsetMap.Run(
          text: UInt32(truncatingIfNeeded: base) + span.begin, input: input.input(at), width: 1,
          replaced: 0))
      paragraphs[index].span = span.moved(by: base)
      paragraphs[index].core = paragraphs[index].core.moved(by: base)
    }
    text += body.text
    blocks += paragraphs
    page.addEmbedded(infos, &blocks)
  }
}

extension Span {
  fileprivate func moved(by bytes: Int) -> Span {
    Span(Int(begin) + bytes, Int(end) + bytes)
  }
}
