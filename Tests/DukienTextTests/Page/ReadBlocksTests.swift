import DukienText
import Testing

@Suite("a page is cut into blocks")
struct ReadBlocksTests {
  static func blocks(_ page: String) -> [Block] { readBlocks(decoded(Array(page.utf8))) }

  static func text(_ span: Span, of page: String) -> String {
    string(Array(page.utf8)[span.range])
  }

  @Test(
    "each line end ends a line",
    arguments: ["một\nhai\n\nba", "một\r\nhai\r\n\r\nba", "một\rhai\r\rba", "một\nhai\r\n\rba\n"])
  func lineEnds(_ page: String) {
    let blocks = Self.blocks(page)
    #expect(blocks.map { Self.text($0.span, of: page) } == ["một", "hai", "ba"])
    #expect(blocks.map(\.line) == [1, 2, 4])
    #expect(
      blocks.map { $0.features.intersection([.blankBefore, .blankAfter]) } == [
        [], .blankAfter, .blankBefore,
      ])
  }

  @Test(
    "a page of blanks has no blocks", arguments: ["", "\n", " \r\n\t\n", "\u{A0}\n\u{3000}", "\0"])
  func blankPages(_ page: String) {
    #expect(Self.blocks(page).isEmpty)
  }

  @Test("the edges of the page are no blank lines")
  func edges() {
    #expect(Self.blocks("tin").map(\.features) == [[]])
    #expect(Self.blocks("tin\n").map(\.features) == [[]])
    #expect(Self.blocks("\ntin\n \n").map(\.features) == [[.blankBefore, .blankAfter]])
  }

  @Test("white space around a block is left out, also outside ASCII")
  func trimming() {
    for space in [" ", "\t", "\u{A0}", "\u{200B}", "\u{202F}", "\u{3000}", "\u{FEFF}", "\0"] {
      let page = "x\n\(space)Hà Nội\(space)\(space)"
      let block = Self.blocks(page)[1]
      #expect(Self.text(block.span, of: page) == "Hà Nội")
      #expect(block.features == .indented)
    }
  }

  @Test(
    "list marks and pipes stand outside the core",
    arguments: [
      ("  • Bạn đọc gửi bài", "Bạn đọc gửi bài", [.listMark, .indented], 4),
      ("- Ông A nói", "Ông A nói", .listMark, 3),
      ("-5 độ", "-5 độ", [], 2),
      ("–", "", .listMark, 0),
      ("| Ảnh minh họa |", "Ảnh minh họa", [.opensWithPipe, .closesWithPipe], 3),
      ("| | Ảnh | |", "Ảnh", [.opensWithPipe, .closesWithPipe], 1),
      ("(ảnh Nguyễn Hạnh) |", "(ảnh Nguyễn Hạnh)", .closesWithPipe, 3),
      ("Hà Nội | Lào", "Hà Nội | Lào", [], 4),
      ("|", "", [.opensWithPipe, .closesWithPipe, .imageResidue], 0),
      ("![]() |", "![]()", [.closesWithPipe, .imageResidue], 1),
      ("Đã ký.”) |", "Đã ký.”)", [.closesWithPipe, .endsSentence], 2),
      ("\u{F0B7}Kim ngạch", "Kim ngạch", .listMark, 2),
    ] as [(String, String, BlockFeatures, UInt32)])
  func cores(_ page: String, _ core: String, _ features: BlockFeatures, _ words: UInt32) throws {
    let block = try #require(Self.blocks(page).first)
    #expect(Self.text(block.core, of: page) == core)
    #expect(block.features == features)
    #expect(block.wordCount == words)
  }

  @Test(
    "what is left of an image is known",
    arguments: [
      ("64d7f48e329fe2c1bb8e-6621.jpg", true), ("a.JPEG", true), ("a.png | b.webp", true),
      ("![Ảnh lễ ký](https://a.vn/1.jpg)", true), ("![]()![]()", true), ("| ![]() |", true),
      (".jpg", false), ("Ảnh 1.jpg đẹp", false), ("![]() Lễ ký", false), ("![](", false),
      ("![", false), ("!", false), ("a.jpgx", false), ("[]()", false),
    ])
  func imageResidue(_ page: String, _ expected: Bool) throws {
    let block = try #require(Self.blocks(page).first)
    #expect(block.features.contains(.imageResidue) == expected)
  }

  @Test(
    "a block that ends a sentence is known",
    arguments: [
      ("Hai bên đã ký.", true), ("Ai?", true), ("Tốt!", true), ("và…", true), ("./.", true),
      ("“Hai bên đã ký.”", true), ("(Ảnh: A.)", true), ("“Đã ký”.", true), ("| Đã ký. |", true),
      ("Hai bên:", false), ("Đã ký", false), ("(A. B)", false), ("”", false),
    ])
  func endsSentence(_ page: String, _ expected: Bool) throws {
    let block = try #require(Self.blocks(page).first)
    #expect(block.features.contains(.endsSentence) == expected)
  }

  @Test(
    "a web address in a block is known",
    arguments: [
      ("Nguồn: https://hanoi.vn/a", true), ("(HTTP://a.vn)", true), ("Xem www.a.vn", true),
      ("xwww.a.vn", false), ("ftp://a", false), ("http:/a", false), ("://", false),
      ("\u{A0}ở\u{A0}www.a.vn", true),
    ])
  func addresses(_ page: String, _ expected: Bool) throws {
    let block = try #require(Self.blocks(page).first)
    #expect(block.features.contains(.containsURL) == expected)
  }

  @Test("words are counted across all kinds of white space")
  func wordCounts() throws {
    let page = "Hà\u{A0}Nội \u{2003} – “hợp\u{3000}tác”\tx"
    #expect(try #require(Self.blocks(page).first).wordCount == 6)
  }

  @Test("any bytes give blocks inside the text, in order")
  func anyBytes() {
    var numbers = SeededNumbers(state: 7)
    for size in 0..<300 {
      let text = decoded((0..<size).map { _ in UInt8.random(in: 0...255, using: &numbers) })
      var last: UInt32 = 0
      for block in readBlocks(text) {
        #expect(block.span.begin >= last && block.span.begin < block.span.end)
        #expect(block.core.begin >= block.span.begin && block.core.end <= block.span.end)
        #expect(block.core.begin <= block.core.end)
        last = block.span.end
      }
      #expect(Int(last) <= text.bytes.count)
    }
  }
}
