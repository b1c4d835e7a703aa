import Testing

@testable import DukienEngine

@Suite("Zones of HTML pages")
struct HtmlZoneTests {
  private static let sentence = "Fep gom toz, fep gom toz, fep gom toz fep gom toz fep gom toz."

  /// A page; `~` stands for a paragraph.
  private static func page(_ body: String) -> String {
    "<!doctype html><body>" + body.replacingOccurrences(of: "~", with: "<p>\(sentence)</p>")
  }

  private func read(_ rules: String, _ body: String) throws -> Reading {
    try TestRules(rules).read(Self.page(body))
  }

  /// Blocks that hold `x` get the label.
  @Test(
    "a condition holds of blocks that hold an x, and of no others",
    arguments: [
      ("format: html", "<p>x<p>x"), ("format: text", "<p>a<p>b"),
      ("tag: h1", "<h1>x</h1><h2>a</h2><p>b"),
      ("tag: [h1, h2]", "<h1>x</h1><h2>x</h2><p>b"),
      ("tag: p", "<p><em>x</em></p><div>a</div>"),
      ("tag: em", "<p><em>x</em></p><p><em>a</em> b</p>"),
      ("class: zax", "<p class=zax>x</p><p>a</p>"),
      ("class: zax", "<p id=wugZax>x</p><p class='zaxen wug'>a</p>"),
      ("class: zax", "<div class=zax><div><p>x</div></div><div class=zax><p>a<p>b</div>~~~"),
      ("class: zax", "<p><span class=zax>x</span></p><p><span class=zax>a</span> b</p>"),
      ("class: [zax, wug]", "<p class=zax>x</p><p class=toz-wug>x</p><p class=toz>a</p>"),
      ("inside_class: zax", "<div class=zax><p>x<div><p>x</div></div><p>a~~"),
      ("inside_class: zax", "<div class=zax>~~<p>a</div>~"),
      ("inside: aside", "<aside><p>x</aside><p>a~~"),
      ("inside: [aside, li]", "<ul><li>x<li>x</ul><p>a~~"),
      ("inside: aside", "<aside>~~</aside>~"),
      ("itemprop: zaxWug", "<p itemprop='toz ZaxWug'>x</p><p itemprop=zax>a</p>"),
      ("heading: 2..3", "<h1>a</h1><h2>x</h2><h3>x</h3><h4>b</h4><p>c"),
      ("heading: 0", "<h1>a</h1><p>x"),
      ("links: 50..", "<p><a href=/>x xx</a> y</p><p><a href=/>a</a> bbbbbb</p><p>c"),
      ("links: 0", "<p>x</p><p><a href=/>a</a></p>"),
      ("bold: 90..", "<p><b>x</b></p><p><b>a</b> bbb</p>"),
      ("chars: ..3", "<p>xxx</p><p>aaaa</p><p>x é</p>"),
      ("commas: 2..", "<p>x, x, x</p><p>a, b</p>"),
      ("hidden: yes", "<p hidden>x</p><p style='display:none'>x</p><p>a</p>"),
      ("hidden: no", "<p hidden>a</p><p>x</p>"),
      ("{tag: p, class: zax}", "<p class=zax>x</p><div class=zax>a</div><p>b"),
      ("{tag: p, not: {class: zax}}", "<p>x</p><p class=zax>a</p>"),
      ("next: {tag: h2}", "<p>x<h2>a</h2><p>b"),
    ])
  func conditions(when: String, body: String) throws {
    let condition = when.hasPrefix("{") ? when : "{\(when)}"
    let read = try read(
      """
      page_words: {zax: [zax], wug: [wug]}
      zones:
      - {zone: x, when: \(condition)}
      - {zone: body, content: yes, when: {words: 0..}}
      """, body)
    #expect(!read.labels.isEmpty)
    for (label, block) in zip(read.labels, read.result.blocks) {
      #expect(
        (label == "x") == read.string(block.text).hasPrefix("x"), "\(read.string(block.text))")
    }
  }

  @Test(
    "conditions on elements hold of no block of a text",
    arguments: [
      "format: html", "tag: p", "class: zax", "inside: p", "inside_class: zax", "itemprop: a",
      "heading: 0..", "links: 0..", "bold: 0..", "chars: 0..", "commas: 0..", "hidden: no",
      "hidden: yes", "root: inside", "root: before", "root: after",
    ])
  func text(when: String) throws {
    let rules = try TestRules(
      """
      page_words: {zax: [zax]}
      root: {choose: {share: 0..}}
      zones:
      - {zone: x, when: {\(when)}}
      - {zone: y, when: {format: text}}
      """)
    #expect(rules.read("zax, wug\n\(Self.sentence)").labels == ["y", "y"])
  }

  // MARK: The root

  @Test(
    "the root is the first choice that some element meets",
    arguments: [
      ("{tag: article}", "<p>a<article>~</article><p>b", "bia"),
      ("{tag: main}", "<p>a<article>~</article><p>b", "---"),
      ("[{tag: main}, {tag: article}]", "<p>a<article>~</article><p>b", "bia"),
      ("{class: zax}", "<div>~</div><div class=zax-toz>~</div>", "bi"),
      ("{itemprop: zax}", "<div itemprop=zax>~</div>~", "ia"),
      ("{share: 60.., pick: innermost}", "<div>~<div>~~~</div></div>", "biii"),
      ("{tag: div, share: 60..}", "<div>~</div><div>~~</div>", "bii"),
      ("{tag: div, share: 70..}", "<div>~</div><div>~~</div>", "---"),
      ("{tag: div, words: 30..}", "<div>~</div><div>~~~</div><div>~</div>", "biiia"),
      ("{tag: div}", "<div>~<div>~~~</div></div>", "iiii"),
      ("{tag: div}", "<div><p>a<div>~~~</div></div>", "biii"),
      ("{tag: div, pick: innermost}", "<div>~<div>~~~</div></div>", "biii"),
      ("{tag: div, pick: first}", "<div>~</div><div>~~</div>", "iaa"),
      ("{tag: div, not: {class: zax}}", "<div class=zax>~~</div><div>~</div>", "bbi"),
      ("{tag: div}", "<nav>~~~</nav><div>~</div>", "bbbi"),
      ("{tag: div}", "<div class=wug>~~</div><div>~~~</div>", "bbiii"),
      ("{tag: section}", "<section>~</section>", "i"),
    ])
  func root(choose: String, body: String, places: String) throws {
    let read = try read(
      """
      page_words: {zax: [zax], wug: [wug]}
      root: {ignores: {tag: [nav], class: [wug]}, choose: \(choose)}
      zones:
      - {zone: i, when: {root: inside}}
      - {zone: b, when: {root: before}}
      - {zone: a, when: {root: after}}
      - {zone: "-", when: {words: 0..}}
      """, body)
    #expect(read.labels.joined() == places)
  }

  @Test("what stands inside what the root ignores is no paragraph by which others are placed")
  func running() throws {
    let read = try read(
      """
      root: {ignores: {tag: aside}, choose: {tag: article}}
      zones:
      - {zone: text, content: yes, when: {prose: yes}}
      - {zone: top, when: {position: before first paragraph}}
      - {zone: heading, when: {next_prose: 1}}
      - {zone: end, when: {position: after last paragraph}}
      - {zone: rest, when: {words: 0..}}
      """,
      "<p>a</p>~<article><p>b</p>~<p>c</p><aside><p>d</p>~</aside>~<p>e</p></article>~<p>f</p>")
    #expect(
      read.labels == [
        "top", "text", "top", "text", "heading", "heading", "text", "text", "end", "text", "end",
      ])
  }

  @Test("the tags around a block are told, and what it is in the text")
  func path() throws {
    let read = try read(
      """
      zones:
      - {zone: head, body: heading, when: {heading: 1..6}}
      - {zone: body, body: yes, when: {inside: [div, ul, blockquote, table]}}
      - {zone: rest, when: {words: 0..}}
      """,
      "<div><h2>a</h2><x-y><p>b <b>c</b></p></x-y></div><ul><li>d</ul><blockquote>e</blockquote>"
        + "<table><tr><td>f<td>g</table>~~~~")
    let blocks = read.result.blocks
    #expect(
      blocks.prefix(5).map { read.string($0.path) } == [
        "body div h2", "body div p", "body ul li", "body blockquote",
        "body table tr",
      ])
    #expect(blocks.map { $0.heading }.prefix(2) == [2, 0])
    #expect(
      blocks.prefix(6).map { $0.looks } == [
        [.body, .heading], .body, [.body, .item], [.body, .quote], [.body, .row], [],
      ])
  }

  @Test("an article that only a script holds is read behind what the page shows")
  func embedded() throws {
    let text = [String](repeating: Self.sentence, count: 4).joined(separator: " ")
    let script = "{\"props\": {\"articleBody\": \"<p>\(text)</p><p>\(Self.sentence)</p>\"}}"
    let read = try read(
      """
      zones:
      - {zone: text, content: yes, body: yes, when: {root: inside}}
      - {zone: rest, when: {root: before}}
      """,
      "<script type=application/json>\(script)</script><p>Zax wug.")
    #expect(read.labels == ["rest", "text", "text"])
    #expect(read.string(read.result.blocks[2].text) == Self.sentence)
  }
}
