import DukienText
import Testing

@Suite("words have numbers")
struct VocabularyTests {
  static func intern(_ word: String, _ vocabulary: inout Vocabulary) -> UInt32 {
    Array(word.utf8).withUnsafeBufferPointer { vocabulary.intern(folded: $0) }
  }

  static func find(_ word: String, _ vocabulary: Vocabulary) -> UInt32 {
    Array(word.utf8).withUnsafeBufferPointer { vocabulary.find(folded: $0) }
  }

  @Test("ids are dense from 1, and stay")
  func ids() {
    var vocabulary = Vocabulary()
    for round in 0..<2 {
      for number in 1...5000 {
        let isKnown = round == 1
        #expect(Self.find("từ \(number)", vocabulary) == (isKnown ? UInt32(number) : 0))
        #expect(Self.intern("từ \(number)", &vocabulary) == UInt32(number))
      }
    }
    #expect(vocabulary.count == 5000)
    #expect(string(vocabulary.text(4321)) == "từ 4321")
  }

  @Test("the empty word is a word, and unknown ids have no text")
  func edges() {
    var vocabulary = Vocabulary()
    #expect(Self.find("", vocabulary) == 0)
    #expect(Self.intern("", &vocabulary) == 1)
    #expect(vocabulary.text(1).isEmpty)
    #expect(vocabulary.text(0).isEmpty)
    #expect(vocabulary.text(2).isEmpty)
    #expect(vocabulary.text(.max).isEmpty)
  }

  @Test("words of every length are told apart from their prefixes")
  func lengths() {
    var vocabulary = Vocabulary()
    for length in 0...40 {
      #expect(Self.intern(String(repeating: "a", count: length), &vocabulary) == length + 1)
    }
  }
}
