internal import CDukien
internal import CPlatform

/// How the texts of a column lie in memory, by the format of its schema.
enum TextLayout {
  /// Offsets of 32 or 64 bits into one buffer of bytes.
  case offsets
  case longOffsets
  /// Views: a length, and the bytes themselves or the place of them in one of many buffers.
  case views
  /// A column of nulls alone.
  case nothing

  /// The layout of a format, and whether its bytes are sure to be UTF-8; nil for other formats.
  static func of(_ format: String) -> (layout: TextLayout, isUtf8: Bool)? {
    switch format {
    case "u": (.offsets, true)
    case "U": (.longOffsets, true)
    case "vu": (.views, true)
    case "z": (.offsets, false)
    case "Z": (.longOffsets, false)
    case "vz": (.views, false)
    case "n": (.nothing, true)
    default: nil
    }
  }

  /// The buffers that an array has at least.
  fileprivate var bufferCount: Int {
    switch self {
    case .offsets, .longOffsets, .views: 3
    case .nothing: 0
    }
  }
}

/// The texts of an array that a host handed in, of which all is checked that can be.
struct TextCells {
  private let layout: TextLayout
  private let rows: CheckedArray
  /// Offsets or views.
  private let places: UnsafeRawPointer?
  private let name: String

  init(_ array: UnsafePointer<ArrowArray>?, _ layout: TextLayout, _ name: String) throws(Failure) {
    rows = try CheckedArray(array, bufferCount: layout.bufferCount, name)
    self.layout = layout
    self.name = name
    places = layout.bufferCount > 0 ? rows.buffer(1) : nil
    guard rows.count == 0 || layout.bufferCount == 0 || places != nil else {
      throw .array(name, "has no buffer of places")
    }
  }

  var count: Int { rows.count }

  /// The bytes of a row below `count`; nil for null. They live as long as the array.
  func bytes(at row: Int) throws(Failure) -> UnsafeRawBufferPointer? {
    guard let places, rows.isValid(row) else { return nil }
    let place = rows.offset + row
    switch layout {
    case .nothing: return nil
    case .offsets:
      let begin = places.loadUnaligned(fromByteOffset: place * 4, as: Int32.self)
      let end = places.loadUnaligned(fromByteOffset: place * 4 + 4, as: Int32.self)
      return try bytes(Int(begin), Int(end), of: rows.buffer(2))
    case .longOffsets:
      let begin = places.loadUnaligned(fromByteOffset: place * 8, as: Int64.self)
      let end = places.loadUnaligned(fromByteOffset: place * 8 + 8, as: Int64.self)
      return try bytes(Int(begin), Int(end), of: rows.buffer(2))
    case .views: return try view(places + place * 16)
    }
  }

  private func bytes(
    _ begin: Int, _ end: Int, of buffer: UnsafeRawPointer?
  ) throws(Failure) -> UnsafeRawBufferPointer {
    guard 0 <= begin, begin <= end else { throw .array(name, "has offsets that go back") }
    guard begin < end else { return UnsafeRawBufferPointer(start: nil, count: 0) }
    guard let buffer else { throw .array(name, "has offsets and no bytes") }
    return UnsafeRawBufferPointer(start: buffer + begin, count: end - begin)
  }

  /// The bytes of a view: up to 12 stand in it; of more, the number of a buffer and a place there.
  /// The last buffer holds the sizes of those.
  private func view(_ view: UnsafeRawPointer) throws(Failure) -> UnsafeRawBufferPointer {
    let length = Int(view.loadUnaligned(as: Int32.self))
    guard length >= 0 else { throw .array(name, "has a view of \(length) bytes") }
    guard length > 12 else { return UnsafeRawBufferPointer(start: view + 4, count: length) }
    let number = Int(view.loadUnaligned(fromByteOffset: 8, as: Int32.self))
    let begin = Int(view.loadUnaligned(fromByteOffset: 12, as: Int32.self))
    let bufferCount = rows.bufferCount - 3
    guard 0 <= number, number < bufferCount, begin >= 0,
      let sizes = rows.buffer(rows.bufferCount - 1)
    else { throw .array(name, "has a view of a buffer that is not there") }
    let size = sizes.loadUnaligned(fromByteOffset: number * 8, as: Int64.self)
    guard Int64(begin + length) <= size else { throw .array(name, "has a view beyond its buffer") }
    return try bytes(begin, begin + length, of: rows.buffer(2 + number))
  }
}

/// An array whose counts make sense.
struct CheckedArray {
  let count: Int
  /// Where row 0 stands in the buffers.
  let offset: Int
  let bufferCount: Int
  private let buffers: UnsafeMutablePointer<UnsafeRawPointer?>?
  /// A bit a row; nil where no row is null.
  private let validity: UnsafePointer<UInt8>?

  init(
    _ array: UnsafePointer<ArrowArray>?, bufferCount least: Int, _ name: String
  ) throws(Failure) {
    guard let array else { throw .array(name, "is missing") }
    count = Int(array.pointee.length)
    offset = Int(array.pointee.offset)
    // Far below the end of the address space, so that no place of a row overflows.
    guard count >= 0, offset >= 0, count <= Int.max / 64, offset <= Int.max / 64 else {
      throw .array(name, "has an impossible length")
    }
    bufferCount = Int(array.pointee.n_buffers)
    buffers = array.pointee.buffers
    guard bufferCount >= least, buffers != nil || least == 0 else {
      throw .array(name, "has too few buffers")
    }
    let first = bufferCount > 0 && array.pointee.null_count != 0 ? buffers?[0] : nil
    validity = first?.assumingMemoryBound(to: UInt8.self)
  }

  /// A buffer below `bufferCount`.
  func buffer(_ index: Int) -> UnsafeRawPointer? { buffers?[index] }

  func isValid(_ row: Int) -> Bool {
    guard let validity else { return true }
    let bit = offset + row
    return validity[bit / 8] & 1 << UInt8(bit % 8) != 0
  }
}

extension Failure {
  static func array(_ name: String, _ defect: String) -> Failure {
    Failure(DUKIEN_E_ARGUMENT, "arrow.array", "the array of \(name) \(defect)")
  }
}
