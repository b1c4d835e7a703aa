import CDukien
import Foundation
import Testing

@Suite("Parsing pages to articles")
struct ParseTests {
  private static let sentence = "Fep gom toz, fep gom toz, fep gom toz fep gom toz fep gom toz."

  private static let page = """
    <!doctype html><html lang=xz><head><title>Zax wug fep gom - Nim</title>
    <link rel=canonical href="/zax?a=1"></head>
    <body><ul><li><a href=/>Fep</a><li><a href=/>Gom</a></ul>
    <article><h1>Zax wug fep gom</h1><p>\(sentence)</p><h2>Zax toz</h2>
    <ul><li>\(sentence)<li>\(sentence)</ul><p>\(sentence)</p></article></body></html>
    """

  private static let rules = """
    root: {choose: {tag: article}}
    zones:
    - {zone: title, content: yes, when: {heading: 1}}
    - {zone: subheading, content: yes, body: heading, when: {heading: 2.., root: inside}}
    - {zone: paragraph, content: yes, body: yes, when: {root: inside}}
    - {zone: footer, when: {words: 0..}}
    article:
      title: {from: title}
      published_at: {from: meta.date, kind: date}
      authors: {from: meta.author, kind: list}
      language: {from: html.lang}
      canonical_url: {from: link.canonical, kind: url}

    """

  /// A parsed page, released with the object.
  private final class Parsed {
    let handle: OpaquePointer?

    init(_ handle: OpaquePointer?) { self.handle = handle }
    deinit { dukien_result_release(handle) }

    func printed(_ form: String) throws -> String {
      var bytes: UnsafeMutableRawPointer?
      var count = 0
      let status = form.asArgument { dukien_result_print(handle, $0, &bytes, &count, nil) }
      defer { dukien_bytes_release(bytes) }
      try #require(status == DUKIEN_OK)
      return String(decoding: UnsafeRawBufferPointer(start: bytes, count: count), as: UTF8.self)
    }
  }

  /// Parses a page with an extractor, which is released.
  private func parse(
    _ page: String, with extractor: OpaquePointer?, url: String = "",
    edit: (inout dukien_input) -> Void = { _ in }
  ) throws -> Parsed {
    defer { dukien_extractor_release(extractor) }
    var page = page
    var result: OpaquePointer?
    let status = page.withUTF8 { bytes in
      url.asArgument { url in
        var input = dukien_input()
        input.size = MemoryLayout<dukien_input>.size
        input.bytes = UnsafeRawPointer(bytes.baseAddress)
        input.len = bytes.count
        input.url = url
        edit(&input)
        var options = dukien_run_options()
        options.size = MemoryLayout<dukien_run_options>.size
        options.until = DUKIEN_UNTIL_ARTICLE
        return dukien_run(extractor, &input, &options, &result, nil)
      }
    }
    try #require(status == DUKIEN_OK)
    return Parsed(result)
  }

  private func parse(_ page: String, rules: String = rules, url: String = "") throws -> Parsed {
    let loaded = load(yaml: rules.utf8)
    #expect(loaded.findings.map { $0.rendered } == [])
    defer { dukien_rules_release(loaded.rules) }
    return try parse(page, with: dukien_extractor_new(loaded.rules, nil), url: url)
  }

  @Test("the text is the blocks of the body; items follow one another line by line")
  func text() throws {
    let s = Self.sentence
    let page = try parse(Self.page)
    #expect(try page.printed("text") == "\(s)\n\nZax toz\n\n\(s)\n\(s)\n\n\(s)\n")
  }

