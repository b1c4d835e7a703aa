/// Cuts a page into text and tags by the states of the HTML standard (WHATWG, section 13.2.5).
///
/// Comments, processing instructions and the DOCTYPE are passed over. Any bytes are tokens.
struct HtmlTokenizer {
  enum Token {
    case text
    /// The content of a CDATA section.
    case rawText
    case startTag
    case endTag
    case end
  }

  private let bytes: UnsafePointer<UInt8>
  private let classes: UnsafePointer<HtmlByteClass>
  let end: Int
  private let limits: HtmlLimits
  private let mostAttributes: Int
  /// Where the next token begins.
  private(set) var index = 0

  /// The text, or the tag with its angle brackets.
  private(set) var span = Span(0, 0)
  /// The last tag.
  private(set) var tag = HtmlTag.none
  private(set) var nameSpan = Span(0, 0)
  private(set) var isSelfClosing = false
  /// The attributes of all tags that were kept, and of the last tag.
  private(set) var attributes: [HtmlAttribute] = []
  /// How many attributes there were before the last tag.
  private(set) var firstAttribute = 0
  private(set) var problems: [HtmlProblem] = []

  /// A reader of `count` bytes; they and the classes of all bytes must outlive it.
  init(
    bytes: UnsafePointer<UInt8>, count: Int, classes: UnsafePointer<HtmlByteClass>,
    limits: HtmlLimits
  ) {
    self.bytes = bytes
    self.end = count
    self.classes = classes
    self.limits = limits
    mostAttributes = Swift.min(limits.attributes, Int(UInt16.max))
    attributes.reserveCapacity(Swift.min(count / 96, 1 << 16))
  }

  /// Reads the next token; `allowsCdata` where the standard reads CDATA sections (SVG, MathML).
  mutating func next(allowsCdata: Bool) -> Token {
    var begin = index
    var scan = begin
    while true {
      let open = findByte(0x3C, bytes, scan, end)
      guard open &+ 1 < end else { return text(begin, end) }
      let byte = bytes[open &+ 1]
      if classes[Int(byte)].contains(.letter) {
        if open > begin { return text(begin, open) }
        return readTag(open, name: open &+ 1) ? .startTag : .end
      }
      if byte == 0x2F {
        guard open &+ 2 < end else { return text(begin, end) }
        if open > begin { return text(begin, open) }
        if classes[Int(bytes[open &+ 2])].contains(.letter) {
          let first = attributes.count
          let isWhole = readTag(open, name: open &+ 2)
          attributes.removeLast(attributes.count &- first)
          return isWhole ? .endTag : .end
        }
        begin = endOfBogusComment(open &+ 2)
        scan = begin
        continue
      }
      if byte == 0x21 || byte == 0x3F {
        if open > begin { return text(begin, open) }
        if allowsCdata, startsLike("<![cdata[", bytes, open, end) { return readCdata(open &+ 9) }
        begin =
          startsLike("<!--", bytes, open, end)
          ? endOfComment(open &+ 4) : endOfBogusComment(open &+ 2)
        scan = begin
        continue
      }
      scan = open &+ 1
    }
  }

  /// The name of the last tag, cut to the longest that is looked at.
  var name: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(
      start: bytes + Int(nameSpan.begin), count: Swift.min(nameSpan.count, limits.nameBytes))
  }

  /// Forgets the attributes of the last tag.
  mutating func dropAttributes() {
    attributes.removeLast(attributes.count &- firstAttribute)
  }

  /// Whether the last tag has an attribute of this name.
  func has(_ name: HtmlAttributeName) -> Bool {
    for place in firstAttribute..<attributes.count where attributes[place].name == name {
      return true
    }
    return false
  }

  /// Whether the text of a span is white space.
  func isBlank(_ span: Span) -> Bool {
    for place in span.range where !classes[Int(bytes[place])].contains(.space) { return false }
    return true
  }

  /// Passes over a line feed, as after `<pre>`.
  mutating func skipLineFeed() {
    if index < end, bytes[index] == 0x0D { index &+= 1 }
    if index < end, bytes[index] == 0x0A { index &+= 1 }
  }

  /// Stops reading and counts what is left.
  mutating func stop() {
    note(.tooManyNodes, index, end, count: Swift.max(end &- index, 1))
    index = end
  }

  /// Counts a bound that was hit.
  mutating func note(_ code: HtmlProblem.Code, _ begin: Int, _ end: Int, count: Int = 1) {
    for place in problems.indices where problems[place].code == code {
      problems[place].count &+= count
      return
    }
    problems.append(HtmlProblem(code: code, at: Span(begin, end), count: count))
  }

  private mutating func text(_ begin: Int, _ textEnd: Int) -> Token {
    index = textEnd
    guard textEnd > begin else { return .end }
    span = Span(begin, textEnd)
    return .text
  }

  private mutating func readCdata(_ begin: Int) -> Token {
    var close = begin
    while true {
      close = findByte(0x3E, bytes, close, end)
      guard close < end else { return text(begin, end) == .text ? .rawText : .end }
      if close &- begin >= 2, bytes[close &- 1] == 0x5D, bytes[close &- 2] == 0x5D { break }
      close &+= 1
    }
    span = Span(begin, close &- 2)
    index = close &+ 1
    return .rawText
  }
}

