internal import DukienEngine
internal import DukienText

/// The version of the JSON; it is raised only when a key changes its meaning.
private let schemaVersion: UInt64 = 1

/// Writes an extraction as one line of JSON.
///
/// `text` is what the strings of the extraction are ranges of. Empty strings and spans are left
/// out. Keys are the same for every page, whatever the terminal or platform.
/// - Complexity: linear in the size of the extraction.
func writeJson(
  _ extraction: Extraction, text: UnsafeBufferPointer<UInt8>, source: String, rules: String
) -> [UInt8] {
  var json = ResultJson(extraction: extraction, text: text)
  json.writeDocument(source: source, rules: rules)
  return json.out.bytes
}

private struct ResultJson {
  let extraction: Extraction
  let text: UnsafeBufferPointer<UInt8>
  var out: JsonWriter

  init(extraction: Extraction, text: UnsafeBufferPointer<UInt8>) {
    self.extraction = extraction
    self.text = text
    out = JsonWriter(capacity: text.count * 3 + 1024)
  }

  mutating func writeDocument(source: String, rules: String) {
    out.beginObject()
    out.key("dukien")
    out.number(schemaVersion)
    out.key("source")
    out.string(source)
    out.key("rules")
    out.string(rules)
    out.key("article")
    writeArticle()
    out.key("blocks")
    writeBlocks()
    out.key("values")
    writeValues()
    out.key("facts")
    writeFacts()
    out.key("limits")
    writeLimits()
    out.endObject()
  }

  // MARK: Article

  /// Fields in their order; those of one image become one object of the list `images`.
  private mutating func writeArticle() {
    let fields = extraction.fields
    out.beginObject()
    writeNamed(fields.indices.filter { fields[$0].group == Extraction.none })
    let members = fields.indices.filter { fields[$0].group != Extraction.none }
    if !members.isEmpty {
      out.key("images")
      out.beginList()
      // Sorted by group, which need not be dense; the order within one is that of the fields.
      let sorted = members.sorted { (fields[$0].group, $0) < (fields[$1].group, $1) }
      var start = 0
      while start < sorted.count {
        var end = start
        while end < sorted.count, fields[sorted[end]].group == fields[sorted[start]].group {
          end += 1
        }
        out.beginObject()
        writeNamed(Array(sorted[start..<end]))
        out.endObject()
        start = end
      }
      out.endList()
    }
    out.endObject()
  }

  /// Writes fields as keys of an object; several of one name make a list at the first one's place.
  private mutating func writeNamed(_ indices: [Int]) {
    for (position, index) in indices.enumerated() {
      let name = bytes(extraction.fields[index].name)
      let isRepeated = indices[..<position].contains { same(extraction.fields[$0].name, name) }
      if isRepeated { continue }
      let all = indices[position...].filter { same(extraction.fields[$0].name, name) }
      out.key(name)
      if extraction.fields[index].isList {
        out.beginList()
        for index in all { writeField(index) }
        out.endList()
      } else {
        writeField(index)
      }
    }
  }

  private mutating func writeField(_ index: Int) {
    let field = extraction.fields[index]
    if field.isFlag { return out.bool(true) }
    out.beginObject()
    write("text", field.text)
    write("norm", field.norm)
    write("span", at: field.at)
    write("from", field.from)
    out.endObject()
  }

  // MARK: Tables

  private mutating func writeBlocks() {
    out.beginList()
    for block in extraction.blocks {
      out.beginObject()
      write("kind", block.kind)
      write("span", at: block.at)
      write("text", block.text)
      write("reason", block.reason)
      write("path", block.path)
      out.endObject()
    }
    out.endList()
  }

  private mutating func writeValues() {
    out.beginList()
    for value in extraction.values {
      out.beginObject()
      write("type", value.type)
      write("text", value.text)
      write("span", at: value.at)
      write("norm", value.norm)
      write("approx", value.approx)
      out.endObject()
    }
    out.endList()
  }

  private mutating func writeFacts() {
    out.beginList()
    for fact in extraction.facts {
      out.beginObject()
      write("type", fact.type)
      write("span", at: fact.at)
      write("rule", fact.rule)
      write("polarity", fact.polarity)
      write("said_by", fact.saidBy)
      out.key("roles")
      writeRoles(run(fact.firstRole, fact.roleCount, of: extraction.roles.count))
      out.key("evidence")
      out.beginList()
      for index in run(fact.firstEvidence, fact.evidenceCount, of: extraction.evidence.count) {
        let evidence = extraction.evidence[index]
        out.beginObject()
        write("span", at: evidence.at)
        write("text", evidence.quote)
        out.endObject()
      }
      out.endList()
      out.endObject()
    }
    out.endList()
  }

  private mutating func writeRoles(_ roles: Range<Int>) {
    out.beginObject()
    var start = roles.lowerBound
    while start < roles.upperBound {
      let name = bytes(extraction.roles[start].name)
      var end = start + 1
      while end < roles.upperBound, same(extraction.roles[end].name, name) { end += 1 }
      out.key(name)
      let isList = end - start > 1 || extraction.roles[start].isList
      if isList { out.beginList() }
      for index in start..<end { writeRole(extraction.roles[index]) }
      if isList { out.endList() }
      start = end
    }
    out.endObject()
  }

  private mutating func writeRole(_ role: Extraction.Role) {
    out.beginObject()
    write("text", role.text)
    if role.isFlag {
      out.key("norm")
      out.bool(equal(bytes(role.norm), "true"))
    } else {
      write("norm", role.norm)
    }
    write("span", at: role.at)
    write("from", role.from)
    out.endObject()
  }

  private mutating func writeLimits() {
    out.beginList()
    for hit in extraction.limits {
      out.beginObject()
      write("name", hit.name)
      out.key("bound")
      out.number(hit.bound)
      out.key("seen")
      out.number(hit.seen)
      write("span", at: hit.at)
      out.endObject()
    }
    out.endList()
  }

  // MARK: Parts

  private mutating func write(_ key: StaticString, _ range: Extraction.Str) {
    let text = bytes(range)
    if text.isEmpty { return }
    out.key(key)
    out.string(text)
  }

  private mutating func write(_ key: StaticString, at span: Span) {
    if span.isEmpty { return }
    out.key(key)
    out.beginList()
    out.number(UInt64(span.begin))
    out.number(UInt64(span.end))
    out.endList()
  }

  /// The bytes of a string; empty where the range is not of this text.
  private func bytes(_ range: Extraction.Str) -> UnsafeBufferPointer<UInt8> {
    guard range.begin < range.end, Int(range.end) <= text.count else {
      return UnsafeBufferPointer(rebasing: text[0..<0])
    }
    return UnsafeBufferPointer(rebasing: text[range.range])
  }

  private func same(_ range: Extraction.Str, _ name: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes(range).elementsEqual(name)
  }

  /// `count` indices from `first`, cut at the end of the table.
  private func run(_ first: UInt32, _ count: UInt32, of total: Int) -> Range<Int> {
    let start = min(Int(first), total)
    return start..<min(start + Int(count), total)
  }
}

private func equal(_ bytes: UnsafeBufferPointer<UInt8>, _ word: StaticString) -> Bool {
  word.withUTF8Buffer { bytes.elementsEqual($0) }
}
