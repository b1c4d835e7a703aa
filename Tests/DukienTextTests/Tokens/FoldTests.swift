import DukienText
import Foundation
import Testing

@Suite("spellings of one word have one key")
struct FoldTests {
  @Test(
    "these are the same",
    arguments: [
      ("hoà", "hòa"), ("thuỷ", "thủy"), ("quý", "qúy"), ("HOÀ", "Hòa"), ("khoẻ", "khỏe"),
      ("tuỳ", "tùy"), ("loè", "lòe"), ("Ðà", "Đà"), ("ðà", "đà"), ("Ɖà", "đà"), ("ĐẦU", "đầu"),
      ("UBND", "ubnd"), ("d’Ivoire", "d'Ivoire"), ("ＵＢＮＤ", "ubnd"), ("２０", "20"),
      ("²", "2"), ("₂", "2"), ("hợp\u{AD}tác", "hợptác"), ("a\u{200D}b", "ab"),
      ("Σας", "σασ"), ("МОСКВА", "москва"), ("Й", "и\u{306}"), ("\u{212A}", "k"),
      ("\u{212B}", "å"), ("\u{2126}", "ω"), ("İ", "i\u{307}"), ("...", "…"), (".....", "…"),
      ("a\u{323}\u{302}", "ậ"), ("a\u{302}\u{323}", "ậ"), ("o\u{31B}\u{301}", "ớ"),
    ])
  func same(_ one: String, _ other: String) {
    #expect(key(one) == key(other))
  }

  @Test(
    "these are not the same",
    arguments: [
      ("ma", "má"), ("mà", "má"), ("ơ", "o"), ("ư", "u"), ("â", "ă"), ("đ", "d"), ("hoa", "hòa"),
      ("..", "…"), ("–", "-"), ("ñ", "n"), ("", "a"), ("mía", "mĩa"),
    ])
  func different(_ one: String, _ other: String) {
    #expect(key(one) != key(other))
  }

  @Test("composed and decomposed letters agree, for every letter of the table")
  func normalisation() {
    for value in [0x00C0...0x024F, 0x0370...0x052F, 0x1E00...0x1FFF].flatMap({ Array($0) }) {
      guard let scalar = Unicode.Scalar(UInt32(value)) else { continue }
      let composed = String(scalar)
      let decomposed = composed.decomposedStringWithCanonicalMapping
      #expect(key(composed) == key(decomposed), "U+\(String(value, radix: 16))")
      #expect(key(composed, keepCase: true) == key(decomposed, keepCase: true))
    }
  }

  @Test("a kept case tells words apart, and nothing else does")
  func keptCase() {
    #expect(key("Hội", keepCase: true) != key("hội", keepCase: true))
    #expect(key("HOÀ", keepCase: true) == key("HÒA", keepCase: true))
    #expect(key("Ðông", keepCase: true) == key("Đông", keepCase: true))
  }

  @Test("a key is folded to itself")
  func idempotent() {
    for word in ["Nguyễn", "thuỷ", "quý", "Ðà", "d’Ivoire", "ệ\u{300}\u{301}", "ñàé"] {
      let once = key(word)
      #expect(key(string(once)) == once)
    }
  }

  @Test("a letter under very many marks folds in linear time")
  func manyMarks() {
    let marks = String(repeating: "\u{301}\u{323}\u{31B}", count: 100_000)
    #expect(key("a" + marks).count <= 1 + 2 * 300_000)
    #expect(key("n" + marks).count <= 1 + 2 * 300_000)
  }

  @Test("bytes that are no text are copied")
  func invalidBytes() {
    for value in 0...255 {
      var out: [UInt8] = [1, 2, 3]
      [UInt8(value)].withUnsafeBufferPointer { fold($0, keepCase: true, into: &out) }
      #expect(out == [UInt8(value)])
    }
  }

  @Test(
    "lower case keeps composition and tone placement",
    arguments: [
      ("ĐẦU TƯ Hoà", "đầu tư hoà"), ("96 M2", "96 m2"), ("A\u{301}", "a\u{301}"), ("日本", "日本"),
    ])
  func lower(_ text: String, _ expected: String) {
    var out: [UInt8] = []
    Array(text.utf8).withUnsafeBufferPointer { lowerCase($0, into: &out) }
    #expect(out == Array(expected.utf8))
  }
}
