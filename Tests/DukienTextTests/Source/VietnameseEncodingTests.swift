import DukienText
import Foundation
import Testing

@Suite("Vietnamese in encodings that nothing declares")
struct VietnameseEncodingTests {
  static let encodings: [TextEncoding] = [.windows1258, .tcvn3, .vni]

  @Test("is known in long and short texts, whatever was declared", arguments: encodings)
  func known(_ encoding: TextEncoding) {
    let bytes = Encoder.of(encoding).encode(SampleProse.vietnamese)
    for count in [60, 100, 300, bytes.count] {
      for hint in ["", "iso-8859-1", "windows-1252", "utf-8", "x-user-defined"] {
        #expect(decoded(Array(bytes.prefix(count)), hint: hint).encoding == encoding)
      }
    }
    let long = Array(repeatElement(bytes + [0x0A], count: 200).joined())
    #expect(decoded(long).encoding == encoding)
  }

  @Test("is known from any place of a text on", arguments: encodings)
  func anyPlace(_ encoding: TextEncoding) {
    let bytes = Encoder.of(encoding).encode(SampleProse.vietnamese)
    for begin in stride(from: 0, to: bytes.count - 120, by: 7) {
      #expect(decoded(Array(bytes[begin..<begin + 120])).encoding == encoding)
    }
  }

  @Test("is known behind a long head of ASCII", arguments: encodings)
  func behindMarkup(_ encoding: TextEncoding) {
    let head = String(repeating: "<script>var a = 'x';</script>\n", count: 2_000)
    let bytes = Array(head.utf8) + Encoder.of(encoding).encode(SampleProse.vietnamese)
    #expect(decoded(bytes).encoding == encoding)
  }

  @Test(
    "no other language is taken for it",
    arguments: [
      SampleProse.german, SampleProse.french, SampleProse.italian, SampleProse.portuguese,
    ])
  func otherLanguages(_ prose: String) {
    let bytes = Encoder.windows1252.encode(prose)
    for begin in stride(from: 0, to: bytes.count, by: 20) {
      for count in [30, 100, 400] {
        let part = Array(bytes[begin..<min(bytes.count, begin + count)])
        let text = decoded(part)
        #expect(text.encoding == .windows1252 || part.allSatisfy { $0 < 0x80 })
        #expect(decoded(part, hint: "iso-8859-1").problems.isEmpty)
      }
    }
  }

  @Test(
    "what is declared in another encoding stays in it",
    arguments: [
      (.windows1251, SampleProse.russian), (.koi8r, SampleProse.russian),
      (.windows1250, SampleProse.polish), (.latin2, SampleProse.polish),
      (.latin9, SampleProse.french), (.windows1258, SampleProse.vietnamese),
      (.tcvn3, SampleProse.vietnamese), (.vni, SampleProse.vietnamese),
    ] as [(TextEncoding, String)])
  func declared(_ encoding: TextEncoding, _ prose: String) {
    let label = string(encoding.name.withUTF8Buffer { Array($0) })
    let bytes = Encoder.of(encoding).encode(prose)
    for count in [20, 80, bytes.count] {
      let text = decoded(Array(bytes.prefix(count)), hint: label)
      #expect(text.encoding == encoding)
      #expect(text.problems.isEmpty)
    }
  }

  @Test("a few words are not enough", arguments: encodings)
  func fewWords(_ encoding: TextEncoding) {
    #expect(decoded(Encoder.of(encoding).encode("Café Huế")).encoding == .windows1252)
  }

  @Test("gives the same words as UTF-8", arguments: encodings + [.utf16LittleEndian])
  func sameWords(_ encoding: TextEncoding) throws {
    // The one-byte encoding has no capital letters with tones.
    let prose = SampleProse.vietnamese.replacing("Ủ", with: "ủ")
    let input =
      encoding == .utf16LittleEndian
      ? prose.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
      : Encoder.of(encoding).encode(prose)
    let text = decoded(input)
    #expect(string(text.bytes) == prose)
    #expect(words(string(text.bytes)) == words(prose))
  }

  @Test("decomposed letters give the same tokens as composed ones")
  func decomposed() {
    let prose = SampleProse.vietnamese
    let marks = prose.unicodeScalars.flatMap { decomposition($0) }
    var scalars = String.UnicodeScalarView()
    scalars.append(contentsOf: marks)
    let other = String(scalars)
    #expect(other.utf8.count > prose.utf8.count)
    #expect(decoded(Array(other.utf8)).offsets.isIdentity)
    var tokenizer = Tokenizer(vocabulary: Vocabulary())
    let composed = tokenizer.tokenize(Array(prose.utf8))
    let decomposed = tokenizer.tokenize(Array(other.utf8))
    #expect(composed.shape == decomposed.shape)
    #expect(words(prose).map { key($0) } == words(other).map { key($0) })
  }

  /// A letter and its marks, in the order of their classes.
  private func decomposition(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    String(scalar).decomposedStringWithCanonicalMapping.unicodeScalars.map { $0 }
  }
}
