/// Remembers the id and shape of tokens by their raw bytes, so that a common word costs one hash
/// and one comparison.
///
/// Two-way associative: the newer of two tokens in a place is found first, the older makes room.
struct WordCache: Sendable {
  /// A token of up to 15 bytes; `low` and `high` are its bytes, padded with zeros.
  struct Entry: Sendable {
    var low: UInt64 = 0
    var high: UInt64 = 0
    var word: UInt32 = 0
    var shape: Shape = []
  }

  /// The longest token that is remembered, in bytes.
  static var longest: Int { 15 }

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

    @inline(__always)
    init(low: UInt64, high: UInt64) {
      self.low = low
      self.high = high
    }

    /// The key of up to 15 bytes.
    init(_ token: UnsafeBufferPointer<UInt8>) {
      low = 0
      high = 0
      for (offset, byte) in token.enumerated() {
        let bits = UInt64(byte) &<< UInt64(truncatingIfNeeded: 8 &* offset)
        if offset < 8 { low |= bits } else { high |= bits }
      }
    }
  }
}

/// A letter and all bytes after it up to an ASCII character that is no letter.
///
/// Such a run is nearly always one word, and it surely is if the cache knows it as one. It is found
/// without branches, sixteen bytes at once, because where words end cannot be foreseen.
struct WordRun {
  let key: WordCache.Key
  let end: Int

  /// The run at `begin`, or nil where it is long, ends with the text or the block, or may go on
  /// after an apostrophe.
  @inline(__always)
  init?(_ text: UnsafePointer<UInt8>, _ begin: Int, _ blockEnd: Int, _ textEnd: Int) {
    guard begin &+ 16 <= textEnd else { return nil }
    let raw = UnsafeRawPointer(text + begin)
    let low = UInt64(littleEndian: raw.loadUnaligned(as: UInt64.self))
    let high = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
    let lowStops = WordRun.stops(low)
    let highStops = WordRun.stops(high)
    let lowMask = WordRun.maskBelow(lowStops)
    let highMask = lowStops == 0 ? WordRun.maskBelow(highStops) : 0
    key = WordCache.Key(low: low & lowMask, high: high & highMask)
    let bits =
      lowStops == 0 ? 64 &+ highStops.trailingZeroBitCount : lowStops.trailingZeroBitCount
    end = begin &+ bits >> 3
    guard lowStops | highStops != 0, end <= blockEnd, text[end] != 0x27 else { return nil }
  }

  /// The highest bit of each byte that is ASCII and no letter.
  @inline(__always)
  private static func stops(_ bytes: UInt64) -> UInt64 {
    let highs: UInt64 = 0x8080_8080_8080_8080
    let lower = (bytes | 0x2020_2020_2020_2020) & ~highs
    // A carry into the highest bit tells "at least a" and "past z".
    let isFromA = lower &+ 0x1F1F_1F1F_1F1F_1F1F
    let isPastZ = lower &+ 0x0505_0505_0505_0505
    return ~(bytes | isFromA & ~isPastZ) & highs
  }

  /// All bits below the byte of the lowest stop; all bits where there is none.
  @inline(__always)
  private static func maskBelow(_ stops: UInt64) -> UInt64 {
    ((stops & (0 &- stops)) >> 7) &- 1
  }
}
