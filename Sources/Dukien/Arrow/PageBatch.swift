internal import CDukien
internal import CPlatform

/// A batch of pages from a stream, whose arrays it keeps until it goes.
///
/// Any number of threads may ask for pages at once.
struct PageBatch {
  let count: Int
  /// The number of row 0 among all rows of the stream.
  private let firstRow: Int
  private let array: OwnedArray
  private let rows: CheckedArray
  private let text: ColumnCells
  private let isUtf8: Bool
  private let id: ColumnCells?
  private let url: ColumnCells?
  private let published: ColumnCells?
  private let encoding: ColumnCells?

  private init(
    _ array: OwnedArray, _ rows: CheckedArray, firstRow: Int, isUtf8: Bool, text: ColumnCells,
    id: ColumnCells?, url: ColumnCells?, published: ColumnCells?, encoding: ColumnCells?
  ) {
    self.array = array
    self.rows = rows
    self.firstRow = firstRow
    self.isUtf8 = isUtf8
    self.text = text
    self.id = id
    self.url = url
    self.published = published
    self.encoding = encoding
    count = rows.count
  }

  /// Checks an array of the stream as far as its columns tell.
  static func make(
    _ array: OwnedArray, _ columns: PageColumns, firstRow: Int
  ) throws(Failure) -> PageBatch {
    let pointer = UnsafePointer(array.pointer)
    let rows = try CheckedArray(pointer, bufferCount: 0, "the batch")
    guard Int(pointer.pointee.n_children) == columns.count, let children = pointer.pointee.children
    else { throw .array("the batch", "has \(pointer.pointee.n_children) columns") }
    func cells(_ column: PageColumn) throws(Failure) -> ColumnCells {
      let cells = try ColumnCells(children[column.index].map { UnsafePointer($0) }, column)
      guard cells.count >= rows.offset + rows.count else {
        throw .array(column.title, "is shorter than the batch")
      }
      return cells
    }
    func cells(_ column: PageColumn?) throws(Failure) -> ColumnCells? {
      guard let column else { return nil }
      return try cells(column) as ColumnCells
    }
    return PageBatch(
      array, rows, firstRow: firstRow, isUtf8: columns.text.isUtf8, text: try cells(columns.text),
      id: try cells(columns.id), url: try cells(columns.url),
      published: try cells(columns.published), encoding: try cells(columns.encoding))
  }

  /// The page of a row; a null is a failure of it.
  func page(_ row: Int) throws(Failure) -> Page {
    guard rows.isValid(row), let bytes = try text.bytes(at: rows.offset + row) else {
      throw Failure(DUKIEN_E_ARGUMENT, "arrow.null", "the page is null")
    }
    var input = dukien_input()
    input.size = MemoryLayout<dukien_input>.size
    input.bytes = bytes.baseAddress
    input.len = bytes.count
    input.url = try cell(url, row)
    input.published = try cell(published, row)
    input.encoding = try cell(encoding, row)
    var page = try Page(&input)
    page.id = id(of: row)
    // A string was decoded already, from whatever encoding the page or its server named.
    if isUtf8 { page.encoding = "utf-8" }
    return page
  }

  /// The id of a row, which a page that cannot be read has too.
  func id(of row: Int) -> String {
    guard let id else { return "\(firstRow + row)" }
    guard rows.isValid(row), let bytes = try? id.bytes(at: rows.offset + row) else { return "" }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func cell(_ cells: ColumnCells?, _ row: Int) throws(Failure) -> dukien_str {
    guard let bytes = try cells?.bytes(at: rows.offset + row), let start = bytes.baseAddress else {
      return .absent
    }
    return dukien_str(start.assumingMemoryBound(to: UInt8.self), bytes.count)
  }
}

/// An array that is released when nobody has it any more.
final class OwnedArray {
  let pointer = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)

  init() { pointer.initialize(to: ArrowArray()) }

  deinit {
    pointer.pointee.release?(pointer)
    pointer.deallocate()
  }
}
