import CDukien
import Foundation
import Testing

@Suite("Bundles carry the sources of rules elsewhere")
struct BundleTests {
  private static let rules = """
    zones:
    - {zone: paragraph, content: yes, when: {words: 0..}}
    values:
      Item: {about: an item, lists_as: item, phrase: <x:thing>, gives: {x: x}, shows: "{x}"}

    """

  private func bundle(_ rules: OpaquePointer?) throws -> [UInt8] {
    var bytes: UnsafeMutableRawPointer?
    var count = 0
    try #require(dukien_rules_bundle(rules, &bytes, &count, nil) == DUKIEN_OK)
    defer { dukien_bytes_release(bytes) }
    return Array(UnsafeRawBufferPointer(start: bytes, count: count))
  }

  private func load(
    bundle: [UInt8]
  ) -> (status: dukien_status, rules: OpaquePointer?, findings: [Finding], error: ReportedError?) {
    DukienTests.load { loader, error in
      "news.bundle".asArgument { label in
        bundle.withUnsafeBytes {
          dukien_loader_add_memory(loader, label, $0.baseAddress, $0.count, error)
        }
      }
    }
  }

  @Test("rules from a bundle are the rules that it was made of")
  func same() throws {
    let bytes = try bundle(newsRules.handle)
    let loaded = load(bundle: bytes)
    defer { dukien_rules_release(loaded.rules) }
    #expect(loaded.status == DUKIEN_OK)
    #expect(String(dukien_rules_name(loaded.rules)) == String(dukien_rules_name(newsRules.handle)))
    let fingerprint = String(dukien_rules_fingerprint(newsRules.handle))
    #expect(String(dukien_rules_fingerprint(loaded.rules)) == fingerprint)
    #expect(try bundle(loaded.rules) == bytes)
    let extractor = TestExtractor(SharedRules(handle: loaded.rules))
    for page in SamplePages.all + SamplePages.html {
      #expect(extractor.json(page.bytes) == TestExtractor().json(page.bytes), "\(page.name)")
    }
  }

  @Test("a bundle holds the sets of a folder with the files beside them, and reads no disk")
  func folders() throws {
    let folder = try TemporaryFolder()
    try folder.write("base/set.yaml", "name: base\nversion: 1.0.0\n")
    try folder.write("base/words.yaml", "lexicons:\n  thing: {about: things, file: things.txt}\n")
    try folder.write("base/things.txt", "zork\nblim\n")
    try folder.write("top/set.yaml", "name: top\nversion: 2.0.0\nuses: [base]\n")
    try folder.write("top/rules.yaml", Self.rules)
    let loaded = DukienTests.load { loader, error in
      folder.path.asArgument { _ = dukien_loader_add_search_path(loader, $0, nil) }
      return "top".asArgument { dukien_loader_add_name(loader, $0, error) }
    }
    try #require(loaded.status == DUKIEN_OK, "\(loaded.findings.map(\.rendered))")
    defer { dukien_rules_release(loaded.rules) }
    let bytes = try bundle(loaded.rules)
    let before = TestExtractor(SharedRules(handle: loaded.rules)).json("a zork".utf8)
    try FileManager.default.removeItem(atPath: folder.path)
    let again = load(bundle: bytes)
    defer { dukien_rules_release(again.rules) }
    #expect(again.findings.map(\.rendered) == [])
    #expect(TestExtractor(SharedRules(handle: again.rules)).json("a zork".utf8) == before)
    #expect(before?.contains("\"norm\":\"zork\"") == true)
  }

  @Test("a bundle may be a file among others")
  func file() throws {
    let folder = try TemporaryFolder()
    try folder.write("more.yaml", "lexicons: {thing: {about: things, entries: [zork]}}\n")
    let bytes = try bundle(newsRules.handle)
    try Data(bytes).write(to: URL(fileURLWithPath: folder.path + "/news.bundle"))
    let loaded = DukienTests.load { loader, error in
      (folder.path + "/more.yaml").asArgument { _ = dukien_loader_add_file(loader, $0, nil) }
      return (folder.path + "/news.bundle").asArgument {
        dukien_loader_add_file(loader, $0, error)
      }
    }
    defer { dukien_rules_release(loaded.rules) }
    #expect(loaded.status == DUKIEN_OK, "\(loaded.findings.map(\.rendered))")
    let page = try #require(SamplePages.all.first).bytes
    let run = TestExtractor(SharedRules(handle: loaded.rules)).run(page)
    defer { dukien_result_release(run.result) }
    let plain = TestExtractor().run(page)
    defer { dukien_result_release(plain.result) }
    #expect(dukien_result_facts(run.result).count == dukien_result_facts(plain.result).count)
    #expect(dukien_result_facts(run.result).count > 0)
  }

  @Test("a bundle that was cut or changed anywhere is refused with its name")
  func damaged() throws {
    let loaded = DukienTests.load(yaml: "lexicons: {thing: {about: things, entries: [zork]}}".utf8)
    defer { dukien_rules_release(loaded.rules) }
    let whole = try bundle(loaded.rules)
    func refuses(_ bytes: [UInt8]) -> Bool {
      let again = load(bundle: bytes)
      dukien_rules_release(again.rules)
      return again.status == DUKIEN_E_RULES
        && again.findings.allSatisfy { $0.file == "news.bundle" }
    }
    for count in 0..<whole.count where count > 0 { #expect(refuses(Array(whole[..<count]))) }
    for place in whole.indices {
      var changed = whole
      changed[place] ^= 0x20
      #expect(refuses(changed), "byte \(place)")
    }
    #expect(refuses(whole + [0]))
    let damaged = load(bundle: Array(whole.dropLast()))
    #expect(damaged.findings.map(\.code) == ["bundle.damaged"])
  }
}
