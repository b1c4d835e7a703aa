import DukienText
import Testing

@Suite("what a page tells about itself in HTML")
struct PageMetadataTests {
  @Test("every meta element is an entry under its name, property and http-equiv")
  func meta() {
    let page = metadata(
      """
      <meta charset=utf-8><meta name="Author" content=" Jane
        Doe "><meta property=og:title content='A &amp; B'><meta name=empty content="">
      <meta http-equiv=Content-Language content=de><meta name=a property=b content=c>
      <meta name=date content=2021-05-04><meta name=none><meta content=none>
      <meta name="x" property="x" content="once"><meta name=v value=w>
      <meta property="a&#x3a;b" content=c>
      """)
    #expect(
      page.written(.meta) == [
        "author=Jane Doe", "og:title=A & B", "content-language=de", "a=c", "b=c",
        "date=2021-05-04", "x=once", "v=w", "a:b=c",
      ])
  }

  @Test("a long name is cut between characters")
  func longNames() {
    let name = String(repeating: "a", count: 127)
    #expect(metadata("<meta name=\(name)éb content=c>").written(.meta) == ["\(name)=c"])
    #expect(metadata("<meta name=a\(name)b content=c>").written(.meta) == ["a\(name)=c"])
  }

  @Test("title, language and base of the page; the title of a drawing is none")
  func document() {
    let page = metadata(
      """
      <html lang="en-GB"><head><base href="/x/"><title>One &ndash;
      two</title></head><body><svg><title>No</title></svg><title>Late</title>
      """)
    #expect(page.written(.document) == ["lang=en-GB", "base=/x/", "title=One – two"])
    #expect(metadata("<svg><title>No</title></svg>").written(.document) == [])
  }

  @Test("links by the words of their relation, authors also of anchors")
  func links() {
    let page = metadata(
      """
      <link rel="canonical shortlink" href="https://x.y/?a=1&amp;b=2"><link rel=stylesheet href=s>
      <link rel=AUTHOR href=/jane><body><a rel="nofollow author" href="/joe"><b>Joe</b> Roe</a>
      <a rel=tag href=t>t</a>
      """)
    #expect(
      page.written(.link) == [
        "canonical=https://x.y/?a=1&b=2", "shortlink=https://x.y/?a=1&b=2", "author=/jane",
        "author.name=Joe Roe", "author=/joe",
      ])
  }

  @Test("times by their attributes, else by their text")
  func times() {
    let page = metadata(
      """
      <time datetime="2021-05-04T10:20">May 4</time><time pubdate datetime=2021-05-05>x</time>
      <time>6 <b>May</b> 2021</time><time datetime="" pubdate>7 May</time><time></time>
      """)
    #expect(
      page.written(.time) == [
        "datetime=2021-05-04T10:20", "pubdate=2021-05-05", "text=6 May 2021", "pubdate=7 May",
      ])
  }

  @Test("an entry knows its element and the bytes of the page")
  func places() {
    let html = "<title>T</title><meta name=a content=\"b &lt; c\">"
    let tree = readHtml(decoded(Array(html.utf8)))
    let page = PageMetadata(tree)
    let entry = page.entries[page.next(.meta, "a")]
    #expect(tree.nodes[Int(entry.node)].tag == .meta)
    #expect(string(tree.text.bytes[entry.span.range]) == "b &lt; c")
    #expect(page.first(.meta, "a").map { string($0) } == "b < c")
    #expect(page.next(.meta, [0x61]) == page.next(.meta, "a"))
    #expect(page.next(.meta, "A") == -1)
    #expect(page.first(.microdata, "a") == nil)
  }

  @Test("values are plain text: no tags, no white space but single spaces")
  func plainText() {
    let page = metadata(
      """
      <meta name=a content="x<br>y <b>z</b>&nbsp;&#10;<i>w"><meta name=b content="1 < 2 <3">
      <meta name=c content="&lt;p&gt;one&lt;/p&gt;&lt;p&gt;two&lt;/p&gt;"><meta name=d content="a <b">
      """)
    #expect(page.written(.meta) == ["a=x y z w", "b=1 < 2 <3", "c=one two", "d=a <b"])
  }

  @Test("microdata: members of items, values by element, items in items")
  func microdata() {
    let page = metadata(
      """
      <div itemscope itemtype="https://schema.org/NewsArticle">
      <meta itemprop="datePublished" content="2021-05-04"><h1 itemprop="name headline">A <i>b</i></h1>
      <div itemprop=author itemscope itemtype=http://schema.org/Person>By
        <a itemprop="name" href="/jane">Jane</a><a itemprop=url href="/jane">more</a></div>
      <p itemprop="author" itemscope itemtype=http://schema.org/Person>Joe <b>Roe</b></p>
      <time itemprop=dateModified datetime=2021-05-05>x</time>
      <div itemprop=publisher itemscope itemtype=Organization><span itemprop=name>Paper</span>
        <div itemprop=logo itemscope><img itemprop=url src=/l.png></div></div>
      <img itemprop=image src=/i.png><link itemprop=mainEntityOfPage href=/m>
      <abbr itemprop=x title=long>s</abbr><data itemprop=y value=7>seven</data>
      <span itemprop=z content=said>seen</span><div itemprop=articleBody><p>Text</p></div></div>
      <span itemprop=keywords>k</span>
      """)
    #expect(
      page.written(.microdata) == [
        "datepublished=2021-05-04", "name=A b", "headline=A b", "author.name(person)=Jane",
        "author.url(person)=/jane", "author(person)=Joe Roe", "datemodified=2021-05-05",
        "publisher.name(organization)=Paper", "publisher.logo.url=/l.png", "image=/i.png",
        "mainentityofpage=/m", "x=long", "y=7", "z=said", "articlebody=", "keywords=k",
      ])
    #expect(page.written(.meta).isEmpty)
  }

  @Test("things that are no article and no page have their type before their members")
  func things() {
    let page = metadata(
      """
      <div itemscope itemtype=https://schema.org/WebPage><span itemprop=name>Page</span>
      <div itemscope itemtype=https://schema.org/WPHeader><b itemprop=headline>Site</b></div>
      <div itemscope itemtype=https://schema.org/Blog><div itemprop=blogPost itemscope
        itemtype=https://schema.org/BlogPosting><b itemprop=headline>Post</b></div></div></div>
      """)
    #expect(page.written(.microdata) == ["name=Page", "wpheader.headline=Site", "headline=Post"])
  }

  @Test("teasers of other articles are left out where one article is the page's")
  func teasers() {
    func article(_ title: String, _ day: Int) -> String {
      "<div itemscope itemtype=http://schema.org/Article><h2 itemprop=headline>\(title)</h2>"
        + "<meta itemprop=datePublished content=\(day)></div>"
    }
    let body = article("Other things here", 1) + article("The big story", 2)
    let page = metadata("<title>The big story | Paper</title>" + body)
    #expect(page.written(.microdata) == ["headline=The big story", "datepublished=2"])
    #expect(
      metadata("<title>Paper</title>" + body).values(.microdata, "datepublished") == ["1", "2"])
  }

  @Test("RDFa: properties of typed elements and of others")
  func rdfa() {
    let page = metadata(
      """
      <div vocab="https://schema.org/" typeof=Article><h1 property=schema:headline>H</h1>
      <span property=author typeof=Person><span property=name>Jane</span></span>
      <meta property=datePublished content=1></div><div typeof="sioc:Item foaf:Document">
      <span property="dc:date" content="2021-05-04">x</span></div>
      """)
    #expect(
      page.written(.rdfa) == ["headline=H", "author.name(person)=Jane", "dc:date=2021-05-04"])
    #expect(page.written(.meta) == ["datepublished=1"])
  }

  @Test("floods are cut off and reported; deep items are passed over")
  func floods() {
    let metas = metadata(String(repeating: "<meta name=a content=b>", count: 100_000))
    #expect(metas.entries.count == PageMetadata.maximumEntries)
    #expect(metas.problems.map(\.code) == [.tooMany])

    let items = metadata(
      String(repeating: "<div itemscope itemprop=abcdefgh><b itemprop=x>y</b>", count: 20_000))
    #expect(items.entries.count == PageMetadata.maximumEntries)
    #expect(items.bytes.count < 1_000_000)

    let long = metadata("<meta name=a content='" + String(repeating: "ệ ", count: 1 << 20) + "'>")
    #expect(long.bytes.count <= PageMetadata.maximumValueBytes + 1)
    let words = String(repeating: "x ", count: 30_000)
    let names = metadata("<b itemprop='\(words)'>y</b><meta name='\(words)' content=b>")
    #expect(names.entries.count == 5)
  }

  @Test("pages cut anywhere are read")
  func cut() {
    let page = Array(
      """
      <html lang=a><title>b</title><link rel=canonical href=c><meta name=d content=e>
      <script type=application/ld+json>{"@type":"Article","headline":"f"}</script>
      <div itemscope itemtype=Article><i itemprop=author itemscope>g</i></div><time>h</time>
      """.utf8)
    for end in 0...page.count {
      let read = PageMetadata(readHtml(decoded(Array(page[..<end]))))
      for entry in read.entries {
        #expect(Int(entry.span.end) <= end && Int(entry.value.end) <= read.bytes.count)
      }
    }
  }
}
