internal import CPlatform

/// Bytes from malloc that grow at their end until somebody takes them.
struct GrowingMemory: ~Copyable {
  private var start: UnsafeMutableRawPointer?
  private var room = 0
  private(set) var count = 0

  deinit { platform_free(start) }

  /// Makes room for `more` bytes.
  mutating func reserve(_ more: Int) throws(Failure) {
    guard more > room - count else { return }
    try resize(to: max(count + more, room * 2, 64))
  }

  /// Writes bytes that room was reserved for.
  mutating func write(_ bytes: UnsafeRawBufferPointer) {
    guard let start, !bytes.isEmpty else { return }
    UnsafeMutableRawBufferPointer(start: start + count, count: bytes.count).copyMemory(from: bytes)
    count += bytes.count
  }

  mutating func append<Number: BitwiseCopyable>(_ number: Number) throws(Failure) {
    try reserve(MemoryLayout<Number>.size)
    withUnsafeBytes(of: number) { write($0) }
  }

  /// Appends the bit of row `row`; the first of a byte is the lowest.
  mutating func append(bit: Bool, of row: Int) throws(Failure) {
    if row % 8 == 0 { try append(UInt8(0)) }
    guard bit, let start else { return }
    let byte = start.assumingMemoryBound(to: UInt8.self) + row / 8
    byte.pointee |= 1 << UInt8(row % 8)
  }

  /// Gives the bytes away, never NULL, to be freed with `platform_free`; leaves none.
  mutating func take() throws(Failure) -> UnsafeMutableRawPointer {
    // What is handed over may live long: the room that is not used goes back.
    if start == nil || count < room { try resize(to: max(count, 1)) }
    guard let taken = start else { throw .memory("a table") }
    start = nil
    room = 0
    count = 0
    return taken
  }

  private mutating func resize(to size: Int) throws(Failure) {
    guard let moved = platform_reallocate(start, size) else { throw .memory("a table") }
    start = moved
    room = size
  }
}
