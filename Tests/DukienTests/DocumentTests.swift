import CDukien
import Testing

@Suite("Documents are read once and extracted with any rules")
struct DocumentTests {
  /// Reads a page; the document belongs to the caller.
  private func parse(
    _ page: [UInt8], id: String = "", published: String = "",
    options edit: (inout dukien_run_options) -> Void = { _ in }
  ) -> (status: dukien_status, document: OpaquePointer?, error: ReportedError?) {
    var document: OpaquePointer?
    var error: OpaquePointer?
    let status = withInput(page, id: id, published: published) { input in
      var options = dukien_run_options()
      options.size = MemoryLayout<dukien_run_options>.size
      edit(&options)
      return dukien_parse(&input, &options, &document, &error)
    }
    return (status, document, ReportedError(error))
  }

  private func json(_ document: OpaquePointer?, with extractor: OpaquePointer?) throws -> String {
    var result: OpaquePointer?
    try #require(dukien_extract(extractor, document, nil, &result, nil) == DUKIEN_OK)
    defer { dukien_result_release(result) }
    var text = dukien_str()
    try #require(dukien_result_json(result, &text, nil) == DUKIEN_OK)
    return String(text)
  }

  @Test(
    "extracting a document gives what a run gives", arguments: SamplePages.all + SamplePages.html)
  func sameAsRun(name: String, bytes: [UInt8]) throws {
    let parsed = parse(bytes, id: name)
    defer { dukien_document_release(parsed.document) }
    #expect(parsed.status == DUKIEN_OK)
    let extractor = dukien_extractor_new(newsRules.handle, nil)
    defer { dukien_extractor_release(extractor) }
    let facts = try json(parsed.document, with: extractor)
    #expect(facts == TestExtractor().json(bytes, id: name))
    #expect(try json(parsed.document, with: extractor) == facts)
  }

  @Test("one document serves several rule sets, and outlives its input")
  func severalSets() throws {
    let page = try #require(SamplePages.html.first).bytes
    let parsed = parse(page, id: "page")
    let kept = dukien_document_retain(parsed.document)
    #expect(kept == parsed.document)
    dukien_document_release(parsed.document)
    defer { dukien_document_release(kept) }
    let reader = dukien_parser_new(nil)
    defer { dukien_extractor_release(reader) }
    let extractor = dukien_extractor_new(newsRules.handle, nil)
    defer { dukien_extractor_release(extractor) }
    let article = try json(kept, with: reader)
    let facts = try json(kept, with: extractor)
    #expect(article.contains("\"facts\":[]"))
    #expect(!facts.contains("\"facts\":[]"))
  }

  @Test("the day that the host knows stays with the document")
  func published() throws {
    let page = Array("Ngày 5/3, Hà Nội ký kết.\n".utf8)
    let parsed = parse(page, published: "2019-07-01")
    defer { dukien_document_release(parsed.document) }
    let extractor = dukien_extractor_new(newsRules.handle, nil)
    defer { dukien_extractor_release(extractor) }
    #expect(try json(parsed.document, with: extractor).contains("2019-03-05"))
  }

  @Test("a bound on the input cuts the document, and every result of it says so")
  func cut() throws {
    let parsed = parse(Array("Hà Nội ký kết. Huế ký kết.\n".utf8)) { $0.max_input = 16 }
    defer { dukien_document_release(parsed.document) }
    #expect(parsed.status == DUKIEN_PARTIAL)
    let extractor = dukien_extractor_new(newsRules.handle, nil)
    defer { dukien_extractor_release(extractor) }
    var result: OpaquePointer?
    #expect(dukien_extract(extractor, parsed.document, nil, &result, nil) == DUKIEN_PARTIAL)
    defer { dukien_result_release(result) }
    let hits = records(dukien_result_limits(result), as: dukien_limit_hit.self)
    #expect(hits.map { String($0.name) }.contains("max_input"))
  }

  @Test("NULL is nobody's document")
  func null() {
    var result: OpaquePointer?
    var error: OpaquePointer?
    let extractor = dukien_extractor_new(newsRules.handle, nil)
    defer { dukien_extractor_release(extractor) }
    #expect(dukien_extract(extractor, nil, nil, &result, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "the document is NULL")
    #expect(dukien_document_retain(nil) == nil)
    dukien_document_release(nil)
  }
}
