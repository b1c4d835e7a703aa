import DukienText
import Testing

@Suite("a page is cut into tags and text")
struct HtmlTokenTests {
  @Test(
    "tags and attributes",
    arguments: [
      ("<p class=a id='b' title=\"c d\">x", "p[class=a id=b title=c d](“x”)"),
      ("<P CLASS=A>x</P>", "p[CLASS=A](“x”)"),
      ("<p\n\tclass\n=\n a\n>x", "p[class=a](“x”)"),
      ("<p class>x", "p[class](“x”)"),
      ("<p class=>x", "p[class](“x”)"),
      ("<p =a>x", "p[=a](“x”)"),
      ("<p a/b>x", "p[a b](“x”)"),
      ("<a href=/b/c/>x", "a[href=/b/c/](“x”)"),
      ("<a href=\"x>y\" b='>'>x", "a[href=x>y b=>](“x”)"),
      ("<p a=\"1\"b=\"2\">x", "p[a=1 b=2](“x”)"),
      ("<p a=1 a=2>x", "p[a=1 a=2](“x”)"),
      ("<p a=b\"c>x", "p[a=b\"c](“x”)"),
      ("<x-y z>x</X-Y>y", "x-y[z](“x”) “y”"),
      ("<p/>x", "p(“x”)"),
      ("<br/>x", "br “x”"),
      ("<p</p>x", "p<(“x”)"),
      ("a<b c=\"d", "“a”"),
      ("a<b c", "“a”"),
      ("a</b", "“a”"),
    ])
  func tags(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test(
    "what is no tag is text",
    arguments: [
      ("a < b", "“a < b”"), ("1<2", "“1<2”"), ("a <", "“a <”"), ("a </", "“a </”"),
      ("<<p>x", "“<” p(“x”)"), ("<>x", "“<>x”"), ("a & b > c", "“a & b > c”"),
      ("<1>x", "“<1>x”"), ("<é>", "“<é>”"),
    ])
  func text(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test(
    "comments, instructions and the DOCTYPE are passed over",
    arguments: [
      ("<!-- a > b -->x", "“x”"), ("<!-->x", "“x”"), ("<!--->x", "“x”"), ("<!---->x", "“x”"),
      ("<!-- a --!>x", "“x”"), ("<!-- a -- > b -->x", "“x”"), ("<!--a--!b-->x", "“x”"),
      ("<!--!>a-->x", "“x”"), ("<!--->-->x", "“-->x”"), ("<!-- <!-- -->x", "“x”"), ("<!-- a", ""),
      ("<!doctype html>x", "“x”"), ("<!DOCTYPE>x", "“x”"), ("<?xml a?>x", "“x”"),
      ("<!x>y", "“y”"), ("<![CDATA[a]]>x", "“x”"), ("</ p>x", "“x”"), ("</>x", "“x”"),
      ("a<!-- -->b", "“a” “b”"), ("<!", ""), ("<!-", ""), ("<!--", ""), ("<?", ""),
      ("<svg><![CDATA[a<b>]]></svg>x", "svg(‹a<b>›) “x”"), ("<svg><![CDATA[a", "svg(‹a›)"),
    ])
  func comments(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test(
    "raw text ends with its own end tag",
    arguments: [
      ("<title>a<b>c</title>x", "title(“a<b>c”) “x”"),
      ("<title>a</titles></TITLE >x", "title(“a</titles>”) “x”"),
      ("<textarea>a<p></textarea>x", "textarea(“a<p>”) “x”"),
      ("<style>p>a{}</p></style>x", "style(‹p>a{}</p>›) “x”"),
      ("<xmp>a<b>&amp;</xmp>x", "xmp(‹a<b>&amp;›) “x”"),
      ("<iframe><p></iframe>x", "iframe(‹<p>›) “x”"),
      ("<noembed><p></noembed>x", "noembed(‹<p>›) “x”"),
      ("<noframes><p></noframes>x", "noframes(‹<p>›) “x”"),
      ("<plaintext><p></plaintext>x", "plaintext(‹<p></plaintext>x›)"),
      ("<title></title>x", "title “x”"),
      ("<title>a", "title(“a”)"),
      ("<title>a</title", "title(“a</title”)"),
      ("<noscript><p>a</noscript>x", "noscript(p(“a”)) “x”"),
      ("<script/>a</script>x", "script(‹a›) “x”"),
    ])
  func rawText(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test(
    "a script may hold a script in a comment",
    arguments: [
      ("<script>a<b</script>x", "script(‹a<b›) “x”"),
      ("<script>'</scripts>'</script >x", "script(‹'</scripts>'›) “x”"),
      ("<script><!-- a </script>x", "script(‹<!-- a ›) “x”"),
      ("<script><!--<script></script>b--></script>x", "script(‹<!--<script></script>b-->›) “x”"),
      ("<script><!--<script>--></script>x", "script(‹<!--<script>-->›) “x”"),
      ("<script><!--><script></script>x", "script(‹<!--><script>›) “x”"),
      ("<script><!--<scripts></script>x", "script(‹<!--<scripts>›) “x”"),
      ("<script><!--<script></script>x", "script(‹<!--<script></script>x›)"),
      ("<script>a", "script(‹a›)"),
    ])
  func scripts(_ page: String, _ expected: String) {
    #expect(outline(page) == expected)
  }

  @Test("the names of tags and attributes are those of their cases")
  func names() {
    for tag in HtmlTag.allCases where tag != .none && tag != .other {
      let name = "\(tag.name)".filter { $0 != "-" }
      #expect(name == "\(tag)".lowercased())
      #expect(tree("<\(tag.name)>").nodes.contains { $0.tag == tag } || Self.needsMore(tag))
    }
    for name in HtmlAttributeName.allCases.dropFirst(3) {
      let written = "\(name.name)".filter { $0 != "-" && $0 != ":" }
      #expect(written == "\(name)".lowercased())
      #expect(tree("<p \(name.name)=a>").attributes.map(\.name) == [name])
    }
    #expect(
      tree("<p data-x ARIA-Y z data>").attributes.map(\.name) == [.data, .aria, .other, .other])
  }

  /// Tags that mean nothing alone.
  static func needsMore(_ tag: HtmlTag) -> Bool {
    [.caption, .col, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr, .frame, .frameset, .image]
      .contains(tag)
  }

  @Test("of two attributes of one name the first counts")
  func firstAttribute() throws {
    let page = tree("<p class=a class=b id>")
    let value = try #require(page.value(of: 1, .class))
    #expect(string(page.text.bytes[value.range]) == "a")
    #expect(page.value(of: 1, .id)?.isEmpty == true)
    #expect(page.value(of: 1, .href) == nil)
  }
}
