import DukienText
import Testing

@Suite("what encoding a page is in")
struct FindEncodingTests {
  /// A page that declares an encoding, and a paragraph in bytes of its own.
  private func page(_ declaration: String, _ paragraph: [UInt8]) -> [UInt8] {
    Array("<!DOCTYPE html><html><head>\(declaration)</head><p>".utf8) + paragraph
      + Array("</p>".utf8)
  }

  private static let latin = Encoder.windows1252.encode(SampleProse.german)
  private static let russian = Encoder.windows1251.encode(SampleProse.russian)
  private static let utf8 = Array(SampleProse.german.utf8)

  @Test("a byte order mark is stronger than hint and declaration")
  func byteOrderMark() {
    let declared = page("<meta charset=windows-1251>", Self.utf8)
    let text = decoded([0xEF, 0xBB, 0xBF] + declared, hint: "koi8-r")
    #expect(text.encoding == .utf8)
    #expect(text.evidence == .mark)
    #expect(text.bytes == declared)
    for (mark, isBig) in [([0xFF, 0xFE], false), ([0xFE, 0xFF], true)] as [([UInt8], Bool)] {
      let text = decoded(mark + utf16("Đầu tư", isBig: isBig), hint: "utf-8")
      #expect(string(text.bytes) == "Đầu tư")
      #expect(text.evidence == .mark)
      #expect(text.offsets.input(Span(0, 2)) == Span(2, 4))
    }
  }

  @Test("the host's word is stronger than the page's")
  func hint() {
    let text = decoded(page("<meta charset=koi8-r>", Self.russian), hint: "Windows-1251")
    #expect(text.encoding == .windows1251)
    #expect(text.evidence == .hint)
    #expect(text.problems.isEmpty)
  }

  @Test(
    "a host may pass on the whole Content-Type",
    arguments: [
      ("text/html; charset=windows-1251", .windows1251, .hint),
      ("text/html;charset=\"windows-1251\"; x", .windows1251, .hint),
      ("text/html", .windows1252, .content),
    ] as [(String, TextEncoding, SourceText.Evidence)])
  func contentType(
    _ hint: String, _ encoding: TextEncoding, _ evidence: SourceText.Evidence
  ) {
    let text = decoded(Self.russian, hint: hint)
    #expect(text.encoding == encoding)
    #expect(text.evidence == evidence)
    #expect(text.problems.isEmpty)
  }

  @Test(
    "a page tells its encoding",
    arguments: [
      "<meta charset=windows-1251>", "<META CHARSET='windows-1251'/>",
      "<meta name=x charset = \"Windows-1251\" >",
      "<meta http-equiv=Content-Type content='text/html; charset=windows-1251'>",
      "<meta content=\"text/html; charset=windows-1251\" http-equiv=\"content-type\">",
      "<!-- <meta charset=koi8-r> --><meta charset=windows-1251>",
      "<!--><meta charset=windows-1251>",
      "<a title='<meta charset=koi8-r>'><meta charset=windows-1251>",
      "<meta name=keywords content='charset=koi8-r'><meta charset=windows-1251>",
      "<meta charset=gbk><meta charset=windows-1251>",
      "<metadata charset=koi8-r><meta charset=windows-1251>",
    ])
  func declared(_ declaration: String) {
    let text = decoded(page(declaration, Self.russian))
    #expect(text.encoding == .windows1251)
    #expect(text.evidence == .declared)
  }

  @Test("an XML declaration tells the encoding")
  func xml() {
    let text = decoded(
      Array("<?xml version='1.0' encoding=\"windows-1251\"?><p>".utf8) + Self.russian)
    #expect(text.encoding == .windows1251)
    #expect(text.evidence == .declared)
  }

  @Test(
    "these declare nothing",
    arguments: [
      "<!-- <meta charset=windows-1251> -->", "<meta content='text/html; charset=windows-1251'>",
      "<meta charset>", "<meta charset=>", "<meta", "<meta charset='windows-1251",
      "<meta content=x",
      "<meta http-equiv=content-type content='charset'>", "<!", "<?", "</", "<a", "<a b='",
      String(repeating: " ", count: 4096) + "<meta charset=windows-1251>",
    ])
  func nothing(_ declaration: String) {
    let text = decoded(Array("<html>\(declaration)".utf8))
    #expect(text.evidence == .content)
  }

