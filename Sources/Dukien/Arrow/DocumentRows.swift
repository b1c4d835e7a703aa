internal import CDukien

/// The table of documents, a row a page, whatever became of it.
struct DocumentRows {
  private let document = ArrowColumn("document", .text, isNullable: true)
  private let status = ArrowColumn("status", .status)
  private let error = ArrowColumn("error", .text, isNullable: true)
  private let partial = ArrowColumn("partial", .flag)
  private let title = ArrowColumn("title", .text, isNullable: true)
  private let published = ArrowColumn("published", .text, isNullable: true)
  private let language = ArrowColumn("language", .text, isNullable: true)
  private let blocks = ArrowColumn("blocks", .number, isNullable: true)
  private let values = ArrowColumn("values", .number, isNullable: true)
  private let facts = ArrowColumn("facts", .number, isNullable: true)
  private let limitName = ArrowColumn("item", .text)
  private let limits: ArrowColumn
  private let nanoseconds = ArrowColumn("nanoseconds", .number, isNullable: true)

  init() { limits = ArrowColumn("limits", .list, isNullable: true, [limitName]) }

  var columns: [ArrowColumn] {
    [
      document, status, error, partial, title, published, language, blocks, values, facts, limits,
      nanoseconds,
    ]
  }

  /// Appends the row of a result; returns 1.
  func append(_ result: ResultHandle) throws(Failure) -> Int {
    let tables = result.tables
    try document.append(result.source)
    try status.append(status: result.status)
    try error.appendNull()
    try partial.append(flag: result.isPartial)
    try title.append(value(of: "title", tables))
    try published.append(value(of: "published_at", tables))
    try language.append(value(of: "language", tables))
    try blocks.append(Int64(tables.blocks.count))
    try values.append(Int64(tables.values.count))
    try facts.append(Int64(tables.facts.count))
    for hit in tables.limits.records(of: dukien_limit_hit.self) { try limitName.append(hit.name) }
    try limits.appendList()
    let stages = tables.stages.records(of: dukien_stage.self)
    try nanoseconds.append(Int64(clamping: stages.reduce(0) { $0 &+ $1.nanoseconds }))
    return 1
  }

  /// Appends the row of a page that failed.
  func append(_ failure: Failure, of id: String) throws(Failure) {
    try document.append(id)
    try status.append(status: failure.status)
    try error.append(failure.code)
    try partial.append(flag: false)
    for column in [title, published, language, blocks, values, facts, limits, nanoseconds] {
      try column.appendNull()
    }
  }

  /// The normal form of the first field of a name, or else its words, as a printed row has them.
  private func value(of name: StaticString, _ tables: ResultTables) -> dukien_str {
    for field in tables.fields.records(of: dukien_field.self)
    where field.group == DUKIEN_NONE && isEqual(field.field, name) {
      return field.norm.len > 0 ? field.norm : field.text
    }
    return .absent
  }

  private func isEqual(_ text: dukien_str, _ name: StaticString) -> Bool {
    let bytes = UnsafeRawBufferPointer(start: text.ptr, count: text.len)
    return name.withUTF8Buffer { bytes.elementsEqual($0) }
  }
}
