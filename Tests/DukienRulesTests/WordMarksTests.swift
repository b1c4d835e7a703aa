import Testing

@testable import DukienRules

@Suite("Groups of words in attributes")
struct WordMarksTests {
  /// Which of the words `added` are found in a value.
  private func found(_ added: [String], except: [String] = [], in value: String) -> [String] {
    var table = WordMarks()
    for (index, text) in added.enumerated() {
      let isWord = table.add(text, to: index, isException: false)
      #expect(isWord)
    }
    for text in except {
      for index in added.indices { _ = table.add(text, to: index, isException: true) }
    }
    var words = WordMarks.Words()
    var value = value
    let marks = value.withUTF8 { table.marks(of: $0, &words) }
    return added.indices.filter { marks.meets(MarkSet($0)) }.map { added[$0] }
  }

  @Test(
    "a value is cut at white space, signs, digits and capitals",
    arguments: [
      ("zax", true), ("wug zax", true), ("wug-zax_toz", true), ("wugZax", true), ("WUGZax", true),
      ("ZAX", true), ("zax2", true), ("2zax", true), ("zaxen", false), ("wugzax", false),
      ("azax", false), ("", false), ("z-a-x", false), ("zAX", false),
    ])
  func words(value: String, isFound: Bool) {
    #expect(found(["zax"], in: value) == (isFound ? ["zax"] : []))
  }

  @Test(
    "a star stands for the rest of a word",
    arguments: [
      ("zax", true), ("zaxen", true), ("wug-zaxen", true), ("wugzax", false), ("za", false),
    ])
  func prefixes(value: String, isFound: Bool) {
    #expect(found(["zax*"], in: value) == (isFound ? ["zax*"] : []))
  }

  @Test(
    "several words stand behind one another in one token",
    arguments: [
      ("wug-zax", true), ("wugZax", true), ("toz wug__zax toz", true), ("wug zax", false),
      ("zax-wug", false), ("wug-toz-zax", false), ("wug", false),
    ])
  func runs(value: String, isFound: Bool) {
    #expect(found(["wug zax"], in: value) == (isFound ? ["wug zax"] : []))
    #expect(found(["wug za*"], in: value) == (isFound ? ["wug za*"] : []))
  }

  @Test("a token with an exception counts for nothing, the tokens beside it do")
  func exceptions() {
    #expect(found(["zax"], except: ["no"], in: "no-zax") == [])
    #expect(found(["zax"], except: ["no"], in: "no-zax zax-wug") == ["zax"])
    #expect(found(["zax"], except: ["no"], in: "zax no") == ["zax"])
  }

  @Test("many groups are told apart")
  func many() {
    let letters = Array("abcdefghij")
    let words = (0..<100).map { "\(letters[$0 / 10])\(letters[$0 % 10])zax" }
    for word in words { #expect(found(words, in: "wug-\(word)-toz") == [word]) }
    #expect(found(words, in: words.joined(separator: " ")) == words)
  }

  @Test(
    "what has no letters, or too many words, is no word",
    arguments: ["", "*", "12", "-", "a b c d e", String(repeating: "z", count: 64) + "*"])
  func refused(text: String) {
    var table = WordMarks()
    let isWord = table.add(text, to: 0, isException: false)
    #expect(!isWord)
  }
}
