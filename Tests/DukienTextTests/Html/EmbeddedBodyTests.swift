import DukienText
import Testing

@Suite("the text of an article that only a script holds")
struct EmbeddedBodyTests {
  static let sentence =
    "There is a long sentence in here that goes on for a while, as those of articles do."
  static let prose = "\(sentence) \(sentence) \(sentence)"

  @Test("the body of JSON-LD, a line a paragraph, with its place")
  func linkedBody() {
    let html = """
      <script type=application/ld+json>{"@type":"Article","description":"\(Self.prose)",
      "articleBody":"<p>One &amp; two.<\\/p>\\n\\n<p>\(Self.prose)</p>"}</script>
      """
    let tree = readHtml(decoded(Array(html.utf8)))
    let body = EmbeddedBody.read(tree)
    #expect(body.map { string($0.text) } == "One & two.\n\(Self.prose)")
    let spans = body?.parts.map { string(tree.text.bytes[$0.span.range].prefix(6)) }
    #expect(spans == ["<p>One"])
  }

  @Test("paragraphs of a page's state, the other forms of each left out")
  func paragraphs() {
    let paragraphs = (1...4).map {
      #"{"type":"p","text":"\#($0) \#(Self.sentence)","html":"<i>\#($0)</i> x \#(Self.sentence)"}"#
    }
    let body = read(
      """
      <script id=__NEXT_DATA__ type=application/json>{"props":{"menu":{"text":"\(Self.sentence)"},
      "article":{"title":"T","body":[\(paragraphs.joined(separator: ","))]}}}</script>
      """)
    #expect(body == (1...4).map { "\($0) x \(Self.sentence)" }.joined(separator: "\n"))
  }

  @Test("values given to variables", arguments: ["window.state = ", "var a=", "window['x'] =\n "])
  func variables(_ before: String) {
    let body = read(
      "<script>\(before){\"content\":\"\(Self.prose)\"};(function(){ if (a<b) {} })()</script>")
    #expect(body == Self.prose)
  }

  @Test(
    "no prose, no body",
    arguments: [
      "", "<p>text", "<script>\(prose)</script>", "<script>f({\"content\":\"\(prose)\"})</script>",
      "<script type=application/json>{\"name\":\"\(prose)\"}</script>",
      "<script type=application/json>{\"content\":\"\(sentence)\"}</script>",
      "<script type=application/json>{\"content\":\"\(String(repeating: "abcdefghi/", count: 60))\"}</script>",
    ])
  func none(_ html: String) {
    #expect(read(html) == nil)
  }

  @Test("huge scripts are read in linear time")
  func floods() {
    let text = "<script type=application/json>" + String(repeating: "[", count: 200)
    let item = "{\"text\":\"\(Self.sentence)\"},"
    #expect(read(text + String(repeating: item, count: 60_000)) != nil)
    #expect(read(text + String(repeating: "[", count: 9_000_000)) == nil)
  }

  private func read(_ html: String) -> String? {
    EmbeddedBody.read(readHtml(decoded(Array(html.utf8)))).map { string($0.text) }
  }
}
