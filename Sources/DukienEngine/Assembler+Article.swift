internal import DukienRules
internal import DukienText

/// The fields of the article, and the blocks.
extension Assembler {
  mutating func addArticle(
    _ captures: [ZoneCapture], _ article: ArticleReader, _ work: inout Workspace
  ) {
    for field in program.article.fields {
      for found in article.values(of: field, captures, &work) {
        addField(found, group: Extraction.none, &work)
        if field.kind != .list { break }
      }
    }
    for (index, image) in article.images(captures, &work).enumerated() {
      for found in image { addField(found, group: UInt32(index), &work) }
    }
  }

  private mutating func addField(
    _ found: ArticleReader.Found, group: UInt32, _ work: inout Workspace
  ) {
    if found.image >= 0 { return addFile(found, group: group, &work) }
    let text =
      found.tokens.map { work.span($0.lowerBound, $0.upperBound) } ?? work.blocks[found.block].core
    let begin = printed.count
    switch found.kind {
    case .date:
      guard appendDate(found, &work) else { return }
    case .url where found.told >= 0: appendAddress(work.told[found.told], &work)
    case .url: appendAddress(work.text[text.range])
    case .flag: printed.append("true")
    case .text, .list: break
    }
    let norm = printed(since: begin)
    result.fields.append(
      Extraction.Field(
        name: name(found.name), text: text, norm: norm,
        from: found.told < 0 ? Span(0, 0) : source(of: found, &work),
        at: place(of: found, text, &work), group: group,
        isList: found.kind == .list,
        isFlag: found.kind == .flag))
  }

  /// Adds the address of an image, as it is written and in full.
  private mutating func addFile(
    _ found: ArticleReader.Found, group: UInt32, _ work: inout Workspace
  ) {
    let tree = work.page.tree
    guard let address = tree.imageAddress(of: found.image) else { return }
    var written: [UInt8] = []
    tree.decodeValue(address, into: &written)
    let full = resolveUrl(written, base: work.baseUrl)
    result.fields.append(
      Extraction.Field(
        name: name(found.name), text: store(written),
        norm: full == written ? Span(0, 0) : store(full), from: store("img.src"),
        at: tree.text.offsets.input(address), group: group, isList: false, isFlag: false))
  }

  private mutating func store(_ text: [UInt8]) -> Str {
    let begin = printed.count
    for byte in text { printed.append(byte) }
    return printed(since: begin)
  }

  /// Prints a date with clock and zone, where they are told; false where there is none.
  private mutating func appendDate(
    _ found: ArticleReader.Found, _ work: inout Workspace
  ) -> Bool {
    let begin = printed.count
    if let date = found.date {
      printed.append(date)
      if date.hour >= 0, date.offset == nil { appendTimezone() }
      return true
    }
    guard found.record >= 0, printer.norm(found.record, &printed, &work) else { return false }
    let norm = printed.elements[begin...]
    if norm.contains(UInt8(ascii: "T")), norm.contains(UInt8(ascii: ":")) { appendTimezone() }
    return true
  }

  private mutating func appendTimezone() {
    for byte in program.timezone.utf8 { printed.append(byte) }
  }

  /// Where a value stands in the input: what is told in other letters, as a whole.
  private func place(
    of found: ArticleReader.Found, _ text: Span, _ work: inout Workspace
  ) -> Span {
    let at = work.offsets.input(text)
    return found.told >= 0 && at.isEmpty ? work.told[found.told].at : at
  }

  /// What a told value is called in rules.
  private mutating func source(
    of found: ArticleReader.Found, _ work: inout Workspace
  ) -> Str {
    let begin = printed.count
    for byte in program.article.told[work.told[found.told].source].text.utf8 {
      printed.append(byte)
    }
    return printed(since: begin)
  }

  /// Prints an address that the page tells, in full where its base is known.
  private mutating func appendAddress(_ told: ToldValue, _ work: inout Workspace) {
    for byte in resolveUrl(Array(work.text[told.block.core.range]), base: work.baseUrl) {
      printed.append(byte)
    }
  }

  /// Prints an address without query, fragment and session parameter.
  private mutating func appendAddress(_ address: ArraySlice<UInt8>) {
    for byte in address {
      switch byte {
      case UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: ";"): return
      default: printed.append(byte)
      }
    }
  }

  mutating func addBlocks(_ work: inout Workspace) {
    result.blocks.reserveCapacity(work.blocks.count)
    var path = Str(0, 0)
    for index in work.blocks.indices {
      let span = work.blocks[index].span
      if index == 0 || !work.page.standsAlike(index - 1, index) {
        path = self.path(of: index, &work)
      }
      result.blocks.append(
        Extraction.LabelledBlock(
          kind: name(work.labels[index]), reason: name(work.reasons[index]), text: span,
          at: work.offsets.input(span), path: path,
          looks: looks(of: index, &work),
          heading: work.page.isHtml ? work.page.infos[index].headingLevel : 0))
    }
  }

  /// The tags around a block of an HTML page.
  private mutating func path(of block: Int, _ work: inout Workspace) -> Str {
    guard work.page.isHtml else { return Span(0, 0) }
    let begin = printed.count
    work.page.printPath(of: block, to: &printed)
    return printed(since: begin)
  }

  private func looks(of block: Int, _ work: inout Workspace) -> Extraction.BlockLooks {
    var looks: Extraction.BlockLooks = program.isContent(work.labels[block]) ? .content : []
    switch program.bodyPart(work.labels[block]) {
    case .none: break
    case .text: looks.insert(.body)
    case .heading: looks.formUnion([.body, .heading])
    }
    if work.page.isHtml {
      let flags = work.page.infos[block].flags
      if flags.contains(.inList) { looks.insert(.item) }
      if flags.contains(.inQuote) { looks.insert(.quote) }
      if flags.contains(.isRow) { looks.insert(.row) }
      return looks
    }
    let features = work.blocks[block].features
    if features.contains(.listMark) { looks.insert(.item) }
    if features.contains(.opensWithPipe), features.contains(.closesWithPipe) { looks.insert(.row) }
    return looks
  }
}
