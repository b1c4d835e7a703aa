internal import CDukien
internal import CPlatform

/// A column of a stream, by its place among the columns and the format of what it holds.
struct PageColumn {
  let index: Int
  let layout: TextLayout
  /// True where its texts are UTF-8 by their type.
  let isUtf8: Bool
  /// Set where the texts stand in a dictionary.
  let indexes: IndexFormat?
  /// How messages name it.
  let title: String
}

/// The columns of a stream that hold the pages.
struct PageColumns {
  let count: Int
  let text: PageColumn
  let id: PageColumn?
  let url: PageColumn?
  let published: PageColumn?
  let encoding: PageColumn?

  /// Finds the columns that a caller names in the schema of a stream.
  init(
    _ pointer: UnsafePointer<dukien_columns>?, _ schema: UnsafePointer<ArrowSchema>
  ) throws(Failure) {
    guard let pointer else { throw .null("columns") }
    var names = dukien_columns()
    let least = MemoryLayout<Int>.size * 3
    try readStruct(pointer, over: &names, least: least, "the columns")
    let columns = try SchemaColumns(schema)
    guard let text = try columns.find(names.text, "text", allowsBinary: true) else {
      throw Failure(DUKIEN_E_ARGUMENT, "arrow.column", "no column of texts is named")
    }
    count = columns.count
    self.text = text
    id = try columns.find(names.id, "id", allowsBinary: false)
    url = try columns.find(names.url, "url", allowsBinary: false)
    published = try columns.find(names.published, "published", allowsBinary: false)
    encoding = try columns.find(names.encoding, "encoding", allowsBinary: false)
  }
}

/// The columns that the schema of a stream has.
private struct SchemaColumns {
  let count: Int
  private let columns: UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>?

  init(_ schema: UnsafePointer<ArrowSchema>) throws(Failure) {
    guard let format = schema.pointee.format, String(cString: format) == "+s" else {
      throw Failure(
        DUKIEN_E_ARGUMENT, "arrow.stream", "the batches of the stream are no structs of columns")
    }
    count = Int(schema.pointee.n_children)
    columns = schema.pointee.children
    guard count >= 0, count == 0 || columns != nil else {
      throw Failure(
        DUKIEN_E_ARGUMENT, "arrow.stream", "the schema of the stream has an impossible count")
    }
  }

  /// The column of a name; nil where `name` is empty.
  func find(
    _ name: dukien_str, _ purpose: String, allowsBinary: Bool
  ) throws(Failure) -> PageColumn? {
    let wanted = try name.bytes("\(purpose) of the columns")
    guard !wanted.isEmpty else { return nil }
    let title = "\"\(String(decoding: wanted, as: UTF8.self))\""
    guard let index = (0..<count).first(where: { isNamed(wanted, $0) }), let found = columns?[index]
    else {
      throw Failure(
        DUKIEN_E_ARGUMENT, "arrow.column", "there is no column \(title) for \(purpose)",
        hint: hint())
    }
    let dictionary = found.pointee.dictionary
    let format = text(dictionary?.pointee.format ?? found.pointee.format)
    let indexes = dictionary == nil ? nil : IndexFormat(text(found.pointee.format))
    guard let type = TextLayout.of(format), type.isUtf8 || allowsBinary,
      dictionary == nil || indexes != nil
    else {
      throw Failure(
        DUKIEN_E_ARGUMENT, "arrow.column", "the column \(title) is of format \"\(format)\"",
        hint: "\(purpose) is read from strings\(allowsBinary ? " or binary" : ""); \(hint())")
    }
    return PageColumn(
      index: index, layout: type.layout, isUtf8: type.isUtf8, indexes: indexes, title: title)
  }

  private func isNamed(_ wanted: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    text(columns?[index]?.pointee.name).utf8.elementsEqual(wanted)
  }

  /// Names the columns there are, of many the first ones.
  private func hint() -> String {
    let most = 32
    var line = "the columns are:"
    for index in 0..<min(count, most) {
      line += "\(index == 0 ? "" : ",") \(text(columns?[index]?.pointee.name))"
    }
    return count > most ? line + ", and \(count - most) more" : line
  }

  private func text(_ characters: UnsafePointer<CChar>?) -> String {
    characters.map { String(cString: $0) } ?? ""
  }
}
