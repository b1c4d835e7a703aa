import DukienText
import Testing

@testable import DukienEngine

@Suite("HTML pages in the engine")
struct HtmlRunTests {
  private static let rules = """
    classes: {digits: {shape: number}}
    values: {V: {lists_as: v, phrase: "<n:digits> zax", gives: {a: digits(n)}, shows: "{a}"}}
    facts: {f: {roles: {v: V}, keep: all}}
    rules: [{rule: f, emits: f, phrase: "wug <v:V>"}]
    page_words: {menu: [menu], text: [text]}
    root: {ignores: {class: menu}, choose: [{class: text}, {share: 50.., pick: innermost}]}
    zones:
    - {zone: title, when: {heading: 1}}
    - {zone: paragraph, content: yes, body: yes, when: {root: inside, links: ..50}}
    article: {title: {from: [title, html.title]}, a: {from: class.text}}

    """
  private static let page = """
    <!DOCTYPE html>
    <html><head><title>Nim</title><meta charset=utf-8></head>
    <body class="zax menu"><ul class=menu><li><a href=/>1 zax</a><li>2 zax</ul>
    <div class="text wug"><h1>T&ouml;z <em>gom</em></h1>
    <p>Fep gom wug 3 zax, fep&nbsp;gom toz fep gom toz fep gom toz fep gom toz.</p>
    <!-- wug 4 zax --><script>"wug 5 zax"</script>
    <p>Fep <b>wug</b> 6&#32;zax <a href=x>toz</a>, fep gom toz fep gom toz fep gom toz.</p></div>
    """

  @Test("values and facts come from the text, with their places in the input")
  func facts() throws {
    let read = try TestRules(Self.rules).read(Self.page)
    #expect(read.values == ["v 3", "v 6"])
    #expect(read.facts == ["f(v: 3)", "f(v: 6)"])
    #expect(read.fields == ["title: Töz gom"])
    #expect(read.marked.contains("wug «3 zax», fep&nbsp;"))
    #expect(read.marked.contains("</b> «6&#32;zax» <a"))
  }

  @Test("a page cut at any byte is read, and every place is inside the input")
  func prefixes() throws {
    let rules = try TestRules(Self.rules)
    let engine = Engine(program: rules.program)
    let bytes = Array(Self.page.utf8)
    for count in bytes.indices {
      let read = engine.read(Array(bytes[..<count]))
      let spans =
        read.result.blocks.map { $0.at } + read.result.fields.map { $0.at }
        + read.result.values.map { $0.at } + read.result.evidence.map { $0.at }
      #expect(spans.allSatisfy { $0.begin <= $0.end && $0.end <= count }, "\(count) bytes")
    }
  }

  @Test("what the host says of the format goes before the look of the bytes")
  func format() throws {
    let engine = Engine(program: try TestRules(Self.rules).program)
    func blocks(_ text: String, _ format: PageFormat) -> Int {
      var options = RunOptions()
      options.format = format
      return Array(text.utf8).withUnsafeBytes { engine.run($0, options) }.blocks.count
    }
    #expect(blocks(Self.page, .auto) == 5)
    #expect(blocks(Self.page, .html) == 5)
    #expect(blocks(Self.page, .text) == 7)
    #expect(blocks("a <b> c\nd", .auto) == 2)
    #expect(blocks("a <b> c\nd", .html) == 1)
  }

  @Test("the encoding that the host names is believed where the bytes allow it")
  func encoding() throws {
    let engine = Engine(program: try TestRules(Self.rules).program)
    var options = RunOptions()
    options.encoding = "windows-1251"
    let page = Array("<!doctype html><h1>".utf8) + [0xC4, 0xE0] + Array("</h1>".utf8)
    let read = Reading(page.withUnsafeBytes { engine.run($0, options) }, page)
    #expect(read.fields == ["title: Да"])
  }

  @Test("the article alone has the same fields and blocks, and no values and facts")
  func article() throws {
    let engine = Engine(program: try TestRules(Self.rules).program)
    let page = Array(Self.page.utf8)
    let whole = page.withUnsafeBytes { engine.run($0, RunOptions()) }
    var options = RunOptions()
    options.endsAtArticle = true
    let part = page.withUnsafeBytes { engine.run($0, options) }
    #expect(part.facts.isEmpty && part.values.isEmpty && !whole.facts.isEmpty)
    #expect(part.blocks.count == whole.blocks.count)
    #expect(Reading(part, page).fields == Reading(whole, page).fields)
    #expect(Reading(part, page).labels == Reading(whole, page).labels)
  }

  @Test("an engine reads text behind HTML and HTML behind text as if each came first")
  func reuse() throws {
    let program = try TestRules(Self.rules).program
    let engine = Engine(program: program)
    let text = Array("wug 7 zax\n".utf8)
    let page = Array(Self.page.utf8)
    for bytes in [page, text, page, page, text] {
      #expect(engine.read(bytes).everything == Engine(program: program).read(bytes).everything)
    }
  }

  @Test(
    "hostile pages take no longer than their size lets expect",
    arguments: [
      ("<b>", "a<br>", "</b>"), ("<div class=menu>", "a", "</div>"), ("<figure>", "a", ""),
      ("<p class='menu text'>", "a", ""), ("<table><tr><td>", "a", ""), ("<ul><li>", "a", ""),
      ("", "<i>a<br></i>", ""), ("", "<meta name=a content=b>", ""), ("<a href=/>", "a,", ""),
      ("<div class=text>", "fep gom toz ", "</div>"), ("<div class=text> ", "", "a</div>"),
    ])
  func hostile(open: String, middle: String, close: String) throws {
    let engine = Engine(program: try TestRules(Self.rules).program)
    func cost(_ count: Int) -> Duration {
      let text =
        "<!doctype html>" + String(repeating: open, count: count)
        + String(repeating: middle, count: count) + String(repeating: close, count: count)
      let bytes = Array(text.utf8)
      return (0..<2).map { _ in
        ContinuousClock().measure { _ = engine.read(bytes) }
      }.min() ?? .zero
    }
    let small = max(cost(2_000), .milliseconds(10))
    #expect(cost(16_000) < small * 40)
  }
}
