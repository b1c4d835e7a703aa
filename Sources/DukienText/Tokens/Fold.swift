/// Writes the key of a token: what is left when case, composition, tone placement and width are
/// made the same.
///
/// - letters become lower case, unless `keepCase`
/// - letters with marks are decomposed, so that NFC and NFD agree; "Ð" and "ð" count as "đ"
/// - a tone mark goes to the end of its vowel group: "hoà" = "hòa", "thuỷ" = "thủy", "quý" = "qúy"
/// - full-width forms, raised digits and curly apostrophes become ASCII; soft hyphens and
///   characters without width vanish; three or more points become "…"
///
/// The key replaces what `out` held. Bytes that are no UTF-8 are copied.
///
/// - Complexity: O(n) in the bytes of the word.
package func fold(
  _ word: UnsafeBufferPointer<UInt8>, keepCase: Bool, into out: inout [UInt8]
) {
  out.removeAll(keepingCapacity: true)
  withUnsafeTemporaryAllocation(of: UInt8.self, capacity: longestKey(of: word.count)) { room in
    guard let base = room.baseAddress else { return }
    let count = fold(word, keepCase: keepCase, to: base)
    out.append(contentsOf: UnsafeBufferPointer(start: base, count: count))
  }
}

/// The most bytes that the key of a word of so many bytes may take.
@inlinable
package func longestKey(of count: Int) -> Int { 5 &* count &+ 16 }

/// Writes the key of a token where there is room for `longestKey`; returns its length.
package func fold(
  _ word: UnsafeBufferPointer<UInt8>, keepCase: Bool, to room: UnsafeMutablePointer<UInt8>
) -> Int {
  guard let bytes = word.baseAddress, !word.isEmpty else { return 0 }
  var key = KeyWriter(base: room)
  let end = word.count
  if end >= 3, bytes[0] == 0x2E, word.allSatisfy({ $0 == 0x2E }) {
    key.append(0x2026)
    return key.count
  }
  var tones = ToneGroup()
  var index = 0
  while index < end {
    let byte = bytes[index]
    if byte < 0x80 {
      appendBase(keepCase ? UInt32(byte) : lowerASCII(UInt32(byte)), &tones, &key)
      index &+= 1
      continue
    }
    let scalar = readScalar(bytes, index, end)
    fold(scalar, byte, keepCase: keepCase, &tones, &key)
    index &+= scalar.length
  }
  tones.flush(&key)
  return key.count
}

/// Folds a character that is not ASCII, or a byte that is no UTF-8.
@inline(__always)
private func fold(
  _ scalar: Scalar, _ byte: UInt8, keepCase: Bool, _ tones: inout ToneGroup,
  _ key: inout KeyWriter
) {
  if let letter = LetterEntry(scalar.value) {
    return fold(letter, keepCase: keepCase, &tones, &key)
  }
  let value = canonical(scalar.value)
  if value == 0xFFFD, scalar.length == 1 {
    tones.flush(&key)
    key.append(byte: byte)
  } else if value < 0x80 {
    appendBase(keepCase ? value : lowerASCII(value), &tones, &key)
  } else if let letter = LetterEntry(value) {
    fold(letter, keepCase: keepCase, &tones, &key)
  } else if value >= 0x0300, value <= 0x036F {
    appendMark(value, &tones, &key)
  } else if value == 0xAD || value >= 0x1680, characterKind(value) == .ignorable {
    return
  } else {
    appendBase(value, &tones, &key)
  }
}

@inline(__always)
private func fold(
  _ letter: LetterEntry, keepCase: Bool, _ tones: inout ToneGroup, _ key: inout KeyWriter
) {
  appendBase(keepCase ? letter.exactBase : letter.lowerBase, &tones, &key)
  for place in 0..<3 as Range<UInt64> {
    let mark = letter.mark(place)
    if mark == 0 { break }
    appendMark(mark, &tones, &key)
  }
}

/// Writes the text in lower case, composed or decomposed as it is.
///
/// Unlike `fold` this is fit to be shown. The result replaces what `out` held.
///
/// - Complexity: O(n) in the bytes.
package func lowerCase(_ text: UnsafeBufferPointer<UInt8>, into out: inout [UInt8]) {
  out.removeAll(keepingCapacity: true)
  guard let bytes = text.baseAddress else { return }
  out.reserveCapacity(text.count)
  var index = 0
  while index < text.count {
    let scalar = readScalar(bytes, index, text.count)
    if scalar.length == 1 {
      out.append(UInt8(truncatingIfNeeded: lowerASCII(UInt32(bytes[index]))))
    } else if let letter = LetterEntry(scalar.value) {
      appendScalar(letter.lower, to: &out)
    } else {
      appendScalar(scalar.value, to: &out)
    }
    index &+= scalar.length
  }
}

/// Whether a code point is a letter in upper case.
func isUpperCase(_ scalar: UInt32) -> Bool {
  if scalar < 0x80 { return scalar >= 0x41 && scalar <= 0x5A }
  if scalar >= 0xFF21, scalar <= 0xFF3A { return true }
  guard let letter = LetterEntry(scalar) else { return false }
  return letter.lower != scalar
}

