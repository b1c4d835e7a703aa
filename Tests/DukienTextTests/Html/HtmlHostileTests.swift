import DukienText
import Testing

@Suite("hostile pages are read in linear time and within bounds")
struct HtmlHostileTests {
  /// Pages that grow with a number.
  static let floods: [(name: String, page: @Sendable (Int) -> String)] = [
    ("less-than signs", { String(repeating: "<", count: $0 * 20) }),
    ("nested blocks", { String(repeating: "<div>", count: $0) + "x" }),
    ("closed blocks", { flood("<div>", $0) + flood("</div>", $0) }),
    ("unknown names", { n in (0..<n).map { "<x\($0)>" }.joined() + flood("</y>", n) }),
    ("one unknown name", { flood("<x-y>", $0) + flood("</x-y>", $0) }),
    ("open formatting, then paragraphs", { flood("<b>", $0) + flood("<p>a", $0) }),
    ("formatting across paragraphs", { flood("<b><p></b>", $0) }),
    ("end tags of paragraphs", { flood("</p>", $0) }),
    ("end tags of nothing", { flood("<i><div>", $0) + flood("</b></span></i>", $0) }),
    ("links", { flood("<a><div>", $0) }),
    ("list items", { flood("<li><div>", $0) + flood("<li>", $0) }),
    ("nested lists", { flood("<ul><li>", $0) }),
    ("nested tables", { flood("<table><tr><td>a<td>", $0) }),
    ("table parts", { flood("<table><tbody><tr><td>a</tr>b", $0) }),
    ("rows of one table", { "<table>" + flood("<tr><td>a<td>b", $0) }),
    ("cells of one row", { "<table><tr>" + flood("<td>a", $0) }),
    ("forms", { flood("<form><optgroup>", $0) + flood("</form><form>", $0) }),
    ("headings", { flood("<h1><div>", $0) + flood("</h2>", $0) }),
    ("SVG", { flood("<svg><g>", $0) + flood("</p></x>", $0) }),
    ("SVG and blocks", { flood("<svg><title><div>", $0) + flood("</g>", $0) }),
    ("option groups", { "<select>" + flood("<optgroup><option>", $0) }),
    ("ruby", { flood("<ruby><rt><rp>", $0) }),
    ("comments", { flood("<!-->", $0) + flood("<!--x-->", $0) + flood("<!x>", $0) }),
    ("an open comment", { "<!--" + flood("->--!", $0 * 4) }),
    ("an open script", { "<script>" + flood("</scrip <!-- -- > ", $0) }),
    ("scripts in scripts", { "<script><!--" + flood("<script></script", $0) }),
    ("open titles", { flood("<title>", $0) }),
    ("CDATA", { "<svg>" + flood("<![CDATA[]>]]>", $0) }),
    ("references", { flood("&amp;", $0) + flood("&#225;", $0) + flood("&ampamp", $0) }),
    ("broken references", { flood("&", $0) + flood("&aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", $0) }),
    ("a long number", { "&#" + flood("9", $0 * 8) }),
    ("spaces", { flood("  ", $0 * 4) + flood(" a  ", $0) }),
    ("blanks", { flood("&nbsp;", $0) + flood("\u{3000}", $0) + "<p>" + flood("&nbsp;a", $0) }),
    ("breaks", { flood("a<br>", $0) }),
    ("attributes", { "<p " + flood("a=b ", $0) + ">x" }),
    ("an open value", { "<p a=\"" + flood("<p a='>", $0) }),
    ("styles", { "<p style='" + flood("a:b;", $0) + "'>" + flood("<p style=a>", $0) }),
    ("images in a row", { "<table><tr><td>a" + flood("<td><img>", $0) }),
  ]

  static func flood(_ part: String, _ count: Int) -> String {
    String(repeating: part, count: count)
  }

  static func seconds(_ text: SourceText) -> Double {
    let clock = ContinuousClock()
    var best = Double.infinity
    for _ in 0..<2 {
      let time = clock.measure { _ = renderBlocks(readHtml(text)).blocks.count }
      best = min(best, Double(time.components.seconds) + Double(time.components.attoseconds) / 1e18)
    }
    return best
  }

  @Test(
    "eight times the page takes no more than some eight times the time", arguments: floods.indices)
  func linear(_ index: Int) {
    let flood = Self.floods[index]
    let small = Self.seconds(decoded(Array(flood.page(2_000).utf8)))
    let large = Self.seconds(decoded(Array(flood.page(16_000).utf8)))
    #expect(large < small * 30 + 0.02, "\(flood.name): \(small) s, then \(large) s")
  }

  @Test("floods give trees that nest and blocks that are known", arguments: floods.indices)
  func wellFormed(_ index: Int) {
    let page = tree(Self.floods[index].page(500))
    #expect(isWellFormed(page))
    let rendered = renderBlocks(page)
    #expect(rendered.blocks.count == rendered.infos.count)
  }

