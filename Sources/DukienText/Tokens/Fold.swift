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
  guard let bytes = word.baseAddress, !word.isEmpty else { return }
  if word.count >= 3, word.allSatisfy({ $0 == 0x2E }) {
    appendScalar(0x2026, to: &out)
    return
  }
  var tones = ToneGroup()
  var index = 0
  while index < word.count {
    let scalar = readScalar(bytes, index, word.count)
    fold(scalar, at: bytes + index, keepCase: keepCase, tones: &tones, into: &out)
    index &+= scalar.length
  }
  tones.flush(into: &out)
}

private func fold(
  _ scalar: Scalar, at bytes: UnsafePointer<UInt8>, keepCase: Bool, tones: inout ToneGroup,
  into out: inout [UInt8]
) {
  let value = canonical(scalar.value)
  if value == 0xFFFD, scalar.length == 1 {
    tones.flush(into: &out)
    out.append(bytes[0])
  } else if value < 0x80 {
    appendBase(keepCase ? value : lowerASCII(value), tones: &tones, into: &out)
  } else if let letter = LetterEntry(value) {
    appendBase(keepCase ? letter.exactBase : letter.lowerBase, tones: &tones, into: &out)
    for place in 0..<3 as Range<UInt64> {
      let mark = letter.mark(place)
      if mark == 0 { break }
      appendMark(mark, tones: &tones, into: &out)
    }
  } else if value >= 0x0300, value <= 0x036F {
    appendMark(value, tones: &tones, into: &out)
  } else if value == 0xAD || value >= 0x1680, characterKind(value) == .ignorable {
    return
  } else {
    appendBase(value, tones: &tones, into: &out)
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

  mutating func flush(into out: inout [UInt8]) {
    while marks != 0 {
      appendScalar(UInt32(truncatingIfNeeded: marks & 0xFF) &+ 0x02FF, to: &out)
      marks >>= 8
    }
    bits = 0
    isOpen = false
  }
}

private func appendBase(_ base: UInt32, tones: inout ToneGroup, into out: inout [UInt8]) {
  let isVowel =
    switch base | 0x20 {
    case 0x61, 0x65, 0x69, 0x6F, 0x75, 0x79: true
    default: false
    }
  if !isVowel { tones.flush(into: &out) }
  appendScalar(base, to: &out)
  tones.isOpen = isVowel
}

private func appendMark(_ mark: UInt32, tones: inout ToneGroup, into out: inout [UInt8]) {
  if tones.isOpen {
    switch mark {
    case 0x0300, 0x0301, 0x0303, 0x0309, 0x0323: return tones.add(mark)
    default: break
    }
  }
  appendScalar(mark, to: &out)
  // Canonical order; a letter has few marks, so that few steps back are enough.
  var end = out.count
  for _ in 0..<4 {
    guard end >= 4, let before = markInKey(out, endingAt: end &- 2) else { return }
    guard combiningClass(before) > combiningClass(mark) else { return }
    out.swapAt(end &- 4, end &- 2)
    out.swapAt(end &- 3, end &- 1)
    end &-= 2
  }
}

/// The combining mark that ends at an offset, or nil.
private func markInKey(_ out: [UInt8], endingAt end: Int) -> UInt32? {
  let lead = UInt32(out[end &- 2])
  guard lead == 0xCC || lead == 0xCD else { return nil }
  let value = (lead & 0x1F) << 6 | UInt32(out[end &- 1] & 0x3F)
  return value <= 0x036F ? value : nil
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
