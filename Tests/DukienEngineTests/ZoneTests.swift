import Testing

@testable import DukienEngine

@Suite("Zones and article fields")
struct ZoneTests {
  private static let words = """
    classes: {digits: {shape: number}, caps: {shape: capital}}
    values:
      Date: {kind: date, phrase: "<day:digits> / <month:digits> / <year:digits>"}

    """
  private static let prose =
    "Fep gom toz fep gom toz fep gom toz fep gom toz fep gom toz."

  /// Lines of the page; those that begin with `>` get the label. `~` stands for a paragraph.
  @Test(
    "a zone's conditions hold together",
    arguments: [
      ("starts_with: zax", [">zax a", "a zax", ">Zax", "zaxen"]),
      ("starts_with: zax <Date>", [">zax 4/7/2023 a", "zax a"]),
      ("ends_with: zax", ["zax a", ">a zax", ">zax"]),
      ("ends_with: 'zax .'", [">a b zax.", "a zax"]),
      ("contains: zax wug", [">a zax wug b", "zax a wug", ">zax wug"]),
      ("every: zax", [">a zax b zax", "a"]),
      ("only: zax ..3", [">zax a b c", "zax a b c d", ">zax", "a zax"]),
      ("only: ..9", [">a b c", "a b c d e f g h i j"]),
      ("words: 3", ["a b", ">a b c", "a b c d"]),
      ("words: ..2", [">a b", ">a", "a b c"]),
      ("words: 3..4", ["a b", ">a b c", ">a b c d", "a b c d e"]),
      ("prose: yes", ["zax wug", ">~", "zax."]),
      ("prose: no", [">zax wug", "~", ">zax."]),
      ("position: first", [">a", "b", "c"]),
      ("position: last", ["a", "b", ">c"]),
      ("position: before first paragraph", [">a", ">b", "~", "c", "~", "d"]),
      ("position: after first paragraph", ["a", "~", ">b", ">~", ">c"]),
      ("position: after last paragraph", ["a", "~", "b", "~", ">c", ">d"]),
      ("{starts_with: zax, words: ..2}", [">zax a", "zax a b", "a b"]),
      ("next_prose: 2", ["a", ">b", ">c", "~", "d"]),
      ("next: {starts_with: zax}", [">a", "zax", ">b", "Zax c"]),
      ("previous: {starts_with: zax}", ["a", "zax", ">b", "c"]),
      ("not: {starts_with: zax}", [">a", "zax", ">b zax"]),
      ("not: {starts_with: zax, words: 1}", [">a", "zax", ">zax b"]),
      ("list_mark: yes", ["a", ">- b", ">• c", "d - e"]),
      ("opens_with_pipe: yes", [">| a |", "a |", ">| b"]),
      ("closes_with_pipe: yes", [">| a |", ">a |", "| b"]),
      ("contains_url: yes", ["a", ">see https://a.b/c d", "www"]),
      ("ends_sentence: yes", [">A.", "a", ">b?", ">c…"]),
      ("image_residue: yes", ["a", ">photo.jpg", ">![](b.png)"]),
      ("blank_before: yes", ["a", "", ">b", "c", "", "", ">d"]),
      ("blank_after: no", [">a", "b", "", ">c"]),
      ("indented: yes", ["a", ">  b", "c"]),
      ("next: list_mark", [">a", ">- b", "- c"]),
      ("same_as: next", [">Zax wug", "“zax”: Wug.", "zax", ">fep", "- fep"]),
      ("same_as: next", ["...", "...", "zax wug", "zax", ">zax gom toz", "zax gom toz"]),
      ("same_as: previous", ["zax wug", ">Zax, wug.", ">zax wug", "wug zax", "wug zax gom"]),
      ("next: {same_as: next}", [">a", "zax", "zax", "b"]),
    ])
  func conditions(when: String, page: [String]) throws {
    let condition = when.hasPrefix("{") ? when : "{\(when)}"
    let rules = try TestRules(
      Self.words + """
        zones:
        - {zone: x, when: \(condition)}
        - {zone: body, content: yes, when: {words: 0..}}
        """)
    try expectLabels(
      rules, page.filter { !$0.isEmpty }.map { $0.hasPrefix(">") ? "x" : "body" }, page)
  }

  private func expectLabels(_ rules: TestRules, _ labels: [String], _ page: [String]) throws {
    let lines = page.map { line in
      let own = line.hasPrefix(">") ? String(line.dropFirst()) : line
      return own == "~" ? Self.prose : own
    }
    #expect(rules.read(lines.joined(separator: "\n")).labels == labels)
  }

