/// The JSON-LD of a page: which of its objects are the page's, and their members as entries.
struct LinkedData {
  private struct Thing {
    var object: Int
    var type: ThingType
    /// Whether it is part of something other than the page.
    var isNested: Bool
    var agrees = false
    var score = 0
  }

  /// An object with an `@id` that others may refer to.
  private struct Identified {
    var object: Int
    var id: Span
  }

  let json: JsonTree
  let text: [UInt8]
  let bytes: UnsafePointer<UInt8>
  let scripts: [JsonScript]
  private var things: [Thing] = []
  private var identified: [Identified] = []
  private var references = 0

  init(
    json: JsonTree, text: [UInt8], bytes: UnsafePointer<UInt8>, scripts: [JsonScript]
  ) {
    self.json = json
    self.text = text
    self.bytes = bytes
    self.scripts = scripts
  }

  /// Adds the members of the article, then those of the page, then the names of the site.
  mutating func write(to writer: inout MetadataWriter) {
    survey()
    rank(PageAgreement(writer.metadata))
    var best = -1
    for index in things.indices where things[index].type.isOfPage {
      if best < 0 || things[index].score > things[best].score { best = index }
    }
    var object = 0
    if best >= 0 {
      write(things[best], object, to: &writer)
      object &+= 1
    }
    for index in things.indices where index != best && object < 16 {
      let thing = things[index]
      switch thing.type {
      case .article where thing.agrees, .page where !thing.isNested,
        .site where !thing.isNested, .organization where !thing.isNested,
        .breadcrumbs where !thing.isNested:
        write(thing, object, to: &writer)
        object &+= 1
      default: break
      }
    }
  }

  // MARK: Which objects there are

  /// Finds the objects that have a type, and those that have an identifier.
  private mutating func survey() {
    for node in json.nodes.indices where json.nodes[node].isKey {
      let key = json.nodes[node]
      if spanEquals("@id", bytes, key.span) {
        if identified.count < 1024, json.nodes[node &+ 1].kind == .string {
          identified.append(Identified(object: Int(key.parent), id: json.nodes[node &+ 1].span))
        }
      } else if spanEquals("@type", bytes, key.span), things.count < 64 {
        let type = type(at: node &+ 1)
        guard type != .other, type != .person else { continue }
        let object = Int(key.parent)
        if things.last?.object == object { continue }
        things.append(Thing(object: object, type: type, isNested: isNested(object)))
      }
    }
  }

  /// The type that a value of `@type` names; of several the one that says most.
  private func type(at value: Int) -> ThingType {
    if json.nodes[value].kind == .string { return ThingType(bytes, json.nodes[value].span) }
    var best = ThingType.other
    guard json.nodes[value].kind == .array else { return best }
    var item = json.firstChild(of: value)
    while item >= 0 {
      let type = ThingType(bytes, json.nodes[item].span)
      if type.rawValue < best.rawValue { best = type }
      item = json.next(after: item)
    }
    return best
  }

  private func type(of object: Int) -> ThingType {
    let type = json.value(of: object, under: "@type", in: bytes)
    return type < 0 ? .other : self.type(at: type)
  }

  /// Whether something other than a graph, an array or the page itself holds the object.
  private func isNested(_ object: Int) -> Bool {
    var node = object
    while json.nodes[node].parent >= 0 {
      let parent = Int(json.nodes[node].parent)
      if json.nodes[parent].kind == .object {
        let key = json.nodes[node &- 1].span
        guard
          spanEquals("@graph", bytes, key) || spanEquals("mainentity", bytes, key)
            || spanEquals("mainentityofpage", bytes, key) || spanEquals("breadcrumb", bytes, key)
        else { return true }
      }
      node = parent
    }
    return false
  }

  private mutating func rank(_ page: PageAgreement) {
    for index in things.indices where things[index].type.isOfPage {
      let thing = things[index]
      var score =
        switch thing.type {
        case .article: 100
        case .work: 60
        default: 30
        }
      if thing.isNested { score &-= 80 }
      if hasTitle(thing.object, page) {
        score &+= 50
        things[index].agrees = true
      }
      if hasAddress(thing.object, page) {
        score &+= 40
        things[index].agrees = true
      }
      things[index].score = score
    }
  }

  private func hasTitle(_ object: Int, _ page: PageAgreement) -> Bool {
    for name in ["headline", "name"] as [StaticString] {
      let value = json.value(of: object, under: name, in: bytes)
      if value >= 0, json.nodes[value].kind == .string, page.hasTitle(plain(value)) { return true }
    }
    return false
  }

  private func hasAddress(_ object: Int, _ page: PageAgreement) -> Bool {
    for name in ["url", "mainentityofpage", "@id"] as [StaticString] {
      var value = json.value(of: object, under: name, in: bytes)
      if value >= 0, json.nodes[value].kind == .object {
        value = json.value(of: value, under: "@id", in: bytes)
      }
      if value >= 0, json.nodes[value].kind == .string, page.hasAddress(plain(value)) {
        return true
      }
    }
    return false
  }

  /// The text of a string as an entry would have it.
  private func plain(_ node: Int) -> ArraySlice<UInt8> {
    var writer = MetadataWriter()
    writer.addJson(
      MetadataEntry(.jsonLd, node: 0, span: json.nodes[node].span), from: text,
      hasEscapes: json.nodes[node].hasEscapes)
    return writer.metadata.bytes[...]
  }

  // MARK: Members as entries

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

  private mutating func write(_ thing: Thing, _ object: Int, to writer: inout MetadataWriter) {
    writer.path.removeAll(keepingCapacity: true)
    switch thing.type {
    case .site: return writeNames(of: thing.object, "website.name", object, to: &writer)
    case .organization:
      return writeNames(of: thing.object, "organization.name", object, to: &writer)
    case .breadcrumbs: return writeBreadcrumbs(thing.object, object, to: &writer)
    default: writeMembers(of: thing.object, object, to: &writer)
    }
  }

  private mutating func writeMembers(
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

  // MARK: The site

  private func writeNames(
    of thing: Int, _ name: StaticString, _ object: Int, to writer: inout MetadataWriter
  ) {
    writeString(
      json.value(of: thing, under: "name", in: bytes), name, script(of: thing), object,
      to: &writer)
  }

  private func writeBreadcrumbs(_ list: Int, _ object: Int, to writer: inout MetadataWriter) {
    let items = json.value(of: list, under: "itemlistelement", in: bytes)
    guard items >= 0, json.nodes[items].kind == .array else { return }
    var element = json.firstChild(of: items)
    let node = script(of: list)
    while element >= 0, writer.makesRoom(at: json.nodes[list].span) {
      var name = json.value(of: element, under: "name", in: bytes)
      if name < 0 {
        let item = json.value(of: element, under: "item", in: bytes)
        name = json.value(of: item, under: "name", in: bytes)
      }
      writeString(name, "breadcrumblist.name", node, object, to: &writer)
      element = json.next(after: element)
    }
  }

  private func writeString(
    _ value: Int, _ name: StaticString, _ node: Int, _ object: Int, to writer: inout MetadataWriter
  ) {
    guard value >= 0, json.nodes[value].kind == .string else { return }
    writer.setPath(name)
    writer.addJson(
      MetadataEntry(
        .jsonLd, node: node, span: json.nodes[value].span, object: object),
      from: text, hasEscapes: json.nodes[value].hasEscapes)
  }

  /// The element of the page that holds a value.
  private func script(of value: Int) -> Int {
    var node = 0
    for script in scripts where script.root <= value { node = script.node }
    return node
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
