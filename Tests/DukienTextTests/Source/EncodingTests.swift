import DukienText
import Testing

@Suite("the letters of every encoding")
struct EncodingTests {
  static let samples: [(encoding: TextEncoding, text: String, hex: String)] = [
    (.windows1252, "„Grüße“ – 5 €, façade", "844772fcdf65932096203520802c206661e7616465"),
    (
      .windows1258, "Đầu tư 5,34 tỷ: “ổn định” – Huế",
      "d0e2cc752074fd20352c3334207479d23a2093f4d26e20f069f26e68942096204875eaec"
    ),
    (.latin9, "Cœur à 5 €", "43bd757220e0203520a4"),
    (.latin2, "Łódź, więcej", "a3f364bc2c207769ea63656a"),
    (.windows1250, "„Łódź” – Žižkov", "84a3f3649f942096208e699e6b6f76"),
    (.windows1251, "Москва – 5 №", "cceef1eae2e02096203520b9"),
    (.koi8r, "Москва, Ёлка", "edcfd3cbd7c12c20b3cccbc1"),
    (
      .tcvn3, "Đầu tư 5,34 tỷ: “ổn định” – Huế",
      "a7c7752074ad20352c33342074fb3a2093e66e20aede6e68942096204875d5"
    ),
    (
      .vni, "Đầu tư 5,34 tỷ: “ổn định” – Huế",
      "d161e0752074f620352c3334207479fb3a20936fe56e20f1f26e6894209620487565e1"
    ),
    (.vni, "ĐẦU TƯ ỨNG KỲ", "d141c0552054d620d6d94e47204b59d8"),
    (.utf16LittleEndian, "Đầu tư 🇻🇳", "1001a71e750020007400b00120003cd8fbdd3cd8f3dd"),
    (.utf16BigEndian, "Đầu tư 🇻🇳", "01101ea700750020007401b00020d83cddfbd83cddf3"),
    (.utf8, "Đầu tư", "c490e1baa7752074c6b0"),
  ]

  @Test("known bytes are these letters", arguments: samples)
  func known(_ sample: (encoding: TextEncoding, text: String, hex: String)) {
    let text = decoded(bytes(sample.hex), in: sample.encoding)
    #expect(string(text.bytes).unicodeScalars.elementsEqual(sample.text.unicodeScalars))
    #expect(text.problems.isEmpty)
    #expect(text.encoding == sample.encoding)
  }

  @Test("every character leads back to its own bytes, which are all the bytes", arguments: samples)
  func offsets(_ sample: (encoding: TextEncoding, text: String, hex: String)) {
    let input = bytes(sample.hex)
    let text = decoded(input, in: sample.encoding)
    var begin = 0
    var inputBegin: UInt32 = 0
    for scalar in string(text.bytes).unicodeScalars {
      let end = begin + UTF8.width(scalar)
      let span = text.offsets.input(Span(begin, end))
      #expect(span.begin == inputBegin)
      let own = decoded(Array(input[span.range]), in: sample.encoding)
      #expect(string(own.bytes).unicodeScalars.elementsEqual([scalar]))
      (begin, inputBegin) = (end, span.end)
    }
    #expect(begin == text.bytes.count)
    #expect(inputBegin == UInt32(input.count))
  }

  @Test("prose comes back from every encoding that has its letters")
  func roundTrip() {
    let prose: [(TextEncoding, [String])] = [
      (.windows1252, [SampleProse.german, SampleProse.french, SampleProse.portuguese]),
      (.windows1258, [SampleProse.vietnamese, SampleProse.french]),
      (.latin2, [SampleProse.polish]), (.windows1250, [SampleProse.polish]),
      (.windows1251, [SampleProse.russian]),
      (.tcvn3, [SampleProse.vietnamese.lowercased()]), (.vni, [SampleProse.vietnamese]),
    ]
    for (encoding, texts) in prose {
      let encoder = Encoder.of(encoding)
      for text in texts {
        let found = decoded(encoder.encode(text), in: encoding)
        #expect(string(found.bytes).unicodeScalars.elementsEqual(text.unicodeScalars))
        #expect(found.problems.isEmpty)
      }
    }
  }

  @Test("a byte that stands for nothing is replaced and reported")
  func invalidBytes() {
    let text = decoded([0x61, 0x81, 0x62, 0x8D], in: .windows1252)
    #expect(string(text.bytes) == "a\u{FFFD}b\u{FFFD}")
    #expect(text.problems == [TextProblem(code: .invalidBytes, at: Span(1, 2), count: 2)])
    #expect(text.offsets.input(Span(5, 8)) == Span(3, 4))
  }

  @Test(
    "half of a surrogate pair and half of a unit are replaced and reported",
    arguments: [
      ([0x61, 0, 0x3C, 0xD8], "a\u{FFFD}"), ([0x3C, 0xD8, 0x61, 0], "\u{FFFD}a"),
      ([0xFB, 0xDD, 0x61, 0], "\u{FFFD}a"), ([0x61, 0, 0x61], "a\u{FFFD}"),
    ] as [([UInt8], String)])
  func brokenUnits(_ input: [UInt8], _ output: String) {
    let text = decoded(input, in: .utf16LittleEndian)
    #expect(string(text.bytes) == output)
    #expect(text.problems.map(\.code) == [.invalidBytes])
    #expect(text.offsets.input(Span(0, text.bytes.count)) == Span(0, input.count))
  }

  @Test("a mark makes a letter with the letter before it, and stays alone after anything else")
  func marks() {
    #expect(string(decoded([0xEA, 0xEC], in: .windows1258).bytes).unicodeScalars.count == 1)
    #expect(
      Array(string(decoded([0x20, 0xEC, 0x62, 0xEC], in: .windows1258).bytes).unicodeScalars)
        == [" ", "\u{301}", "b", "\u{301}"])
  }

  @Test(
    "labels in any case and with spaces name encodings",
    arguments: [
      ("utf-8", .utf8), ("UTF8", .utf8), (" ISO-8859-1\t", .windows1252), ("ascii", .windows1252),
      ("latin2", .latin2), ("iso-8859-15", .latin9), ("CP1258", .windows1258), ("koi8", .koi8r),
      ("utf-16", .utf16LittleEndian), ("UTF-16BE", .utf16BigEndian), ("x-viet-vni", .vni),
      ("x-cp1250", .windows1250), ("windows-1251", .windows1251), ("TCVN3", .tcvn3),
      ("gbk", nil), ("", nil), ("utf", nil), ("utf-8 utf8", nil), ("\u{FFFD}", nil),
    ] as [(String, TextEncoding?)])
  func labels(_ label: String, _ encoding: TextEncoding?) {
    #expect(TextEncoding(label: Array(label.utf8)) == encoding)
  }

  @Test("every encoding is named by its own name")
  func names() {
    for encoding in (0...UInt8.max).compactMap({ TextEncoding(rawValue: $0) }) {
      let name = encoding.name.withUTF8Buffer { Array($0) }
      #expect(TextEncoding(label: name) == encoding)
    }
  }

  private func bytes(_ hex: String) -> [UInt8] {
    let digits = hex.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
  }
}
