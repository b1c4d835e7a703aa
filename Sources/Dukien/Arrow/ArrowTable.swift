internal import CDukien
internal import CPlatform

/// A table of `dukien.h` that results, and pages that failed, are appended to.
struct ArrowTable {
  private enum Rows {
    case facts(FactRows)
    case values(ValueRows)
    case documents(DocumentRows)
  }

  private let rows: Rows
  private let root: ArrowColumn

  /// An empty table, by its number in the header.
  init(_ number: Int32) throws(Failure) {
    switch number {
    case DUKIEN_TABLE_FACTS:
      let facts = FactRows()
      rows = .facts(facts)
      root = ArrowColumn("", .record, facts.columns)
    case DUKIEN_TABLE_VALUES:
      let values = ValueRows()
      rows = .values(values)
      root = ArrowColumn("", .record, values.columns)
    case DUKIEN_TABLE_DOCUMENTS:
      let documents = DocumentRows()
      rows = .documents(documents)
      root = ArrowColumn("", .record, documents.columns)
    default:
      throw Failure(
        DUKIEN_E_ARGUMENT, "arrow.table", "there is no table \(number)",
        hint: "one of DUKIEN_TABLE_FACTS, DUKIEN_TABLE_VALUES, DUKIEN_TABLE_DOCUMENTS")
    }
  }

  /// Appends what a page gave.
  func append(_ result: ResultHandle) throws(Failure) {
    let count =
      switch rows {
      case .facts(let facts): try facts.append(result)
      case .values(let values): try values.append(result)
      case .documents(let documents): try documents.append(result)
      }
    for _ in 0..<count { try root.appendRecord() }
  }

  /// Appends a page that gave nothing, which the table of documents alone tells.
  func append(_ failure: Failure, of id: String) throws(Failure) {
    guard case .documents(let documents) = rows else { return }
    try documents.append(failure, of: id)
    try root.appendRecord()
  }

  func describe(in out: UnsafeMutablePointer<ArrowSchema>) throws(Failure) {
    try root.describe(in: out)
  }

  /// Moves the rows out; the table is of no use then.
  func move(to out: UnsafeMutablePointer<ArrowArray>) throws(Failure) { try root.move(to: out) }
}

/// Where something stands in the input: two columns, null where there is no place.
struct SpanColumns {
  let begin = ArrowColumn("begin", .number, isNullable: true)
  let end = ArrowColumn("end", .number, isNullable: true)

  func append(_ span: dukien_span) throws(Failure) {
    guard span.begin < span.end else {
      try begin.appendNull()
      try end.appendNull()
      return
    }
    try begin.append(Int64(clamping: span.begin))
    try end.append(Int64(clamping: span.end))
  }
}

extension ArrowColumn {
  /// Appends an index of the result's tables; `DUKIEN_NONE` is null.
  func append(index: UInt32) throws(Failure) {
    if index == DUKIEN_NONE { try appendNull() } else { try append(Int64(index)) }
  }
}

extension dukien_view {
  /// The records of a table of this library.
  func records<Record>(of type: Record.Type) -> UnsafeBufferPointer<Record> {
    UnsafeBufferPointer(start: data?.assumingMemoryBound(to: type), count: count)
  }
}
