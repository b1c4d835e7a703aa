/// The JSON-LD of a page: which of its objects are the page's, and their members as entries.
struct LinkedData {
  struct Thing {
    var object: Int
    var type: ThingType
    /// Whether it is part of something other than the page.
    var isNested: Bool
    var agrees = false
    var score = 0
  }

  /// An object with an `@id` that others may refer to.
  struct Identified {
    var object: Int
    var id: Span
  }

  let json: JsonTree
  let text: [UInt8]
  let bytes: UnsafePointer<UInt8>
  let scripts: [JsonScript]
  var things: [Thing] = []
  var identified: [Identified] = []
  var references = 0

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
  func script(of value: Int) -> Int {
    var node = 0
    for script in scripts where script.root <= value { node = script.node }
    return node
  }
}
