internal import CDukien

private let emptyText: StaticString = ""

extension dukien_str {
  /// The string of length 0 whose pointer is not NULL.
  static var absent: dukien_str { dukien_str(emptyText.utf8Start, 0) }

  /// `count` bytes that live at least as long as the handle the string is taken from.
  init(_ bytes: UnsafePointer<UInt8>, _ count: Int) {
    self.init(ptr: UnsafeRawPointer(bytes).assumingMemoryBound(to: CChar.self), len: count)
  }

  /// The bytes of an argument; empty for length 0, whatever the pointer.
  func bytes(_ argument: String) throws(Failure) -> UnsafeRawBufferPointer {
    try checkedBytes(UnsafeRawPointer(ptr), len, argument)
  }

  /// The text of an argument, which must be valid UTF-8.
  func text(_ argument: String) throws(Failure) -> String {
    let bytes = try bytes(argument)
    let text = String(decoding: bytes, as: UTF8.self)
    guard text.utf8.elementsEqual(bytes) else {
      throw Failure(DUKIEN_E_ARGUMENT, "argument.text", "\(argument) is not valid UTF-8")
    }
    return text
  }

  /// The text of an argument that names something: not empty, without NUL.
  func name(_ argument: String) throws(Failure) -> String {
    let text = try text(argument)
    guard !text.isEmpty else {
      throw Failure(DUKIEN_E_ARGUMENT, "argument.empty", "\(argument) is empty")
    }
    guard !text.utf8.contains(0) else {
      throw Failure(DUKIEN_E_ARGUMENT, "argument.text", "\(argument) holds a NUL byte")
    }
    return text
  }
}

/// Bytes that a caller passed as pointer and length; a length above half the address space and
/// NULL with a length are failures.
func checkedBytes(
  _ start: UnsafeRawPointer?, _ count: Int, _ argument: String
) throws(Failure) -> UnsafeRawBufferPointer {
  guard count >= 0 else {
    throw Failure(DUKIEN_E_ARGUMENT, "argument.length", "the length of \(argument) is impossible")
  }
  guard count > 0 else { return UnsafeRawBufferPointer(start: nil, count: 0) }
  guard let start else { throw .null(argument) }
  return UnsafeRawBufferPointer(start: start, count: count)
}

/// Strings at fixed addresses for the life of the handle that owns the arena.
final class StringArena {
  private var buffers: [UnsafeMutablePointer<UInt8>] = []

  func keep(_ text: String) -> dukien_str {
    let count = text.utf8.count
    guard count > 0 else { return .absent }
    let buffer = UnsafeMutablePointer<UInt8>.allocate(capacity: count)
    var next = buffer
    for byte in text.utf8 {
      next.initialize(to: byte)
      next += 1
    }
    buffers.append(buffer)
    return dukien_str(buffer, count)
  }

  deinit {
    for buffer in buffers { buffer.deallocate() }
  }
}
