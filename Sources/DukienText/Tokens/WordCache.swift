/// Remembers the id and shape of tokens by their raw bytes, so that a common word costs one hash and
/// one comparison.
///
/// Two-way associative: the newer of two tokens in a place is found first, the older makes room.
struct WordCache: Sendable {
  /// A token of up to 16 bytes; `low` and `high` are its bytes, padded with zeros.
  struct Entry: Sendable {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var word: UInt32 = 0
    var shape: Shape = []
  }

  /// The longest token that is remembered, in bytes.
  static var longest: Int { 16 }

  private static var bits: UInt64 { 14 }

  var entries = [Entry](repeating: Entry(), count: 1 << Int(bits))

  mutating func removeAll() {
    for index in entries.indices { entries[index] = Entry() }
  }

  /// The first of the two places of a key.
  @inline(__always)
  static func place(of key: Key) -> Int {
    var hash = (key.low &* 0x9E37_79B9_7F4A_7C15) ^ (key.high &* 0xC2B2_AE3D_27D4_EB4F)
    hash ^= hash >> 32
    hash = hash &* 0xD6E8_FEB8_6659_FD93
    return Int(truncatingIfNeeded: hash >> (64 &- bits)) & ~1
  }

  /// The bytes of a token, padded with zeros. No token holds NUL, so that keys are unique.
  struct Key: Equatable {
    var low: UInt64
    var high: UInt64

    /// The key of 1 to 16 bytes at `begin` of a text of `textEnd` bytes.
    @inline(__always)
    init(_ text: UnsafePointer<UInt8>, _ begin: Int, _ count: Int, textEnd: Int) {
      if begin &+ 16 <= textEnd {
        let raw = UnsafeRawPointer(text + begin)
        let first = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
        let second = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
        if count <= 8 {
          low = first & (UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- 8 &* count))
          high = 0
        } else {
          low = first
          high = second & (UInt64.max &>> UInt64(truncatingIfNeeded: 128 &- 8 &* count))
        }
      } else {
        low = 0
        high = 0
        for offset in 0..<Swift.min(count, 16) {
          let byte = UInt64(text[begin &+ offset])
          if offset < 8 {
            low |= byte &<< UInt64(truncatingIfNeeded: 8 &* offset)
          } else {
            high |= byte &<< UInt64(truncatingIfNeeded: 8 &* (offset &- 8))
          }
        }
      }
    }
  }
}