  @Test("200,000 nested blocks are read; those too deep are counted")
  func nested() {
    let page = tree(Self.flood("<div>", 200_000) + "deep")
    #expect(isWellFormed(page))
    #expect(blockTexts(renderBlocks(page)) == ["deep"])
    #expect(page.problems.map(\.code) == [.tooDeep])
    #expect(page.problems.first?.count == 200_000 - 8192)
    #expect(page.problems.first?.at == Span(8192 * 5, 8193 * 5))
  }

  @Test("60,000 attributes are read; those too many are counted")
  func attributes() {
    let page = tree("<p " + Self.flood("a=b ", 60_000) + ">x")
    #expect(page.attributes.count == 1000)
    #expect(
      page.problems == [
        HtmlProblem(code: .tooManyAttributes, at: Span(4003, 4006), count: 59_000)
      ])
    #expect(blockTexts(renderBlocks(page)) == ["x"])
  }

  @Test("what comes after the last node that is kept is not read")
  func nodes() {
    var limits = HtmlLimits()
    limits.nodes = 11
    let page = tree(Self.flood("<br>", 20), limits: limits)
    #expect(page.nodes.count == 11)
    #expect(page.problems == [HtmlProblem(code: .tooManyNodes, at: Span(40, 80), count: 40)])
  }

  @Test("long names and values are cut between characters")
  func lengths() {
    var limits = HtmlLimits()
    limits.nameBytes = 4
    limits.valueBytes = 4
    let page = tree("<abcde x=éàé fghij=1>a</abcdf>b", limits: limits)
    #expect(page.problems.map(\.code) == [.longName, .longValue])
    #expect(page.problems.map(\.count) == [3, 1])
    #expect(string(page.text.bytes[page.attributes[0].value.range]) == "éà")
    #expect(outline(page) == "abcde[x=éà fghij=1](“a”) “b”")
  }

  @Test("a page has no problems")
  func harmless() {
    #expect(tree(Self.sample).problems.isEmpty)
  }

  @Test("where a bound is hit is told in offsets of the input")
  func places() {
    var limits = HtmlLimits()
    limits.depth = 1
    let text = decoded([0xEF, 0xBB, 0xBF, 0xFF] + Array("<b><i>x".utf8))
    let page = readHtml(text, limits: limits)
    #expect(page.problems == [HtmlProblem(code: .tooDeep, at: Span(7, 10), count: 1)])
  }

  static let sample = """
    <!DOCTYPE html><html lang=vi><head><meta charset="utf-8"><title>A &amp; B</title>
    <script>if (a < b) { "<!-- <script>" }</script><style>p > a { }</style></head>
    <body class='x y'><!-- c --><h1>Một</h1><p>Hà <b>Nội</b>&nbsp;&hellip; &#225; &ampx</p>
    <table><tr><td>a<td>b</table><ul><li>x<li>y</ul><svg><path d="M0"/><title>t</title></svg>
    <![CDATA[ x ]]><? y ?></ z><select><option>1</select><pre>
     a
      b</pre><img src=a.jpg alt="é"/></body></html>
    """

  @Test("every beginning of a page is a page, also between the bytes of a character")
  func prefixes() {
    let bytes = Array(Self.sample.utf8)
    for count in 0...bytes.count {
      let text = decoded(Array(bytes[..<count]))
      let page = readHtml(text)
      #expect(isWellFormed(page))
      let rendered = renderBlocks(page)
      #expect(rendered.blocks.count == rendered.infos.count)
      _ = looksLikeHtml(text)
    }
  }

  @Test("any bytes are a page")
  func noise() {
    var numbers = SeededNumbers(state: 3)
    let marks = Array("<>/!-=\"'&;#abp \n\0".utf8)
    for _ in 0..<400 {
      let bytes = (0..<200).map { _ in
        UInt8.random(in: 0..<4, using: &numbers) > 0
          ? marks.randomElement(using: &numbers) ?? 0 : UInt8.random(in: 0...255, using: &numbers)
      }
      let page = readHtml(decoded(bytes))
      #expect(isWellFormed(page))
      let rendered = renderBlocks(page)
      #expect(rendered.blocks.count == rendered.infos.count)
    }
  }

  @Test("any order of tags gives a tree that nests")
  func soup() {
    var numbers = SeededNumbers(state: 5)
    for _ in 0..<600 {
      var page = ""
      for _ in 0..<60 {
        let tag = HtmlTag.allCases.randomElement(using: &numbers) ?? .p
        page += Bool.random(using: &numbers) ? "<\(tag.name)>" : "</\(tag.name)>"
        if Bool.random(using: &numbers) { page += "a" }
      }
      var limits = HtmlLimits()
      limits.depth = Int.random(in: 1...40, using: &numbers)
      let tree = tree(page, limits: limits)
      #expect(isWellFormed(tree), "\(page)")
      let rendered = renderBlocks(tree)
      #expect(rendered.blocks.count == rendered.infos.count, "\(page)")
    }
  }

  @Test("a page of megabytes of one sign is bounded")
  func megabytes() {
    #expect(tree(Self.flood("<", 10_000_000)).nodes.count == 2)
    #expect(tree("<script>" + Self.flood("x", 10_000_000)).nodes.count == 3)
    #expect(tree("<!--" + Self.flood("-", 10_000_000)).nodes.count == 1)
  }
}
