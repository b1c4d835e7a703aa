/// Finds what a page itself says of its encoding, in `<?xml encoding=…?>`, `<meta charset=…>` or
/// `<meta http-equiv=content-type content=…charset=…>`.
///
/// This is the prescan of the HTML standard: comments and other tags are passed over, nothing else
/// is understood. It reads the first `longest` bytes.
struct MetaPrescan {
  static let longest = 4096

  private let bytes: UnsafePointer<UInt8>
  private let end: Int
  private var index = 0

  /// `end` is the count of the page's bytes.
  init(_ bytes: UnsafePointer<UInt8>, _ end: Int) {
    self.bytes = bytes
    self.end = Swift.min(end, Self.longest)
  }

  /// The label of the first declaration whose encoding is known, else of the first, else nil.
  ///
  /// - Complexity: O(n) in the bytes read.
  mutating func label() -> Span? {
    var unknown: Span?
    if let label = xmlLabel() {
      if isKnown(label) { return label }
      unknown = label
    }
    while index < end {
      guard bytes[index] == 0x3C else {
        index &+= 1
        continue
      }
      if starts(with: "<!--") {
        skipComment()
      } else if starts(with: "<meta"), index &+ 5 < end, isSpace(bytes[index &+ 5], orSlash: true) {
        index &+= 5
        if let label = labelOfMeta() {
          if isKnown(label) { return label }
          unknown = unknown ?? label
        }
      } else if isTag() {
        while index < end, !isSpace(bytes[index]), bytes[index] != 0x3E { index &+= 1 }
        while attribute() != nil {}
      } else if starts(with: "<!") || starts(with: "</") || starts(with: "<?") {
        while index < end, bytes[index] != 0x3E { index &+= 1 }
      } else {
        index &+= 1
      }
    }
    return unknown
  }

  /// The label in the value of a `Content-Type`, after "charset=".
  static func charset(in value: UnsafeBufferPointer<UInt8>) -> Range<Int>? {
    let word: StaticString = "charset"
    var begin = 0
    while begin &+ 7 <= value.count {
      guard (0..<7).allSatisfy({ lowerByte(value[begin &+ $0]) == word.utf8Start[$0] }) else {
        begin &+= 1
        continue
      }
      begin = skipSpace(value, begin &+ 7)
      guard begin < value.count, value[begin] == 0x3D else { continue }
      begin = skipSpace(value, begin &+ 1)
      guard begin < value.count else { return nil }
      let quote = value[begin]
      if quote == 0x22 || quote == 0x27 {
        begin &+= 1
        let end = value[begin...].firstIndex(of: quote)
        return end.map { begin..<$0 }
      }
      let end = value[begin...].firstIndex { $0 <= 0x20 || $0 == 0x3B || $0 == 0x2C }
      return begin..<(end ?? value.count)
    }
    return nil
  }

  /// The label of an XML declaration that begins the page.
  private func xmlLabel() -> Span? {
    guard starts(with: "<?xml") else { return nil }
    var place = self
    while place.index < end, bytes[place.index] != 0x3E {
      guard place.starts(with: "encoding") else {
        place.index &+= 1
        continue
      }
      place.index &+= 8
      place.skipSpaces()
      guard place.index < end, bytes[place.index] == 0x3D else { continue }
      place.index &+= 1
      place.skipSpaces()
      guard place.index < end else { return nil }
      let quote = bytes[place.index]
      guard quote == 0x22 || quote == 0x27 else { return nil }
      let begin = place.index &+ 1
      place.index = begin
      while place.index < end, bytes[place.index] != quote { place.index &+= 1 }
      return place.index < end ? Span(begin, place.index) : nil
    }
    return nil
  }

  /// The label that the attributes of a `<meta>` declare.
  private mutating func labelOfMeta() -> Span? {
    var isContentType = false
    var needsContentType = false
    var label: Span?
    while let attribute = attribute() {
      if spanEquals("http-equiv", bytes, attribute.name) {
        isContentType = isContentType || spanEquals("content-type", bytes, attribute.value)
      } else if spanEquals("content", bytes, attribute.name), label == nil {
        let value = UnsafeBufferPointer(
          start: bytes + Int(attribute.value.begin), count: attribute.value.count)
        if let found = Self.charset(in: value) {
          let begin = Int(attribute.value.begin)
          label = Span(begin &+ found.lowerBound, begin &+ found.upperBound)
          needsContentType = true
        }
      } else if spanEquals("charset", bytes, attribute.name), label == nil || needsContentType {
        label = attribute.value
        needsContentType = false
      }
    }
    return needsContentType && !isContentType ? nil : label
  }

  private struct Attribute {
    var name: Span
    var value: Span
  }

  /// The next attribute of a tag; nil at the end of the tag, which is passed.
  private mutating func attribute() -> Attribute? {
    while index < end, isSpace(bytes[index], orSlash: true) { index &+= 1 }
    guard index < end, bytes[index] != 0x3E else { return nil }
    let begin = index
    // A name may begin with an equals sign.
    index &+= 1
    while index < end, !isSpace(bytes[index], orSlash: true), bytes[index] != 0x3E,
      bytes[index] != 0x3D
    {
      index &+= 1
    }
    let name = Span(begin, index)
    skipSpaces()
    guard index < end, bytes[index] == 0x3D else {
      return Attribute(name: name, value: Span(index, index))
    }
    index &+= 1
    skipSpaces()
    guard index < end else { return nil }
    let quote = bytes[index]
    if quote == 0x22 || quote == 0x27 {
      let begin = index &+ 1
      index = begin
      while index < end, bytes[index] != quote { index &+= 1 }
      guard index < end else { return nil }
      index &+= 1
      return Attribute(name: name, value: Span(begin, index &- 1))
    }
    let valueBegin = index
    while index < end, !isSpace(bytes[index]), bytes[index] != 0x3E { index &+= 1 }
    return Attribute(name: name, value: Span(valueBegin, index))
  }

  private mutating func skipComment() {
    // The dashes that open a comment may close it.
    index &+= 2
    while index < end, !starts(with: "-->") { index &+= 1 }
    index = Swift.min(end, index &+ 3)
  }

  private mutating func skipSpaces() {
    while index < end, isSpace(bytes[index]) { index &+= 1 }
  }

  /// Whether a tag or an end tag begins here.
  private func isTag() -> Bool {
    var letter = index &+ 1
    if letter < end, bytes[letter] == 0x2F { letter &+= 1 }
    guard letter < end else { return false }
    let lower = lowerByte(bytes[letter])
    return lower >= 0x61 && lower <= 0x7A
  }

  /// Whether the bytes here are these, in any case.
  private func starts(with text: StaticString) -> Bool { startsLike(text, bytes, index, end) }

  private func isKnown(_ label: Span) -> Bool {
    TextEncoding(
      label: UnsafeBufferPointer(start: bytes + Int(label.begin), count: label.count)) != nil
  }
}

private func isSpace(_ byte: UInt8, orSlash: Bool = false) -> Bool {
  switch byte {
  case 0x09, 0x0A, 0x0C, 0x0D, 0x20: true
  case 0x2F: orSlash
  default: false
  }
}

private func skipSpace(_ bytes: UnsafeBufferPointer<UInt8>, _ begin: Int) -> Int {
  var index = begin
  while index < bytes.count, isSpace(bytes[index]) { index &+= 1 }
  return index
}
