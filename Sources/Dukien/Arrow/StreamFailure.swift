internal import CDukien
internal import CPlatform

/// What a callback of a stream returns where it fails, and what it says then.
struct StreamFailure: Error {
  let code: Int32
  let message: String

  init(_ failure: Failure) {
    switch failure.status {
    case DUKIEN_E_CANCELLED:
      code = ErrorNumber.cancelled
      message = failure.code
      return
    case DUKIEN_E_LIMIT:
      code = failure.code == "limit.memory" ? ErrorNumber.memory : ErrorNumber.tooLarge
    default: code = ErrorNumber.argument
    }
    message = "\(failure.code): \(failure.message)"
  }

  /// What a stream says of its failure.
  init(_ code: Int32, of stream: UnsafeMutablePointer<ArrowArrayStream>) {
    self.code = code
    let told = stream.pointee.get_last_error?(stream)
    message = told.map { String(cString: $0) } ?? "the stream of pages failed with \(code)"
  }

  /// The message, ended by a NUL, in memory of its own; nil where there is none.
  func characters() -> UnsafeMutablePointer<CChar>? {
    var text = message
    let count = text.utf8.count
    guard let memory = platform_allocate(count + 1) else { return nil }
    text.withUTF8 {
      UnsafeMutableRawBufferPointer(start: memory, count: count)
        .copyMemory(from: UnsafeRawBufferPointer($0))
    }
    memory.storeBytes(of: 0, toByteOffset: count, as: UInt8.self)
    return memory.assumingMemoryBound(to: CChar.self)
  }
}

/// The numbers of errors that Arrow's callbacks return.
enum ErrorNumber {
  static var cancelled: Int32 { Int32(PLATFORM_ERRNO_CANCELLED) }
  static var argument: Int32 { Int32(PLATFORM_ERRNO_ARGUMENT) }
  static var memory: Int32 { Int32(PLATFORM_ERRNO_MEMORY) }
  static var tooLarge: Int32 { Int32(PLATFORM_ERRNO_TOO_LARGE) }
}
