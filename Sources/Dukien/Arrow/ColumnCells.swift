internal import CPlatform

/// The texts of a column: in its array, or in a dictionary that the array has the indexes of.
struct ColumnCells {
  private let texts: TextCells
  private let indexes: Indexes?

  init(_ array: UnsafePointer<ArrowArray>?, _ column: PageColumn) throws(Failure) {
    guard let indexFormat = column.indexes else {
      texts = try TextCells(array, column.layout, column.title)
      indexes = nil
      return
    }
    indexes = try Indexes(array, indexFormat, column.title)
    texts = try TextCells(
      UnsafePointer(array?.pointee.dictionary), column.layout, "the dictionary of \(column.title)")
  }

  var count: Int { indexes?.count ?? texts.count }

  /// The bytes of a row below `count`; nil for null.
  func bytes(at row: Int) throws(Failure) -> UnsafeRawBufferPointer? {
    guard let indexes else { return try texts.bytes(at: row) }
    guard let index = indexes[row] else { return nil }
    guard 0 <= index, index < texts.count else { throw .array("a dictionary", "ends too early") }
    return try texts.bytes(at: index)
  }
}

/// The format of the indexes into a dictionary.
enum IndexFormat {
  case int8, uint8, int16, uint16, int32, uint32, int64, uint64

  /// Nil for formats that are no whole numbers.
  init?(_ format: String) {
    switch format {
    case "c": self = .int8
    case "C": self = .uint8
    case "s": self = .int16
    case "S": self = .uint16
    case "i": self = .int32
    case "I": self = .uint32
    case "l": self = .int64
    case "L": self = .uint64
    default: return nil
    }
  }
}

private struct Indexes {
  private let rows: CheckedArray
  private let numbers: UnsafeRawPointer?
  private let format: IndexFormat

  init(
    _ array: UnsafePointer<ArrowArray>?, _ format: IndexFormat, _ name: String
  ) throws(Failure) {
    rows = try CheckedArray(array, bufferCount: 2, name)
    self.format = format
    numbers = rows.buffer(1)
    guard rows.count == 0 || numbers != nil else { throw .array(name, "has no indexes") }
  }

  var count: Int { rows.count }

  /// The index of a row; nil for null.
  subscript(row: Int) -> Int? {
    guard let numbers, rows.isValid(row) else { return nil }
    let place = rows.offset + row
    func load<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> Int {
      let size = MemoryLayout<Number>.size
      return Int(clamping: numbers.loadUnaligned(fromByteOffset: place * size, as: type))
    }
    return switch format {
    case .int8: load(Int8.self)
    case .uint8: load(UInt8.self)
    case .int16: load(Int16.self)
    case .uint16: load(UInt16.self)
    case .int32: load(Int32.self)
    case .uint32: load(UInt32.self)
    case .int64: load(Int64.self)
    case .uint64: load(UInt64.self)
    }
  }
}