  @Test("Markdown has the title, headings and items")
  func markdown() throws {
    let s = Self.sentence
    let page = try parse(Self.page)
    #expect(
      try page.printed("markdown")
        == "# Zax wug fep gom\n\n\(s)\n\n## Zax toz\n\n- \(s)\n- \(s)\n\n\(s)\n")
  }

  @Test(
    "Markdown keeps what would be read as a mark, quotations and tables",
    arguments: [
      ("<p># a", "\\# a\n"), ("<blockquote>a</blockquote>", "> a\n"), ("<h3>a</h3>", "### a\n"),
      ("<table><tr><td>a<td>b<tr><td>c<td>d</table>", "| a | b |\n| --- | --- |\n| c | d |\n"),
    ])
  func marks(body: String, text: String) throws {
    let rules = "zones: [{zone: body, body: yes, content: yes, when: {words: 0..}}]\n"
    let page = try parse("<!doctype html><body>\(body)", rules: rules)
    #expect(try page.printed("markdown") == text)
  }

  @Test("a row of JSON has what articles have, and leaves out what this one has not")
  func row() throws {
    let page = Self.page.replacingOccurrences(
      of: "<title>",
      with: "<meta name=date content=2024-05-01T08:30Z><meta name=author content=Nim><title>")
    let result = try parse(page, url: "https://zax.wug/a/")
    let row = try #require(
      try JSONSerialization.jsonObject(with: Data(try result.printed("row").utf8))
        as? [String: Any])
    #expect(
      row.keys.sorted() == [
        "authors", "canonical", "file", "language", "published", "text", "title",
      ])
    #expect(row["title"] as? String == "Zax wug fep gom")
    #expect(row["authors"] as? [String] == ["Nim"])
    #expect(row["published"] as? String == "2024-05-01T08:30+00:00")
    #expect(row["language"] as? String == "xz")
    #expect(row["canonical"] as? String == "https://zax.wug/zax?a=1")
    #expect((row["text"] as? String)?.hasPrefix(Self.sentence) == true)
  }

  @Test("images of a row have captions and credits")
  func images() throws {
    let rules = """
      zones:
      - {zone: caption, when: {starts_with: zax}}
      - {zone: credit, when: {starts_with: wug}}
      article: {images: {caption: {from: caption}, credit: {from: credit}}}
      """
    let row = try parse("zax a\nwug b\nfep\nzax \"c\"", rules: rules).printed("row")
    #expect(
      row.contains(
        "\"images\":[{\"caption\":\"zax a\",\"credit\":\"wug b\"},{\"caption\":\"zax \\\"c\\\"\"}]")
    )
  }

  @Test("a form that nobody knows is refused")
  func unknownForm() throws {
    let page = try parse(Self.page)
    var bytes: UnsafeMutableRawPointer?
    var count = 0
    var error: OpaquePointer?
    let status = "html".asArgument {
      dukien_result_print(page.handle, $0, &bytes, &count, &error)
    }
    #expect(status == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.code == "result.form")
    #expect(bytes == nil)
  }

  @Test("blocks tell the tags around them and what they are to the article")
  func blocks() throws {
    let page = try parse(Self.page)
    let blocks = records(dukien_result_blocks(page.handle), as: dukien_block.self)
    #expect(
      blocks.map { String($0.path) } == [
        "html body ul li", "html body ul li", "html body article h1", "html body article p",
        "html body article h2", "html body article ul li", "html body article ul li",
        "html body article p",
      ])
    let content = DUKIEN_BLOCK_CONTENT
    let body = content | DUKIEN_BLOCK_BODY
    let item = DUKIEN_BLOCK_ITEM
    #expect(
      blocks.map { $0.flags } == [
        item, item, content, body, body | DUKIEN_BLOCK_HEADING, body | item, body | item, body,
      ])
    #expect(blocks.map { $0.heading } == [0, 0, 1, 0, 2, 0, 0, 0])
  }

  @Test("where no zone says what the body is, all content is")
  func noBody() throws {
    let rules = "zones: [{zone: a, content: yes, when: {words: 2..}}, {zone: b, when: {words: 1}}]"
    let two = try parse("zax wug\nfep\ngom toz", rules: rules)
    #expect(try two.printed("text") == "zax wug\n\ngom toz\n")
    let none = try parse("fep", rules: rules)
    #expect(try none.printed("text") == "")
  }

  @Test("a parser needs no rules of one's own")
  func parser() throws {
    var error: OpaquePointer?
    let parser = dukien_parser_new(&error)
    #expect(ReportedError(error) == nil)
    let page = try parse(Self.page, with: parser)
    let fields = records(dukien_result_fields(page.handle), as: dukien_field.self)
    #expect(
      fields.first { String($0.field) == "title" }.map { String($0.text) } == "Zax wug fep gom")
    #expect(try page.printed("text").contains(Self.sentence))
  }

  @Test("an input of the header before encoding and url is read as it was")
  func olderInput() throws {
    let page = try parse("zax wug\n", with: dukien_parser_new(nil)) {
      $0.size = MemoryLayout<dukien_input>.offset(of: \.encoding) ?? 0
      // Beyond the size, so not read.
      $0.encoding = dukien_str(ptr: nil, len: 5)
    }
    #expect(dukien_result_blocks(page.handle).count == 1)
  }
}
