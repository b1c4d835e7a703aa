/// Cuts a page dump into blocks, one a line that is not blank.
///
/// `\n`, `\r\n` and a lone `\r` end a line. An empty page has no blocks.
///
/// - Complexity: O(n) in the bytes.
package func readBlocks(_ text: SourceText) -> [Block] {
  var blocks: [Block] = []
  let marks = WordMark.table()
  text.bytes.withUnsafeBufferPointer { buffer in
    guard let bytes = buffer.baseAddress else { return }
    let end = buffer.count
    blocks.reserveCapacity(end / 128 &+ 8)
    var line: UInt32 = 1
    var begin = 0
    var isAfterBlank = false
    while begin < end {
      let lineEnd = endOfLine(bytes, begin, end)
      let first = skipSpace(bytes, begin, lineEnd)
      if first == lineEnd {
        if let last = blocks.indices.last, !isAfterBlank {
          blocks[last].features.insert(.blankAfter)
        }
        isAfterBlank = true
      } else {
        let last = skipSpaceBack(bytes, first, lineEnd)
        var block = readBlock(bytes, first, last, line: line, marks)
        if first > begin { block.features.insert(.indented) }
        if isAfterBlank { block.features.insert(.blankBefore) }
        blocks.append(block)
        isAfterBlank = false
      }
      begin = lineEnd &+ 1
      if begin < end, bytes[lineEnd] == 0x0D, bytes[begin] == 0x0A { begin &+= 1 }
      line &+= 1
    }
  }
  return blocks
}

/// The offset of the first `\n` or `\r` at or after `begin`, or `end`.
private func endOfLine(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  let raw = UnsafeRawPointer(bytes)
  let ones: UInt64 = 0x0101_0101_0101_0101
  let highs: UInt64 = 0x8080_8080_8080_8080
  var index = begin
  while index &+ 8 <= end {
    let eight = raw.loadUnaligned(fromByteOffset: index, as: UInt64.self)
    let feed = eight ^ (ones &* 0x0A)
    let carriage = eight ^ (ones &* 0x0D)
    // The classic test for a zero byte, on both at once.
    if ((feed &- ones) & ~feed | (carriage &- ones) & ~carriage) & highs != 0 { break }
    index &+= 8
  }
  while index < end, bytes[index] != 0x0A, bytes[index] != 0x0D { index &+= 1 }
  return index
}

/// The block of a line that begins at `begin` and ends at `end` with what is no white space.
private func readBlock(
  _ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int, line: UInt32, _ marks: [WordMark]
) -> Block {
  var features: BlockFeatures = []
  if bytes[begin] == pipe { features.insert(.opensWithPipe) }
  if bytes[end &- 1] == pipe { features.insert(.closesWithPipe) }

  let coreEnd = skipPipesBack(bytes, begin, end)
  var coreBegin = skipPipes(bytes, begin, coreEnd)
  let mark = listMarkLength(bytes, coreBegin, coreEnd)
  if mark > 0 {
    features.insert(.listMark)
    coreBegin = skipPipes(bytes, coreBegin &+ mark, coreEnd)
  }
  if isImageResidue(bytes, coreBegin, coreEnd), mark == 0 || coreBegin < coreEnd {
    features.insert(.imageResidue)
  } else if endsSentence(bytes, coreBegin, coreEnd) {
    features.insert(.endsSentence)
  }
  let words = countWords(bytes, coreBegin, coreEnd, marks)
  if words.hasURL { features.insert(.containsURL) }
  return Block(
    span: Span(begin, end), core: Span(coreBegin, coreEnd), line: line, features: features,
    wordCount: words.count)
}

private let pipe: UInt8 = 0x7C

private func skipPipes(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  var index = skipSpace(bytes, begin, end)
  while index < end, bytes[index] == pipe { index = skipSpace(bytes, index &+ 1, end) }
  return index
}

private func skipPipesBack(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> Int {
  var index = skipSpaceBack(bytes, begin, end)
  while index > begin, bytes[index &- 1] == pipe {
    index = skipSpaceBack(bytes, begin, index &- 1)
  }
  return index
}
