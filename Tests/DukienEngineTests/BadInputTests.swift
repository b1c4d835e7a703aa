import DukienText
import Testing

@testable import DukienEngine

@Suite("Any bytes give a result with the shipped rules, at a cost that grows with their number")
struct BadInputTests {
  private func news() throws -> TestRules { try DeterminismTests.news.get() }

  @Test(
    "small odd pages",
    arguments: [
      [], [0], [0x20], [0x0A], [0x0D], [0xEF, 0xBB, 0xBF], [0xEF, 0xBB], [0xFF], [0xC3],
      [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80], Array(0...255), Array((0...255).reversed()),
      [UInt8](repeating: 0, count: 1_000), [UInt8](repeating: 0xFF, count: 1_000),
      [UInt8](repeating: 0x0A, count: 1_000), [UInt8](repeating: 0xCC, count: 999),
    ] as [[UInt8]])
  func small(page: [UInt8]) throws {
    let found = try news().read(page)
    #expect(found.spanFaults == [])
    #expect(found.facts == [])
    #expect(!found.result.isPartial)
  }

  @Test("each byte value alone, between words and inside a word")
  func everyByte() throws {
    let engine = Engine(program: try news().program)
    for byte in UInt8.min...UInt8.max {
      for page in [[byte], Array("ngày ".utf8) + [byte] + Array(" 4/7".utf8), [0x61, byte, 0x62]] {
        let found = engine.read(page)
        #expect(found.spanFaults == [], "\(page)")
      }
    }
  }

  @Test("a sample page cut after any of its bytes")
  func truncated() throws {
    let page = try #require(SamplePages.all.min { $0.bytes.count < $1.bytes.count }).bytes
    #if DEBUG
      // The unoptimised build has time for every seventh byte of the beginning and some later ones.
      let ends =
        Array(stride(from: 0, to: 1_500, by: 7)) + stride(from: 1_500, to: page.count, by: 307)
    #else
      let ends = Array(0..<page.count)
    #endif
    let engine = Engine(program: try news().program)
    for end in ends {
      let found = engine.read(Array(page[..<min(end, page.count)]))
      #expect(found.spanFaults == [], "cut after \(end) bytes")
    }
  }

  @Test("a page whose bytes are changed at random", arguments: 1...4)
  func damaged(seed: UInt64) throws {
    var numbers = SeededGenerator(state: seed)
    let engine = Engine(program: try news().program)
    let page = try #require(SamplePages.all.randomElement(using: &numbers)).bytes
    for _ in 0..<4 {
      let begin = Int.random(in: 0..<page.count - 1_500, using: &numbers)
      var part = Array(page[begin..<begin + 1_500])
      for _ in 0..<60 {
        part[Int.random(in: part.indices, using: &numbers)] = UInt8.random(
          in: 0...255, using: &numbers)
      }
      let found = engine.read(part)
      #expect(found.spanFaults == [], "seed \(seed)")
    }
  }

  @Test("one line of 50 MB is read up to its bound")
  func hugeLine() throws {
    // 50 MB with the default bound are read in DukienTests; the unoptimised build reads less here.
    let page = [UInt8](repeating: UInt8(ascii: "a"), count: 50 << 20)
    var limits = RunLimits()
    limits.maxInput = 1 << 16
    let found = try news().read(page, limits: limits)
    #expect(found.limits == ["max_input 65536 52428800"])
    #expect(found.result.isPartial)
    #expect(found.result.blocks.map(\.at) == [Span(0, 1 << 16)])
  }

  @Test("one line of many sentences without an end is read in pieces that are listed")
  func longLine() throws {
    let line = Array(String(repeating: "kim ngạch xuất khẩu ", count: 400).utf8)
    let found = try news().read(line)
    #expect(found.limits.allSatisfy { $0.hasPrefix("sentence_tokens 256 ") })
    #expect(found.spanFaults == [])
  }

  // MARK: Linear

