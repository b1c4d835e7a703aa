extension JsonTree {
  /// Reads a JSON text and adds its values to the tree, after those of earlier texts.
  ///
  /// What web pages have beside JSON is forgiven: comments, `<!--` and CDATA marks, several values,
  /// JavaScript before a value, commas too many or missing, line breaks and unescaped
  /// quotation marks in strings, single quotation marks, names and words without them, brackets
  /// missing at the end. What had to be guessed or passed over is reported.
  ///
  /// No more than `values` outermost values are read.
  ///
  /// - Complexity: O(n) in the bytes; a byte is looked at a few times at most.
  package mutating func read(_ text: [UInt8], _ span: Span, values: Int = .max) {
    let end = Swift.min(Int(span.end), text.count)
    let begin = Int(span.begin)
    guard begin < end else { return }
    text.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return }
      read(bytes, begin, end, values: values)
    }
  }

  mutating func read(
    _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int, values: Int = .max
  ) {
    var reader = JsonReader(bytes: bytes, index: begin, end: end, values: values)
    swap(&reader.tree, &self)
    reader.read()
    swap(&reader.tree, &self)
  }
}

/// Reads one text; its own stack is the chain of parents.
private struct JsonReader {
  let bytes: UnsafePointer<UInt8>
  var index: Int
  let end: Int
  /// How many outermost values are still wanted.
  var values: Int
  var tree = JsonTree()
  /// The open object or array, or -1.
  var top = -1
  var isInObject = false
  /// A key was read, its value was not.
  var hasKey = false
  var openObjects = 0
  var openArrays = 0

  init(bytes: UnsafePointer<UInt8>, index: Int, end: Int, values: Int) {
    self.bytes = bytes
    self.index = index
    self.end = end
    self.values = values
  }

  mutating func read() {
    while true {
      index = skipBetween(index)
      guard index < end, top >= 0 || values > 0 else { break }
      guard tree.nodes.count &+ 2 < JsonTree.maximumNodes else {
        tree.report(.tooMany, index, index &+ 1)
        break
      }
      switch bytes[index] {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        guard openObjects &+ openArrays < JsonTree.maximumDepth else {
          tree.report(.tooDeep, index, index &+ 1)
          return closeAll()
        }
        open(isObject: bytes[index] == UInt8(ascii: "{"))
      case UInt8(ascii: "}"): close(.object)
      case UInt8(ascii: "]"): close(.array)
      case UInt8(ascii: ","), UInt8(ascii: ";"):
        if hasKey { add(.null, index, index) }
        index &+= 1
      case UInt8(ascii: ":"): index &+= 1
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        readString()
      default:
        readWord()
      }
    }
    if top >= 0 {
      tree.report(.cut, index, index, count: openObjects &+ openArrays)
    }
    closeAll()
  }

  // MARK: Nodes

  /// Adds a value, or a key where an object wants one.
  private mutating func add(_ kind: JsonNode.Kind, _ begin: Int, _ end: Int) {
    let node = tree.nodes.count
    let isKey = isInObject && !hasKey
    tree.nodes.append(
      JsonNode(
        kind: kind, isKey: isKey, span: Span(begin, end), parent: Int32(truncatingIfNeeded: top),
        end: Int32(truncatingIfNeeded: node &+ 1)))
    hasKey = isKey
    if top < 0 { values &-= 1 }
  }

  private mutating func open(isObject: Bool) {
    if isInObject, !hasKey {
      tree.report(.notJson, index, index &+ 1)
      // Where an array of objects goes on, the bracket before was forgotten.
      let parent = Int(tree.nodes[top].parent)
      if isObject, parent >= 0, tree.nodes[parent].kind == .array {
        pop(index)
      } else {
        add(.string, index, index)
      }
    }
    let node = tree.nodes.count
    add(isObject ? .object : .array, index, index)
    if top < 0 { values &+= 1 }
    top = node
    isInObject = isObject
    hasKey = false
    if isObject { openObjects &+= 1 } else { openArrays &+= 1 }
    index &+= 1
  }

