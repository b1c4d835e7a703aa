import CDukien
import CPlatform
import Testing

/// What a cell of an Arrow array holds.
indirect enum ArrowCell: Equatable {
  case null
  case text(String)
  case number(Int64)
  case flag(Bool)
  case list([ArrowCell])
  case record([ArrowCell])

  /// A text that is null where it is empty.
  static func optional(_ text: dukien_str) -> ArrowCell {
    text.len == 0 ? .null : .text(String(text))
  }

  static func text(_ text: dukien_str) -> ArrowCell { .text(String(text)) }

  static func index(_ number: UInt32) -> ArrowCell {
    number == DUKIEN_NONE ? .null : .number(Int64(number))
  }
}

/// Reads arrays by their schemas, as the specification says, and checks what it says of them.
struct ArrowReader {
  /// The schema in words: "name:format", "?" behind what may be null, children in brackets.
  static func words(_ schema: ArrowSchema) -> String {
    let name = schema.name.map { String(cString: $0) } ?? "NULL"
    let format = schema.format.map { String(cString: $0) } ?? "NULL"
    var words = "\(name):\(format)\(schema.flags & Int64(ARROW_FLAG_NULLABLE) != 0 ? "?" : "")"
    guard schema.n_children > 0 else { return words }
    words += "("
    for index in 0..<Int(schema.n_children) {
      if let child = schema.children[index]?.pointee {
        words += "\(index > 0 ? " " : "")\(self.words(child))"
      }
    }
    return words + ")"
  }

  /// All rows of an array.
  static func cells(_ array: ArrowArray, _ schema: ArrowSchema) throws -> [ArrowCell] {
    let validity = array.buffers?[0]
    let isNull = (0..<Int(array.length)).map { !bit(validity, Int(array.offset) + $0) }
    #expect(Int(array.null_count) == isNull.count { $0 })
    #expect(array.null_count == 0 || schema.flags & Int64(ARROW_FLAG_NULLABLE) != 0)
    #expect((validity == nil) == (array.null_count == 0))
    let values = try values(array, schema)
    try #require(values.count == isNull.count)
    return zip(values, isNull).map { $1 ? .null : $0 }
  }

  private static func values(_ array: ArrowArray, _ schema: ArrowSchema) throws -> [ArrowCell] {
    let rows = Int(array.offset)..<Int(array.offset + array.length)
    func buffer(_ index: Int) throws -> UnsafeRawPointer { try #require(array.buffers[index]) }
    func numbers<Number: BitwiseCopyable>(_ type: Number.Type) throws -> UnsafePointer<Number> {
      #expect(array.n_buffers == 2 || schema.format.pointee == 0x75)
      let numbers = try buffer(1)
      #expect(UInt(bitPattern: numbers) % 8 == 0)
      return numbers.assumingMemoryBound(to: type)
    }
    switch String(cString: schema.format) {
    case "l":
      let values = try numbers(Int64.self)
      return rows.map { .number(values[$0]) }
    case "i":
      let values = try numbers(Int32.self)
      return rows.map { .number(Int64(values[$0])) }
    case "b":
      let bits = try buffer(1)
      return rows.map { .flag(bit(bits, $0)) }
    case "u":
      #expect(array.n_buffers == 3)
      let ends = try numbers(Int32.self)
      let bytes = try buffer(2)
      #expect(ends[0] == 0)
      return rows.map {
        .text(
          String(
            decoding: UnsafeRawBufferPointer(
              start: bytes + Int(ends[$0]), count: Int(ends[$0 + 1] - ends[$0])), as: UTF8.self))
      }
    case "+l":
      #expect(array.n_children == 1 && schema.n_children == 1)
      let ends = try numbers(Int32.self)
      let items = try cells(
        try #require(array.children[0]).pointee, try #require(schema.children[0]).pointee)
      #expect(ends[0] == 0 && Int(ends[rows.upperBound]) == items.count)
      return rows.map { .list(Array(items[Int(ends[$0])..<Int(ends[$0 + 1])])) }
    case "+s":
      #expect(array.n_buffers == 1 && array.n_children == schema.n_children)
      let columns = try (0..<Int(array.n_children)).map {
        try cells(
          try #require(array.children[$0]).pointee, try #require(schema.children[$0]).pointee)
      }
      #expect(columns.allSatisfy { $0.count == rows.upperBound })
      return rows.map { row in .record(columns.map { $0[row] }) }
    case let format:
      Issue.record("format \(format)")
      return []
    }
  }

  private static func bit(_ bits: UnsafeRawPointer?, _ index: Int) -> Bool {
    guard let bits else { return true }
    return bits.load(fromByteOffset: index / 8, as: UInt8.self) & 1 << (index % 8) != 0
  }
}

/// The schema of a table, released with the object.
final class TableSchema {
  private var schema = ArrowSchema()

  init(_ table: Int32) {
    #expect(dukien_arrow_schema(table, &schema, nil) == DUKIEN_OK)
  }

  deinit { schema.release?(&schema) }

  var words: String { withExtendedLifetime(self) { ArrowReader.words(schema) } }

  /// All rows of the table, or of the column that the numbers of columns lead to.
  func cells(_ array: ArrowArray, of path: Int...) throws -> [ArrowCell] {
    try withExtendedLifetime(self) {
      var schema = schema
      for index in path { schema = try #require(schema.children[index]).pointee }
      return try ArrowReader.cells(array, schema)
    }
  }
}
