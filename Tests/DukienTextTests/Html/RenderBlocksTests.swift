import DukienText
import Testing

@Suite("a page is rendered as blocks")
struct RenderBlocksTests {
  @Test(
    "where blocks begin and end",
    arguments: [
      ("a<p>b</p>c", ["a", "b", "c"]),
      ("<div>a<div>b</div>c</div>d", ["a", "b", "c", "d"]),
      ("<p>a <b>b</b> <i>c</i>d", ["a b cd"]),
      ("<p>a<br>b<br><br>c", ["a", "b", "c"]),
      ("<ul><li>a<li>b</ul>", ["a", "b"]),
      ("<h1>a</h1>b<hr>c", ["a", "b", "c"]),
      ("a<button>b</button>c", ["a", "b", "c"]),
      ("a<x-y>b</x-y>c<span>d</span>", ["abcd"]),
      ("a<p></p>b<div><br></div>c", ["a", "b", "c"]),
      ("<p>&nbsp;</p><p> \u{200B} </p>a", ["a"]),
      ("a<img>b", ["ab"]),
      ("<pre>a  b\n  c\r\n\nd</pre>", ["a  b", "c", "d"]),
      ("<xmp>a&amp;<b></xmp>", ["a&amp;<b>"]),
      ("<dl><dt>a<dd>b</dl>", ["a", "b"]),
      ("<noscript><p>a</noscript>b", ["a", "b"]),
      ("<figure><img><figcaption>a</figcaption></figure>b", ["a", "b"]),
    ])
  func blocks(_ page: String, _ expected: [String]) {
    #expect(blockTexts(page) == expected)
  }

  @Test(
    "white space is collapsed",
    arguments: [
      (" a\n\t b  ", ["a b"]), ("a<b> b </b> c", ["a b c"]), ("a <b> b</b>", ["a b"]),
      ("a &#32; b&#10;c", ["a b c"]), ("a&nbsp; b", ["a\u{A0} b"]),
      ("<p> a </p> <p> b", ["a", "b"]),
      ("a\0b", ["ab"]), ("a       b     c &amp;  d", ["a b c & d"]),
      ("abcdefg  hijklmn  op", ["abcdefg hijklmn op"]), ("a <br> b", ["a", "b"]),
    ])
  func space(_ page: String, _ expected: [String]) {
    #expect(blockTexts(page) == expected)
  }

  @Test(
    "what the page hides is left out",
    arguments: [
      "<script>a</script>", "<style>a</style>", "<template><p>a</template>", "<p hidden>a</p>",
      "<div style='color: red; display : none'>a</div>", "<b style=visibility:hidden>a</b>",
      "<select><option>a</select>", "<svg><text>a</text></svg>", "<textarea>a</textarea>",
      "<title>a</title>", "<iframe>a</iframe>", "<dialog>a</dialog>", "<video>a</video>",
      "<head><title>a</title></head>", "<div hidden><div>a</div></div>",
    ])
  func hidden(_ page: String) {
    let page = rendered("<p>x</p>\(page)<p>y</p>")
    #expect(blockTexts(page) == ["x", "y"])
    #expect(page.hiddenElements == 1)
    #expect(page.hiddenBytes > 0)
  }

  @Test(
    "what only looks hidden stays",
    arguments: [
      "<div style='background:none'>a</div>", "<div style='display:block'>a</div>",
      "<div style='x-display:none'>a</div>", "<dialog open>a</dialog>",
      "<div aria-hidden=true>a</div>",
    ])
  func seen(_ page: String) {
    #expect(blockTexts(page) == ["a"])
  }

  @Test("hidden elements are rendered on request, but no scripts")
  func showsHidden() {
    let page = renderBlocks(tree("<p hidden>a<script>b</script>"), showsHidden: true)
    #expect(blockTexts(page) == ["a"])
  }

