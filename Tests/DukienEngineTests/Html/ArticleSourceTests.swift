import Testing

@testable import DukienEngine

@Suite("Article fields from what a page tells")
struct ArticleSourceTests {
  private static let zones = """
    classes: {cap: {shape: capital}, digits: {shape: number}}
    lexicons: {by: [by, von], and: [and, "&"], post: [editor, chief editor]}
    values:
      Date: {kind: date, lists_as: date, phrase: "<day:digits> - <month:digits> - <year:digits>"}
    timezone: "+07:00"
    zones:
    - {zone: title, when: {tag: h1}}
    - {zone: caption, when: {inside: figcaption, not: {class: credit}}}
    - {zone: credit, when: {class: credit}}
    - {zone: byline, when: {starts_with: "by <author = <cap>{1,3}>"}}
    - {zone: body, content: yes, when: {words: 0..}}
    page_words: {credit: [credit]}

    """

  /// The fields of a page with a head and a body.
  private func fields(
    _ article: String, head: String = "", body: String = "<p>wug"
  ) throws -> [String] {
    let page = "<!doctype html><html lang=xz><head>\(head)</head><body>\(body)"
    return try TestRules(Self.zones + "article:\n" + article).read(page).fields
  }

  @Test("the first source that gives anything counts, wherever it stands")
  func order() throws {
    let head =
      "<title>Zax | Wug</title><meta property='og:title' content='Zax &amp; fep'>"
      + "<link rel=canonical href=https://zax.wug/a?b=1>"
      + "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"headline\":\"Gom\","
      + "\"author\":{\"@type\":\"Person\",\"name\":\"Toz\"}}</script>"
    let body = "<h1>Nim</h1><p><time datetime=2024-05-01>x</time>"
    func title(_ from: String) throws -> [String] {
      try fields("  title: {from: [\(from)]}\n", head: head, body: body)
    }
    #expect(try title("json_ld.headline, title") == ["title: Gom"])
    #expect(try title("title, json_ld.headline") == ["title: Nim"])
    #expect(try title("meta.nothing, 'meta.og:title'") == ["title: Zax & fep"])
    #expect(try title("html.title") == ["title: Zax | Wug"])
    #expect(try title("html.lang") == ["title: xz"])
    #expect(try title("json_ld.author.name") == ["title: Toz"])
    #expect(try title("link.canonical") == ["title: https://zax.wug/a?b=1"])
    #expect(try title("time.datetime") == ["title: 2024-05-01"])
    #expect(try title("META.none, json_ld.HeadLine") == ["title: Gom"])
    #expect(try title("nowhere, meta.nothing") == [])
  }

