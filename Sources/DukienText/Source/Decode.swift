/// Turns any bytes into valid UTF-8 text.
///
/// The encoding is found by `EncodingFinder`: `hint` is what the host knows of it, a label or a
/// whole `Content-Type`, or empty; `isMarkup` tells whether to look for what the page itself
/// declares, nil to find that out by its first character. A leading byte order mark is dropped;
/// what stands for nothing becomes U+FFFD, in UTF-8 by the practice "substitution of maximal
/// subparts" (Unicode 16, section 3.9). Empty input gives empty text; what lies beyond
/// `maximumBytes`, at most `SourceText.maximumBytes`, is left out and reported.
///
/// - Complexity: O(n) in the bytes; one copy where the input is valid UTF-8.
package func decode(
  _ input: UnsafeRawBufferPointer, hint: String = "", isMarkup: Bool? = nil,
  maximumBytes: Int = SourceText.maximumBytes
) -> SourceText {
  let count = Swift.min(input.count, maximumBytes, SourceText.maximumBytes)
  guard count > 0, let start = input.bindMemory(to: UInt8.self).baseAddress else {
    return SourceText(bytes: [], offsets: .identity, problems: [])
  }
  let finder = EncodingFinder(start, count, hint: hint, isMarkup: isMarkup)
  let page = Page(
    start: start, body: finder.markCount, count: count, endOfValid: finder.endOfValid,
    left: input.count &- count)
  return page.text(in: finder.encoding, finder.evidence, finder.problems)
}

/// Turns bytes whose encoding is known for certain into valid UTF-8 text.
///
/// - Complexity: O(n) in the bytes.
package func decode(_ input: UnsafeRawBufferPointer, in encoding: TextEncoding) -> SourceText {
  let count = Swift.min(input.count, SourceText.maximumBytes)
  guard count > 0, let start = input.bindMemory(to: UInt8.self).baseAddress else {
    return SourceText(bytes: [], offsets: .identity, problems: [], encoding: encoding)
  }
  let page = Page(
    start: start, body: 0, count: count,
    endOfValid: encoding == .utf8 ? endOfValidText(start, 0, count) : 0, left: input.count &- count)
  return page.text(in: encoding, .hint, [])
}

/// Bytes to decode.
private struct Page {
  var start: UnsafePointer<UInt8>
  /// Where the text begins, after a byte order mark.
  var body: Int
  var count: Int
  /// The first byte that is no UTF-8, or `count`; looked at for UTF-8 only.
  var endOfValid: Int
  /// The bytes after `count`, which are left out.
  var left: Int

  func text(
    in encoding: TextEncoding, _ evidence: SourceText.Evidence, _ known: [TextProblem]
  ) -> SourceText {
    var offsets = OffsetMap()
    if body > 0 { offsets.add(text: 0, input: body) }
    var problems = known
    var bytes: [UInt8] = []
    if let table = ByteTable(encoding) {
      bytes = decodeTable(start, body, count, table, &offsets, &problems)
    } else if encoding != .utf8 {
      bytes = decodeUtf16(
        start, body, count, isBigEndian: encoding == .utf16BigEndian, &offsets, &problems)
    } else if endOfValid == count {
      bytes = Array(UnsafeBufferPointer(start: start + body, count: count &- body))
    } else {
      problems.append(repair(start, body, endOfValid, count, into: &bytes, offsets: &offsets))
    }
    if let nul = nulProblem(bytes, offsets) { problems.append(nul) }
    if left > 0 {
      problems.append(
        TextProblem(
          code: .tooLong, at: Span(count, Swift.min(count &+ left, Int(UInt32.max))), count: left))
    }
    return SourceText(
      bytes: bytes, offsets: offsets, problems: problems, encoding: encoding, evidence: evidence)
  }
}

/// Copies `body ..< count`, whose first invalid byte is at `invalid`, replacing what is no UTF-8.
private func repair(
  _ start: UnsafePointer<UInt8>, _ body: Int, _ invalid: Int, _ count: Int,
  into bytes: inout [UInt8], offsets: inout OffsetMap
) -> TextProblem {
  bytes.reserveCapacity(count &+ count / 8 &+ 16)
  var problem = TextProblem(code: .invalidUTF8, at: Span(invalid, invalid), count: 0)
  var index = body
  var end = invalid
  while true {
    if end > index {
      offsets.add(text: bytes.count, input: index)
      bytes.append(contentsOf: UnsafeBufferPointer(start: start + index, count: end &- index))
    }
    guard end < count else { break }
    let bad = -sequenceLength(start, end, count)
    problem.add(Span(end, end &+ bad))
    offsets.add(text: bytes.count, input: end, width: 3, replaced: bad)
    bytes.append(0xEF)
    bytes.append(0xBF)
    bytes.append(0xBD)
    index = end &+ bad
    end = endOfValidTextSlowly(start, index, count)
  }
  return problem
}

/// The offset of the first byte at or after `begin` that is no UTF-8, or `end`.
func endOfValidText(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  var stretch = begin
  while stretch < end {
    let next = Utf8Automaton.endOfStretch(bytes, stretch, end)
    // The automaton tells only that there is an error, which is then looked for.
    guard Utf8Automaton.accepts(bytes, stretch, next) else {
      return endOfValidTextSlowly(bytes, stretch, end)
    }
    stretch = next
  }
  return end
}

/// The same, character by character; for text where errors may be dense.
private func endOfValidTextSlowly(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  var index = begin
  while index < end {
    let length = sequenceLength(bytes, index, end)
    if length < 0 { return index }
    index &+= length
  }
  return end
}

/// The NUL characters of a text, or nil.
private func nulProblem(_ text: [UInt8], _ offsets: OffsetMap) -> TextProblem? {
  text.withUnsafeBufferPointer { buffer in
    guard let bytes = buffer.baseAddress else { return nil }
    let first = findNul(bytes, 0, buffer.count)
    var count = 0
    var index = first
    while index < buffer.count {
      count &+= 1
      index = findNul(bytes, index &+ 1, buffer.count)
    }
    guard count > 0 else { return nil }
    return TextProblem(code: .nul, at: offsets.input(Span(first, first &+ 1)), count: count)
  }
}

/// The offset of the first zero byte at or after `begin`, or `end`.
func findNul(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  let raw = UnsafeRawPointer(bytes)
  var index = begin
  while index &+ 8 <= end {
    let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    if (eight &- 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080 != 0 { break }
    index &+= 8
  }
  while index < end, bytes[index] != 0 { index &+= 1 }
  return index
}
