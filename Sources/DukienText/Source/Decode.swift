/// Turns any bytes into valid UTF-8 text.
///
/// A leading byte order mark is dropped; ill-formed sequences become U+FFFD by the practice
/// "substitution of maximal subparts" (Unicode 16, section 3.9). Empty input gives empty text; what
/// lies beyond `maximumBytes`, at most `SourceText.maximumBytes`, is left out and reported.
///
/// - Complexity: O(n) in the bytes; one copy where the input is valid.
package func decode(
  _ input: UnsafeRawBufferPointer, maximumBytes: Int = SourceText.maximumBytes
) -> SourceText {
  let count = Swift.min(input.count, maximumBytes, SourceText.maximumBytes)
  guard count > 0, let start = input.bindMemory(to: UInt8.self).baseAddress else {
    return SourceText(bytes: [], offsets: .identity, problems: [])
  }
  let body = count >= 3 && start[0] == 0xEF && start[1] == 0xBB && start[2] == 0xBF ? 3 : 0
  var offsets = OffsetMap()
  if body > 0 { offsets.runs.append(OffsetMap.Run(text: 0, input: 3)) }

  var problems: [TextProblem] = []
  var bytes: [UInt8]
  let valid = endOfValidText(start, body, count)
  if valid == count {
    bytes = Array(UnsafeBufferPointer(start: start + body, count: count &- body))
  } else {
    bytes = []
    problems.append(repair(start, body, valid, count, into: &bytes, offsets: &offsets))
  }
  if let nul = findNul(start, count) { problems.append(nul) }
  if input.count > count {
    problems.append(
      TextProblem(
        code: .tooLong, at: Span(count, Swift.min(input.count, Int(UInt32.max))),
        count: input.count &- count))
  }
  return SourceText(bytes: bytes, offsets: offsets, problems: problems)
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
      offsets.add(text: bytes.count, input: index, width: 1, replaced: 1)
      bytes.append(contentsOf: UnsafeBufferPointer(start: start + index, count: end &- index))
    }
    guard end < count else { break }
    let bad = -sequenceLength(start, end, count)
    if problem.count == 0 { problem.at = Span(end, end &+ bad) }
    problem.count &+= 1
    offsets.add(
      text: bytes.count, input: end, width: 3, replaced: UInt32(truncatingIfNeeded: bad))
    bytes.append(0xEF)
    bytes.append(0xBF)
    bytes.append(0xBD)
    index = end &+ bad
    end = endOfValidTextSlowly(start, index, count)
  }
  return problem
}

extension OffsetMap {
  /// Continues the last run where it is of the same kind, else begins one.
  fileprivate mutating func add(text: Int, input: Int, width: UInt32, replaced: UInt32) {
    if let last = runs.last {
      if width > 1, last.width == width, last.replaced == replaced { return }
      if Int(last.text) == text { runs.removeLast() }
    }
    runs.append(
      Run(
        text: UInt32(truncatingIfNeeded: text), input: UInt32(truncatingIfNeeded: input),
        width: width, replaced: replaced))
  }
}

/// The offset of the first byte at or after `begin` that is no UTF-8, or `end`.
private func endOfValidText(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
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

/// The NUL bytes of the input, or nil.
private func findNul(_ bytes: UnsafePointer<UInt8>, _ end: Int) -> TextProblem? {
  let raw = UnsafeRawPointer(bytes)
  var first = 0
  var count = 0
  var index = 0
  while index < end {
    if index &+ 8 <= end {
      let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
      if (eight &- 0x0101_0101_0101_0101) & ~eight & 0x8080_8080_8080_8080 == 0 {
        index &+= 8
        continue
      }
    }
    if bytes[index] == 0 {
      if count == 0 { first = index }
      count &+= 1
    }
    index &+= 1
  }
  return count == 0 ? nil : TextProblem(code: .nul, at: Span(first, first &+ 1), count: count)
}
