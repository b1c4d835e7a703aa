/// A name of up to sixteen bytes in lower case, as two numbers; a longer one has only its length.
struct HtmlNameKey {
  var low: UInt64 = 0
  var high: UInt64 = 0
  var count = 0

  /// The longest name that a key tells from others.
  static var longest: Int { 16 }

  init() {}

  init(_ name: StaticString) {
    for offset in 0..<name.utf8CodeUnitCount { append(name.utf8Start[offset]) }
  }

  /// Adds a byte, which is put in lower case.
  @inline(__always)
  mutating func append(_ byte: UInt8) {
    let small = UInt64(lowerByte(byte))
    if count < 8 {
      low |= small &<< UInt64(truncatingIfNeeded: count &* 8)
    } else if count < 16 {
      high |= small &<< UInt64(truncatingIfNeeded: (count &- 8) &* 8)
    }
    count &+= 1
  }

  @inline(__always)
  var hash: Int {
    let mixed = (low ^ high &* 0xC2B2_AE3D_27D4_EB4F) &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 55)
  }
}

/// Finds names of tags or attributes: open addressing over keys of two numbers.
struct HtmlNames {
  /// One more than the place of a name, or 0 where free.
  private var slots = [UInt8](repeating: 0, count: 512)
  private var lows: [UInt64] = []
  private var highs: [UInt64] = []
  /// The value of the first name; the others follow.
  private let first: UInt8

  /// The table of fewer than 255 names of at most sixteen bytes.
  init(_ names: [StaticString], first: UInt8) {
    self.first = first
    for name in names {
      let key = HtmlNameKey(name)
      lows.append(key.low)
      highs.append(key.high)
      var slot = key.hash
      while slots[slot] != 0 { slot = (slot &+ 1) & 511 }
      slots[slot] = UInt8(truncatingIfNeeded: lows.count)
    }
  }

  /// The value of a name, or nil.
  @inline(__always)
  func find(_ key: HtmlNameKey) -> UInt8? {
    guard key.count <= HtmlNameKey.longest else { return nil }
    var slot = key.hash
    while true {
      let place = Int(slots[slot])
      if place == 0 { return nil }
      if lows[place &- 1] == key.low, highs[place &- 1] == key.high {
        return first &+ UInt8(truncatingIfNeeded: place &- 1)
      }
      slot = (slot &+ 1) & 511
    }
  }

  static let tags = HtmlNames(HtmlTag.names, first: HtmlTag.a.rawValue)
  static let attributes = HtmlNames(
    HtmlAttributeName.names, first: HtmlAttributeName.about.rawValue)
}
