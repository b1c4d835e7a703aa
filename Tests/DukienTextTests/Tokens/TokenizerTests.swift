import DukienText
import Foundation
import Testing

@Suite("a text is cut into tokens")
struct TokenizerTests {
  @Test(
    "the tokens of",
    arguments: [
      ("Đầu tư vào Lào", ["Đầu", "tư", "vào", "Lào"]),
      ("đạt 5,34 tỷ USD.", ["đạt", "5,34", "tỷ", "USD", "."]),
      ("64.620 và 26.1, 29.12.2017.", ["64.620", "và", "26.1", ",", "29.12.2017", "."]),
      ("1., 2 ,3 4..5", ["1", ".", ",", "2", ",", "3", "4", ".", ".", "5"]),
      ("96m2 20h30", ["96", "m", "2", "20", "h", "30"]),
      ("100 m² CO₂", ["100", "m", "²", "CO", "₂"]),
      ("COVID-19 E5", ["COVID", "-", "19", "E", "5"]),
      ("01/NQ-CP, 85-86%", ["01", "/", "NQ", "-", "CP", ",", "85", "-", "86", "%"]),
      ("Côte d'Ivoire, O’Brien", ["Côte", "d'Ivoire", ",", "O’Brien"]),
      ("'Hội' nói'", ["'", "Hội", "'", "nói", "'"]),
      ("“Hợp tác”, ông nói…", ["“", "Hợp", "tác", "”", ",", "ông", "nói", "…"]),
      ("vân vân... hết./.", ["vân", "vân", "...", "hết", "./."]),
      ("a.. b.....", ["a", ".", ".", "b", "....."]),
      ("Xem https://hanoi.vn/a?b=1,2-x.html.", ["Xem", "https://hanoi.vn/a?b=1,2-x.html", "."]),
      ("(WWW.a.vn) www", ["(", "WWW.a.vn", ")", "www"]),
      (
        "http://a.vn/x_(y) http:// https:",
        ["http://a.vn/x_(y)", "http", ":", "/", "/", "https", ":"]
      ),
      (
        "a\u{A0}b\u{200B}c\u{2003}d\u{202F}e\u{3000}f\u{FEFF}g\0h",
        ["a", "b", "c", "d", "e", "f", "g", "h"]
      ),
      ("hợp\u{AD}tác a\u{200D} b", ["hợp\u{AD}tác", "a", "b"]),
      ("3×4 Москва και 日本、東京", ["3", "×", "4", "Москва", "και", "日本", "、", "東京"]),
      ("ກຳແພງ 20° 🇻🇳", ["ກຳແພງ", "20", "°", "🇻", "🇳"]),
      ("２０２４年", ["２０２４", "年"]),
      ("\u{301}a", ["\u{301}", "a"]),
      ("", []), ("   \n", []),
    ] as [(String, [String])])
  func tokens(_ text: String, _ expected: [String]) {
    #expect(words(text) == expected)
    // A word at the end of the text, and the same word inside it, are found in different ways.
    #expect(words(text + String(repeating: " ", count: 20)) == expected)
    // The second time words come from the cache.
    #expect(words(text + "\n" + text + String(repeating: " ", count: 20)) == expected + expected)
  }

  @Test(
    "the shapes of",
    arguments: [
      ("Lào", [[.word, .capital]]), ("lào", [.word]), ("Ở", [[.word, .capital]]),
      ("TP", [[.word, .capital, .allCaps]]), ("ĐẦU", [[.word, .capital, .allCaps]]),
      ("d'Ivoire", [.word]), ("5,34", [.number]), ("20%", [.number, [.punctuation, .glued]]),
      ("a, b", [.word, [.punctuation, .glued], .word]),
      (
        "COVID-19",
        [[.word, .capital, .allCaps], [.punctuation, .dash, .glued], [.number, .glued, .code]]
      ),
      ("m2", [.word, [.number, .glued, .code]]),
      ("m²", [.word, [.number, .glued, .code]]),
      ("96m2", [.number, [.word, .glued], [.number, .glued, .code]]),
      ("2022-2025", [.number, [.punctuation, .dash, .glued], [.number, .glued]]),
      ("a -2", [.word, [.punctuation, .dash], [.number, .glued]]),
      ("a- 2", [.word, [.punctuation, .dash, .glued], .number]),
      ("a–2", [.word, [.punctuation, .dash, .glued], [.number, .glued]]),
      ("...", [[.punctuation, .terminal]]), ("./.", [[.punctuation, .terminal]]),
      ("…", [[.punctuation, .terminal]]), ("?", [[.punctuation, .terminal]]),
      ("(", [[.punctuation, .opensBracket]]), ("]", [[.punctuation, .closesBracket]]),
      ("“", [[.punctuation, .opensQuote]]), ("”", [[.punctuation, .closesQuote]]),
      ("\"", [[.punctuation, .plainQuote]]), ("www.a.vn", [.url]),
    ] as [(String, [Shape])])
  func shapes(_ text: String, _ expected: [Shape]) {
    #expect(DukienTextTests.shapes(text) == expected)
    let twice = DukienTextTests.shapes(text + " x " + text + String(repeating: " ", count: 20))
    #expect(Array(twice.suffix(expected.count)) == expected)
  }

