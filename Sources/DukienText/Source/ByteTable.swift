/// What bytes stand for in an encoding that leaves ASCII as it is.
struct ByteTable {
  /// The code points of the bytes from 0x80 on; U+FFFD for a byte that stands for nothing.
  private let letters: [UInt16]
  /// Pairs of bytes that stand for one letter, sorted: the pair above, the letter below.
  private let pairs: [UInt32]

  /// The bytes that may be the second of a pair: one bit each from 0x80 on.
  private var seconds: (UInt64, UInt64) = (0, 0)

  /// Whether two bytes may stand for one letter.
  var hasPairs: Bool { !pairs.isEmpty }

  /// Nil for UTF-8 and UTF-16.
  init?(_ encoding: TextEncoding) {
    var pairs: [UInt32] = []
    switch encoding {
    case .utf8, .utf16LittleEndian, .utf16BigEndian: return nil
    case .windows1252: letters = windows1252Table
    case .windows1258:
      letters = windows1258Table
      pairs = windows1258Pairs
    case .latin9: letters = latin9Table
    case .latin2: letters = latin2Table
    case .windows1250: letters = windows1250Table
    case .windows1251: letters = windows1251Table
    case .koi8r: letters = koi8rTable
    case .tcvn3: letters = tcvn3Table
    case .vni:
      letters = vniTable
      pairs = vniPairs
    }
    self.pairs = pairs
    for pair in pairs {
      let bit = UInt64(1) << UInt64(pair >> 16 & 0x3F)
      if pair >> 16 & 0xFF < 0xC0 { seconds.0 |= bit } else { seconds.1 |= bit }
    }
  }

  /// The character at `index`, which lies before `end`, and how many bytes stand for it.
  @inline(__always)
  func read(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> Scalar {
    let byte = bytes[index]
    if hasPairs, let letter = pair(bytes, index, end) { return Scalar(value: letter, length: 2) }
    let value = byte < 0x80 ? UInt32(byte) : UInt32(letters[Int(byte & 0x7F)])
    return Scalar(value: value, length: 1)
  }

  /// The letter that the bytes at `index` and after it stand for together.
  ///
  /// - Complexity: O(log n) in the pairs.
  @inline(__always)
  func pair(_ bytes: UnsafePointer<UInt8>, _ index: Int, _ end: Int) -> UInt32? {
    guard index &+ 1 < end, isSecond(bytes[index &+ 1]) else { return nil }
    let key = UInt32(bytes[index]) << 8 | UInt32(bytes[index &+ 1])
    var low = 0
    var high = pairs.count
    while low < high {
      let middle = (low &+ high) >> 1
      if pairs[middle] >> 16 < key { low = middle &+ 1 } else { high = middle }
    }
    guard low < pairs.count, pairs[low] >> 16 == key else { return nil }
    return pairs[low] & 0xFFFF
  }

  @inline(__always)
  private func isSecond(_ byte: UInt8) -> Bool {
    byte >= 0x80 && ((byte < 0xC0 ? seconds.0 : seconds.1) >> UInt64(byte & 0x3F)) & 1 != 0
  }
}
