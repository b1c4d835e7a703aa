/// Tells valid UTF-8 from other bytes with one shift a byte and no branches.
///
/// A state is a bit offset into the row of the next byte, where the following state stands: the
/// shift-based automaton of Per Vognsen over the sequences of Unicode 16, table 3-7.
enum Utf8Automaton {
  private static let accept: UInt64 = 0
  private static let error: UInt64 = 6
  /// One, two or three more bytes of any value from 0x80 to 0xBF.
  private static let one: UInt64 = 12
  private static let two: UInt64 = 18
  private static let three: UInt64 = 24
  /// After these bytes, whose second byte is bounded more narrowly.
  private static let afterE0: UInt64 = 30
  private static let afterED: UInt64 = 36
  private static let afterF0: UInt64 = 42
  private static let afterF4: UInt64 = 48

  /// One row a byte: six bits for every state.
  static let rows: [UInt64] = (0...255).map(row)

  /// Whether the bytes are whole valid sequences.
  @inline(__always)
  static func accepts(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Bool {
    rows.withUnsafeBufferPointer { buffer in
      guard let rows = buffer.baseAddress else { return false }
      var state = accept
      for index in begin..<Swift.max(begin, end) {
        state = rows[Int(bytes[index])] &>> state
      }
      return state & 63 == accept
    }
  }

  /// The end of the next stretch to check, which cuts no sequence of valid text in two.
  @inline(__always)
  static func endOfStretch(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
    guard end &- begin > 4096 else { return end }
    var index = begin &+ 4096
    while index > begin &+ 4092, bytes[index] & 0xC0 == 0x80 { index &-= 1 }
    return index
  }

  private static func row(_ byte: Int) -> UInt64 {
    var row: UInt64 = 0
    for state in [accept, error, one, two, three, afterE0, afterED, afterF0, afterF4] {
      row |= next(state, byte) << state
    }
    return row
  }

  private static func next(_ state: UInt64, _ byte: Int) -> UInt64 {
    switch (state, byte) {
    case (accept, 0...0x7F): accept
    case (accept, 0xC2...0xDF): one
    case (accept, 0xE0): afterE0
    case (accept, 0xED): afterED
    case (accept, 0xE1...0xEF): two
    case (accept, 0xF0): afterF0
    case (accept, 0xF1...0xF3): three
    case (accept, 0xF4): afterF4
    case (one, 0x80...0xBF): accept
    case (two, 0x80...0xBF), (afterE0, 0xA0...0xBF), (afterED, 0x80...0x9F): one
    case (three, 0x80...0xBF), (afterF0, 0x90...0xBF), (afterF4, 0x80...0x8F): two
    default: error
    }
  }
}
