import DukienText
import Testing

@Suite("the tokeniser's short cuts change nothing")
struct TokenizerRobustnessTests {
  @Test("every byte between two words gives tokens that cover all but white space")
  func everyByte() {
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    for value in 0...255 {
      let byte = UInt8(value)
      for text in [
        [byte], [0x61, byte], [byte, 0x61],
        Array("tỷ".utf8) + [byte] + Array("đồng 1 2 3 4 5 6".utf8),
      ] {
        let tokens = tokenizer.tokenize(text)
        Self.check(tokens, text)
      }
    }
  }

  /// Tokens stand in order and inside the text, and only white space is between them in ASCII.
  static func check(_ tokens: Tokens, _ text: [UInt8]) {
    var last = 0
    for index in 0..<tokens.count {
      let range = tokens.span(index).range
      #expect(range.lowerBound >= last && !range.isEmpty && range.upperBound <= text.count)
      #expect(text[last..<range.lowerBound].allSatisfy { $0 <= 0x20 || $0 >= 0x7F })
      #expect(tokens.shape[index].contains(.glued) == (index > 0 && range.lowerBound == last))
      last = range.upperBound
    }
    #expect(text[last...].allSatisfy { $0 <= 0x20 || $0 >= 0x7F })
  }

  @Test("any bytes give tokens inside the text")
  func anyBytes() {
    var numbers = SeededNumbers(state: 11)
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    for size in 0..<300 {
      let text = (0..<size).map { _ in UInt8.random(in: 0...255, using: &numbers) }
      Self.check(tokenizer.tokenize(text), text)
    }
  }

  @Test("a tokeniser that has read much finds what a new one finds")
  func warmAndCold() {
    let pieces = [
      "Hà", "Nội", "đầu", "tư", "khuyến", "nghiêng", " ", " ", " ", "\u{A0}", ",", ".", "'", "’",
      "“", "”", "–", "-", "19", "5,3", "²", "×", "\u{301}", "\u{AD}", "\u{200D}", "http", "https",
      "://", "www", "www.", "Москва", "日本", "ກ", "…", "...", "/.", "\u{FF11}", "\u{FE0F}", "ờ",
    ]
    var numbers = SeededNumbers(state: 5)
    var warm = Tokenizer(vocabulary: Vocabulary())
    for size in 0..<600 {
      let text = Array(
        (0..<size % 40).map { _ in pieces.randomElement(using: &numbers) ?? "" }.joined().utf8)
      var cold = Tokenizer(vocabulary: Vocabulary())
      let expected = cold.tokenize(text)
      for end in [text, text + Array(repeating: 0x20, count: 20)] {
        let tokens = warm.tokenize(end)
        #expect(tokens.begin == expected.begin, "\(string(text))")
        #expect(tokens.end == expected.end, "\(string(text))")
        #expect(tokens.shape == expected.shape, "\(string(text))")
      }
    }
  }

  @Test("more words than the cache holds keep their ids")
  func cacheOverflow() {
    let count = 60_000
    let text = Array((0..<count).map { "w\(word($0))" }.joined(separator: " ").utf8)
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    let both = tokenizer.tokenize(text + [0x20] + text)
    #expect(both.count == 2 * count)
    #expect(both.word.prefix(count).elementsEqual(both.word.suffix(count)))
    #expect(Set(both.word).count == count)
  }

  @Test("words of earlier pages are forgotten without harm")
  func recycling() {
    var vocabulary = Vocabulary()
    _ = key("tỷ").withUnsafeBufferPointer { vocabulary.intern(folded: $0) }
    var tokenizer = Tokenizer(vocabulary: vocabulary)
    for page in 0..<4 {
      let words = (0..<40_000).map { "\(word($0 + page * 40_000)) tỷ" }.joined(separator: " ")
      let tokens = tokenizer.tokenize(Array(words.utf8))
      #expect(stride(from: 1, to: tokens.count, by: 2).allSatisfy { tokens.word[$0] == 1 })
      let others = stride(from: 0, to: tokens.count, by: 2).map { tokens.word[$0] }
      #expect(Set(others).count == 40_000)
      #expect(others.allSatisfy { $0 > 1 })
    }
  }

  /// A word of letters for each number.
  private func word(_ number: Int) -> String {
    var rest = number
    var letters = "q"
    repeat {
      letters.unicodeScalars.append(Unicode.Scalar(UInt8(0x61 + rest % 20)))
      rest /= 20
    } while rest > 0
    return letters
  }

  @Test("a word of any length is one token")
  func longWords() {
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    for count in 1...40 {
      let word = String(repeating: "a", count: count)
      let other = String(repeating: "ê", count: count)
      let text = Array("\(word) \(other) \(word.uppercased()) \(word) \(other)".utf8)
      let tokens = tokenizer.tokenize(text)
      #expect(tokens.count == 5)
      #expect(tokens.word[0] == tokens.word[2] && tokens.word[0] == tokens.word[3])
      #expect(tokens.word[1] == tokens.word[4] && tokens.word[0] != tokens.word[1])
    }
  }
}
