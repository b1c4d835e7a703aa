/// How well bytes read as Vietnamese in one encoding: whether the words that hold bytes above
/// ASCII are syllables there.
///
/// A syllable has the consonants that one may begin and end with, and between them one to three
/// vowels with no more than one tone. Of running text nearly every word passes in its own encoding;
/// of another language, or in another encoding, few do.
struct SyllableScore {
  private(set) var syllables = 0
  private(set) var others = 0
  /// The bytes above ASCII that syllables held: one bit each.
  private var kinds: (UInt64, UInt64) = (0, 0)

  /// Words that are looked at, so that the time is bounded.
  private static let mostWords = 2_000
  /// A longer word is cut, so that this holds for bytes without any space.
  private static let longestWord = 64

  /// - Complexity: O(n) in the bytes up to the last word looked at.
  init(_ bytes: UnsafePointer<UInt8>, _ count: Int, in table: ByteTable) {
    var index = 0
    while syllables &+ others < Self.mostWords {
      let high = endOfASCII(bytes, index, count)
      guard high < count else { return }
      var begin = high
      while begin > index, high &- begin < Self.longestWord / 2, isASCIILetter(bytes[begin &- 1]) {
        begin &-= 1
      }
      index = readWord(bytes, begin, count, in: table)
    }
  }

  /// Whether this is enough to take the bytes for Vietnamese.
  var isConvincing: Bool {
    syllables >= 5 && kindCount >= 5 && syllables >= 3 &* others
  }

  var margin: Int { syllables &- others }

  private var kindCount: Int { kinds.0.nonzeroBitCount &+ kinds.1.nonzeroBitCount }

  /// Judges the word at `begin` and returns the offset after it and after the sign that ends it.
  private mutating func readWord(
    _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ count: Int, in table: ByteTable
  ) -> Int {
    var syllable = Syllable()
    var seen: (UInt64, UInt64) = (0, 0)
    var index = begin
    let end = Swift.min(count, begin &+ Self.longestWord)
    while index < end {
      let scalar = table.read(bytes, index, count)
      guard isPartOfWord(scalar.value) else {
        index &+= scalar.length
        break
      }
      syllable.add(scalar.value)
      for byte in index..<index &+ scalar.length where bytes[byte] >= 0x80 {
        let bit = UInt64(1) << UInt64(bytes[byte] & 0x3F)
        if bytes[byte] < 0xC0 { seen.0 |= bit } else { seen.1 |= bit }
      }
      index &+= scalar.length
    }
    guard seen.0 | seen.1 != 0 else { return index }
    if syllable.isWhole {
      syllables &+= 1
      kinds.0 |= seen.0
      kinds.1 |= seen.1
    } else {
      others &+= 1
    }
    return index
  }

  private func isPartOfWord(_ value: UInt32) -> Bool {
    if value < 0x80 { return isASCIILetter(UInt8(truncatingIfNeeded: value)) }
    switch characterKind(value) {
    case .letter, .mark: return true
    default: return value == 0xFFFD
    }
  }
}

private func isASCIILetter(_ byte: UInt8) -> Bool {
  let lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x7A
}

/// A word that is taken apart into first consonants, vowels and last consonants.
private struct Syllable {
  /// The letters, eight bits each, the last lowest.
  private var first: UInt32 = 0
  private var last: UInt32 = 0
  private var vowels = 0
  private var tones = 0
  private var isSpoilt = false

  /// A stroke through a "d", in ASCII.
  private static let stroke: UInt32 = 0x2B

  mutating func add(_ value: UInt32) {
    var base = value | 0x20
    if value >= 0x80 {
      guard let letter = LetterEntry(value) else {
        isSpoilt = true
        return
      }
      base = letter.lowerBase
      for place in 0..<3 as Range<UInt64> { add(mark: letter.mark(place), on: base) }
    }
    switch base {
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79:
      if vowels == 0, base == 0x75, first == 0x71, value < 0x80 {
        first = first << 8 | base
      } else {
        vowels &+= 1
        if last != 0 { isSpoilt = true }
      }
    case 0x111: add(consonant: Self.stroke)
    case 0x62...0x7A: add(consonant: base)
    default: isSpoilt = true
    }
  }

  /// Whether nothing more is missing.
  var isWhole: Bool {
    !isSpoilt && vowels >= 1 && vowels <= 3 && tones <= 1
      && (first == 0 || isListed(first, Self.firsts)) && (last == 0 || isListed(last, Self.lasts))
  }

  private static var firsts: StaticString {
    "b c ch d + g gh h k kh l m n ng ngh nh p ph qu r s t th tr v x"
  }
  private static var lasts: StaticString { "c ch m n ng nh p t" }

  private mutating func add(mark: UInt32, on base: UInt32) {
    switch mark {
    case 0: return
    case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323: tones &+= 1
    case 0x0302: if base != 0x61, base != 0x65, base != 0x6F { isSpoilt = true }
    case 0x0306: if base != 0x61 { isSpoilt = true }
    case 0x031B: if base != 0x6F, base != 0x75 { isSpoilt = true }
    default: isSpoilt = true
    }
    if base >= 0x80 || vowelBits >> (base & 0x1F) & 1 == 0 { isSpoilt = true }
  }

  private mutating func add(consonant: UInt32) {
    if vowels == 0 {
      if first >> 16 != 0 { isSpoilt = true }
      first = first << 8 | consonant
    } else {
      if last >> 8 != 0 { isSpoilt = true }
      last = last << 8 | consonant
    }
  }
}

/// The bits of a, e, i, o, u and y.
private let vowelBits: UInt32 = 0x0220_8222

/// Whether a list with spaces between its words holds the word of these letters.
private func isListed(_ word: UInt32, _ list: StaticString) -> Bool {
  var letters: UInt32 = 0
  for index in 0..<list.utf8CodeUnitCount {
    let byte = list.utf8Start[index]
    if byte != 0x20 {
      letters = letters << 8 | UInt32(byte)
      continue
    }
    if letters == word { return true }
    letters = 0
  }
  return letters == word
}
