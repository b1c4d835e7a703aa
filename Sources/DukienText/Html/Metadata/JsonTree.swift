/// A value of a JSON text with its place; part of a `JsonTree`.
package struct JsonNode: Equatable, Sendable, BitwiseCopyable {
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    case null
    case `true`
    case `false`
    case number
    case string
    /// Text without quotation marks that is none of the above.
    case word
    case object
    case array
  }

  package var kind: Kind
  /// Whether it names a member of an object; the value is the next node.
  package var isKey = false
  /// Whether a string holds backslashes.
  package var hasEscapes = false
  /// The bytes: of a string without its quotation marks, of an object or array with its brackets.
  package var span: Span
  /// The object or array it stands in, of a key and its value alike; -1 at the top.
  package var parent: Int32
  /// Past its last descendant.
  package var end: Int32
}

/// Something that is not JSON in a JSON text.
package struct JsonProblem: Equatable, Sendable {
  package enum Code: Sendable {
    /// Something that JSON does not have was read as what it seems to mean, or passed over.
    case notJson
    /// The text ends inside values; `count` of them.
    case cut
    /// More values in one another than `JsonTree.maximumDepth`; the rest was not read.
    case tooDeep
    /// More values than `JsonTree.maximumNodes`; the rest was not read.
    case tooMany
  }

  package var code: Code
  /// The first place.
  package var at: Span
  /// How many places there are.
  package var count: Int

  package init(code: Code, at: Span, count: Int) {
    self.code = code
    self.at = at
    self.count = count
  }
}

/// JSON texts as one flat tree: nodes in the order of the text, joined by index.
///
/// The members of an object are a key and its value by turns. All spans are offsets of one text,
/// which the tree does not hold.
package struct JsonTree: Sendable {
  package static var maximumDepth: Int { 256 }
  package static var maximumNodes: Int { 1 << 17 }

  package internal(set) var nodes: [JsonNode] = []
  /// What was wrong, at most one entry a code.
  package internal(set) var problems: [JsonProblem] = []

  package init() {}

  /// The first of the outermost values, or -1.
  package var firstRoot: Int { nodes.isEmpty ? -1 : 0 }

  /// The first item of an array or key of an object, or -1.
  package func firstChild(of node: Int) -> Int {
    Int(nodes[node].end) > node &+ 1 ? node &+ 1 : -1
  }

  /// The node after one in the same array, object or at the top, or -1.
  package func next(after node: Int) -> Int {
    let end = Int(nodes[node].end)
    let parent = Int(nodes[node].parent)
    return end < (parent < 0 ? nodes.count : Int(nodes[parent].end)) ? end : -1
  }

  /// The value of an object under a key in ASCII, in any case; the first of several, -1 if none.
  ///
  /// - Complexity: O(members).
  func value(of object: Int, under name: StaticString, in bytes: UnsafePointer<UInt8>) -> Int {
    guard object >= 0, nodes[object].kind == .object else { return -1 }
    var key = firstChild(of: object)
    while key >= 0 {
      if spanEquals(name, bytes, nodes[key].span) { return key &+ 1 }
      key = next(after: key &+ 1)
    }
    return -1
  }

  mutating func report(_ code: JsonProblem.Code, _ begin: Int, _ end: Int, count: Int = 1) {
    problems.add(code, begin, end, count: count)
  }
}

extension [JsonProblem] {
  /// Counts a problem with those of the same code, or begins to.
  mutating func add(_ code: JsonProblem.Code, _ begin: Int, _ end: Int, count: Int = 1) {
    for index in indices where self[index].code == code {
      self[index].count &+= count
      return
    }
    append(JsonProblem(code: code, at: Span(begin, end), count: count))
  }
}
