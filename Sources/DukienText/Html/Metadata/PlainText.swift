/// How line breaks of a text are treated.
enum LineBreaks {
  /// As any white space.
  case collapsed
  /// One `\n` for each stretch of white space with a line break in it; block elements break lines.
  case kept
}

/// Appends a text without tags, its white space collapsed, none at the ends.
///
/// What looks like a tag (`<` and a letter, `/` or `!`, up to the next `>`) is left out; one that
/// breaks lines counts as white space. At most `limit` bytes are appended, whole characters.
///
/// - Complexity: O(n) in the bytes.
func appendPlainText(
  _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int, breaks: LineBreaks = .collapsed,
  limit: Int = .max, to out: inout [UInt8]
) {
  let first = out.count
  let last = limit < .max ? first &+ limit : .max
  var space: UInt8 = 0
  var isTagEndKnown = true
  var index = begin
  while index < end {
    let byte = bytes[index]
    let gap = spaceLength(bytes, index, end)
    if gap > 0 {
      let isBreak = byte == 0x0A || byte == 0x0D
      if space != 0x0A { space = isBreak && breaks == .kept ? 0x0A : 0x20 }
      index &+= gap
      continue
    }
    if byte == UInt8(ascii: "<"), isTagEndKnown, opensTag(bytes, index, end) {
      var after = index &+ 1
      while after < end, bytes[after] != UInt8(ascii: ">") { after &+= 1 }
      // Without a `>` to come, no later `<` opens a tag either.
      isTagEndKnown = after < end
      if isTagEndKnown {
        if breaksLine(bytes, index &+ 1, after), space != 0x0A {
          space = breaks == .kept ? 0x0A : 0x20
        }
        index = after &+ 1
        continue
      }
    }
    let length = byte < 0x80 ? 1 : readScalar(bytes, index, end).length
    let wanted = length &+ (space == 0 || out.count == first ? 0 : 1)
    if out.count &+ wanted > last { return }
    if wanted > length { out.append(space) }
    space = 0
    for offset in 0..<length { out.append(bytes[index &+ offset]) }
    index &+= length
  }
}

private func opensTag(_ bytes: UnsafePointer<UInt8>, _ at: Int, _ end: Int) -> Bool {
  guard at &+ 1 < end else { return false }
  let next = bytes[at &+ 1]
  return (next | 0x20) &- 0x61 < 26 || next == UInt8(ascii: "/") || next == UInt8(ascii: "!")
}

/// Whether a tag, from after its `<`, breaks a line where it stands.
private func breaksLine(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Bool {
  var first = begin
  if first < end, bytes[first] == UInt8(ascii: "/") { first &+= 1 }
  var last = first
  while last < end, (bytes[last] | 0x20) &- 0x61 < 26 || bytes[last] &- 0x30 < 10 { last &+= 1 }
  let name = Span(first, last)
  if name.count == 2, bytes[first] | 0x20 == UInt8(ascii: "h") { return true }
  for tag in ["p", "br", "div", "li", "ul", "ol", "td", "tr", "table", "blockquote", "figure"]
    as [StaticString] where spanEquals(tag, bytes, name)
  {
    return true
  }
  return false
}
