/// Members as entries.
extension LinkedData {
  /// A value whose members or items are being written.
  private struct Frame {
    /// The next key or item, or -1.
    var child: Int
    /// The key under which the value stands; -1 for the object of an entry itself.
    var key: Int
    var isArray: Bool
    /// How much of the path leads to it.
    var pathLength: Int
    var agent: MetadataAgent
  }

  /// Writes the members of an object, and of those under them.
  mutating func writeMembers(
    of root: Int, _ object: Int, to writer: inout MetadataWriter
  ) {
    let node = script(of: root)
    var frames = [frame(root, key: -1, pathLength: 0)]
    while let frame = frames.last, writer.makesRoom(at: json.nodes[root].span) {
      guard frame.child >= 0 else {
        frames.removeLast()
        continue
      }
      let value = frame.isArray ? frame.child : frame.child &+ 1
      let key = frame.isArray ? frame.key : frame.child
      frames[frames.count &- 1].child = json.next(after: value)
      writer.cutPath(to: frame.pathLength)
      if !frame.isArray, !isTransparent(key) {
        writer.appendDot()
        writer.appendPath(bytes, json.nodes[key].span)
      }
      switch json.nodes[value].kind {
      case .null: break
      case .array:
        if frames.count < 8, isFollowed(key) || !hasCollections(value) {
          frames.append(self.frame(value, key: key, pathLength: writer.path.count, frame.agent))
        }
      case .object:
        guard frames.count < 8, key < 0 || isFollowed(key) || hasValue(value) else { break }
        let target = resolved(value)
        frames.append(
          self.frame(
            target, key: -1, pathLength: writer.path.count, type(of: target).agent))
      default:
        writer.appendPath(suffix(of: key))
        let entry = MetadataEntry(
          .jsonLd, node: node, span: json.nodes[value].span, object: object, agent: frame.agent)
        if isBody(key) {
          writer.addEmpty(entry)
        } else {
          writer.addJson(entry, from: text, hasEscapes: json.nodes[value].hasEscapes)
        }
      }
    }
  }

  private func frame(
    _ value: Int, key: Int, pathLength: Int, _ agent: MetadataAgent = .unknown
  ) -> Frame {
    Frame(
      child: json.firstChild(of: value), key: key, isArray: json.nodes[value].kind == .array,
      pathLength: pathLength, agent: agent)
  }

  /// Whether the things under a key are told member by member.
  private func isFollowed(_ key: Int) -> Bool {
    isTransparent(key) || isKey(key, agentKeys) || isKey(key, mediaKeys)
      || isKey(key, pageKeys) || isKey(key, namedKeys)
  }

  /// Whether a key only wraps a value.
  private func isTransparent(_ key: Int) -> Bool {
    guard key >= 0, json.nodes[key].span.count > 1,
      bytes[Int(json.nodes[key].span.begin)] == UInt8(ascii: "@")
    else { return false }
    return isKey(key, ["@value", "@list", "@set"])
  }

  /// What completes the name of plain text under a key that objects may stand under, too.
  private func suffix(of key: Int) -> StaticString {
    if isKey(key, agentKeys) { return ".name" }
    if isKey(key, mediaKeys) { return ".url" }
    return isKey(key, pageKeys) ? ".@id" : ""
  }

  private func isBody(_ key: Int) -> Bool { isKey(key, ["articlebody", "text"]) }

  private func isKey(_ key: Int, _ names: [StaticString]) -> Bool {
    guard key >= 0 else { return false }
    let begin = skipVocabulary(bytes, json.nodes[key].span)
    let span = Span(begin, Int(json.nodes[key].span.end))
    for name in names where spanEquals(name, bytes, span) { return true }
    return false
  }

  private func hasValue(_ object: Int) -> Bool {
    json.value(of: object, under: "@value", in: bytes) >= 0
  }

  /// Whether the first item of an array is an object or array.
  private func hasCollections(_ array: Int) -> Bool {
    let item = json.firstChild(of: array)
    return item >= 0 && (json.nodes[item].kind == .object || json.nodes[item].kind == .array)
  }

  /// The object that an object of nothing but `@id` and `@type` refers to, or itself.
  private mutating func resolved(_ object: Int) -> Int {
    var id = -1
    var key = json.firstChild(of: object)
    while key >= 0 {
      if isKey(key, ["@id"]) {
        id = key &+ 1
      } else if !isKey(key, ["@type"]) {
        return object
      }
      key = json.next(after: key &+ 1)
    }
    guard id >= 0, json.nodes[id].kind == .string, references < 64 else { return object }
    references &+= 1
    let wanted = json.nodes[id].span
    for other in identified where other.object != object && isSame(other.id, wanted, bytes) {
      let members = Int(json.nodes[other.object].end) &- other.object
      if members > 5, !type(of: other.object).isOfPage { return other.object }
    }
    return object
  }
}

private let agentKeys: [StaticString] = [
  "author", "creator", "contributor", "editor", "publisher", "provider", "sourceorganization",
  "copyrightholder", "accountableperson",
]

private let mediaKeys: [StaticString] = [
  "image", "thumbnail", "logo", "primaryimageofpage", "associatedmedia",
]

private let pageKeys: [StaticString] = ["mainentityofpage", "ispartof"]

private let namedKeys: [StaticString] = [
  "about", "keywords", "articlesection", "inlanguage", "contentlocation", "locationcreated",
]