// MARK: - Tags

extension HtmlTokenizer {
  /// Reads the tag that opens at `open`; false where the page ends inside it.
  @inline(__always)
  private mutating func readTag(_ open: Int, name begin: Int) -> Bool {
    var key = HtmlNameKey()
    var place = begin
    while place < end, !classes[Int(bytes[place])].contains(.endsTagName) {
      key.append(bytes[place])
      place &+= 1
    }
    nameSpan = Span(begin, place)
    if key.count > limits.nameBytes { note(.longName, begin, place) }
    tag = HtmlNames.tags.find(key).flatMap { HtmlTag(rawValue: $0) } ?? .other
    firstAttribute = attributes.count
    isSelfClosing = false
    while place < end {
      let byte = bytes[place]
      if byte == 0x3E {
        index = place &+ 1
        span = Span(open, index)
        return true
      }
      if byte == 0x2F {
        isSelfClosing = place &+ 1 < end && bytes[place &+ 1] == 0x3E
        place &+= 1
      } else if classes[Int(byte)].contains(.space) {
        place &+= 1
      } else {
        place = readAttribute(place)
      }
    }
    dropAttributes()
    index = end
    return false
  }

  /// Reads the attribute at `begin` and returns where it ends.
  @inline(__always)
  private mutating func readAttribute(_ begin: Int) -> Int {
    var key = HtmlNameKey()
    // An equals sign at the very start belongs to the name.
    key.append(bytes[begin])
    var place = begin &+ 1
    while place < end, !classes[Int(bytes[place])].contains(.endsAttributeName) {
      key.append(bytes[place])
      place &+= 1
    }
    let nameEnd = place
    while place < end, classes[Int(bytes[place])].contains(.space) { place &+= 1 }
    var value = Span(nameEnd, nameEnd)
    if place < end, bytes[place] == 0x3D {
      place &+= 1
      while place < end, classes[Int(bytes[place])].contains(.space) { place &+= 1 }
      guard place < end else { return end }
      let quote = bytes[place]
      if quote == 0x22 || quote == 0x27 {
        let close = findByte(quote, bytes, place &+ 1, end)
        value = Span(place &+ 1, close)
        place = Swift.min(close &+ 1, end)
      } else {
        let first = place
        while place < end, !classes[Int(bytes[place])].contains(.endsValue) { place &+= 1 }
        value = Span(first, place)
      }
    }
    guard attributes.count &- firstAttribute < mostAttributes else {
      note(.tooManyAttributes, begin, place)
      return place
    }
    if key.count > limits.nameBytes { note(.longName, begin, nameEnd) }
    if value.count > limits.valueBytes { value = cut(value) }
    attributes.append(
      HtmlAttribute(
        name: attributeName(key), nameSpan: Span(begin, nameEnd), value: value))
    return place
  }

  /// The value cut to the longest that is kept, between characters.
  private mutating func cut(_ value: Span) -> Span {
    note(.longValue, Int(value.begin), Int(value.end))
    var last = Int(value.begin) &+ limits.valueBytes
    while last > Int(value.begin), bytes[last] & 0xC0 == 0x80 { last &-= 1 }
    return Span(Int(value.begin), last)
  }

