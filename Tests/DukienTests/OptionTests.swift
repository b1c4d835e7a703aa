import CDukien
import Testing

@Suite("Structs carry their size")
struct OptionTests {
  @Test("a size that cannot be is refused", arguments: [0, 7, 5000, -1])
  func impossibleSize(size: Int) {
    var options = dukien_run_options()
    options.size = size
    let run = TestExtractor().run("x".utf8, options: options)
    #expect(run.status == DUKIEN_E_ARGUMENT)
    #expect(run.error?.code == "argument.size")
  }

  @Test("an older, shorter struct gets defaults for the rest")
  func shorter() {
    var options = dukien_run_options()
    options.size = 8
    options.max_input = 1  // beyond the size, so not read
    let run = TestExtractor().run("more than one byte".utf8, options: options)
    #expect(run.status == DUKIEN_OK)
    dukien_result_release(run.result)
  }

  @Test(
    "a newer, longer struct is taken while what is unknown is zero",
    arguments: [(UInt8(0), DUKIEN_OK), (UInt8(1), DUKIEN_E_VERSION)])
  func longer(last: UInt8, status: dukien_status) {
    let size = MemoryLayout<dukien_run_options>.size + 16
    let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 8)
    defer { memory.deallocate() }
    memory.initializeMemory(as: UInt8.self, repeating: 0)
    memory.storeBytes(of: size, as: Int.self)
    memory[size - 1] = last
    var input = dukien_input()
    input.size = MemoryLayout<dukien_input>.size
    var result: OpaquePointer?
    let options = memory.baseAddress?.assumingMemoryBound(to: dukien_run_options.self)
    #expect(TestExtractor().call(&input, options, &result, nil) == status)
    dukien_result_release(result)
  }

  @Test("an unknown format or a reserved field is a question of version")
  func unknownFormat() {
    let extractor = TestExtractor()
    #expect(extractor.run("x".utf8, edit: { $0.format = 3 }).status == DUKIEN_E_VERSION)
    #expect(extractor.run("x".utf8, edit: { $0.format = -1 }).status == DUKIEN_E_VERSION)
    #expect(extractor.run("x".utf8, edit: { $0.reserved = 1 }).status == DUKIEN_E_VERSION)
    var options = dukien_load_options()
    options.size = MemoryLayout<dukien_load_options>.size
    options.reserved = 1
    var error: OpaquePointer?
    #expect(dukien_loader_new(&options, &error) == nil)
    #expect(ReportedError(error)?.status == DUKIEN_E_VERSION)
  }

  @Test(
    "the day of publication is a day of the calendar",
    arguments: [
      ("2024-02-29", DUKIEN_OK), ("2023-02-29", DUKIEN_E_ARGUMENT),
      ("29/2/2024", DUKIEN_E_ARGUMENT),
      ("2023-13-01", DUKIEN_E_ARGUMENT), ("2023-11-00", DUKIEN_E_ARGUMENT), ("", DUKIEN_OK),
      ("2023-1-001", DUKIEN_E_ARGUMENT),
    ])
  func published(day: String, status: dukien_status) {
    let run = TestExtractor().run("x".utf8, published: day)
    #expect(run.status == status)
    dukien_result_release(run.result)
  }

  @Test("limits of loading are kept")
  func loadLimits() {
    var options = dukien_load_options()
    options.size = MemoryLayout<dukien_load_options>.size
    options.max_bytes = 10
    let loaded = load(yaml: "lexicons: {a: {entries: [b]}}".utf8, options: options)
    #expect(loaded.status == DUKIEN_E_RULES)
    #expect(!loaded.findings.isEmpty)
  }

  @Test("the library tells its version and features")
  func version() {
    #expect(dukien_abi() == UInt32(DUKIEN_ABI))
    #expect(String(cString: dukien_version()).wholeMatch(of: /\d+\.\d+\.\d+\+\w+/) != nil)
    #expect(dukien_has("json") == 1)
    #expect(dukien_has("telepathy") == 0)
  }
}
