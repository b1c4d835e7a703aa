internal import CDukien

/// A column of a table that is being written, with those inside it.
///
/// Rows are appended to leaves first: a list or a record is closed over what its children hold.
final class ArrowColumn {
  enum Kind {
    case text
    case number
    case status
    case flag
    /// One child, of which every row has a run.
    case list
    case record
  }

  let name: StaticString
  let kind: Kind
  let isNullable: Bool
  let children: [ArrowColumn]
  private(set) var count = 0
  private(set) var nullCount = 0
  /// A bit a row, from the first null on; none before.
  private var validity = GrowingMemory()
  /// Numbers, bits of flags, or where the runs of lists and texts end, with a zero before.
  private var values = GrowingMemory()
  private var bytes = GrowingMemory()

  init(
    _ name: StaticString, _ kind: Kind, isNullable: Bool = false, _ children: [ArrowColumn] = []
  ) {
    self.name = name
    self.kind = kind
    self.isNullable = isNullable
    self.children = children
  }

  /// A list of records.
  static func list(_ name: StaticString, of children: [ArrowColumn]) -> ArrowColumn {
    ArrowColumn(name, .list, [ArrowColumn("item", .record, children)])
  }

  // MARK: Rows

  /// Appends a text; an empty one is null where the column may hold nulls.
  func append(_ text: dukien_str) throws(Failure) {
    guard text.len > 0 || !isNullable else { return try appendNull() }
    try reserveText(text.len)
    bytes.write(UnsafeRawBufferPointer(start: text.ptr, count: text.len))
    try closeRun(at: bytes.count)
    try addRow()
  }

  /// As above.
  func append(_ text: String) throws(Failure) {
    guard !text.isEmpty || !isNullable else { return try appendNull() }
    var text = text
    try reserveText(text.utf8.count)
    text.withUTF8 { bytes.write(UnsafeRawBufferPointer($0)) }
    try closeRun(at: bytes.count)
    try addRow()
  }

  func append(_ number: Int64) throws(Failure) {
    try values.append(number)
    try addRow()
  }

  func append(status: dukien_status) throws(Failure) {
    try values.append(status)
    try addRow()
  }

  func append(flag: Bool) throws(Failure) {
    try values.append(bit: flag, of: count)
    try addRow()
  }

  /// Closes a row of a list over the rows of its child that are new.
  func appendList() throws(Failure) {
    try closeRun(at: children.first?.count ?? 0)
    try addRow()
  }

  /// Closes a row of a record, whose children have theirs.
  func appendRecord() throws(Failure) { try addRow() }

  func appendNull() throws(Failure) {
    switch kind {
    case .text: try closeRun(at: bytes.count)
    case .list: try closeRun(at: children.first?.count ?? 0)
    case .number: try values.append(Int64(0))
    case .status: try values.append(dukien_status(0))
    case .flag: try values.append(bit: false, of: count)
    case .record: break
    }
    if nullCount == 0 {
      for row in 0..<count { try validity.append(bit: true, of: row) }
    }
    try validity.append(bit: false, of: count)
    nullCount += 1
    count += 1
  }

  private func addRow() throws(Failure) {
    if nullCount > 0 { try validity.append(bit: true, of: count) }
    count += 1
  }

  private func reserveText(_ more: Int) throws(Failure) {
    guard more <= Int(Int32.max) - bytes.count else { throw tooLarge() }
    try bytes.reserve(more)
  }

  private func closeRun(at end: Int) throws(Failure) {
    guard let end = Int32(exactly: end) else { throw tooLarge() }
    if values.count == 0 { try values.append(Int32(0)) }
    try values.append(end)
  }

  private func tooLarge() -> Failure {
    Failure(
      DUKIEN_E_LIMIT, "limit.arrow", "the column \"\(name)\" is longer than its offsets reach",
      hint: "export fewer results at once, or make the batches smaller")
  }

  // MARK: Buffers

  /// Takes the buffers of the column away, in the order of the specification, one call a buffer.
  func take(_ body: (UnsafeMutableRawPointer?) -> Void) throws(Failure) {
    if nullCount > 0 { body(try validity.take()) } else { body(nil) }
    switch kind {
    case .text:
      try openRuns()
      body(try values.take())
      body(try bytes.take())
    case .list:
      try openRuns()
      body(try values.take())
    case .number, .status, .flag: body(try values.take())
    case .record: break
    }
  }

  /// The offsets of a column without rows are one zero.
  private func openRuns() throws(Failure) {
    if values.count == 0 { try values.append(Int32(0)) }
  }
}
