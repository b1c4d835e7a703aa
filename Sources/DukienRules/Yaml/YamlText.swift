internal import DukienText

/// What is refused before libyaml sees a file: bytes that are no YAML text, directives, and white
/// space that libyaml takes quadratic time for.
///
/// - Returns: the first problem, or nil.
/// - Complexity: O(bytes).
func problemOfText(in file: SourceFile) -> Diagnostic? {
  encodingProblem(in: file, code: "yaml.encoding") ?? directiveProblem(in: file)
    ?? whiteSpaceProblem(in: file)
}

/// UTF-16, invalid UTF-8, NUL, and the control characters that YAML forbids.
func encodingProblem(in file: SourceFile, code: String) -> Diagnostic? {
  let remedy = "save the file as UTF-8"
  if file.bytes.starts(with: [0xFF, 0xFE]) || file.bytes.starts(with: [0xFE, 0xFF]) {
    return file.diagnostic(
      code, at: Span(0, 1), "the file is UTF-16, not UTF-8", hint: remedy)
  }
  let fault = file.bytes.withUnsafeBufferPointer { firstFault(in: $0, from: file.textStart) }
  guard let fault else { return nil }
  let span = Span(fault.offset, fault.offset + 1)
  switch fault.codePoint {
  case nil:
    let byte = hex(UInt32(file.bytes[fault.offset]), digits: 2)
    return file.diagnostic(
      code, at: span, "invalid UTF-8: byte 0x\(byte)", hint: remedy)
  case 0:
    let looksWide = fault.offset < 4
    return file.diagnostic(
      code, at: span, "a NUL byte in the text",
      hint: looksWide ? "UTF-16 or a binary file? \(remedy)" : "remove it")
  case .some(let codePoint):
    return file.diagnostic(
      code, at: span,
      "the character U+\(hex(codePoint, digits: 4)) is not allowed",
      hint: "remove it, or write it as an escape in double quotes")
  }
}

/// The offset of the first byte that YAML text may not hold; the code point is nil for bytes that
/// are no UTF-8.
private func firstFault(
  in bytes: UnsafeBufferPointer<UInt8>, from start: Int
) -> (offset: Int, codePoint: UInt32?)? {
  var offset = start
  while offset < bytes.count {
    let lead = bytes[offset]
    if lead < 0x80 {
      let isAllowed = (lead >= 0x20 && lead != 0x7F) || lead == 0x0A || lead == 0x09 || lead == 0x0D
      if !isAllowed { return (offset, UInt32(lead)) }
      offset += 1
      continue
    }
    let length: Int
    var value: UInt32
    switch lead {
    case 0xC2...0xDF: (length, value) = (2, UInt32(lead & 0x1F))
    case 0xE0...0xEF: (length, value) = (3, UInt32(lead & 0x0F))
    case 0xF0...0xF4: (length, value) = (4, UInt32(lead & 0x07))
    default: return (offset, nil)
    }
    guard offset + length <= bytes.count else { return (offset, nil) }
    for index in offset + 1..<offset + length {
      guard bytes[index] & 0xC0 == 0x80 else { return (offset, nil) }
      value = value << 6 | UInt32(bytes[index] & 0x3F)
    }
    switch value {
    case 0x80..<0x85, 0x86..<0xA0, 0xFEFF, 0xFFFE, 0xFFFF:
      return (offset, value)
    case 0..<0x80, 0xD800..<0xE000, 0x110000...:
      return (offset, nil)
    case 0..<0x800 where length > 2, 0..<0x10000 where length > 3:
      return (offset, nil)
    default:
      offset += length
    }
  }
  return nil
}

