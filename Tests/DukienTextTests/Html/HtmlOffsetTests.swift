import Testing

@testable import DukienText

@Suite("blocks of an HTML page name bytes of the input")
struct HtmlOffsetTests {
  /// What the input holds behind the first place of `text` in the rendered page.
  static func input(of text: String, in input: [UInt8]) throws -> String {
    let page = renderBlocks(readHtml(decoded(input)))
    let needle = Array(text.utf8)
    let begin = try #require(
      (0...(page.text.bytes.count - needle.count)).first {
        Array(page.text.bytes[$0..<$0 + needle.count]) == needle
      })
    return string(input[page.text.offsets.input(Span(begin, begin + needle.count)).range])
  }

  @Test(
    "a piece of text leads to the bytes that it stands for",
    arguments: [
      ("<p>one <b>two</b> three", "two", "two"),
      ("<p>one <b>two</b> three", "one two", "one <b>two"),
      ("<p>one <b>two</b> three", "two three", "two</b> three"),
      ("<p>one</p>", "one", "one"),
      ("a &lt;b&gt; c", "<b>", "&lt;b&gt;"),
      ("a &lt;b&gt; c", "b", "b"),
      ("a &lt;b&gt; c", "<", "&lt;"),
      ("x &eacute;&eacute;&eacute; y", "é y", "&eacute; y"),
      ("x &NotEqualTilde; y", "≂̸", "&NotEqualTilde;"),
      ("a \n\t b", " ", " \n\t "),
      ("a \n\t b", "a b", "a \n\t b"),
      ("a\nb", "a b", "a\nb"),
      ("a<i>\n</i>b", " ", "\n"),
      ("a<!-- c -->b", "ab", "a<!-- c -->b"),
      ("a\0b", "ab", "a\0b"),
      ("<table><td>a<td>b</table>", "| a | b |", "a<td>b"),
      ("<table><td>a<td>b</table>", "b", "b"),
      ("<pre>a  b\n c", "a  b", "a  b"),
    ])
  func pieces(_ page: String, _ text: String, _ expected: String) throws {
    #expect(try Self.input(of: text, in: Array(page.utf8)) == expected)
  }

  @Test("also where the input is no valid UTF-8 and begins with a mark")
  func decodedInput() throws {
    let input =
      [0xEF, 0xBB, 0xBF] + Array("<p>a".utf8) + [0xFF, 0xFE] + Array("b &amp; ".utf8)
      + [0xE1, 0xBA] + Array("c  d&lt;".utf8)
    #expect(try Self.input(of: "b &", in: input) == "b &amp;")
    #expect(try Self.input(of: "c d", in: input) == "c  d")
    #expect(try Self.input(of: "<", in: input) == "&lt;")
    let page = renderBlocks(readHtml(decoded(input)))
    #expect(string(page.text.bytes) == "a\u{FFFD}\u{FFFD}b & \u{FFFD}c d<")
    #expect(page.text.offsets.input(Span(1, 4)) == Span(7, 8))
    #expect(page.text.offsets.input(Span(4, 7)) == Span(8, 9))
    #expect(page.text.offsets.input(Span(11, 14)) == Span(17, 19))
  }

  @Test("every word of a page of plain text is found again at its offsets")
  func words() {
    var numbers = SeededNumbers(state: 7)
    let parts = [
      "<p>", "</p>", "<b>", "</b>", " ", "\n  ", "<br>", "<td>", "<table>", "</table>", "<li>",
      "<!-- x -->",
      "<script>no</script>", "é", "Hà", "wordsthatarelong", "ab cd  ef",
    ]
    for round in 0..<300 {
      var page = ""
      for _ in 0..<40 { page += parts.randomElement(using: &numbers) ?? "" }
      let input = Array(page.utf8)
      let rendered = renderBlocks(readHtml(decoded(input)))
      #expect(rendered.blocks.count == rendered.infos.count)
      for (offset, byte) in rendered.text.bytes.enumerated()
      where byte != 0x20 && byte != 0x0A && byte != 0x7C {
        let at = rendered.text.offsets.input(Span(offset, offset + 1))
        #expect(at.count == 1 && input[Int(at.begin)] == byte, "page \(round)")
      }
    }
  }
}
