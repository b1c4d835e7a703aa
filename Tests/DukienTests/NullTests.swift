import CDukien
import Testing

@Suite("NULL for any pointer is an answer, never a crash")
struct NullTests {
  private let name = "x"

  @Test("releasing NULL does nothing")
  func release() {
    dukien_error_release(nil)
    dukien_loader_release(nil)
    dukien_diagnostics_release(nil)
    dukien_rules_release(nil)
    dukien_bytes_release(nil)
    dukien_extractor_release(nil)
    dukien_result_release(nil)
  }

  @Test("reading from NULL gives the empty answer")
  func read() {
    #expect(dukien_has(nil) == 0)
    #expect(dukien_error_status(nil) == DUKIEN_E_ARGUMENT)
    let strings = [
      dukien_error_code(nil), dukien_error_message(nil), dukien_error_hint(nil),
      dukien_rules_name(nil), dukien_rules_fingerprint(nil),
    ]
    #expect(strings.allSatisfy { $0.len == 0 && $0.ptr != nil })
    let views = [
      dukien_diagnostics_all(nil), dukien_result_fields(nil), dukien_result_blocks(nil),
      dukien_result_values(nil), dukien_result_facts(nil), dukien_result_roles(nil),
      dukien_result_evidence(nil), dukien_result_limits(nil), dukien_result_stages(nil),
    ]
    #expect(views.allSatisfy { $0.count == 0 && $0.data == nil })
    #expect(dukien_rules_retain(nil) == nil)
  }

  @Test("a loader is made without options and without a place for the error")
  func loaderNew() {
    let loader = dukien_loader_new(nil, nil)
    #expect(loader != nil)
    dukien_loader_release(loader)
  }

  /// Calls once with a place for the error and once without.
  private func expectNull(
    _ what: String, _ call: (UnsafeMutablePointer<OpaquePointer?>?) -> dukien_status,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    var error: OpaquePointer?
    #expect(call(&error) == DUKIEN_E_ARGUMENT, sourceLocation: sourceLocation)
    let reported = ReportedError(error)
    #expect(reported?.code == "argument.null", sourceLocation: sourceLocation)
    #expect(reported?.message == "\(what) is NULL", sourceLocation: sourceLocation)
    #expect(call(nil) == DUKIEN_E_ARGUMENT, sourceLocation: sourceLocation)
  }

  @Test("a loader that is NULL takes nothing")
  func loaderAdd() {
    name.asArgument { text in
      expectNull("the loader") { dukien_loader_add_search_path(nil, text, $0) }
      expectNull("the loader") { dukien_loader_add_file(nil, text, $0) }
      expectNull("the loader") { dukien_loader_add_dir(nil, text, $0) }
      expectNull("the loader") { dukien_loader_add_name(nil, text, $0) }
      expectNull("the loader") { dukien_loader_add_memory(nil, text, nil, 0, $0) }
    }
  }

  @Test("a text with a length and no bytes is refused, one of no length is empty")
  func texts() {
    let loader = dukien_loader_new(nil, nil)
    defer { dukien_loader_release(loader) }
    let long = dukien_str(ptr: nil, len: 3)
    expectNull("dir") { dukien_loader_add_search_path(loader, long, $0) }
    expectNull("path") { dukien_loader_add_file(loader, long, $0) }
    expectNull("path") { dukien_loader_add_dir(loader, long, $0) }
    expectNull("name") { dukien_loader_add_name(loader, long, $0) }
    expectNull("label") { dukien_loader_add_memory(loader, long, nil, 0, $0) }
    name.asArgument { label in
      expectNull("p") { dukien_loader_add_memory(loader, label, nil, 3, $0) }
    }
    #expect(dukien_loader_add_name(loader, dukien_str(), nil) == DUKIEN_E_ARGUMENT)
  }

