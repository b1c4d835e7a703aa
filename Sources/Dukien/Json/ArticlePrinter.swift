internal import DukienEngine
internal import DukienText

/// Prints the article of an extraction: its text, with or without marks, or one row of JSON.
///
/// - Complexity: linear in what is printed.
struct ArticlePrinter {
  private typealias Field = Extraction.Field

  private let fields: [Extraction.Field]
  private let body: [Extraction.LabelledBlock]
  private let bytes: UnsafeBufferPointer<UInt8>

  /// `bytes` are what the strings of the extraction are ranges of.
  init(_ extraction: Extraction, _ bytes: UnsafeBufferPointer<UInt8>) {
    fields = extraction.fields
    body = extraction.blocks.filter { $0.looks.contains(.body) }
    self.bytes = bytes
  }

  /// The blocks of the text, an empty line between them; items of a list and rows of a table
  /// follow one another line by line.
  func text() -> [UInt8] {
    var out: [UInt8] = []
    write(to: &out)
    if !out.isEmpty { out.append(UInt8(ascii: "\n")) }
    return out
  }

  private func write(to out: inout [UInt8]) {
    for (index, block) in body.enumerated() {
      if index > 0 { separate(block, &out) { body[index - 1].looks.contains($0) } }
      out += bytes[block.text.range]
    }
  }

  private func separate(
    _ block: Extraction.LabelledBlock, _ out: inout [UInt8],
    isBehind: (Extraction.BlockLooks) -> Bool
  ) {
    out.append(UInt8(ascii: "\n"))
    let isRun =
      block.looks.contains(.item) && isBehind(.item) || block.looks.contains(.row) && isBehind(.row)
    if !isRun { out.append(UInt8(ascii: "\n")) }
  }

  // MARK: Markdown

  /// The title and the text in Markdown.
  func markdown() -> [UInt8] {
    var out: [UInt8] = []
    if let title = first("title") {
      out += Array("# ".utf8)
      out += line(value(title))
      out += Array("\n\n".utf8)
    }
    for (index, block) in body.enumerated() {
      if index > 0 { separate(block, &out) { body[index - 1].looks.contains($0) } }
      writeMarkdown(block, isFirstRow: !(index > 0 && body[index - 1].looks.contains(.row)), &out)
    }
    if !out.isEmpty { out.append(UInt8(ascii: "\n")) }
    return out
  }

  private func writeMarkdown(
    _ block: Extraction.LabelledBlock, isFirstRow: Bool, _ out: inout [UInt8]
  ) {
    let text = line(bytes[block.text.range])
    if block.looks.contains(.quote) { out += Array("> ".utf8) }
    if block.heading > 0 || block.looks.contains(.heading) {
      let level = max(2, Int(block.heading))
      out += [UInt8](repeating: UInt8(ascii: "#"), count: level) + Array(" ".utf8) + text
    } else if block.looks.contains(.row) {
      writeRow(text, isFirstRow, &out)
    } else if block.looks.contains(.item) {
      if !Self.marksItem(text) { out += Array("- ".utf8) }
      out += text
    } else {
      if let first = text.first, Self.isMark(first) { out.append(UInt8(ascii: "\\")) }
      out += text
    }
  }

  /// Writes a row of a table; the first one is its head.
  private func writeRow(_ text: [UInt8], _ isFirst: Bool, _ out: inout [UInt8]) {
    let pipe = UInt8(ascii: "|")
    let row = text.first == pipe ? text : Array("| ".utf8) + text + Array(" |".utf8)
    out += row
    guard isFirst else { return }
    let cells = max(1, row.reduce(0) { $1 == pipe ? $0 + 1 : $0 } - 1)
    out.append(UInt8(ascii: "\n"))
    for _ in 0..<cells { out += Array("| --- ".utf8) }
    out.append(pipe)
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "#"), UInt8(ascii: ">"), UInt8(ascii: "-"), UInt8(ascii: "+"),
      UInt8(ascii: "*"), UInt8(ascii: "|"):
      true
    default: false
    }
  }

  private static func marksItem(_ text: [UInt8]) -> Bool {
    text.count > 1 && text[1] == 0x20 && isMark(text[0])
  }

  /// A text on one line.
  private func line(_ text: some Sequence<UInt8>) -> [UInt8] {
    text.map { $0 == 0x0A || $0 == 0x0D ? 0x20 : $0 }
  }

  // MARK: A row

  /// One line of JSON with the fields that most articles have, and the text.
  func row(source: String) -> [UInt8] {
    var out = JsonWriter(capacity: 1024 + body.reduce(0) { $0 + $1.text.count } * 2)
    out.beginObject()
    out.key("file")
    out.string(source)
    write("title", first("title"), to: &out)
    write("lead", first("lead"), to: &out)
    let authors = fields.filter { $0.group == Extraction.none && isNamed("authors", $0) }
    if !authors.isEmpty {
      out.key("authors")
      out.beginList()
      for author in authors { out.string(value(author)) }
      out.endList()
    }
    write("published", first("published_at"), to: &out)
    write("section", first("section"), to: &out)
    write("language", first("language"), to: &out)
    write("canonical", first("canonical_url"), to: &out)
    writeImages(to: &out)
    var text: [UInt8] = []
    write(to: &text)
    out.key("text")
    text.withUnsafeBufferPointer { out.string($0) }
    out.endObject()
    return out.bytes
  }

  /// The captions and credits of the images, which the fields name by groups in order.
  private func writeImages(to out: inout JsonWriter) {
    let members = fields.filter { $0.group != Extraction.none }
    guard !members.isEmpty else { return }
    out.key("images")
    out.beginList()
    var group = Extraction.none
    for field in members {
      if field.group != group {
        if group != Extraction.none { out.endObject() }
        out.beginObject()
        group = field.group
      }
      if isNamed("caption", field) { write("caption", field, to: &out) }
      if isNamed("credit", field) { write("credit", field, to: &out) }
    }
    out.endObject()
    out.endList()
  }

  private func write(_ key: StaticString, _ field: Field?, to out: inout JsonWriter) {
    guard let field else { return }
    out.key(key)
    out.string(value(field))
  }

  // MARK: Fields

  private func first(_ name: StaticString) -> Field? {
    fields.first { $0.group == Extraction.none && isNamed(name, $0) }
  }

  private func isNamed(_ name: StaticString, _ field: Field) -> Bool {
    name.withUTF8Buffer { bytes[field.name.range].elementsEqual($0) }
  }

  /// The normal form of a field, or else its words.
  private func value(_ field: Field) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: bytes[(field.norm.isEmpty ? field.text : field.norm).range])
  }
}
