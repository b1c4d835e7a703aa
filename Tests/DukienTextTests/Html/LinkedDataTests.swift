import DukienText
import Testing

@Suite("what a page tells about itself in JSON-LD")
struct LinkedDataTests {
  @Test("members of the article in order, their names as paths in lower case")
  func article() {
    let page = linked(
      #"""
      {"@context":"https://schema.org","@type":"NewsArticle","headline":"A &amp; \u201cB\u201d",
      "datePublished":"2021-05-04T10:20:30+07:00","keywords":["k1","k2"],"articleSection":"s",
      "author":{"@type":"Person","name":"Jane <b>Doe</b>","url":"/j"},
      "publisher":{"@type":"NewsMediaOrganization","name":"P","logo":{"@type":"ImageObject","url":"l"}},
      "image":{"@type":"ImageObject","url":"i","caption":"c","creditText":"t",
        "creator":{"@type":"Person","name":"Photo"}},
      "mainEntityOfPage":{"@type":"WebPage","@id":"https://x.y/a"},"articleBody":"Long text.",
      "isAccessibleForFree":true,"wordCount":12,"comment":[{"@type":"Comment","text":"no"}],
      "empty":"","none":null}
      """#)
    #expect(
      page.written(.jsonLd) == [
        "@context=https://schema.org", "@type=NewsArticle", "headline=A & “B”",
        "datepublished=2021-05-04T10:20:30+07:00", "keywords=k1", "keywords=k2",
        "articlesection=s", "author.@type(person)=Person", "author.name(person)=Jane Doe",
        "author.url(person)=/j", "publisher.@type(organization)=NewsMediaOrganization",
        "publisher.name(organization)=P", "publisher.logo.@type=ImageObject",
        "publisher.logo.url=l", "image.@type=ImageObject", "image.url=i", "image.caption=c",
        "image.credittext=t", "image.creator.@type(person)=Person",
        "image.creator.name(person)=Photo", "mainentityofpage.@type=WebPage",
        "mainentityofpage.@id=https://x.y/a", "articlebody=", "isaccessibleforfree=true",
        "wordcount=12",
        // The page that is described within.
        "@type=WebPage", "@id=https://x.y/a",
      ])
  }

  @Test(
    "authors in all their forms",
    arguments: [
      (#""Jane""#, ["author.name=Jane"]),
      (#"["Jane","Joe"]"#, ["author.name=Jane", "author.name=Joe"]),
      (#"{"name":"Jane"}"#, ["author.name=Jane"]),
      (#"{"@type":"Person","name":["Jane","Joe"]}"#, ["author.name=Jane", "author.name=Joe"]),
      (
        #"[{"@type":"Person","name":"Jane"},{"name":"Joe"}]"#,
        ["author.name=Jane", "author.name=Joe"]
      ),
      (#"[["Jane"],{"@list":[{"name":"Joe"}]}]"#, ["author.name=Jane", "author.name=Joe"]),
      (##"{"@id":"#jane"}"##, ["author.name=Jane of the graph"]),
      (
        ##"[{"@id":"#jane"},{"@type":"Person","@id":"#nobody"}]"##,
        ["author.name=Jane of the graph"]
      ),
      ("null", []), ("[]", []), ("{}", []), (#""""#, []),
    ])
  func authors(_ json: String, _ expected: [String]) {
    let page = linked(
      """
      {"@graph":[{"@type":"Article","headline":"H","author":\(json)},
      {"@type":"Person","@id":"#jane","name":"Jane of the graph","sameAs":["x"]}]}
      """)
    #expect(page.values(.jsonLd, "author.name").map { "author.name=\($0)" } == expected)
  }

  @Test("references are followed across scripts, never in a circle")
  func references() {
    let page = metadata(
      """
      <script type=application/ld+json>{"@type":"Article","headline":"H","@id":"#a",
      "author":{"@id":"#p"},"publisher":{"@id":"#p"},"isPartOf":{"@id":"#a"}}</script>
      <script type="APPLICATION/LD+JSON; charset=utf-8">{"@type":["Person","Organization"],
      "@id":"#p","name":"Jane","image":{"@id":"#p"}}</script>
      """)
    #expect(page.values(.jsonLd, "author.name") == ["Jane"])
    #expect(page.values(.jsonLd, "publisher.name") == ["Jane"])
    #expect(page.entries.count < 60)
    #expect(Set(page.entries.map(\.node)).count == 1)
  }