  @Test("composed and decomposed text, and both tone placements, have the same ids")
  func sameIds() {
    let text = "Ông Nguyễn Hoà thuỷ lợi Ðà Nẵng quý ÔNG"
    let others = [
      text.decomposedStringWithCanonicalMapping,
      "ông nguyễn hòa thủy lợi Đà nẵng qúy ông",
    ]
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    let ids = tokenizer.tokenize(Array(text.utf8)).word
    for other in others {
      #expect(tokenizer.tokenize(Array(other.utf8)).word == ids)
    }
    #expect(ids.first == ids.last)
    #expect(Set(ids).count == ids.count - 1)
  }

  @Test("words of the vocabulary have its ids, other words larger ones")
  func vocabularyIds() {
    var vocabulary = Vocabulary()
    for word in ["tỷ", "usd", ","] {
      _ = key(word).withUnsafeBufferPointer { vocabulary.intern(folded: $0) }
    }
    var tokenizer = Tokenizer(vocabulary: vocabulary)
    #expect(tokenizer.tokenize(Array("Tỷ, USD đồng tỷ đồng".utf8)).word == [1, 3, 2, 4, 1, 4])
  }

  @Test("a token is never glued to another block")
  func blocks() {
    let text = decoded(Array("| 96m2 |\n2".utf8))
    var blocks = readBlocks(text)
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    let tokens = tokenizer.tokenize(text.bytes, blocks: &blocks, limit: .max)
    #expect(texts(tokens, text.bytes) == ["96", "m", "2", "2"])
    #expect(blocks.map(\.tokens) == [0..<3, 3..<4])
    #expect(tokens.shape.last == .number)
  }

  @Test("tokenising stops at the limit", arguments: 0...9)
  func limit(_ limit: Int) {
    let text = decoded(Array("a b c\n\nd e\nf g h i".utf8))
    var blocks = readBlocks(text)
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    let tokens = tokenizer.tokenize(text.bytes, blocks: &blocks, limit: limit)
    #expect(tokens.count == limit)
    #expect(texts(tokens, text.bytes) == Array("abcdefghi".prefix(limit)).map(String.init))
    let bounds = [(0, 3), (3, 5), (5, 9)]
    #expect(blocks.map(\.tokens) == bounds.map { min($0.0, limit)..<min($0.1, limit) })
    #expect(tokenizer.tokenize(text.bytes, blocks: &blocks, limit: -1).count == 0)
  }

  @Test("blocks outside the text are clipped")
  func clippedBlocks() {
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    let spans = [Span(2, 100), Span(90, 100), Span(3, 1), Span(0, Int(UInt32.max))]
    var blocks = spans.map { Block(span: $0, core: $0, line: 1) }
    let tokens = tokenizer.tokenize(Array("a bc".utf8), blocks: &blocks, limit: .max)
    #expect(blocks.map(\.tokenCount) == [1, 0, 0, 2])
    #expect(tokens.count == 3)
  }

  @Test("more tokens than were expected are all found")
  func growth() {
    let text = Array(String(repeating: "a1", count: 50_000).utf8)
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    let tokens = tokenizer.tokenize(text)
    #expect(tokens.count == 100_000)
    #expect(tokens.end.last == 100_000)
    #expect(tokens.shape.dropFirst().allSatisfy { $0.contains(.glued) })
  }
}