  /// Pieces of pages that make a careless matcher try everything against everything.
  static let pieces = [
    "Kim ngạch xuất khẩu đạt 5 tỷ USD. ",
    "kim ngạch xuất khẩu ",
    "ký kết ",
    "(", ")", "((()))", "“", "\"", "“a” ", "[(“",
    "a, b; ", "cơ khí (5%); ",
    "ông Nguyễn Văn A, ", "Chủ tịch UBND tỉnh ", "Bộ trưởng Bộ ",
    "từ ngày 1 đến ngày 2/3, ", "1/2/", "2023-", "1.000.", "ngày ",
    "Công ty cổ phần ", "năm 2022, ", "tăng 5% so với ", ". ", "A. ", "- ", "| ", "\n", "a\n",
    "Ảnh: A\n", "- a: 5%\n", "Mặt hàng chủ yếu: ",
  ]

  @Test("steps for a token do not grow with the page", arguments: pieces)
  func linear(piece: String) throws {
    let engine = Engine(program: try news().program)
    func stepsPerToken(_ count: Int) -> Double {
      let found = engine.read(Array(String(repeating: piece, count: count).utf8))
      #expect(found.spanFaults == [])
      #expect(!found.result.isPartial)
      return Double(engine.work.steps) / Double(engine.work.tokens.count + 1)
    }
    let once = stepsPerToken(100)
    let fourfold = stepsPerToken(400)
    #expect(fourfold < once * 1.25 + 1, "\(once) steps a token, then \(fourfold)")
  }

  @Test("many triggers, brackets and members cost what fewer cost, each")
  func manyTriggers() throws {
    let rules = try TestRules(
      """
      classes: {digits: {shape: number}, caps: {shape: capital}}
      values: {Number: {lists_as: number, phrase: "<n:digits>"}}
      groups: {Aside: {phrase: "'(' ..9 <n:Number> ..9 ')'"}}
      entities: {Name: {phrase: "<name = <caps>{1,3}>"}}
      links: [{link: a, from: Name, to: Name, when: "last_word(from.name) = first_word(to.name)", pick: fullest}]
      facts: {f: {roles: {n: Number, name: Name, other: Name, text: text}, identity: [n, name], keep: merge}}
      rules:
      - {rule: a, emits: f, trigger: zax, roles: {n: {phrase: <Number>, side: both, else: [{phrase: <Number>, in: document}]}, name: {phrase: <Name>, in: paragraph}, other: {phrase: <Name>, in: title}}}
      - {rule: b, emits: f, trigger: wug, list: {opens_with: ":", member: "<text:..3> <n:Number>", separator: ",", carry: n}}
      """)
    for piece in ["zax ", "(zax ", "wug: ", "a 1, ", "zax 1 ", "Zax 1. ", "zax Aa\n", "( 1 "] {
      let engine = Engine(program: rules.program)
      func stepsPerToken(_ count: Int) -> Double {
        let opening = piece == "a 1, " ? "wug: " : ""
        let found = engine.read(Array((opening + String(repeating: piece, count: count)).utf8))
        #expect(!found.result.isPartial)
        return Double(engine.work.steps) / Double(engine.work.tokens.count + 1)
      }
      let few = stepsPerToken(300)
      let many = stepsPerToken(1_200)
      #expect(many < few * 1.25 + 1, "\(piece): \(few) steps a token, then \(many)")
    }
  }

  @Test("a pattern of many ways to fail costs its length times the sentence, not a power of it")
  func manyWays() throws {
    let rules = try TestRules(
      """
      values:
        A: {phrase: "zax (zax? zax?){1,12} ..40 ..40 ..40 wug"}
        B: {phrase: "zax <k:++40> <l:++40> <m:++40> fep"}
      """)
    func stepsPerToken(_ lines: Int) -> Double {
      let engine = Engine(program: rules.program)
      let line = "wug fep " + String(repeating: "zax ", count: 100) + "\n"
      _ = engine.read(Array(String(repeating: line, count: lines).utf8))
      return Double(engine.work.steps) / Double(engine.work.tokens.count)
    }
    let few = stepsPerToken(1)
    #expect(few > 100 && few < 50_000)
    #expect(stepsPerToken(4) < few * 1.1)
  }
}
