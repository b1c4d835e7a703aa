import CDukien
import CPlatform

/// A stream of pages as a host may hand it in: batches of columns of texts, in any format.
///
/// Every buffer is freed by the release of the array that it belongs to, and counted.
final class ArrowPages {
  struct Column {
    var name: String
    /// A format of the specification, or "i:u" for one in a dictionary.
    var format = "u"
    var cells: [String?]
  }

  struct Batch {
    var columns: [Column]
    /// Rows before and behind those of the batch, of the arrays of the columns and of the struct.
    var columnMargin = 0
    var margin = 0
    /// The rows whose struct is null.
    var nulls: Set<Int> = []
    /// A last change of the arrays: of the batch, and of its first column.
    var edit: ((inout ArrowArray, inout ArrowArray) -> Void)?
  }

  /// What became of the structs that were handed out.
  final class Count {
    var made = 0
    var released = 0
    var isStreamReleased = false
  }

  let count = Count()
  var batches: [Batch]
  var editSchema: (inout ArrowSchema, inout ArrowSchema) -> Void = { _, _ in }
  /// What the call of that number returns in place of a batch.
  var failure: (call: Int, code: Int32)?
  private let message: UnsafeMutablePointer<CChar>
  private var calls = 0

  init(_ batches: [Batch], message: String = "the disk is gone") {
    self.batches = batches
    let characters = Array(message.utf8CString)
    self.message = .allocate(capacity: characters.count)
    self.message.initialize(from: characters, count: characters.count)
  }

  deinit { message.deallocate() }

  /// A stream that keeps the object until its release.
  func stream() -> ArrowArrayStream {
    var stream = ArrowArrayStream()
    stream.get_schema = { ArrowPages.of($0).schema($1) }
    stream.get_next = { ArrowPages.of($0).next($1) }
    stream.get_last_error = { UnsafePointer(ArrowPages.of($0).message) }
    stream.release = { stream in
      guard let stream, let mine = stream.pointee.private_data else { return }
      ArrowPages.of(stream).count.isStreamReleased = true
      Unmanaged<ArrowPages>.fromOpaque(mine).release()
      stream.pointee.release = nil
    }
    stream.private_data = Unmanaged.passRetained(self).toOpaque()
    return stream
  }

  private static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> ArrowPages {
    guard let mine = stream?.pointee.private_data else { fatalError("a stream that was released") }
    return Unmanaged<ArrowPages>.fromOpaque(mine).takeUnretainedValue()
  }

  // MARK: Schema

  private func schema(_ out: UnsafeMutablePointer<ArrowSchema>?) -> Int32 {
    if let failure, failure.call < 0 { return failure.code }
    let memory = Memory(count)
    let columns = batches.first?.columns ?? []
    let children = memory.list(
      columns.map { column -> UnsafeMutablePointer<ArrowSchema>? in
        let formats = column.format.split(separator: ":").map(String.init)
        let child = memory.one(ArrowSchema())
        child.pointee.format = memory.text(formats[0])
        child.pointee.name = memory.text(column.name)
        if formats.count > 1 {
          child.pointee.dictionary = memory.one(ArrowSchema())
          child.pointee.dictionary.pointee.format = memory.text(formats[1])
        }
        return child
      })
    var schema = ArrowSchema()
    schema.format = memory.text("+s")
    schema.n_children = Int64(columns.count)
    schema.children = children
    schema.private_data = memory.handle()
    schema.release = { schema in
      guard let schema, let mine = schema.pointee.private_data else { return }
      Unmanaged<Memory>.fromOpaque(mine).release()
      schema.pointee.release = nil
    }
    if let first = children[0] { editSchema(&schema, &first.pointee) }
    out?.initialize(to: schema)
    return 0
  }

  // MARK: Arrays

  private func next(_ out: UnsafeMutablePointer<ArrowArray>?) -> Int32 {
    defer { calls += 1 }
    if let failure, failure.call == calls { return failure.code }
    guard calls < batches.count else {
      out?.initialize(to: ArrowArray())
      return 0
    }
    let batch = batches[calls]
    let memory = Memory(count)
    let rows = batch.columns.first?.cells.count ?? 0
    let children = batch.columns.map { column -> UnsafeMutablePointer<ArrowArray>? in
      // The rows of the margin hold a page too, which nobody may read.
      let around = [String?](repeating: "not a row 9 tỷ USD", count: batch.margin)
      return memory.one(
        self.array(column.format, around + column.cells + around, margin: batch.columnMargin))
    }
    var array = ArrowArray()
    array.length = Int64(rows)
    array.offset = Int64(batch.margin)
    array.null_count = Int64(batch.nulls.count)
    array.n_buffers = 1
    let isValid = (0..<batch.margin + rows).map { !batch.nulls.contains($0 - batch.margin) }
    array.buffers = memory.list([batch.nulls.isEmpty ? nil : memory.bits(isValid)])
    array.n_children = Int64(children.count)
    array.children = memory.list(children)
    array.private_data = memory.handle()
    array.release = releaseArray
    if let first = children[0] { batch.edit?(&array, &first.pointee) }
    out?.initialize(to: array)
    return 0
  }

