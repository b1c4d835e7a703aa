internal import DukienRules

/// The JSON Schema (draft 2020-12) of rule files, written from the table of the language.
func schema() -> [UInt8] {
  var out = JsonWriter(capacity: 32768)
  out.beginObject()
  out.pair("$schema", "https://json-schema.org/draft/2020-12/schema")
  out.pair("title", "A rule file")
  out.pair("$ref", "#/$defs/file")
  out.key("$defs")
  out.beginObject()
  out.key("text")
  out.beginObject()
  out.pair("description", "A text; what looks like a number or a truth value is one too")
  out.key("type")
  out.beginList()
  for type in ["string", "number", "boolean"] { out.string(type) }
  out.endList()
  out.endObject()
  for place in Grammar.Place.allCases {
    out.name(place.name)
    out.definition(of: place)
  }
  out.endObject()
  out.endObject()
  return out.bytes
}

extension JsonWriter {
  fileprivate mutating func name(_ text: String) {
    var text = text
    text.withUTF8 { key($0) }
  }

  fileprivate mutating func definition(of place: Grammar.Place) {
    beginObject()
    pair("type", "object")
    key("additionalProperties")
    bool(false)
    key("properties")
    beginObject()
    for entry in Grammar.table(of: place) {
      name(entry.name)
      beginObject()
      pair("description", entry.about)
      shape(entry.shape)
      endObject()
    }
    endObject()
    endObject()
  }

  /// Writes what a value must be, as keywords of an object that is open.
  private mutating func shape(_ shape: Grammar.Shape) {
    switch shape {
    case .any: break
    case .text: pair("$ref", "#/$defs/text")
    case .words(let words):
      key("enum")
      beginList()
      for word in words { string(word) }
      endList()
    case .number:
      pair("type", "integer")
      key("minimum")
      number(0)
    case .range:
      key("type")
      beginList()
      string("string")
      string("integer")
      endList()
      pair("pattern", "^([0-9]+|[0-9]*\\.\\.[0-9]*)$")
    case .place(let place): pair("$ref", "#/$defs/\(place.name)")
    case .list(let item):
      pair("type", "array")
      key("items")
      object(item)
    case .oneOrMore(let item): anyOf([item, .list(item)])
    case .named(let value):
      pair("type", "object")
      key("additionalProperties")
      object(value)
    case .either(let shapes): anyOf(shapes)
    }
  }

  private mutating func object(_ shape: Grammar.Shape) {
    beginObject()
    self.shape(shape)
    endObject()
  }

  private mutating func anyOf(_ shapes: [Grammar.Shape]) {
    key("anyOf")
    beginList()
    for shape in shapes { object(shape) }
    endList()
  }
}