  @Test(
    "a label may depend on those above",
    arguments: [
      ("after: x", ["a", "zax", "b", "c"], ["body", "x", "y", "body"]),
      ("after: [x, y]", ["a", "zax", "b", "c"], ["body", "x", "y", "y"]),
      ("seen: x", ["a", "zax", "b", "c"], ["body", "x", "y", "y"]),
      ("not_seen: x", ["a", "zax", "b", "c"], ["y", "x", "body", "body"]),
      ("not_seen: [x, body]", ["a", "b", "zax", "c"], ["y", "y", "x", "body"]),
      (
        "repeats: x", ["zax a b", "c", "Zax a b", "zax a b 2", "zax a"],
        ["x", "body", "y", "y", "body"]
      ),
    ])
  func labelsAbove(when: String, page: [String], labels: [String]) throws {
    let rules = try TestRules(
      """
      zones:
      - {zone: x, when: {starts_with: zax, not: {seen: x}}}
      - {zone: y, when: {\(when)}}
      - {zone: body, content: yes, when: {words: 0..}}
      """)
    try expectLabels(rules, labels, page)
  }

  @Test("of several conditions one suffices, and the first zone that holds is taken")
  func alternatives() throws {
    let rules = try TestRules(
      """
      zones:
      - {zone: x, when: [{starts_with: zax}, {words: 1}]}
      - {zone: y, when: {starts_with: zax wug}}
      - {zone: z, when: {starts_with: wug}}
      """)
    try expectLabels(rules, ["x", "x", "z", ""], ["zax wug", "a", "wug b", "b c"])
  }

  @Test("a zone that holds on goes on until one that interrupts")
  func holdsOn() throws {
    let rules = try TestRules(
      """
      zones:
      - {zone: end, interrupts: yes, when: {starts_with: end}}
      - {zone: more, holds_on: yes, when: {starts_with: more}}
      - {zone: zax, when: {starts_with: zax}}
      - {zone: body, content: yes, when: {words: 0..}}
      """)
    try expectLabels(
      rules, ["body", "zax", "more", "more", "more", "end", "body", "zax"],
      ["a", "zax", "more", "zax", "b", "end", "c", "zax"])
  }

  @Test("values, entities and facts come from content alone")
  func content() throws {
    let rules = try TestRules(
      """
      values: {V: {lists_as: v, phrase: zax}}
      entities: {E: {phrase: wug}}
      facts: {f: {roles: {e: E}, keep: all}}
      rules: [{rule: f, emits: f, phrase: "zax <e:E>"}]
      zones:
      - {zone: note, when: {starts_with: note}}
      - {zone: body, content: yes, when: {starts_with: body}}
      - {zone: lead, content: yes, when: {starts_with: lead}}
      """)
    let read = rules.read("note zax wug\nbody zax wug\nother zax wug\nlead zax wug")
    #expect(read.marked == "note zax wug\nbody «zax» wug\nother zax wug\nlead «zax» wug")
    #expect(read.facts == ["f(e: wug)", "f(e: wug)"])
    #expect(read.labels == ["note", "body", "", "lead"])
  }