  @Test("the article that agrees with the page comes first")
  func agreement() {
    let graph = """
      {"@graph":[{"@type":"WebSite","name":"Paper"},{"@type":"WebPage","name":"The big story"},
      {"@type":"NewsArticle","headline":"Something else","datePublished":"1"},
      {"@type":"NewsArticle","headline":"The ‘big’ story","datePublished":"2"},
      {"@type":"Product","name":"no"},{"@type":"Organization","name":"Paper Inc."}]}
      """
    let page = linked(graph, head: "<title>The big story – Paper</title>")
    #expect(page.values(.jsonLd, "datepublished") == ["2"])
    #expect(page.values(.jsonLd, "headline") == ["The ‘big’ story"])
    #expect(page.values(.jsonLd, "name") == ["The big story"])
    #expect(page.values(.jsonLd, "website.name") == ["Paper"])
    #expect(page.values(.jsonLd, "organization.name") == ["Paper Inc."])
    #expect(linked(graph).values(.jsonLd, "datepublished") == ["1"])
  }

  @Test(
    "the article of the page is also known by its address",
    arguments: [
      #""url":"http://x.y/b""#, #""@id":"https://x.y/b/#a""#,
      #""mainEntityOfPage":"https://x.y/b?c=d""#, #""mainEntityOfPage":{"@id":"https://x.y/b"}"#,
    ])
  func address(_ member: String) {
    let page = linked(
      #"[{"@type":"Article","headline":"One"},{"@type":"Article","headline":"Two",\#(member)}]"#,
      head: "<link rel=canonical href=https://x.y/b/>")
    #expect(page.values(.jsonLd, "headline") == ["Two"])
  }

  @Test("an article within something else is the page's only where nothing else is")
  func nested() {
    let list = #"{"@type":"ItemList","itemListElement":[{"@type":"Article","headline":"Listed"}]}"#
    #expect(linked(list).values(.jsonLd, "headline") == ["Listed"])
    #expect(
      linked("[\(list),{\"@type\":\"WebPage\",\"headline\":\"Page\"}]")
        .values(.jsonLd, "headline") == ["Page"])
    #expect(
      linked(#"{"@type":"WebPage","mainEntity":{"@type":"schema:Article","schema:headline":"M"}}"#)
        .values(.jsonLd, "headline") == ["M"])
  }

  @Test("breadcrumbs in order, whether named themselves or by their item")
  func breadcrumbs() {
    let page = linked(
      """
      {"@type":"BreadcrumbList","itemListElement":[{"@type":"ListItem","position":1,"name":"Home"},
      {"@type":"ListItem","item":{"@id":"/s","name":"Sport"}},{"@type":"ListItem"}]}
      """)
    #expect(page.written(.jsonLd) == ["breadcrumblist.name=Home", "breadcrumblist.name=Sport"])
  }

  @Test(
    "broken JSON gives what can be read, and problems",
    arguments: [
      (#"{"@type":"Article","headline":"A "B" c","datePublished":"1""#, "A \"B\" c", "1"),
      (#"{"@type":"Article","author": Jane Doe,"headline":"H","datePublished":1,}"#, "H", "1"),
      (
        "<!--\n{\"@type\":'Article',\"headline\":\"line\nbreak\",\"datePublished\":\"1\"}\n-->",
        "line break", "1"
      ),
    ])
  func broken(_ json: String, _ headline: String, _ date: String) {
    let page = linked(json)
    #expect(page.values(.jsonLd, "headline") == [headline])
    #expect(page.values(.jsonLd, "datepublished") == [date])
    #expect(!page.problems.isEmpty)
  }

  @Test("floods are cut off and reported")
  func floods() {
    let keys = (0..<50_000).map { "\"k\($0)\":\"v\"" }.joined(separator: ",")
    let page = linked("{\"@type\":\"Article\",\(keys)}")
    #expect(page.entries.count == PageMetadata.maximumEntries)
    #expect(page.problems.map(\.code) == [.tooMany])

    let things = linked(
      "[" + String(repeating: #"{"@type":"Article","headline":"same title here"},"#, count: 20_000),
      head: "<title>Same title here</title>")
    #expect(things.entries.count < 100)
    #expect(things.problems.map(\.code) == [.cut])

    let deep = linked(String(repeating: #"{"@type":"Article","author":"#, count: 100_000))
    #expect(deep.problems.map(\.code) == [.tooDeep])

    let references = linked(
      ##"[{"@id":"#p","name":"n","a":1,"b":2},{"@type":"Article","author":["##
        + String(repeating: ##"{"@id":"#p"},"##, count: 30_000) + "]}]")
    #expect(references.values(.jsonLd, "author.name").count <= 64)
    #expect(linked(String(repeating: "[", count: 1_000_000)).problems.map(\.code) == [.tooDeep])
  }
}