  @Test("compile and the tools check every argument")
  func compile() {
    let loader = dukien_loader_new(nil, nil)
    defer { dukien_loader_release(loader) }
    var rules: OpaquePointer?
    var bytes: UnsafeMutableRawPointer?
    var count = 0
    expectNull("the loader") { dukien_loader_compile(nil, &rules, nil, $0) }
    expectNull("out") { dukien_loader_compile(loader, nil, nil, $0) }
    "check".asArgument { verb in
      let none = dukien_str()
      let long = dukien_str(ptr: nil, len: 3)
      expectNull("the loader") { dukien_rules_tool(nil, verb, none, &bytes, &count, $0) }
      expectNull("verb") { dukien_rules_tool(loader, long, none, &bytes, &count, $0) }
      expectNull("request") { dukien_rules_tool(loader, verb, long, &bytes, &count, $0) }
      expectNull("p") { dukien_rules_tool(loader, verb, none, nil, &count, $0) }
      expectNull("n") { dukien_rules_tool(loader, verb, none, &bytes, nil, $0) }
      #expect(bytes == nil)
    }
  }

  @Test("an extractor wants rules, a run wants everything but options")
  func run() {
    var error: OpaquePointer?
    #expect(dukien_extractor_new(nil, nil) == nil)
    #expect(dukien_extractor_new(nil, &error) == nil)
    #expect(ReportedError(error)?.message == "the rule set is NULL")

    let extractor = TestExtractor()
    var input = dukien_input()
    input.size = MemoryLayout<dukien_input>.size
    var result: OpaquePointer?
    expectNull("the extractor") { dukien_run(nil, &input, nil, &result, $0) }
    expectNull("the input") { extractor.call(nil, nil, &result, $0) }
    expectNull("out") { extractor.call(&input, nil, nil, $0) }
    input.len = 5
    expectNull("bytes of the input") {
      extractor.call(&input, nil, &result, $0)
    }
    input.len = 0
    input.id = dukien_str(ptr: nil, len: 1)
    expectNull("id of the input") { extractor.call(&input, nil, &result, $0) }
    input.id = dukien_str()
    input.published = dukien_str(ptr: nil, len: 1)
    expectNull("published of the input") {
      extractor.call(&input, nil, &result, $0)
    }
    #expect(result == nil)
    input.published = dukien_str()
    #expect(extractor.call(&input, nil, &result, nil) == DUKIEN_OK)
    defer { dukien_result_release(result) }

    var text = dukien_str()
    expectNull("the result") { dukien_result_json(nil, &text, $0) }
    expectNull("out") { dukien_result_json(result, nil, $0) }

    var parsed: OpaquePointer?
    expectNull("the extractor") { dukien_extract(nil, nil, nil, &parsed, $0) }
    expectNull("the input") { dukien_parse(nil, nil, &parsed, $0) }
    expectNull("out") { dukien_parse(&input, nil, nil, $0) }
    input.encoding = dukien_str(ptr: nil, len: 1)
    expectNull("encoding of the input") { extractor.call(&input, nil, &parsed, $0) }
    input.encoding = dukien_str()
    input.url = dukien_str(ptr: nil, len: 1)
    expectNull("url of the input") { extractor.call(&input, nil, &parsed, $0) }
    #expect(parsed == nil)
    var bytes: UnsafeMutableRawPointer?
    var count = 0
    "text".asArgument { form in
      let long = dukien_str(ptr: nil, len: 3)
      expectNull("the result") { dukien_result_print(nil, form, &bytes, &count, $0) }
      expectNull("form") { dukien_result_print(result, long, &bytes, &count, $0) }
      expectNull("p") { dukien_result_print(result, form, nil, &count, $0) }
      expectNull("n") { dukien_result_print(result, form, &bytes, nil, $0) }
    }
    #expect(bytes == nil)
  }

  @Test("a length that no memory holds is refused")
  func impossibleLength() {
    let loader = dukien_loader_new(nil, nil)
    defer { dukien_loader_release(loader) }
    var byte: CChar = 65
    let text = withUnsafePointer(to: &byte) { dukien_str(ptr: $0, len: -1) }
    var error: OpaquePointer?
    #expect(dukien_loader_add_name(loader, text, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.code == "argument.length")
  }
}