  /// Closes everything up to the innermost open value of a kind; without one, passes over.
  private mutating func close(_ kind: JsonNode.Kind) {
    guard (kind == .object ? openObjects : openArrays) > 0 else {
      tree.report(.notJson, index, index &+ 1)
      index &+= 1
      return
    }
    if tree.nodes[top].kind != kind { tree.report(.notJson, index, index &+ 1) }
    while top >= 0, tree.nodes[top].kind != kind { pop(index) }
    index &+= 1
    pop(index)
  }

  private mutating func closeAll() {
    while top >= 0 { pop(index) }
  }

  private mutating func pop(_ at: Int) {
    if hasKey { add(.null, at, at) }
    let node = tree.nodes[top]
    if node.kind == .object { openObjects &-= 1 } else { openArrays &-= 1 }
    tree.nodes[top].span.end = UInt32(truncatingIfNeeded: at)
    tree.nodes[top].end = Int32(truncatingIfNeeded: tree.nodes.count)
    top = Int(node.parent)
    isInObject = top >= 0 && tree.nodes[top].kind == .object
    hasKey = false
    if top < 0 { values &-= 1 }
  }

  // MARK: Strings and words

  private mutating func readString() {
    let quote = bytes[index]
    if quote == UInt8(ascii: "'") { tree.report(.notJson, index, index &+ 1) }
    let begin = index &+ 1
    var hasEscapes = false
    var at = begin
    while at < end {
      let byte = bytes[at]
      if byte == UInt8(ascii: "\\") {
        hasEscapes = true
        at &+= 2
      } else if byte == quote {
        if closes(at, quote) { break }
        tree.report(.notJson, at, at &+ 1)
        at &+= 1
      } else {
        at &+= 1
      }
    }
    at = Swift.min(at, end)
    if at == end { tree.report(.cut, begin &- 1, at) }
    add(.string, begin, at)
    tree.nodes[tree.nodes.count &- 1].hasEscapes = hasEscapes
    index = Swift.min(at &+ 1, end)
  }

  /// Whether the quotation mark at `at` ends a string; one that cannot is part of the text.
  ///
  /// Never denies the end of a string in strict JSON. It looks no further than past the next two
  /// quotation marks, so that all calls together stay linear.
  private func closes(_ at: Int, _ quote: UInt8) -> Bool {
    if top < 0 || isInObject && !hasKey { return true }
    let next = skipBlanks(at &+ 1)
    guard next < end else { return true }
    switch bytes[next] {
    case UInt8(ascii: "}"), UInt8(ascii: "]"): return true
    case UInt8(ascii: "/"): return next > at &+ 1 && opensComment(next)
    case UInt8(ascii: ","):
      let after = skipBlanks(next &+ 1)
      guard after < end else { return true }
      return isInObject ? opensMember(after) : opensValue(after)
    case quote:
      return isInObject ? opensKey(next) : hasLineBreak(at, next)
    default: return false
    }
  }