  @Test("plain text declares nothing, whatever it holds")
  func plain() {
    let input = Array("A page says <meta charset=windows-1251> ".utf8) + Self.latin
    #expect(decoded(input).encoding == .windows1252)
    #expect(decoded(input, isMarkup: true).encoding == .windows1251)
    #expect(
      decoded(page("<meta charset=koi8-r>", Self.latin), isMarkup: false).evidence == .content)
  }

  @Test(
    "UTF-8 is UTF-8, whatever is declared", arguments: ["iso-8859-1", "windows-1251", "utf-16"])
  func lyingDeclaration(_ label: String) {
    for text in [
      decoded(page("<meta charset=\(label)>", Self.utf8)), decoded(Self.utf8, hint: label),
    ] {
      #expect(text.encoding == .utf8)
      if text.evidence == .content {
        #expect(text.problems.map(\.code) == [.encodingNotBelieved])
        #expect(text.problems.map(\.label) == [Array(label.utf8)])
      }
    }
  }

  @Test("a declaration that is not believed is reported where it stands")
  func placeOfDeclaration() throws {
    let input = page("<meta charset=KOI8-R>", Self.utf8)
    let problem = try #require(decoded(input).problems.first)
    #expect(string(input[problem.at.range]) == "KOI8-R")
    #expect(
      problem
        == TextProblem(
          code: .encodingNotBelieved, at: problem.at, count: 1, label: Array("koi8-r".utf8)))
  }

  @Test("what is declared as UTF-8 and is not is read by its bytes, or as the page says")
  func noUtf8() {
    let text = decoded(Self.latin, hint: "utf-8")
    #expect(text.encoding == .windows1252)
    #expect(string(text.bytes) == SampleProse.german)
    #expect(text.problems.map(\.code) == [.encodingNotBelieved])
    let other = decoded(page("<meta charset=windows-1251>", Self.russian), hint: "utf-8")
    #expect(other.encoding == .windows1251)
    #expect(other.evidence == .declared)
  }

  @Test("a label that is unknown is reported, and the bytes are asked")
  func unknown() {
    let text = decoded(Self.latin, hint: "Shift_JIS")
    #expect(text.encoding == .windows1252)
    #expect(
      text.problems == [
        TextProblem(
          code: .encodingUnknown, at: Span(0, 0), count: 1, label: Array("shift_jis".utf8))
      ])
    #expect(decoded(Self.utf8, hint: "big5").encoding == .utf8)
    #expect(
      decoded(page("<meta charset=gbk>", Self.latin)).problems.map(\.label) == [Array("gbk".utf8)])
  }

  @Test("UTF-8 with some broken bytes stays UTF-8")
  func damagedUtf8() {
    let broken = [0xFF] + Self.utf8 + [0x92, 0x20, 0xE1, 0xBA]
    for hint in ["", "utf-8", "iso-8859-1"] {
      let text = decoded(broken, hint: hint)
      #expect(text.encoding == .utf8)
      #expect(
        text.problems.contains(
          TextProblem(code: .invalidUTF8, at: Span(0, 1), count: 3)))
    }
  }

  @Test("single quotation marks of windows-1252 in ASCII text are read as such")
  func quotes() {
    let text = decoded(Array("It".utf8) + [0x92] + Array("s here".utf8))
    #expect(string(text.bytes) == "It’s here")
    #expect(text.encoding == .windows1252)
  }

  @Test("ASCII is UTF-8 unless it is declared as something that it may be")
  func ascii() {
    let input = Array("plain".utf8)
    #expect(decoded(input).encoding == .utf8)
    let text = decoded(input, hint: "windows-1251")
    #expect(text.encoding == .windows1251)
    #expect(text.offsets.isIdentity)
    #expect(text.problems.isEmpty)
    #expect(decoded(input, hint: "utf-16").encoding == .utf8)
  }

  @Test("UTF-16 without a mark is known by its zeros", arguments: [false, true])
  func zeros(isBig: Bool) {
    let encoding: TextEncoding = isBig ? .utf16BigEndian : .utf16LittleEndian
    for prose in [
      SampleProse.german, SampleProse.vietnamese, SampleProse.russian, "<p>中文網頁</p><br>",
    ] {
      for hint in ["", "utf-8", "utf-16"] {
        let text = decoded(utf16(prose, isBig: isBig), hint: hint)
        #expect(text.encoding == encoding)
        #expect(string(text.bytes) == prose)
      }
    }
  }

  @Test("NUL bytes alone do not make UTF-16", arguments: ["một\0hai\0ba", "abc\0def\0gh", "a\0b"])
  func strayZeros(_ text: String) {
    #expect(decoded(Array(text.utf8)).encoding == .utf8)
  }

  @Test("a page of UTF-16 cut after any of its bytes", arguments: [false, true])
  func truncatedUtf16(isBig: Bool) {
    let prose = "<p>Đầu tư 🇻🇳 là 5,34 tỷ</p>"
    let whole = [isBig ? 0xFE : 0xFF, isBig ? 0xFF : 0xFE] + utf16(prose, isBig: isBig)
    for end in 2...whole.count {
      let text = decoded(Array(whole[..<end]))
      let result = string(text.bytes)
      let kept = result.unicodeScalars.filter { $0 != "\u{FFFD}" }
      #expect(prose.unicodeScalars.starts(with: kept))
      #expect(text.offsets.input(Span(0, text.bytes.count)).end == UInt32(end))
      for hint in ["", "utf-16le", "utf-16be"] {
        _ = decoded(Array(whole[2..<max(2, end)]), hint: hint)
      }
    }
  }

  @Test("random bytes give valid text whose offsets rise", arguments: 1...40)
  func randomBytes(seed: UInt64) {
    var numbers = SeededNumbers(state: seed)
    let labels = ["", "utf-8", "utf-16", "utf-16be", "windows-1258", "vni", "tcvn3", "koi8-r", "?"]
    let kinds: [ClosedRange<UInt8>] = [0...255, 0x80...0xFF, 0x20...0x7F, 0...4, 0xC0...0xF5]
    let input = (0..<Int.random(in: 0...600, using: &numbers)).map { _ in
      UInt8.random(in: kinds.randomElement(using: &numbers) ?? 0...255, using: &numbers)
    }
    for hint in labels {
      let text = decoded(input, hint: hint, isMarkup: true)
      #expect(Array(string(text.bytes).utf8) == text.bytes)
      var last: UInt32 = 0
      for offset in 0...text.bytes.count {
        let place = text.offsets.input(UInt32(offset))
        #expect(place >= last)
        last = place
      }
      #expect(last == UInt32(input.count))
    }
  }

  @Test("a picture is read as something, with a report")
  func binary() {
    var numbers = SeededNumbers(state: 7)
    let input: [UInt8] =
      [0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1]
      + (0..<4_000).map { _ in UInt8.random(in: 0...255, using: &numbers) }
    let text = decoded(input)
    #expect(text.problems.map(\.code) == [.invalidBytes, .nul])
    #expect(text.offsets.input(UInt32(text.bytes.count)) == UInt32(input.count))
  }

  @Test(
    "hostile bytes are read in linear time",
    arguments: [
      "a", "aé", "<", "<!--", "<meta ", "<meta a=", "<meta charset=x>", "</", "\u{1}", "ĐĐĐ",
    ])
  func linear(_ piece: String) {
    let pieces = Array(repeatElement(Array(piece.utf8), count: 20_000).joined())
    for input in [pieces, pieces + [0xFF], [0xFF] + pieces] {
      let text = decoded(input, hint: "windows-1258")
      #expect(text.offsets.input(UInt32(text.bytes.count)) == UInt32(input.count))
    }
  }

  @Test(
    "one byte again and again is read in linear time", arguments: [0x80, 0xC3, 0xE1, 0xF2, 0xFF])
  func oneByte(_ byte: UInt8) {
    let input = [UInt8](repeating: byte, count: 50_000)
    #expect(!decoded(input).bytes.isEmpty)
    #expect(!decoded([0x61, 0xE1] + input, hint: "vni").bytes.isEmpty)
  }

  private func utf16(_ text: String, isBig: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      return isBig ? bytes : bytes.reversed()
    }
  }
}