  @Test("what is told in other letters than the input's is told with its whole place")
  func places() throws {
    let page =
      "<!doctype html><meta name=a content='zax &amp; wug'><meta name=b content='gom, toz'>"
    let rules = try TestRules(
      Self.zones + "article: {a: {from: meta.a}, b: {from: meta.b, kind: list, split: ','}}")
    let read = rules.read(page)
    #expect(read.fields == ["a: zax & wug", "b: gom", "b: toz"])
    let input = Array(page.utf8)
    #expect(
      read.result.fields.map {
        String(decoding: input[Int($0.at.begin)..<Int($0.at.end)], as: UTF8.self)
      } == ["zax &amp; wug", "gom", "toz"])
    #expect(read.result.fields.map { read.string($0.from) } == ["meta.a", "meta.b", "meta.b"])
  }

  @Test(
    "dates keep their clock and zone; the set's zone stands for none",
    arguments: [
      ("2024-05-01", "2024-05-01"), ("2024-05-01T08:30:59Z", "2024-05-01T08:30+00:00"),
      ("2024-05-01T08:30:00-05:30", "2024-05-01T08:30-05:30"),
      ("2024-05-01 08:30", "2024-05-01T08:30+07:00"),
      ("Wed, 01 May 2024 08:30:00 GMT", "2024-05-01T08:30+00:00"), ("1-5-2024", "2024-05-01"),
    ])
  func dates(text: String, norm: String) throws {
    #expect(
      try fields(
        "  published_at: {from: [meta.a, meta.b], kind: date}\n",
        head: "<meta name=a content='\(text)'><meta name=b content=2000-01-01>")
        == ["published_at: \(norm)"])
  }

  @Test("a date that is none leads to the next source, and the page's date completes others")
  func noDate() throws {
    let page =
      "<!doctype html><meta name=a content='gom'><meta name=b content=2024-05-01T08:00>"
      + "<meta name=c content='wug 3-4-2023'><p>wug"
    func read(_ from: String) throws -> [String] {
      try TestRules(Self.zones + "article: {published_at: {from: \(from), kind: date}}")
        .read(page).fields
    }
    #expect(try read("[meta.a, meta.b]") == ["published_at: 2024-05-01T08:00+07:00"])
    #expect(try read("[meta.a, meta.c]") == ["published_at: 2023-04-03"])
    #expect(try read("[meta.a]") == [])
  }

  @Test("what the page tells gives neither values nor facts nor blocks")
  func noValues() throws {
    let page = "<!doctype html><meta name=a content='1-5-2024'><p>wug 2-6-2023"
    let read = try TestRules(Self.zones + "article: {a: {from: meta.a}}").read(page)
    #expect(read.norms == ["2023-06-02"])
    #expect(read.labels == ["body"])
  }

  // MARK: Cleaning

  @Test(
    "names lose what stands around them and are parted",
    arguments: [
      ("by Zax Wug", ["Zax Wug"]), ("By: Zax Wug", ["Zax Wug"]),
      ("Zax Wug, editor", ["Zax Wug"]), ("Zax and Wug", ["Zax", "Wug"]),
      ("by Zax, Wug & Toz, chief editor", ["Zax", "Wug", "Toz"]), ("Zax", ["Zax"]),
      ("editor", []), ("By Von Zax", ["Zax"]), ("Anders and Sandler", ["Anders", "Sandler"]),
    ])
  func names(text: String, names: [String]) throws {
    let article = """
        authors:
          from: meta.author
          kind: list
          split: <and> | ,
          strip: {before: "<by> :?", after: ",? <post>"}
          drop: <post>

      """
    let found = try fields(article, head: "<meta name=author content='\(text)'>")
    #expect(found == names.map { "authors: \($0)" })
  }

  @Test("cleaning holds for what the page shows, too")
  func shown() throws {
    let article = "  authors: {from: byline.author, kind: list, strip: {after: Toz}}\n"
    #expect(try fields(article, body: "<p>by Zax Wug Toz") == ["authors: Zax Wug"])
  }

  @Test("organisations are no people where only those are wanted")
  func people() throws {
    let head =
      "<script type=application/ld+json>{\"@type\":\"NewsArticle\",\"author\":"
      + "[{\"@type\":\"Organization\",\"name\":\"Wug\"},{\"@type\":\"Person\",\"name\":\"Toz\"}]}"
      + "</script>"
    let from = "from: json_ld.author.name, kind: list"
    #expect(try fields("  a: {\(from)}\n", head: head) == ["a: Wug", "a: Toz"])
    #expect(try fields("  a: {\(from), people: yes}\n", head: head) == ["a: Toz"])
  }

  @Test(
    "a title loses the name of the site at either end, where a sign parts them",
    arguments: [
      ("Zax fep | Wug News", "Zax fep"), ("Wug News: Zax fep", "Zax fep"),
      ("Zax fep – wug news", "Zax fep"), ("Zax in Wug News", "Zax in Wug News"),
      ("Wug News", "Wug News"), ("Zax fep | Wug", "Zax fep | Wug"),
      ("Zax? | Wug News", "Zax?"), ("Wug News | Wug News", "Wug News"),
    ])
  func site(text: String, title: String) throws {
    let found = try fields(
      "  title: {from: html.title, cut_off: 'meta.og:site_name'}\n",
      head: "<title>\(text)</title><meta property=og:site_name content='Wug News'>")
    #expect(found == ["title: \(title)"])
  }

  @Test(
    "a title is cut to the one that the page shows",
    arguments: [
      ("Zax fep - Wug", "Zax fep"), ("Wug » Zax fep", "Zax fep"), ("Zax fep gom", "Zax fep gom"),
      ("Zax fep", "Zax fep"), ("ZAX FEP | Wug", "ZAX FEP"),
    ])
  func cutTo(text: String, title: String) throws {
    let found = try fields(
      "  title: {from: html.title, cut_to: title}\n", head: "<title>\(text)</title>",
      body: "<h1>Zax fep</h1><p>wug")
    #expect(found == ["title: \(title)"])
  }

  // MARK: Addresses and images

  @Test("addresses are told in full")
  func addresses() throws {
    let article = "  canonical_url: {from: [link.canonical, input.url], kind: url}\n"
    let rules = try TestRules(Self.zones + "article:\n" + article)
    func read(_ head: String, url: String) -> [String] {
      var options = RunOptions()
      options.url = url
      let page = Array("<!doctype html>\(head)<p>wug".utf8)
      let result = page.withUnsafeBytes { Engine(program: rules.program).run($0, options) }
      return Reading(result, page).fields
    }
    let link = "<link rel=canonical href='/a?b=1'>"
    #expect(
      read(link, url: "https://zax.wug/c/d") == ["canonical_url: https://zax.wug/a?b=1"])
    #expect(
      read("<meta property=og:url content='https://fep.wug/'>" + link, url: "")
        == ["canonical_url: https://fep.wug/a?b=1"])
    #expect(read("", url: "https://zax.wug/c") == ["canonical_url: https://zax.wug/c"])
    #expect(read("", url: "") == [])
  }

  @Test("caption and credit of a figure belong to one image, those of another to another")
  func figures() throws {
    let article = "  images: {caption: {from: caption}, credit: {from: credit}}\n"
    func figure(_ text: String) -> String {
      "<figure><figcaption>\(text)</figcaption></figure>"
    }
    let found = try fields(
      article,
      body: figure("Zax <div class=credit>Wug</div>") + figure("Fep") + "<p>gom</p>"
        + figure("<p class=credit>Toz</p><p>Nim</p>"))
    #expect(
      found == [
        "0.caption: Zax", "0.credit: Wug", "1.caption: Fep", "2.credit: Toz", "2.caption: Nim",
      ])
  }

  @Test("a field that an outer set declares stands for that of the set it uses")
  func outer() throws {
    let rules = try TestRules(
      Self.zones + "article: {title: {from: meta.a}}\nuses: [page]")
    #expect(
      rules.read("<!doctype html><meta name=a content=Zax><h1>Wug</h1>").fields.first
        == "title: Zax")
  }
}