  @Test("what zone patterns keep becomes article fields, from the first source that gives any")
  func fields() throws {
    let rules = try TestRules(
      """
      classes: {digits: {shape: number}, caps: {shape: capital}, address: {shape: url}}
      values:
        Date: {kind: date, phrase: "<day:digits> / <month:digits> / <year:digits>"}
      zones:
      - {zone: title, when: {position: first}}
      - {zone: byline, when: {starts_with: "by <author:caps> , <date:Date>"}}
      - {zone: tags, when: {starts_with: "tags :", every: "<tag:caps>"}}
      - {zone: link, when: {ends_with: "<address:address>"}}
      - {zone: place, when: {starts_with: "from <place:caps>"}}
      - {zone: body, content: yes, when: {words: 0..}}
      article:
        title: {from: [headline, title]}
        author: {from: [place.author, byline.author]}
        published_at: {from: byline.date, kind: date}
        tags: {from: tags.tag, kind: list}
        opinion: {from: place, kind: flag}
        url: {from: link.address, kind: url}
        dateline: {from: place.rest}
        nothing: {from: nowhere}
      """)
    let read = rules.read(
      """
      Zax wug
      by Toz, 4/7/2023
      from Fep gom toz
      tags: Aa bb Cc
      see https://zax.wug/a-b/1.html?from=c#d
      """)
    #expect(
      read.fields == [
        "title: Zax wug", "author: Toz", "published_at: 2023-07-04", "tags: Aa", "tags: Cc",
        "opinion: true", "url: https://zax.wug/a-b/1.html", "dateline: gom toz",
      ])
    #expect(read.spanFaults == [])
  }

  @Test("the sentence before a match is kept where the match keeps none itself")
  func before() throws {
    let rules = try TestRules(
      """
      zones:
      - zone: body
        content: yes
        when:
          every:
          - "<before = shown ..5> '.'"
          - "by <credit:..1> '.'"
      article:
        shown: {from: body.before, kind: list}
        credit: {from: body.credit, kind: list}
      """)
    let read = rules.read("Zax fep. Shown toz wug. Wug gom. By Toma. Aa bb.")
    #expect(read.fields == ["shown: Shown toz wug", "shown: Wug gom.", "credit: Toma"])
  }

  @Test("where nothing is left of a line, its rest is nothing, and not the line")
  func emptyRest() throws {
    let rules = try TestRules(
      """
      classes: {caps: {shape: capital}}
      zones:
      - {zone: image, when: {starts_with: "pic <file:++1>"}}
      - {zone: caption, when: {ends_with: "by <credit:caps>"}}
      - {zone: caption, when: {starts_with: "cap"}}
      - {zone: head, when: {starts_with: ["head :", heading]}}
      - {zone: body, content: yes, when: {words: 0..}}
      article:
        title: {from: [head.rest, head, body]}
        images:
          file: {from: [image.file]}
          caption: {from: [caption.rest, caption]}
          credit: {from: caption.credit}
      """)
    let read = rules.read("heading\npic one\nby Zax\npic two\na b by Toz\npic three\nby\ntext")
    #expect(
      read.fields == [
        "title: by", "0.file: one", "0.credit: Zax", "1.file: two", "1.caption: a b",
        "1.credit: Toz", "2.file: three",
      ])
    #expect(rules.read("head: a b").fields == ["title: a b"])
  }

  @Test("files and captions that follow one another are one image")
  func images() throws {
    let rules = try TestRules(
      """
      classes: {caps: {shape: capital}}
      zones:
      - {zone: image, when: {starts_with: "pic <file:++1>"}}
      - {zone: caption, when: {starts_with: "cap", contains: "by <credit:caps>"}}
      - {zone: caption, when: {starts_with: "cap"}}
      - {zone: body, content: yes, when: {words: 0..}}
      article:
        images:
          file: {from: image.file}
          caption: {from: [caption.rest, caption]}
          credit: {from: caption.credit}
      """)
    let read = rules.read(
      "pic one\ncap a b by Zax\npic two\npic three\ntext\ncap c\ntext\npic four")
    #expect(
      read.fields == [
        "0.file: one", "0.caption: a b by Zax", "0.credit: Zax", "1.file: two", "2.file: three",
        "3.caption: c", "4.file: four",
      ])
  }

  @Test("a page's head, its address and its named elements give fields")
  func toldFields() throws {
    let rules = try TestRules(
      """
      page_words: {kicker_word: [kicker], name_word: [author]}
      classes: {any: {shape: word}}
      zones:
      - {zone: title, when: {heading: 1..2, stands_in: [html.title]}}
      - {zone: body, content: yes, when: {words: 0..}}
      article:
        title: {from: title, cut_off: [class.kicker_word]}
        authors: {from: class.name_word, kind: list, split: and, drop: "zax ..3"}
        published_at: {from: link.canonical, kind: date}
      """)
    let read = rules.read(
      """
      <html><head><title>Zax: gom toz wug | Fep</title>
      <link rel=canonical href="https://zax.wug/2021/05/04/gom"></head><body>
      <h1>Fep lim</h1><h2><span class=kicker>Zax</span> Gom toz wug</h2><h2>Toz</h2>
      <p>2 hours ago <i class=author>Zax</i> <b class="the-author">Ann Lim and Bo Fep and Ann Lim</b></p>
      <p>\(Self.prose)</p></body></html>
      """)
    #expect(
      read.fields == [
        "title: Gom toz wug", "authors: Ann Lim", "authors: Bo Fep", "published_at: 2021-05-04",
      ])
  }
}
