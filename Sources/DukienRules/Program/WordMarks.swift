/// Finds the marks of groups of words in the values of attributes such as `class`.
///
/// A value is cut at white space into tokens, a token at all that is no letter and where a capital
/// begins a word: `articleBody-main` has the words article, body and main. A group holds words, words
/// of which only the beginning counts, and runs of words; and exceptions: a token with one of them
/// does not count for the group.
package struct WordMarks: Sendable {
  private struct Slot: Sendable {
    var key: UInt64 = 0
    var marks = MarkSet()
    var exceptions = MarkSet()
  }

  /// The longest run of words, and the longest beginning of a word.
  static let longestRun = 4
  static let longestPrefix = 63

  /// An open table; its size is a power of two, and a key of 0 is free.
  private var slots = [Slot](repeating: Slot(), count: 64)
  /// The keys by some of their bits: nearly all beginnings of words are no key, which this tells.
  private var filter = [UInt64](repeating: 0, count: 1024)
  private var count = 0
  /// A bit for every opening of three letters that some run of words has.
  private var openings = [UInt64](repeating: 0, count: 1 << 9)
  /// Words of the longest run.
  private var longest = 0
  /// The bit of every length that a beginning of a word has.
  private var prefixLengths: UInt64 = 0

  package init() {}

  package var isEmpty: Bool { count == 0 }

  /// Adds `word`, `word*` or `several words`; false where the text has no letters or too many words.
  mutating func add(_ text: String, to mark: Int, isException: Bool) -> Bool {
    var bytes = Array(text.utf8)
    let isPrefix = bytes.last == UInt8(ascii: "*")
    if isPrefix { bytes.removeLast() }
    var words = Words()
    bytes.withUnsafeBufferPointer { words.split($0) }
    guard (1...Self.longestRun).contains(words.ends.count), let last = words.ends.last else {
      return false
    }
    let length = last - (words.ends.count > 1 ? words.ends[words.ends.count - 2] : 0)
    guard length <= Self.longestPrefix || !isPrefix else { return false }
    longest = max(longest, words.ends.count)
    addOpenings(words.letters[..<words.ends[0]], isWhole: !isPrefix || words.ends.count > 1)
    if isPrefix { prefixLengths |= 1 << UInt64(length) }
    var state = Self.seed
    var begin = 0
    for (index, end) in words.ends.enumerated() {
      if index > 0 { state = Self.step(state, 0x20) }
      for byte in words.letters[begin..<end] { state = Self.step(state, byte) }
      begin = end
    }
    insert(Self.key(state, isPrefix: isPrefix), MarkSet(mark), isException: isException)
    return true
  }

  /// Notes how a run of words may open; a beginning of less than three letters has many openings.
  private mutating func addOpenings(_ word: ArraySlice<UInt8>, isWhole: Bool) {
    let letters = word.prefix(3).reduce(0) { $0 << 5 | Int($1 & 31) }
    let missing = 5 * (3 - word.prefix(3).count)
    let choices = isWhole ? 1 : 1 << missing
    for rest in 0..<choices {
      let opening = letters << missing | rest
      openings[opening >> 6] |= 1 << UInt64(opening & 63)
    }
  }

  private mutating func insert(_ key: UInt64, _ mark: MarkSet, isException: Bool) {
    if count * 2 >= slots.count { grow() }
    let place = place(of: key)
    if slots[place].key == 0 {
      slots[place].key = key
      filter[Self.filterPlace(of: key)] |= Self.filterBit(of: key)
      count += 1
    }
    if isException {
      slots[place].exceptions.formUnion(mark)
    } else {
      slots[place].marks.formUnion(mark)
    }
  }

  private mutating func grow() {
    let old = slots
    slots = [Slot](repeating: Slot(), count: old.count * 2)
    for slot in old where slot.key != 0 { slots[place(of: slot.key)] = slot }
  }

  /// Where a key stands, or would.
  @inline(__always)
  private func place(of key: UInt64) -> Int {
    var place = Int(truncatingIfNeeded: key) & (slots.count &- 1)
    while slots[place].key != 0, slots[place].key != key {
      place = (place &+ 1) & (slots.count &- 1)
    }
    return place
  }

  // MARK: Looking up

  /// The words of a token, in lower case.
  package struct Words {
    fileprivate var letters: [UInt8] = []
    fileprivate var ends: [Int] = []

    package init() {}

    /// Splits a token; letters outside ASCII are letters.
    fileprivate mutating func split(_ token: UnsafeBufferPointer<UInt8>) {
      letters.removeAll(keepingCapacity: true)
      ends.removeAll(keepingCapacity: true)
      var begin = 0
      for (index, byte) in token.enumerated() {
        let isCapital = byte &- 0x41 < 26
        let isLetter = isCapital || byte &- 0x61 < 26 || byte >= 0x80
        let opens =
          isCapital && index > 0
          && (token[index - 1] &- 0x61 < 26
            || token[index - 1] &- 0x41 < 26 && index + 1 < token.count
              && token[index + 1] &- 0x61 < 26)
        if !isLetter || opens, letters.count > begin {
          ends.append(letters.count)
          begin = letters.count
        }
        if isLetter { letters.append(isCapital ? byte | 0x20 : byte) }
      }
      if letters.count > begin { ends.append(letters.count) }
    }
  }

  /// The marks of the groups that a value has words of.
  ///
  /// - Complexity: linear in the bytes.
  package func marks(of value: UnsafeBufferPointer<UInt8>, _ words: inout Words) -> MarkSet {
    var found = MarkSet()
    var begin = 0
    while begin < value.count {
      while begin < value.count, value[begin] <= 0x20 { begin &+= 1 }
      var end = begin
      while end < value.count, value[end] > 0x20 { end &+= 1 }
      if end > begin {
        found.formUnion(marks(ofToken: UnsafeBufferPointer(rebasing: value[begin..<end]), &words))
      }
      begin = end
    }
    return found
  }

  private func marks(
    ofToken token: UnsafeBufferPointer<UInt8>, _ words: inout Words
  ) -> MarkSet {
    words.split(token)
    var marks = MarkSet()
    var exceptions = MarkSet()
    func look(_ state: UInt64, isPrefix: Bool) {
      let key = Self.key(state, isPrefix: isPrefix)
      guard filter[Self.filterPlace(of: key)] & Self.filterBit(of: key) != 0 else { return }
      let slot = slots[place(of: key)]
      guard slot.key != 0 else { return }
      marks.formUnion(slot.marks)
      exceptions.formUnion(slot.exceptions)
    }
    for first in words.ends.indices {
      var state = Self.seed
      var begin = first > 0 ? words.ends[first - 1] : 0
      guard mayOpen(words.letters, begin, words.ends[first]) else { continue }
      for word in first..<min(first + longest, words.ends.count) {
        if word > first { state = Self.step(state, 0x20) }
        let end = words.ends[word]
        for index in begin..<end {
          state = Self.step(state, words.letters[index])
          let length = index &- begin &+ 1
          if length <= Self.longestPrefix, prefixLengths >> UInt64(length) & 1 != 0 {
            look(state, isPrefix: true)
          }
        }
        look(state, isPrefix: false)
        begin = end
      }
    }
    return marks.subtracting(exceptions)
  }

  /// Whether some run of words opens like the word of the letters `begin ..< end`.
  @inline(__always)
  private func mayOpen(_ letters: [UInt8], _ begin: Int, _ end: Int) -> Bool {
    var opening = 0
    for offset in 0..<3 {
      opening = opening << 5 | (begin &+ offset < end ? Int(letters[begin &+ offset] & 31) : 0)
    }
    return openings[opening >> 6] >> UInt64(opening & 63) & 1 != 0
  }

  // FNV-1a, whose state after each byte is the hash of the beginning.
  private static let seed: UInt64 = 0xCBF2_9CE4_8422_2325

  @inline(__always)
  private static func step(_ state: UInt64, _ byte: UInt8) -> UInt64 {
    (state ^ UInt64(byte)) &* 0x100_0000_01B3
  }

  @inline(__always)
  private static func filterPlace(of key: UInt64) -> Int {
    Int(truncatingIfNeeded: key >> 32) & 1023
  }

  @inline(__always)
  private static func filterBit(of key: UInt64) -> UInt64 { 1 << (key >> 48 & 63) }

  @inline(__always)
  private static func key(_ state: UInt64, isPrefix: Bool) -> UInt64 {
    let key = state &* 2 &+ (isPrefix ? 1 : 0)
    return (key ^ key >> 29) | 1 << 63
  }
}
