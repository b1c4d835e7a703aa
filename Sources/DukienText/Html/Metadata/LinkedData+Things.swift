/// Which objects there are, and how well they fit the page.
extension LinkedData {
  /// Finds the objects that have a type, and those that have an identifier.
  mutating func survey() {
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
  func type(at value: Int) -> ThingType {
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

  func type(of object: Int) -> ThingType {
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

  mutating func rank(_ page: PageAgreement) {
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
}
