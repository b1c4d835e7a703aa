// What the characters of a block's core say about the block.

/// The length of the list mark at `begin`, or 0.
///
/// A bullet needs nothing after it; a hyphen, dash, star or plus needs white space or the end.
func listMarkLength(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  guard begin < end else { return 0 }
  let scalar = readScalar(bytes, begin, end)
  switch scalar.value {
  case 0x2022, 0x2023, 0x2043, 0x2219, 0xB7, 0x25A0...0x25FF, 0x27A2...0x27A4, 0x2713, 0x2714,
    0x2756, 0x2192, 0xF0A7, 0xF0B7, 0xF0D8:
    return scalar.length
  case 0x2D, 0x2A, 0x2B, 0x2013, 0x2014:
    let next = begin &+ scalar.length
    return next == end || spaceLength(bytes, next, end) > 0 ? scalar.length : 0
  default:
    return 0
  }
}

/// Whether nothing stands here but `![…](…)`, pipes and names of image files.
func isImageResidue(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Bool {
  var index = begin
  while index < end {
    let space = spaceLength(bytes, index, end)
    if space > 0 {
      index &+= space
    } else if bytes[index] == 0x7C {
      index &+= 1
    } else if bytes[index] == 0x21 {
      guard let after = endOfImage(bytes, index, end) else { return false }
      index = after
    } else {
      let first = index
      while index < end, bytes[index] != 0x7C, spaceLength(bytes, index, end) == 0 { index &+= 1 }
      guard isImageName(bytes, first, index) else { return false }
    }
  }
  return true
}

/// Where the `![…](…)` at `begin` ends, or nil where there is none.
private func endOfImage(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int? {
  guard begin &+ 1 < end, bytes[begin &+ 1] == 0x5B else { return nil }
  var index = begin &+ 2
  while index < end, bytes[index] != 0x5D { index &+= 1 }
  guard index &+ 1 < end, bytes[index &+ 1] == 0x28 else { return nil }
  index &+= 2
  while index < end, bytes[index] != 0x29 { index &+= 1 }
  return index < end ? index &+ 1 : nil
}

/// Whether the bytes are a name with one of the extensions of pictures.
private func isImageName(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Bool {
  let extensions: [StaticString] = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".svg"]
  for known in extensions {
    let first = end &- known.utf8CodeUnitCount
    if first > begin, startsLike(known, bytes, first, end) { return true }
  }
  return false
}

/// Whether the last character apart from quotation marks and brackets ends a sentence.
func endsSentence(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Bool {
  var index = end
  while index > begin {
    let scalar = readScalarBefore(bytes, begin, index)
    let shape = Shape.ofSign(scalar.value)
    if shape.contains(.terminal) { return true }
    let isWrapping = !shape.isDisjoint(with: wrapping)
    guard isWrapping || characterKind(scalar.value) == .space || scalar.value == 0x7C else {
      return false
    }
    index &-= scalar.length
  }
  return false
}

private let wrapping: Shape = [
  .opensBracket, .closesBracket, .opensQuote, .closesQuote, .plainQuote,
]

/// How many words white space separates, and whether a web address is among them.
func countWords(
  _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int, _ marks: UnsafePointer<WordMark>
) -> (count: UInt32, hasURL: Bool) {
  var count: UInt32 = 0
  var hasURL = false
  var isAfterSpace: UInt32 = 1
  var index = begin
  while index < end {
    let mark = marks[Int(bytes[index])]
    if mark == .look {
      let space = spaceLength(bytes, index, end)
      if space > 0 {
        isAfterSpace = 1
        index &+= space
        continue
      }
      if !hasURL { hasURL = opensURL(bytes, begin, index, end, isFirst: isAfterSpace == 1) }
    }
    // Without branches, because where words end cannot be foreseen.
    let isSpace = UInt32(mark.rawValue & 1)
    count &+= isAfterSpace & (isSpace ^ 1)
    isAfterSpace = isSpace
    index &+= 1
  }
  return (count, hasURL)
}

/// What a byte means to `countWords`.
enum WordMark: UInt8 {
  case inside = 0
  case space = 1
  /// May open white space outside ASCII or belong to a web address.
  case look = 2

  /// The marks of all bytes, to be indexed by byte.
  static func table() -> [WordMark] {
    (0...255).map { byte in
      switch byte {
      case 0...0x20, 0x7F: .space
      case 0x3A, 0x57, 0x77, 0xC2, 0xE2, 0xE3, 0xEF: .look
      default: .inside
      }
    }
  }
}

/// Whether the byte shows a web address: "www." at the start of a word, or the colon of "http://".
private func opensURL(
  _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ index: Int, _ end: Int, isFirst: Bool
) -> Bool {
  bytes[index] == 0x3A
    ? isSchemeColon(bytes, begin, index, end)
    : isFirst && startsLike("www.", bytes, index, end)
}

/// Whether the colon at `index` is that of `http://` or `https://`.
private func isSchemeColon(
  _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ index: Int, _ end: Int
) -> Bool {
  guard startsLike("://", bytes, index, end) else { return false }
  return index &- begin >= 4 && startsLike("http", bytes, index &- 4, end)
    || index &- begin >= 5 && startsLike("https", bytes, index &- 5, end)
}