  @Test(
    "a row whose cells have one block each is one block",
    arguments: [
      ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", ["| a | b |", "| c | d |"]),
      ("<table><tr><td><p>a</p><td> <b>b</b> </table>e", ["| a | b |", "e"]),
      ("<table><tr><td>a<td>&nbsp;<td>b</table>", ["| a | b |"]),
      ("<table><tr><td>a</table>", ["a"]),
      ("<table><tr><td>a<br>b<td>c</table>", ["a", "b", "c"]),
      ("<table><tr><td>a<td>b<p>c<td>d</table>e", ["a", "b", "c", "d", "e"]),
      ("<table><tr><td>x<td><table><tr><td>a<td>b</table></table>", ["x", "| a | b |"]),
      ("<table><tr><td><table><tr><td>a<td>b</table><td>x</table>", ["| a | b |", "x"]),
      ("<table><tr>x<td>a<td>b</table>", ["x", "a", "b"]),
    ])
  func rows(_ page: String, _ expected: [String]) {
    let page = rendered(page)
    #expect(blockTexts(page) == expected)
    #expect(page.infos.count == expected.count)
    for (info, text) in zip(page.infos, expected) {
      #expect(info.flags.contains(.isRow) == text.hasPrefix("|"))
    }
  }

  @Test("blank lines stand where paragraphs, headings and lists end")
  func blankLines() {
    let page = rendered("<p>a</p><div>b</div><div>c<br>d<br><br>e</div><h2>f</h2>")
    #expect(string(page.text.bytes) == "a\n\nb\nc\nd\n\ne\n\nf")
    #expect(page.blocks[0].features == .blankAfter)
    #expect(page.blocks[1].features == .blankBefore)
    #expect(page.blocks[2].features == [])
  }

  @Test("the first block of a list item has a list mark")
  func listMarks() {
    let page = rendered("<ul><li>a<p>b<li>c<ul><li>d</ul>e</ul><p>f<li></li><p>g")
    let marked = page.blocks.map { $0.features.contains(.listMark) }
    #expect(blockTexts(page) == ["a", "b", "c", "d", "e", "f", "g"])
    #expect(marked == [true, false, true, true, false, false, false])
    #expect(
      page.infos.map { $0.flags.contains(.inList) } == [true, true, true, true, true, false, false])
  }

  @Test("a block knows where it stands and what it is made of")
  func infos() throws {
    let page = rendered(
      "<article><h2>one</h2><p><a href=x>two</a> x <a href=y><b>three</b></a><a name=z>4</a>"
        + "<blockquote>five<table><td>six</table></blockquote></article>")
    let infos = page.infos
    #expect(blockTexts(page) == ["one", "two x three4", "five", "six"])
    #expect(infos.map(\.headingLevel) == [2, 0, 0, 0])
    #expect(infos.map(\.textBytes) == [3, 11, 4, 3])
    #expect(infos.map(\.linkBytes) == [0, 8, 0, 0])
    #expect(infos.map(\.links) == [0, 2, 0, 0])
    #expect(infos.map(\.emphasisBytes) == [0, 5, 0, 0])
    #expect(infos.map { $0.flags.contains(.inQuote) } == [false, false, true, true])
    #expect(infos.map { $0.flags.contains(.inTable) } == [false, false, false, true])
    #expect(infos[1].tags == HtmlTagSet(.article, .p))
    #expect(infos[0].tags == HtmlTagSet(.article, .h2))
    #expect(page.blocks.count == infos.count)
  }

  @Test("a block's nodes are those of its text")
  func nodes() {
    let tree = tree("<div>a<p>b <i>c</i></p></div>")
    let page = renderBlocks(tree)
    #expect(page.infos.map { tree.nodes[Int($0.node)].tag } == [.div, .p])
    let texts = page.infos.map { [$0.firstText, $0.lastText] }.map {
      $0.map { string(tree.text.bytes[tree.nodes[Int($0)].span.range]) }
    }
    #expect(texts == [["a", "a"], ["b ", "c"]])
  }

  @Test("images stand at their block")
  func images() {
    let tree = tree("<img><p>a<img>b</p><figure><img><figcaption>c</figure><p>d</p><img>")
    let page = renderBlocks(tree)
    #expect(blockTexts(page) == ["ab", "c", "d"])
    #expect(page.images.map(\.block) == [0, 0, 1, 3])
    #expect(
      page.images.map { $0.figure < 0 ? .none : tree.nodes[Int($0.figure)].tag } == [
        .none, .none, .figure, .none,
      ])
    #expect(page.images.allSatisfy { tree.nodes[Int($0.node)].tag == .img })
  }
}