  @inline(__always)
  private func attributeName(_ key: HtmlNameKey) -> HtmlAttributeName {
    if let found = HtmlNames.attributes.find(key), let name = HtmlAttributeName(rawValue: found) {
      return name
    }
    if key.low & 0xFF_FFFF_FFFF == 0x2D_6174_6164 { return .data }
    if key.low & 0xFF_FFFF_FFFF == 0x2D_6169_7261 { return .aria }
    return .other
  }
}

// MARK: - What is no tag

extension HtmlTokenizer {
  /// Where a comment ends whose data begins at `begin`.
  private func endOfComment(_ begin: Int) -> Int {
    if begin < end, bytes[begin] == 0x3E { return begin &+ 1 }
    if begin &+ 1 < end, bytes[begin] == 0x2D, bytes[begin &+ 1] == 0x3E { return begin &+ 2 }
    var close = begin
    while true {
      close = findByte(0x3E, bytes, close, end)
      guard close < end else { return end }
      if endsComment(begin, close) { return close &+ 1 }
      close &+= 1
    }
  }

  /// Whether `--` or `--!` stands before the `>` at `close`.
  @inline(__always)
  private func endsComment(_ begin: Int, _ close: Int) -> Bool {
    guard close &- begin >= 2 else { return false }
    let last = bytes[close &- 1] == 0x21 ? close &- 2 : close &- 1
    return last &- 1 >= begin && bytes[last] == 0x2D && bytes[last &- 1] == 0x2D
  }

  /// Where a bogus comment or DOCTYPE ends: past the next `>`.
  private func endOfBogusComment(_ begin: Int) -> Int {
    Swift.min(findByte(0x3E, bytes, begin, end) &+ 1, end)
  }

  /// Reads the content of an element such as `title`, whose start tag was read last, up to and
  /// with its end tag; nil where it is empty.
  mutating func readRawText(of tag: HtmlTag) -> Span? {
    let begin = index
    let close = tag == .plaintext ? end : tag == .script ? endOfScript() : endOfRawText(of: tag)
    index = close
    if close < end {
      let first = attributes.count
      _ = readTag(close, name: close &+ 2)
      attributes.removeLast(attributes.count &- first)
    }
    return close > begin ? Span(begin, close) : nil
  }

  /// Where the end tag of an element stands whose content holds no other tags, or the end.
  private func endOfRawText(of tag: HtmlTag) -> Int {
    let name = tag.name
    var open = index
    while true {
      open = findByte(0x3C, bytes, open, end)
      guard open < end else { return end }
      if isEndTag(open, name) { return open }
      open &+= 1
    }
  }

  /// Where the end tag of a script stands, or the end.
  ///
  /// Inside `<!--`, a `<script>` opens a part that its own end tag closes.
  private func endOfScript() -> Int {
    var place = index
    while true {
      place = findByte(0x3C, bytes, place, end)
      guard place < end else { return end }
      if isEndTag(place, "script") { return place }
      if startsLike("<!--", bytes, place, end) {
        let comment = endOfScriptComment(place)
        if comment.isEndTag { return comment.end }
        place = comment.end
      } else {
        place &+= 1
      }
    }
  }

  /// Where the `<!--` at `begin` inside a script ends, or the script's end tag in it.
  private func endOfScriptComment(_ begin: Int) -> (end: Int, isEndTag: Bool) {
    var isInner = false
    var place = begin &+ 4
    while place < end {
      let byte = bytes[place]
      if byte == 0x3E, bytes[place &- 1] == 0x2D, bytes[place &- 2] == 0x2D {
        return (place &+ 1, false)
      }
      if byte == 0x3C {
        if isEndTag(place, "script") {
          if !isInner { return (place, true) }
          isInner = false
        } else if isTag("script", at: place &+ 1) {
          isInner = true
        }
      }
      place &+= 1
    }
    return (end, true)
  }

  @inline(__always)
  private func isEndTag(_ open: Int, _ name: StaticString) -> Bool {
    open &+ 1 < end && bytes[open &+ 1] == 0x2F && isTag(name, at: open &+ 2)
  }

  /// Whether the name and what may follow the name of a tag stand at `begin`.
  private func isTag(_ name: StaticString, at begin: Int) -> Bool {
    let last = begin &+ name.utf8CodeUnitCount
    return last < end && startsLike(name, bytes, begin, end)
      && classes[Int(bytes[last])].contains(.endsTagName)
  }
}
