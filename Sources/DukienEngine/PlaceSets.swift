/// Sets of places in a segment, one for each of so many keys; empty ones cost nothing.
struct PlaceSets: ~Copyable {
  private var bits = Buffer<UInt64>()
  /// The keys that have a set, as bits.
  private var used = Buffer<UInt64>()
  /// Words of 64 places in each set.
  private(set) var wordsInSet = 1

  /// Makes all sets empty: keys `0..<keys`, places `0..<places`.
  ///
  /// - Complexity: O(keys / 64).
  mutating func reset(keys: Int, places: Int) {
    wordsInSet = places >> 6 &+ 1
    used.fill(0, keys >> 6 &+ 1)
    bits.makeRoom(keys &* wordsInSet)
  }

  @inline(__always)
  mutating func add(_ key: Int, _ place: Int) {
    let set = bits.base + key &* wordsInSet
    let known = used.base[key >> 6] >> UInt64(key & 63) & 1
    used.base[key >> 6] |= 1 << UInt64(key & 63)
    if wordsInSet == 1 {
      // The usual case, without a branch that cannot be foreseen.
      set[0] = set[0] & (0 &- known) | 1 << UInt64(place & 63)
      return
    }
    if known == 0 { set.update(repeating: 0, count: wordsInSet) }
    set[place >> 6] |= 1 << UInt64(place & 63)
  }

  /// The keys `64 * word ..< 64 * word + 64` that have places, lowest bit first.
  @inline(__always)
  func keys(_ word: Int) -> UInt64 { used.base[word] }

  /// The places `64 * word ..< 64 * word + 64` of a key, lowest bit first.
  @inline(__always)
  func places(_ key: Int, _ word: Int) -> UInt64 {
    used.base[key >> 6] & (1 << UInt64(key & 63)) != 0 ? bits.base[key &* wordsInSet &+ word] : 0
  }

  /// True where the set of a key holds one of the places `first..<last`.
  func contains(_ key: Int, _ first: Int, _ last: Int) -> Bool {
    guard used.base[key >> 6] & (1 << UInt64(key & 63)) != 0 else { return false }
    let set = bits.base + key &* wordsInSet
    for place in first..<last where set[place >> 6] & (1 << UInt64(place & 63)) != 0 {
      return true
    }
    return false
  }
}
