/// Writes the visible text of a page and notes which bytes of the page each piece stands for.
struct HtmlTextWriter {
  private(set) var bytes: [UInt8] = []
  private var runs: [OffsetMap.Run] = []
  /// Where the page goes on behind the last piece.
  private var pageOffset = 0
  /// Whether the last piece is copied text.
  private var isCopying = false

  init(capacity: Int) {
    bytes.reserveCapacity(capacity)
  }

  /// Copies bytes of the page.
  @inline(__always)
  mutating func copy(_ page: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) {
    if !isCopying || pageOffset != begin {
      note(input: begin, width: 1, replaced: 1)
      isCopying = true
    }
    bytes.append(contentsOf: UnsafeBufferPointer(start: page + begin, count: end &- begin))
    pageOffset = end
  }

  /// Adds the space that white space of the page becomes.
  @inline(__always)
  mutating func addSpace(_ page: UnsafePointer<UInt8>, _ span: Span) {
    let begin = Int(span.begin)
    if span.count == 1, page[begin] == 0x20, isCopying, pageOffset == begin {
      bytes.append(0x20)
      pageOffset &+= 1
      return
    }
    note(input: begin, width: 1, replaced: span.count)
    bytes.append(0x20)
    pageOffset = Int(span.end)
  }

  /// Adds the characters of a reference; returns how many bytes they take.
  mutating func add(_ reference: HtmlReference, _ begin: Int) -> Int {
    let first = bytes.count
    appendScalar(reference.first, to: &bytes)
    if reference.second > 0 { appendScalar(reference.second, to: &bytes) }
    let width = bytes.count &- first
    note(at: first, input: begin, width: width, replaced: reference.length)
    pageOffset = begin &+ reference.length
    return width
  }

  /// Ends the line, with a blank line after it where `count` is 2.
  mutating func addLineFeeds(_ count: Int) {
    guard count > 0 else { return }
    note(input: pageOffset, width: 1, replaced: 0)
    for _ in 0..<count { bytes.append(0x0A) }
  }

  /// Opens the first cell of a row, whose text begins at `begin`; returns where the pipe stands.
  mutating func addOpeningPipe(_ begin: Int) -> Int {
    note(input: begin, width: 1, replaced: 0)
    bytes.append(0x7C)
    bytes.append(0x20)
    return bytes.count &- 2
  }

  /// Parts two cells of a row; returns where the pipe stands.
  mutating func addPipe() -> Int {
    note(input: pageOffset, width: 1, replaced: 0)
    bytes.append(0x20)
    bytes.append(0x7C)
    bytes.append(0x20)
    return bytes.count &- 2
  }

  /// Ends the last cell of a row.
  mutating func addClosingPipe() {
    note(input: pageOffset, width: 1, replaced: 0)
    bytes.append(0x20)
    bytes.append(0x7C)
  }

  /// Puts the cells of a row on lines of their own.
  mutating func dissolve(pipes: [Int]) {
    var isFirst = true
    for pipe in pipes {
      bytes[pipe] = isFirst ? 0x20 : 0x0A
      isFirst = false
    }
  }

  /// The map of the written text over the map of the page that it was made of.
  ///
  /// - Complexity: O(n + m) in the runs of both, but O(k) more where pieces of one width were
  ///   written k times and the page is not its input.
  func offsets(over page: OffsetMap) -> OffsetMap {
    if page.isIdentity { return OffsetMap(runs: runs) }
    return page.composed(with: runs, end: bytes.count)
  }

  private mutating func note(input: Int, width: Int, replaced: Int) {
    note(at: bytes.count, input: input, width: width, replaced: replaced)
  }

  private mutating func note(at offset: Int, input: Int, width: Int, replaced: Int) {
    isCopying = false
    if let last = runs.last, !last.isCopy, last.width == width, last.replaced == replaced,
      last.input(UInt32(truncatingIfNeeded: offset)) == UInt32(truncatingIfNeeded: input)
    {
      return
    }
    runs.append(
      OffsetMap.Run(
        text: UInt32(truncatingIfNeeded: offset), input: UInt32(truncatingIfNeeded: input),
        width: UInt32(truncatingIfNeeded: width), replaced: UInt32(truncatingIfNeeded: replaced)))
  }
}

/// Where the text at `begin` that is copied as it is ends: before a reference, a control character,
/// or white space that is no single space between words.
///
/// The character at `begin` is neither white space nor NUL.
@inline(__always)
func endOfPlainText(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  let raw = UnsafeRawPointer(bytes)
  let ones: UInt64 = 0x0101_0101_0101_0101
  let highs: UInt64 = 0x8080_8080_8080_8080
  var index = begin &+ 1
  // Whether the byte before is a space, in the highest bit of the lowest byte.
  var carry: UInt64 = 0
  var isFound = false
  while index &+ 8 <= end {
    let eight = UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    let ampersand = eight ^ (ones &* 0x26)
    let blank = eight ^ (ones &* 0x20)
    let blanks = (blank &- ones) & ~blank & highs
    let controls = (eight &- ones &* 0x20) & ~eight & highs
    let ampersands = (ampersand &- ones) & ~ampersand & highs
    let stops = controls | ampersands | blanks & (blanks << 8 | carry)
    if stops != 0 {
      index &+= stops.trailingZeroBitCount >> 3
      isFound = true
      break
    }
    carry = blanks >> 56
    index &+= 8
  }
  while !isFound, index < end {
    let byte = bytes[index]
    if byte < 0x20 || byte == 0x26 || byte == 0x20 && bytes[index &- 1] == 0x20 { break }
    index &+= 1
  }
  while index &- 1 > begin, bytes[index &- 1] == 0x20 { index &-= 1 }
  return index
}

/// Where the text from `begin` to `end` ends before a soft hyphen, which shows nothing, and the
/// spaces before that; `begin` where it begins with one.
@inline(__always)
func endBeforeSoftHyphen(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  var index = begin
  while true {
    index = findByte(0xC2, bytes, index, end)
    guard index &+ 1 < end else { return end }
    if bytes[index &+ 1] == 0xAD { break }
    index &+= 2
  }
  while index &- 1 > begin, bytes[index &- 1] == 0x20 { index &-= 1 }
  return index
}
