import Testing

@testable import DukienEngine

@Suite("Files of images")
struct ImageFileTests {
  private static let rules = """
    classes: {cap: {shape: capital}}
    zones:
    - {zone: caption, when: {inside: figcaption, not: {class: credit}}}
    - {zone: credit, when: {class: credit}}
    - {zone: body, content: yes, when: {words: 0..}}
    page_words: {credit: [credit]}
    article:
      images:
        file: {from: [FROM]}
        caption: {from: caption}
        credit: {from: credit}

    """

  private func read(_ body: String, head: String = "", from: String = "img.src") throws -> Reading {
    try TestRules(Self.rules.replacing("FROM", with: from))
      .read("<!doctype html><head>\(head)</head><body>\(body)<p>gom toz nim")
  }

  @Test(
    "the words of an image get the file of the same figure",
    arguments: [
      (
        "<figure><img src=a.jpg><figcaption>Zax</figcaption></figure>",
        ["0.file: a.jpg", "0.caption: Zax"]
      ),
      (
        "<img src=logo.gif><figure><figcaption>Zax</figcaption><img src=a.jpg></figure>",
        ["0.file: a.jpg", "0.caption: Zax"]
      ),
      (
        "<figure><img src=a.jpg><img src=b.jpg><p class=credit>Wug</p></figure><img src=c.jpg>",
        ["0.file: a.jpg", "0.credit: Wug"]
      ),
      (
        "<figure><img src=a.jpg></figure><figure><figcaption>Zax</figcaption></figure>"
          + "<figure><img src=b.jpg><figcaption>Fep</figcaption></figure>",
        ["0.caption: Zax", "1.file: b.jpg", "1.caption: Fep"]
      ),
      (
        "<figure><img src=a.jpg><figcaption>Zax</figcaption><img src=b.jpg>"
          + "<figcaption>Fep</figcaption></figure>",
        ["0.file: a.jpg", "0.caption: Zax", "1.file: b.jpg", "1.caption: Fep"]
      ),
    ])
  func figures(body: String, fields: [String]) throws {
    #expect(try read(body).fields == fields)
  }

  @Test(
    "outside figures it is the last file before the words end",
    arguments: [
      (
        "<img src=a.jpg><p>gom<img src=b.jpg><p class=credit>Wug",
        ["0.file: b.jpg", "0.credit: Wug"]
      ),
      ("<p>gom<img src=a.jpg>nim<p class=credit>Wug", ["0.credit: Wug"]),
      (
        "<img src=a.jpg><img src=b.jpg><p class=credit>Wug<p>gom<img src=c.jpg>",
        ["0.file: b.jpg", "0.credit: Wug"]
      ),
      (
        "<table><tr><td><img src=a.jpg><tr><td class=credit>Wug</table>",
        ["0.file: a.jpg", "0.credit: Wug"]
      ),
      ("<p>gom<p class=credit>Wug", ["0.credit: Wug"]),
      ("<p>gom<img src=a.jpg>", []),
    ])
  func elsewhere(body: String, fields: [String]) throws {
    #expect(try read(body).fields == fields)
  }

  @Test("an address is told as it is written, and in full")
  func address() throws {
    let figure = "<figure><img src='../m/a.jpg?w=1&amp;h=2'><figcaption>Zax</figcaption></figure>"
    let read = try read(figure, head: "<base href=https://zax.wug/n/>")
    let file = try #require(read.result.fields.first)
    #expect(read.string(file.text) == "../m/a.jpg?w=1&h=2")
    #expect(read.string(file.norm) == "https://zax.wug/m/a.jpg?w=1&h=2")
    #expect(read.string(file.from) == "img.src")
    #expect(
      String(decoding: read.input[file.at.range], as: UTF8.self) == "../m/a.jpg?w=1&amp;h=2")
  }

  @Test("of several sources the first that gives anything counts, and none is asked for by others")
  func sources() throws {
    let figure = "<figure><img src=a.jpg><figcaption>Zax</figcaption><p class=credit>Wug</figure>"
    #expect(
      try read(figure, from: "credit, img.src").fields
        == ["0.caption: Zax", "0.file: Wug", "0.credit: Wug"])
    #expect(
      try read(figure, from: "meta.a").fields == ["0.caption: Zax", "0.credit: Wug"])
  }
}