  private func opensMember(_ at: Int) -> Bool {
    switch bytes[at] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return opensKey(at)
    case UInt8(ascii: "}"), UInt8(ascii: "]"), UInt8(ascii: ","): return true
    case UInt8(ascii: "/"): return opensComment(at)
    default:
      var index = at
      while index < end, isNameByte(bytes[index]) { index &+= 1 }
      guard index > at else { return false }
      index = skipBlanks(index)
      return index < end && bytes[index] == UInt8(ascii: ":")
    }
  }

  private func opensValue(_ at: Int) -> Bool {
    switch bytes[at] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "{"), UInt8(ascii: "["),
      UInt8(ascii: "]"), UInt8(ascii: "}"), UInt8(ascii: ","), UInt8(ascii: "-"),
      UInt8(ascii: "0")...UInt8(ascii: "9"):
      return true
    case UInt8(ascii: "/"): return opensComment(at)
    default:
      return startsLike("true", bytes, at, end) || startsLike("false", bytes, at, end)
        || startsLike("null", bytes, at, end)
    }
  }

  /// Whether a quoted name and a colon stand at `at`.
  private func opensKey(_ at: Int) -> Bool {
    let quote = bytes[at]
    var index = at &+ 1
    while index < end, bytes[index] != quote {
      index &+= bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    index = skipBlanks(index &+ 1)
    return index >= end || bytes[index] == UInt8(ascii: ":")
  }

  private func hasLineBreak(_ begin: Int, _ end: Int) -> Bool {
    for index in begin..<end where bytes[index] == 0x0A || bytes[index] == 0x0D { return true }
    return false
  }

  /// Reads a number, a name or text without quotation marks; outside values, passes over it.
  private mutating func readWord() {
    let begin = index
    guard top >= 0 else {
      while index < end, bytes[index] != UInt8(ascii: "{"), bytes[index] != UInt8(ascii: "[") {
        index &+= 1
      }
      tree.report(.notJson, begin, index)
      return
    }
    let endsAtColon = isInObject && !hasKey
    while index < end, !endsWord(index, endsAtColon) { index &+= 1 }
    let last = skipSpaceBack(bytes, begin, index)
    // A byte that can neither open nor close anything.
    if index == begin { index &+= 1 }
    var kind = wordKind(begin, last)
    if endsAtColon { kind = .string }
    if kind == .word || endsAtColon { tree.report(.notJson, begin, last) }
    add(kind, begin, last)
  }

  private func endsWord(_ at: Int, _ endsAtColon: Bool) -> Bool {
    switch bytes[at] {
    case UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "]"), 0x0A, 0x0D: true
    case UInt8(ascii: ":"): endsAtColon
    case UInt8(ascii: "/"): opensComment(at) && bytes[at &- 1] <= 0x20
    default: false
    }
  }

  private func wordKind(_ begin: Int, _ end: Int) -> JsonNode.Kind {
    let span = Span(begin, end)
    if spanEquals("null", bytes, span) || spanEquals("undefined", bytes, span) { return .null }
    if spanEquals("true", bytes, span) { return .true }
    if spanEquals("false", bytes, span) { return .false }
    var hasDigit = false
    for index in begin..<end {
      switch bytes[index] {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): hasDigit = true
      case UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."), UInt8(ascii: "e"),
        UInt8(ascii: "E"):
        break
      default: return .word
      }
    }
    return hasDigit ? .number : .word
  }

  // MARK: What stands between values

  private func skipBlanks(_ at: Int) -> Int {
    var index = at
    while index < end, bytes[index] <= 0x20 { index &+= 1 }
    return index
  }

  private func opensComment(_ at: Int) -> Bool {
    startsLike("//", bytes, at, end) || startsLike("/*", bytes, at, end)
  }

  /// Skips white space, a byte order mark, comments and the marks that hide scripts.
  private mutating func skipBetween(_ at: Int) -> Int {
    var index = at
    while true {
      index = skipBlanks(index)
      guard index < end else { return end }
      let begin = index
      switch bytes[index] {
      case UInt8(ascii: "/"): index = endOfComment(index)
      case UInt8(ascii: "<"):
        index &+= markLength("<!--", index) &+ markLength("<![cdata[", index)
      case UInt8(ascii: "-"): index &+= markLength("-->", index)
      case UInt8(ascii: "]") where top < 0: index &+= markLength("]]>", index)
      case 0xEF:
        if index &+ 2 < end, bytes[index &+ 1] == 0xBB, bytes[index &+ 2] == 0xBF { index &+= 3 }
      default: return index
      }
      guard index > begin else { return index }
      tree.report(.notJson, begin, index)
    }
  }

  private func markLength(_ mark: StaticString, _ at: Int) -> Int {
    startsLike(mark, bytes, at, end) ? mark.utf8CodeUnitCount : 0
  }

  private func endOfComment(_ at: Int) -> Int {
    if startsLike("/*", bytes, at, end) {
      var index = at &+ 2
      while index < end, !startsLike("*/", bytes, index, end) { index &+= 1 }
      return Swift.min(index &+ 2, end)
    }
    guard startsLike("//", bytes, at, end) else { return at }
    let text = at &+ 2
    // The marks that hide scripts may share a line with the value.
    let mark = skipBlanks(text)
    for opening in ["<!--", "<![cdata["] as [StaticString]
    where startsLike(opening, bytes, mark, end) {
      return mark &+ opening.utf8CodeUnitCount
    }
    var index = text
    while index < end, bytes[index] != 0x0A, bytes[index] != 0x0D { index &+= 1 }
    return index
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "$"),
    UInt8(ascii: "@"), UInt8(ascii: "-"):
    true
  default: false
  }
}