  private func array(_ format: String, _ cells: [String?], margin: Int) -> ArrowArray {
    let around = [String?](repeating: "in no array 8 tỷ USD", count: margin)
    let all = around + cells + around
    let memory = Memory(count)
    var array = ArrowArray()
    array.length = Int64(cells.count)
    array.offset = Int64(margin)
    array.null_count = -1
    let hasNulls = all.contains(nil)
    let validity = hasNulls ? memory.bits(all.map { $0 != nil }) : nil
    let formats = format.split(separator: ":").map(String.init)
    if formats.count > 1 {
      // Every text once, behind one that is not used.
      var words = ["not used"]
      let indexes = all.map { cell -> Int in
        guard let cell else { return 0 }
        if let index = words.firstIndex(of: cell) { return index }
        words.append(cell)
        return words.count - 1
      }
      array.dictionary = memory.one(self.array(formats[1], words, margin: 1))
      array.buffers = memory.list([validity, memory.indexes(formats[0], indexes)])
      array.n_buffers = 2
    } else {
      let buffers = memory.texts(format, all)
      array.buffers = memory.list(format == "n" ? [] : [validity] + buffers)
      array.n_buffers = format == "n" ? 0 : Int64(1 + buffers.count)
    }
    array.private_data = memory.handle()
    array.release = releaseArray
    return array
  }
}

private func releaseArray(_ array: UnsafeMutablePointer<ArrowArray>?) {
  guard let array, let mine = array.pointee.private_data else { return }
  for index in 0..<Int(array.pointee.n_children) {
    if let child = array.pointee.children[index] { child.pointee.release?(child) }
  }
  if let dictionary = array.pointee.dictionary { dictionary.pointee.release?(dictionary) }
  array.pointee.release = nil
  Unmanaged<Memory>.fromOpaque(mine).release()
}

/// The memory of one struct, freed with it.
private final class Memory {
  private let count: ArrowPages.Count
  private var pieces: [UnsafeMutableRawPointer] = []

  init(_ count: ArrowPages.Count) {
    self.count = count
    count.made += 1
  }

  deinit {
    count.released += 1
    for piece in pieces { piece.deallocate() }
  }

  func handle() -> UnsafeMutableRawPointer { Unmanaged.passRetained(self).toOpaque() }

  func one<Struct>(_ value: Struct) -> UnsafeMutablePointer<Struct> {
    let place = UnsafeMutablePointer<Struct>.allocate(capacity: 1)
    place.initialize(to: value)
    pieces.append(UnsafeMutableRawPointer(place))
    return place
  }

  func list<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let place = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    place.initialize(from: elements, count: elements.count)
    pieces.append(UnsafeMutableRawPointer(place))
    return place
  }

  func text(_ text: String) -> UnsafePointer<CChar> { UnsafePointer(list(Array(text.utf8CString))) }

  func bits(_ bits: [Bool]) -> UnsafeRawPointer {
    var bytes = [UInt8](repeating: 0, count: (bits.count + 7) / 8)
    for (index, bit) in bits.enumerated() where bit { bytes[index / 8] |= 1 << (index % 8) }
    return UnsafeRawPointer(list(bytes))
  }

  func indexes(_ format: String, _ indexes: [Int]) -> UnsafeRawPointer {
    func numbers<Number: FixedWidthInteger>(_ type: Number.Type) -> UnsafeRawPointer {
      UnsafeRawPointer(list(indexes.map { Number($0) }))
    }
    return switch format {
    case "c": numbers(Int8.self)
    case "C": numbers(UInt8.self)
    case "s": numbers(Int16.self)
    case "S": numbers(UInt16.self)
    case "i": numbers(Int32.self)
    case "I": numbers(UInt32.self)
    case "l": numbers(Int64.self)
    default: numbers(UInt64.self)
    }
  }

  /// The buffers of texts but for the validity.
  func texts(_ format: String, _ cells: [String?]) -> [UnsafeRawPointer?] {
    let texts = cells.map { Array(($0 ?? "").utf8) }
    let bytes = Array(texts.joined())
    var ends = [0]
    for text in texts { ends.append(ends[ends.count - 1] + text.count) }
    switch format {
    case "u", "z":
      return [UnsafeRawPointer(list(ends.map { Int32($0) })), UnsafeRawPointer(list(bytes))]
    case "U", "Z":
      return [UnsafeRawPointer(list(ends.map { Int64($0) })), UnsafeRawPointer(list(bytes))]
    case "vu", "vz":
      // Texts by turns in the second and third buffer; the first one is empty.
      var buffers: [[UInt8]] = [[], [], []]
      var views: [UInt8] = []
      func append(_ number: Int) {
        withUnsafeBytes(of: Int32(number).littleEndian) { views += Array($0) }
      }
      for (index, text) in texts.enumerated() {
        append(text.count)
        if text.count <= 12 {
          views += text + [UInt8](repeating: 0, count: 12 - text.count)
        } else {
          let number = 1 + index % 2
          views += text[..<4]
          append(number)
          append(buffers[number].count)
          buffers[number] += text
        }
      }
      return [UnsafeRawPointer(list(views))] + buffers.map { UnsafeRawPointer(list($0)) }
        + [UnsafeRawPointer(list(buffers.map { Int64($0.count) }))]
    default:
      return []
    }
  }
}