/// The tone marks of the vowel group being read, to be written at its end.
private struct ToneGroup {
  var isOpen = false
  /// One byte a mark, its distance from U+02FF, the first mark lowest; no more than eight are kept.
  private var marks: UInt64 = 0
  private var bits: UInt64 = 0

  mutating func add(_ mark: UInt32) {
    guard bits < 64 else { return }
    marks |= UInt64(mark &- 0x02FF) << bits
    bits &+= 8
  }

  @inline(__always)
  mutating func flush(_ key: inout KeyWriter) {
    while marks != 0 {
      key.append(UInt32(truncatingIfNeeded: marks & 0xFF) &+ 0x02FF)
      marks >>= 8
    }
    bits = 0
    isOpen = false
  }
}

/// A key that is being written.
private struct KeyWriter {
  let base: UnsafeMutablePointer<UInt8>
  private(set) var count = 0

  init(base: UnsafeMutablePointer<UInt8>) { self.base = base }

  @inline(__always)
  mutating func append(byte: UInt8) {
    base[count] = byte
    count &+= 1
  }

  /// Appends the UTF-8 form of a code point.
  @inline(__always)
  mutating func append(_ value: UInt32) {
    if value < 0x80 {
      append(byte: UInt8(truncatingIfNeeded: value))
    } else if value < 0x800 {
      append(byte: UInt8(truncatingIfNeeded: 0xC0 | value >> 6))
      append(byte: UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    } else if value < 0x10000 {
      append(byte: UInt8(truncatingIfNeeded: 0xE0 | value >> 12))
      append(byte: UInt8(truncatingIfNeeded: 0x80 | (value >> 6) & 0x3F))
      append(byte: UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    } else {
      append(byte: UInt8(truncatingIfNeeded: 0xF0 | value >> 18))
      append(byte: UInt8(truncatingIfNeeded: 0x80 | (value >> 12) & 0x3F))
      append(byte: UInt8(truncatingIfNeeded: 0x80 | (value >> 6) & 0x3F))
      append(byte: UInt8(truncatingIfNeeded: 0x80 | value & 0x3F))
    }
  }

  /// The combining mark that ends at an offset, or nil.
  func mark(endingAt end: Int) -> UInt32? {
    let lead = UInt32(base[end &- 2])
    guard lead == 0xCC || lead == 0xCD else { return nil }
    let value = (lead & 0x1F) << 6 | UInt32(base[end &- 1] & 0x3F)
    return value <= 0x036F ? value : nil
  }

  /// Exchanges the mark that ends at an offset with the one before it.
  mutating func swapMarks(endingAt end: Int) {
    for offset in 1...2 {
      let byte = base[end &- offset]
      base[end &- offset] = base[end &- offset &- 2]
      base[end &- offset &- 2] = byte
    }
  }
}

@inline(__always)
private func appendBase(_ base: UInt32, _ tones: inout ToneGroup, _ key: inout KeyWriter) {
  // The bits of a, e, i, o, u and y.
  let vowels: UInt32 = 0x0110_4111
  let letter = base &- 0x41
  let isVowel = letter < 0x3A && (vowels >> (letter & 0x1F)) & 1 != 0
  if !isVowel { tones.flush(&key) }
  key.append(base)
  tones.isOpen = isVowel
}

private func appendMark(_ mark: UInt32, _ tones: inout ToneGroup, _ key: inout KeyWriter) {
  if tones.isOpen {
    switch mark {
    case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323: return tones.add(mark)
    default: break
    }
  }
  key.append(mark)
  // Canonical order; a letter has few marks, so that few steps back are enough.
  var end = key.count
  for _ in 0..<4 {
    guard end >= 4, let before = key.mark(endingAt: end &- 2) else { return }
    guard combiningClass(before) > combiningClass(mark) else { return }
    key.swapMarks(endingAt: end)
    end &-= 2
  }
}

private func combiningClass(_ mark: UInt32) -> UInt8 {
  let index = Int(mark) &- 0x0300
  return index >= 0 && index < markClasses.count ? markClasses[index] : 0
}

@inline(__always)
private func lowerASCII(_ value: UInt32) -> UInt32 {
  value >= 0x41 && value <= 0x5A ? value | 0x20 : value
}

/// The plain form of a full-width character, raised digit, apostrophe or doubly encoded character.
private func canonical(_ value: UInt32) -> UInt32 {
  switch value {
  case 0..<0xB2: value
  case 0xB2, 0xB3: value &- 0xB2 &+ 0x32
  case 0xB9: 0x31
  case 0x02BC, 0x2018, 0x2019: 0x27
  case 0x0340: 0x0300
  case 0x0341: 0x0301
  case 0x0343: 0x0313
  case 0x2070, 0x2074...0x2079: value &- 0x2070 &+ 0x30
  case 0x2080...0x2089: value &- 0x2080 &+ 0x30
  case 0x2126: 0x03A9
  case 0x212A: 0x4B
  case 0x212B: 0xC5
  case 0xFF01...0xFF5E: value &- 0xFF01 &+ 0x21
  default: value
  }
}