/// A line that opens with `%` before the document. libyaml compares each with all before it.
private func directiveProblem(in file: SourceFile) -> Diagnostic? {
  var offset = file.textStart
  var isLineStart = true
  while offset < file.bytes.count {
    switch file.bytes[offset] {
    case 0x0A, 0x0D:
      isLineStart = true
    case 0x20, 0x09:
      isLineStart = false
    case UInt8(ascii: "#"):
      while offset + 1 < file.bytes.count, !isBreak(file.bytes[offset + 1]) { offset += 1 }
    case UInt8(ascii: "%") where isLineStart:
      return file.diagnostic(
        "yaml.syntax", at: Span(offset, offset + 1), "a directive is not allowed",
        hint: "remove the line: a rule file is plain YAML without tags")
    default:
      return nil
    }
    offset += 1
  }
  return nil
}

/// What stands after the end of the document, where only white space, comments and `...` may.
///
/// The code is `yaml.documents` when the document before it is whole.
func problemAfterDocument(in file: SourceFile, from start: Int) -> Diagnostic? {
  let bytes = file.bytes
  var offset = start
  var isEnded = start >= 3 && bytes[start - 3..<start].elementsEqual("...".utf8)
  while offset < bytes.count {
    switch bytes[offset] {
    case 0x20, 0x09, 0x0A, 0x0D:
      offset += 1
    case UInt8(ascii: "#"):
      while offset < bytes.count, !isBreak(bytes[offset]) { offset += 1 }
    case UInt8(ascii: ".") where bytes[offset...].starts(with: "...".utf8):
      isEnded = true
      offset += 3
    default:
      let span = Span(offset, offset + 1)
      if isEnded || bytes[offset...].starts(with: "---".utf8) {
        return file.diagnostic(
          "yaml.documents", at: span, "a second document in the file",
          hint: "put it into a file of its own")
      }
      return file.diagnostic(
        "yaml.syntax", at: span, "text after the end of the outermost value",
        hint: "is it indented less than the first line?")
    }
  }
  return nil
}

/// For each run of white space in a scalar libyaml clears a buffer as long as the longest run
/// before it, so a very long run in a file of many words costs minutes.
private func whiteSpaceProblem(in file: SourceFile) -> Diagnostic? {
  // At most a quarter of the square of the bytes can be cleared.
  guard file.bytes.count / 2 * (file.bytes.count / 2) > mostCleared else { return nil }
  let (offset, length, runs) = file.bytes.withUnsafeBufferPointer { longestWhiteSpace(in: $0) }
  guard length > 0, runs > mostCleared / length else { return nil }
  return file.diagnostic(
    "yaml.size", at: Span(offset, offset + length),
    "\(length) bytes of white space in a row are too many for a file of this size",
    hint: "remove them")
}

private func longestWhiteSpace(
  in bytes: UnsafeBufferPointer<UInt8>
) -> (offset: Int, length: Int, runs: Int) {
  var longest = (offset: 0, length: 0, runs: 0)
  var begin = 0
  var isInside = false
  var offset = 0
  while offset <= bytes.count {
    let width = whiteSpaceWidth(in: bytes, at: offset)
    if (width > 0) != isInside {
      isInside.toggle()
      if isInside {
        begin = offset
        longest.runs += 1
      } else if offset - begin > longest.length {
        (longest.offset, longest.length) = (begin, offset - begin)
      }
    }
    offset += max(width, 1)
  }
  return longest
}

/// The bytes of the blank or line break at an offset, as libyaml has them (U+0085, U+2028 and
/// U+2029 are breaks); 0 for anything else.
private func whiteSpaceWidth(in bytes: UnsafeBufferPointer<UInt8>, at offset: Int) -> Int {
  guard offset < bytes.count else { return 0 }
  switch bytes[offset] {
  case 0x20, 0x09, 0x0A, 0x0D: return 1
  case 0xC2: return offset + 1 < bytes.count && bytes[offset + 1] == 0x85 ? 2 : 0
  case 0xE2:
    guard offset + 2 < bytes.count, bytes[offset + 1] == 0x80 else { return 0 }
    return bytes[offset + 2] & 0xFE == 0xA8 ? 3 : 0
  default: return 0
  }
}

/// The bytes that libyaml may clear for one file: about a fifth of a second.
private let mostCleared = 1 << 31

private func isBreak(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }
