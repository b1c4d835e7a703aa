import DukienText
import Testing

@Suite("bytes become text")
struct DecodeTests {
  static let sentence = Array("Đầu tư 5,34 tỷ USD – “hợp tác” 🇻🇳 Lào".utf8)

  @Test("valid text is its input")
  func validText() {
    let text = decoded(Self.sentence)
    #expect(text.bytes == Self.sentence)
    #expect(text.offsets.isIdentity)
    #expect(text.problems.isEmpty)
  }

  @Test("empty input gives empty text")
  func emptyInput() {
    let text = decoded([])
    #expect(text.bytes.isEmpty)
    #expect(text.problems.isEmpty)
    #expect(text.offsets.input(Span(0, 0)) == Span(0, 0))
  }

  @Test("a byte order mark is left out, and spans still name the input")
  func byteOrderMark() {
    let text = decoded([0xEF, 0xBB, 0xBF] + Self.sentence)
    #expect(text.bytes == Self.sentence)
    #expect(text.problems.isEmpty)
    #expect(text.offsets.input(Span(0, 3)) == Span(3, 6))
    #expect(decoded([0xEF, 0xBB, 0xBF]).bytes.isEmpty)
  }

  @Test("in UTF-8 every byte alone is itself, or one replacement character", arguments: 0...255)
  func everyByte(_ value: Int) {
    let byte = UInt8(value)
    let text = decoded([byte], in: .utf8)
    if byte < 0x80 {
      #expect(text.bytes == [byte])
      #expect(text.problems.map(\.code) == (byte == 0 ? [.nul] : []))
    } else {
      #expect(text.bytes == [0xEF, 0xBF, 0xBD])
      #expect(
        text.problems == [TextProblem(code: .invalidUTF8, at: Span(0, 1), count: 1)])
      #expect(text.offsets.input(Span(0, 3)) == Span(0, 1))
    }
  }

  @Test("text cut at any offset decodes as the standard library has it")
  func truncated() {
    for end in 0...Self.sentence.count {
      for begin in 0...end {
        let bytes = Array(Self.sentence[begin..<end])
        #expect(string(decoded(bytes, in: .utf8).bytes) == String(decoding: bytes, as: UTF8.self))
      }
    }
  }

  @Test(
    "maximal invalid sequences are replaced one by one",
    arguments: [
      ([0x61, 0xF1, 0x80, 0x80, 0xE1, 0x80, 0xC2, 0x62], "a\u{FFFD}\u{FFFD}\u{FFFD}b", 3),
      ([0xC0, 0xAF], "\u{FFFD}\u{FFFD}", 2),
      ([0xED, 0xA0, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}", 3),
      ([0xF4, 0x90, 0x80, 0x80], "\u{FFFD}\u{FFFD}\u{FFFD}\u{FFFD}", 4),
      ([0xE1, 0xBA], "\u{FFFD}", 1),
      ([0xE1, 0x41], "\u{FFFD}A", 1),
    ] as [([UInt8], String, Int)])
  func maximalSubparts(_ input: [UInt8], _ output: String, _ count: Int) {
    let text = decoded(input, in: .utf8)
    #expect(string(text.bytes) == output)
    #expect(text.problems.map(\.count) == [count])
  }

  @Test("random bytes decode as the standard library has it")
  func randomBytes() {
    var numbers = SeededNumbers(state: 1)
    let pieces: [[UInt8]] = [
      [0x61], Array("ờ".utf8), Array("đ".utf8), Array("🇻".utf8), [0xE1], [0xBB], [0xC3], [0xF0],
      [0x80], [0xFF], [0xED, 0xA0], [0x00],
    ]
    for size in 0..<400 {
      let bytes = (0..<size).flatMap { _ in pieces.randomElement(using: &numbers) ?? [] }
      #expect(string(decoded(bytes, in: .utf8).bytes) == String(decoding: bytes, as: UTF8.self))
    }
  }

  @Test("an invalid byte far into a long text is found where it is")
  func lateError() {
    for before in [4093, 4094, 4095, 4096, 4097, 10_000] {
      let start = Array(String(repeating: "ệ", count: before).utf8)
      let text = decoded(start + [0xFF] + start)
      #expect(text.bytes == start + [0xEF, 0xBF, 0xBD] + start)
      #expect(text.problems.first?.at == Span(start.count, start.count + 1))
    }
  }

  @Test("NUL bytes stay and are reported once")
  func nulBytes() {
    let text = decoded(Array("một\0hai\0".utf8))
    #expect(string(text.bytes) == "một\0hai\0")
    #expect(text.problems == [TextProblem(code: .nul, at: Span(5, 6), count: 2)])
  }

  @Test("what lies beyond the limit is left out and reported")
  func tooLong() {
    let text = Self.sentence.withUnsafeBytes { decode($0, maximumBytes: 10) }
    #expect(text.bytes == Array(Self.sentence[..<10]))
    #expect(
      text.problems == [
        TextProblem(
          code: .tooLong, at: Span(10, Self.sentence.count), count: Self.sentence.count - 10)
      ])
    #expect(Self.sentence.withUnsafeBytes { decode($0, maximumBytes: -1) }.bytes.isEmpty)
  }
}
