import DukienText
import Testing

@Suite("spans of the text name bytes of the input")
struct OffsetMapTests {
  /// Pieces of an input and what each becomes.
  static let pieces: [(input: [UInt8], text: String)] = [
    (Array("Hà Nội".utf8), "Hà Nội"), ([0xFF], "\u{FFFD}"), ([0xFE], "\u{FFFD}"),
    (Array(" và ".utf8), " và "), ([0xF1, 0x80, 0x80], "\u{FFFD}"), ([0xE1, 0xBA], "\u{FFFD}"),
    ([0xC3], "\u{FFFD}"), (Array("Lào".utf8), "Lào"), ([0xF0, 0x9F], "\u{FFFD}"),
  ]

  @Test("every piece maps to its bytes", arguments: [false, true])
  func pieces(hasMark: Bool) {
    let mark: [UInt8] = hasMark ? [0xEF, 0xBB, 0xBF] : []
    let text = decoded(mark + Self.pieces.flatMap(\.input), hint: "utf-8")
    #expect(string(text.bytes) == Self.pieces.map(\.text).joined())
    var begin = 0
    var inputBegin = mark.count
    for piece in Self.pieces {
      let end = begin + piece.text.utf8.count
      let inputEnd = inputBegin + piece.input.count
      #expect(text.offsets.input(Span(begin, end)) == Span(inputBegin, inputEnd))
      (begin, inputBegin) = (end, inputEnd)
    }
    #expect(begin == text.bytes.count)
  }

  @Test("a span across replaced characters covers them")
  func across() {
    let text = decoded([0x61, 0xFF, 0xFF, 0xFF, 0x62], in: .utf8)
    #expect(text.offsets.input(Span(0, text.bytes.count)) == Span(0, 5))
    #expect(text.offsets.input(Span(4, 7)) == Span(2, 3))
  }

  @Test("tokens after invalid bytes lead back to the bytes that they came from")
  func tokens() throws {
    let input = [0xFF, 0x20] + Array("tỷ ".utf8) + [0xE1, 0xBA, 0x20] + Array("USD".utf8)
    let text = decoded(input, in: .utf8)
    var blocks = readBlocks(text)
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    let tokens = tokenizer.tokenize(text.bytes, blocks: &blocks, limit: .max)
    let bytes = (0..<tokens.count).map { Array(input[text.offsets.input(tokens.span($0)).range]) }
    #expect(bytes == [[0xFF], Array("tỷ".utf8), [0xE1, 0xBA], Array("USD".utf8)])
  }
}
