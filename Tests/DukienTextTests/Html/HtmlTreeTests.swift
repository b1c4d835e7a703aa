import DukienText
import Testing

@Suite("tags make a tree")
struct HtmlTreeTests {
  @Test(
    "end tags may lack",
    arguments: [
      ("<p>a<p>b", "p(“a”) p(“b”)"),
      ("<p>a<div>b", "p(“a”) div(“b”)"),
      ("<p><b>a<p>b", "p(b(“a”)) p(“b”)"),
      ("<div><p>a</div>b", "div(p(“a”)) “b”"),
      ("<p>a<span>b<h2>c", "p(“a” span(“b”)) h2(“c”)"),
      ("<button><p>a<button>b", "button(p(“a”)) button(“b”)"),
      ("<p><button><p>a", "p(button(p(“a”)))"),
      ("<ul><li>a<li>b</ul>c", "ul(li(“a”) li(“b”)) “c”"),
      ("<ul><li><p>a<li>b", "ul(li(p(“a”)) li(“b”))"),
      ("<li>a<ul><li>b</ul><li>c", "li(“a” ul(li(“b”))) li(“c”)"),
      ("<li><div>a<li>b", "li(div(“a”)) li(“b”)"),
      ("<li><section>a<li>b", "li(section(“a” li(“b”)))"),
      ("<dl><dt>a<dd>b<dt>c", "dl(dt(“a”) dd(“b”) dt(“c”))"),
      ("<h1>a<h2>b", "h1(“a”) h2(“b”)"),
      ("<h1>a</h3>b", "h1(“a”) “b”"),
      ("<ruby>a<rp>(<rt>b<rp>)</ruby>c", "ruby(“a” rp(“(”) rt(“b”) rp(“)”)) “c”"),
      (
        "<select><option>a<option>b<optgroup><option>c</select>d",
        "select(option(“a”) option(“b”) optgroup(option(“c”))) “d”"
      ),
      ("<select><p>a<option>b<div>c</select>d", "select(“a” option(“b” “c”)) “d”"),
      ("<select>a<select>b", "select(“a”) “b”"),
      ("<select>a<input>b", "select(“a”) input “b”"),
      ("<pre>\na\n</pre>", "pre(“a\n”)"),
      ("<pre>\r\n\na", "pre(“\na”)"),
    ])
  func impliedEnds(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test(
    "html, head and body",
    arguments: [
      (
        "<html><head><meta a><title>t</title><body><p>a</body></html>b",
        "html(head(meta[a] title(“t”)) body(p(“a” “b”)))"
      ),
      ("<head><title>t</title><p>a", "head(title(“t”)) p(“a”)"),
      ("<head> a", "head “ a”"),
      ("<head><noscript><style>a</style><img></noscript>b", "head(noscript(style(‹a›))) img “b”"),
      ("<head></head><body class=a><body class=b>c", "head body[class=a](“c”)"),
      ("<p>a<html><head><body>b", "p(“a” “b”)"),
      ("<head><template><p>a</template><p>b", "head(template(p(“a”))) p(“b”)"),
    ])
  func frame(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test(
    "end tags that close nothing, or what they may not",
    arguments: [
      ("a</div>b</b></x>c", "“a” “b” “c”"),
      ("a</p>b", "“a” p “b”"),
      ("a</br>b", "“a” br “b”"),
      ("<div><span></div>a", "div(span) “a”"),
      ("<span><div></span>a</div>b", "span(div(“a”) “b”)"),
      ("<div><b>a</div>b", "div(b(“a”)) “b”"),
      ("<table><td><div>a</table>b", "table(tr(td(div(“a”)))) “b”"),
      ("<div><table><td>a</div>b", "div(table(tr(td(“a” “b”))))"),
      ("<ul><li><ol></li>a", "ul(li(ol(“a”)))"),
      ("<form>a<div>b</form>c</div>d", "form(“a” div(“b” “c”)) “d”"),
      ("<form><form>a</form>b", "form(“a”) “b”"),
      ("<object><p></object>a", "object(p) “a”"),
    ])
  func ends(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test(
    "misnested formatting ends with the block that it reaches into",
    arguments: [
      ("<b>a<p>b</b>c</p>d", "b(“a” p(“b” “c”)) “d”"),
      ("<b>a<i>b</b>c</i>d", "b(“a” i(“b”)) “c” “d”"),
      ("<a>a<a>b", "a(“a”) a(“b”)"),
      ("<a>a<div>b<a>c</a>d</div>e", "a(“a” div(“b” a(“c”) “d”)) “e”"),
      ("<p><b>a</p><p>b", "p(b(“a”)) p(“b”)"),
    ])
  func misnesting(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test(
    "tables",
    arguments: [
      (
        "<table><tr><td>a<td>b<tr><th>c</table>d",
        "table(tr(td(“a”) td(“b”)) tr(th(“c”))) “d”"
      ),
      (
        "<table><thead><tr><td>a<tbody><tr><td>b",
        "table(thead(tr(td(“a”))) tbody(tr(td(“b”))))"
      ),
      ("<table><caption>a<col><td>b", "table(caption(“a”) col tr(td(“b”)))"),
      (
        "<table><tr><td><table><td>a</table>b</table>c",
        "table(tr(td(table(tr(td(“a”))) “b”))) “c”"
      ),
      ("<table><table><td>a", "table table(tr(td(“a”)))"),
      ("<p><td>a<tr>b</tbody>c", "p(“a” “b” “c”)"),
      ("<table><form><tr><td>a</form>b", "table(form tr(td(“a” “b”)))"),
      ("<table><tr><div><td>a", "table(tr(div td(“a”)))"),
      ("<table><td><select><option>a<td>b", "table(tr(td(select(option(“a”))) td(“b”)))"),
    ])
  func tables(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test(
    "SVG and MathML",
    arguments: [
      ("<svg><path/><g>a</g></svg>b", "svg(path g(“a”)) “b”"),
      ("<svg/>a", "svg “a”"),
      ("<svg><g><p>a", "svg(g) p(“a”)"),
      ("<svg><title><p>a</title>b</svg>c", "svg(title(p(“a”)) “b”) “c”"),
      ("<svg><font>a</svg>b", "svg(font(“a”)) “b”"),
      ("<svg><font color=a>b", "svg font[color=a](“b”)"),
      ("<p><svg><g></p>a", "p(svg(g)) “a”"),
      ("<math><mi>x</mi></math>y", "math(mi(“x”)) “y”"),
    ])
  func foreign(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test("a page without text is a document", arguments: ["", " ", "\0"])
  func empty(_ page: String) {
    #expect(tree(page).nodes[0].kind == .document)
    #expect(rendered(page).blocks.isEmpty)
  }
}
