/// What a page says of itself in its head, to tell which of its things are the page's own.
struct PageAgreement {
  /// Letters and digits of the titles.
  private var titles: [[UInt8]] = []
  private var addresses: [ArraySlice<UInt8>] = []

  init(_ metadata: PageMetadata) {
    for title in [
      metadata.first(.document, "title"), metadata.first(.meta, "og:title"),
      metadata.first(.meta, "twitter:title"),
    ] {
      if let title { titles.append(letters(title)) }
    }
    for address in [metadata.first(.link, "canonical"), metadata.first(.meta, "og:url")] {
      if let address { addresses.append(withoutScheme(address)) }
    }
  }

  /// Whether a heading is part of one of the titles, or holds one, letters and digits compared.
  func hasTitle(_ heading: ArraySlice<UInt8>) -> Bool {
    let wanted = letters(heading)
    guard wanted.count >= 8 else { return false }
    for found in titles {
      if found.count >= 8, holds(found, wanted) || holds(wanted, found) { return true }
    }
    return false
  }

  /// Whether an address is that of the page, apart from scheme, query and fragment.
  func hasAddress(_ address: ArraySlice<UInt8>) -> Bool {
    let wanted = withoutScheme(address)
    guard !wanted.isEmpty else { return false }
    for known in addresses where known.elementsEqual(wanted) { return true }
    return false
  }

  private func withoutScheme(_ address: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var slice = address
    for index in slice.indices.prefix(8) {
      guard slice[index] == UInt8(ascii: ":") else { continue }
      slice = slice[(index + 1)...].drop { $0 == UInt8(ascii: "/") }
      break
    }
    for index in slice.indices
    where slice[index] == UInt8(ascii: "?") || slice[index] == UInt8(ascii: "#") {
      slice = slice[..<index]
      break
    }
    while slice.last == UInt8(ascii: "/") { slice.removeLast() }
    return slice
  }

  /// The first bytes of a text that are no ASCII signs and no typographic ones, letters in lower
  /// case.
  private func letters(_ text: ArraySlice<UInt8>) -> [UInt8] {
    var out: [UInt8] = []
    var index = text.startIndex
    while index < text.endIndex, out.count < 200 {
      let byte = lowerByte(text[index])
      if byte == 0xE2 {
        index += 3
        continue
      }
      if byte &- 0x61 < 26 || byte &- 0x30 < 10 || byte >= 0x80 { out.append(byte) }
      index += 1
    }
    return out
  }

  private func holds(_ whole: [UInt8], _ part: [UInt8]) -> Bool {
    var begin = 0
    while begin &+ part.count <= whole.count {
      var offset = 0
      while offset < part.count, whole[begin &+ offset] == part[offset] { offset &+= 1 }
      if offset == part.count { return true }
      begin &+= 1
    }
    return false
  }
}

/// Where one article item of microdata or RDFa agrees with the page's title or address, leaves out
/// the entries of those that do not: they are teasers of other articles.
func keepArticleOfPage(in metadata: inout PageMetadata) {
  for kind in [MetadataKind.microdata, .rdfa] {
    var last = 0
    for entry in metadata.entries where entry.kind == kind {
      last = Swift.max(last, Int(entry.object))
    }
    guard last > 0 else { continue }
    let page = PageAgreement(metadata)
    // 0: tells no heading; 1: another's; 2: the page's.
    var verdicts = [UInt8](repeating: 0, count: last &+ 1)
    var entry = metadata.next(kind, "headline")
    while entry >= 0 {
      let object = Int(metadata.entries[entry].object)
      let verdict: UInt8 = page.hasTitle(metadata.value(entry)) ? 2 : 1
      verdicts[object] = Swift.max(verdicts[object], verdict)
      entry = metadata.next(kind, "headline", after: entry)
    }
    guard verdicts.contains(2) else { continue }
    metadata.entries.removeAll { $0.kind == kind && verdicts[Int($0.object)] == 1 }
  }
}
