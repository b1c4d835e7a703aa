/// The text of an article that a page holds in a script.
package struct EmbeddedBody: Sendable {
  /// A string of the script.
  package struct Part: Sendable, BitwiseCopyable {
    /// Its text in `EmbeddedBody.text`.
    package var text: Span
    /// Where it stands on the page, in offsets of the tree's text.
    package var span: Span
  }

  /// Plain text, a paragraph a line.
  package internal(set) var text: [UInt8] = []
  /// The strings that the text is made of, in order.
  package internal(set) var parts: [Part] = []
}

extension EmbeddedBody {
  /// How many bytes of scripts are looked at.
  static var maximumBytes: Int { 1 << 23 }
  /// How many bytes of prose an article has at least.
  static var minimumProse: Int { 200 }

  /// Reads the longest prose that scripts of a page hold under names such as `articleBody` or
  /// `content`, for pages that show no text of their own; nil where there is none.
  ///
  /// Looked at are JSON-LD, scripts of type `application/json`, and values given to variables.
  ///
  /// - Complexity: O(n) in the bytes of the scripts.
  package static func read(_ tree: HtmlTree) -> EmbeddedBody? {
    tree.text.bytes.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return nil }
      var search = ProseSearch(tree: tree, bytes: bytes)
      return search.read()
    }
  }
}

/// Looks for the part of JSON texts where the prose is.
private struct ProseSearch {
  let tree: HtmlTree
  let bytes: UnsafePointer<UInt8>
  var json = JsonTree()
  /// The bytes of prose in each node and its descendants; of an object's own strings only those of
  /// the longest count, because pages give one text in several forms.
  var prose: [Int] = []
  /// The longest string of each object, or -1.
  var longest: [Int32] = []

  init(tree: HtmlTree, bytes: UnsafePointer<UInt8>) {
    self.tree = tree
    self.bytes = bytes
  }

  mutating func read() -> EmbeddedBody? {
    readScripts()
    weigh()
    guard let place = heaviest(), prose[place] >= EmbeddedBody.minimumProse else { return nil }
    var body = EmbeddedBody()
    for node in place..<Int(json.nodes[place].end) where isTold(node, in: place) {
      append(node, to: &body)
    }
    return body
  }

  // MARK: Scripts

  private mutating func readScripts() {
    var left = EmbeddedBody.maximumBytes
    for node in tree.nodes.indices where tree.nodes[node].tag == .script {
      let child = node &+ 1
      guard child < tree.nodes[node].end else { continue }
      let span = tree.nodes[child].span
      guard let begin = beginOfJson(node, span), span.count <= left else { continue }
      left &-= span.count
      json.read(bytes, begin, Int(span.end), values: 1)
    }
  }

  /// Where the JSON of a script begins, or nil for scripts of other kinds.
  private func beginOfJson(_ node: Int, _ span: Span) -> Int? {
    if let type = tree.value(of: node, .type), type.count >= 4,
      startsLike("json", bytes, Int(type.end) &- 4, Int(type.end))
    {
      return Int(span.begin)
    }
    // `window.name = {`, `var name = [`.
    let end = Swift.min(Int(span.end), Int(span.begin) &+ 200)
    for index in Int(span.begin)..<Swift.max(end, Int(span.begin))
    where bytes[index] == UInt8(ascii: "=") {
      let value = skipSpace(bytes, index &+ 1, end)
      guard value < end else { return nil }
      let opens = bytes[value] == UInt8(ascii: "{") || bytes[value] == UInt8(ascii: "[")
      return opens ? value : nil
    }
    return nil
  }

  // MARK: Where the prose is

  private mutating func weigh() {
    let count = json.nodes.count
    prose = [Int](repeating: 0, count: count)
    longest = [Int32](repeating: -1, count: count)
    var own = [Int](repeating: 0, count: count)
    for node in 0..<count {
      own[node] = lengthOfProse(node)
      let parent = Int(json.nodes[node].parent)
      guard own[node] > 0, parent >= 0, json.nodes[parent].kind == .object else { continue }
      let other = Int(longest[parent])
      if other < 0 || own[node] > own[other] {
        if other >= 0 { own[other] = 0 }
        longest[parent] = Int32(truncatingIfNeeded: node)
      } else {
        own[node] = 0
      }
    }
    for node in stride(from: count &- 1, through: 0, by: -1) {
      prose[node] &+= own[node]
      let parent = Int(json.nodes[node].parent)
      if parent >= 0 { prose[parent] &+= prose[node] }
    }
  }

  /// How many bytes of prose a string is; 0 for what is none.
  private func lengthOfProse(_ node: Int) -> Int {
    let value = json.nodes[node]
    guard value.kind == .string, !value.isKey, value.span.count >= 60, isBody(node) else {
      return 0
    }
    var spaces = 0
    for index in value.span.range where bytes[index] == 0x20 { spaces &+= 1 }
    return spaces &* 14 >= value.span.count ? value.span.count : 0
  }

  /// Whether the name under which a value stands, alone or in an array, is one of texts.
  private func isBody(_ node: Int) -> Bool {
    var value = node
    while json.nodes[value].parent >= 0 {
      let parent = Int(json.nodes[value].parent)
      if json.nodes[parent].kind == .object {
        for name in bodyNames where spanEquals(name, bytes, json.nodes[value &- 1].span) {
          return true
        }
        return false
      }
      value = parent
    }
    return false
  }

  /// The innermost node that most of the prose around it is in.
  private func heaviest() -> Int? {
    var root = json.firstRoot
    var place = root
    while root >= 0 {
      if prose[root] > prose[place] { place = root }
      root = json.next(after: root)
    }
    guard place >= 0 else { return nil }
    while true {
      var best = -1
      var child = json.firstChild(of: place)
      while child >= 0 {
        if best < 0 || prose[child] > prose[best] { best = child }
        child = json.next(after: child)
      }
      guard best >= 0, prose[best] > 0, prose[best] &* 10 >= prose[place] &* 6 else { return place }
      place = best
    }
  }

  /// Whether a string is part of the article's text.
  private func isTold(_ node: Int, in place: Int) -> Bool {
    guard json.nodes[node].kind == .string, !json.nodes[node].isKey else { return false }
    if node == place { return true }
    let parent = Int(json.nodes[node].parent)
    if json.nodes[parent].kind == .object, longest[parent] >= 0 {
      return Int(longest[parent]) == node
    }
    return isBody(node)
  }

  private func append(_ node: Int, to body: inout EmbeddedBody) {
    let span = json.nodes[node].span
    var unescaped: [UInt8] = []
    appendJsonText(bytes, span, to: &unescaped)
    var decoded: [UInt8] = []
    decodeReferences(
      unescaped, Span(0, unescaped.count), isAttribute: false, into: &decoded)
    if !body.text.isEmpty { body.text.append(0x0A) }
    let begin = body.text.count
    decoded.withUnsafeBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return }
      appendPlainText(start, 0, buffer.count, breaks: .kept, to: &body.text)
    }
    if body.text.count == begin {
      if begin > 0 { body.text.removeLast() }
    } else {
      body.parts.append(EmbeddedBody.Part(text: Span(begin, body.text.count), span: span))
    }
  }
}

private let bodyNames: [StaticString] = [
  "articlebody", "body", "bodytext", "bodyhtml", "content", "contenthtml", "text", "html",
  "paragraph", "paragraphs", "value", "story", "storyhtml", "richtext",
]
