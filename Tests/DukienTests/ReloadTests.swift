import CDukien
import Foundation
import Testing

@Suite("Reload compiles what changed, and nothing else")
struct ReloadTests {
  private func set(_ version: String) -> String {
    "name: mine\nversion: \(version)\nlexicons: {a: [b]}\n"
  }

  @Test("the first reload compiles, the next ones tell no change")
  func unchanged() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0"))
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    #expect(loader.reload() == .compiled("mine@1.0.0"))
    for _ in 0..<3 { #expect(loader.reload() == .unchanged) }
  }

  @Test("a changed file is seen, however soon after the last one, and once")
  func changed() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0"))
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    #expect(loader.compile() == "mine@1.0.0")
    for number in 2...9 {
      try folder.write("mine/set.yaml", set("\(number).0.0"))
      #expect(loader.reload() == .compiled("mine@\(number).0.0"))
      #expect(loader.reload() == .unchanged)
    }
  }

  @Test("a file that is written again with the same content is no change")
  func sameContent() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0"))
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    #expect(loader.compile() == "mine@1.0.0")
    try folder.write("mine/set.yaml", set("1.0.0"))
    #expect(loader.reload() == .unchanged)
  }

  @Test("files that come and go are changes of their set")
  func addedAndRemoved() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0"))
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    #expect(loader.compile() == "mine@1.0.0")
    try folder.write("mine/more.yaml", "lexicons: {c: [d]}\n")
    #expect(loader.reload() == .compiled("mine@1.0.0"))
    try FileManager.default.removeItem(atPath: folder.path + "/mine/more.yaml")
    #expect(loader.reload() == .compiled("mine@1.0.0"))
    try folder.write("mine/notes.txt", "not a rule file")
    #expect(loader.reload() == .unchanged)
  }

  @Test("a set that appears earlier on the search path takes the place of the one read")
  func searchPath() throws {
    let folder = try TemporaryFolder()
    try folder.write("second/mine/set.yaml", set("2.0.0"))
    let loader = try WatchedLoader(path: folder.path + "/first", name: "mine")
    loader.addSearchPath(folder.path + "/second")
    #expect(loader.compile() == "mine@2.0.0")
    try folder.write("first/mine/set.yaml", set("1.0.0"))
    #expect(loader.reload() == .compiled("mine@1.0.0"))
    try FileManager.default.removeItem(atPath: folder.path + "/first")
    #expect(loader.reload() == .compiled("mine@2.0.0"))
  }

  @Test("a used set is watched as well")
  func uses() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0") + "uses: [base]\n")
    try folder.write("base/set.yaml", "name: base\nversion: 1.0.0\n")
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    #expect(loader.compile() == "mine@1.0.0")
    try folder.write("base/set.yaml", "name: base\nversion: 1.0.1\n")
    #expect(loader.reload() == .compiled("mine@1.0.0"))
  }

  @Test("the data file of a lexicon is watched, also while it is missing")
  func lexiconFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0") + "values: {V: {phrase: <words>}}\n")
    try folder.write("mine/words.yaml", "lexicons: {words: {file: words.tsv}}\n")
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    #expect(loader.reload() == .broken(["lexicon.file"]))
    #expect(loader.reload() == .unchanged)
    try folder.write("mine/words.tsv", "abcde\t1\n")
    #expect(loader.reload() == .compiled("mine@1.0.0"))
    try folder.write("mine/words.tsv", "abcde\t2\n")
    #expect(loader.reload() == .compiled("mine@1.0.0"))
    #expect(loader.reload() == .unchanged)
  }

  @Test("rules that break are reported once, and again when they change")
  func broken() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0"))
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    #expect(loader.compile() == "mine@1.0.0")
    try folder.write("mine/set.yaml", "nonsense: 1\n")
    #expect(loader.reload() == .broken(["rule.unknown-key"]))
    #expect(loader.reload() == .unchanged)
    try folder.write("mine/set.yaml", "lexicons: [\n")
    #expect(loader.reload() == .broken(["yaml.syntax"]))
    #expect(loader.reload() == .unchanged)
    try FileManager.default.removeItem(atPath: folder.path + "/mine")
    #expect(loader.reload() == .broken(["set.unknown"]))
    #expect(loader.reload() == .unchanged)
    try folder.write("mine/set.yaml", set("1.0.0"))
    #expect(loader.reload() == .compiled("mine@1.0.0"))
  }

  @Test("a file that can no longer be read is a broken set")
  func unreadable() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0"))
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    #expect(loader.compile() == "mine@1.0.0")
    // It is there and cannot be read, by root neither.
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/mine/more.yaml", withDestinationPath: "/proc/self/mem")
    #expect(loader.reload() == .broken(["set.unreadable"]))
    #expect(loader.reload() == .unchanged)
  }

  @Test("a source added since is a change; memory and the sets inside the library never are")
  func addedSource() throws {
    let folder = try TemporaryFolder()
    let loader = try WatchedLoader(path: folder.path, name: "vi-core")
    guard case .compiled(let core) = loader.reload() else {
      Issue.record("vi-core does not compile")
      return
    }
    #expect(loader.reload() == .unchanged)
    loader.addMemory("lexicons: {zz: [b]}\n")
    #expect(loader.reload() == .compiled(core))
    #expect(loader.reload() == .unchanged)
  }

  @Test("rules in use outlive their loader's next ones")
  func rulesInUse() throws {
    let folder = try TemporaryFolder()
    let rule = { (word: String) in
      "values: {Thing: {lists_as: thing, phrase: \(word)}}\n"
    }
    try folder.write("mine/set.yaml", rule("abcde"))
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    _ = loader.compile()
    let old = dukien_rules_retain(loader.rules)
    let extractor = TestExtractor(SharedRules(handle: old))
    let page = Array("abcde and fghij.".utf8)
    let before = try #require(extractor.json(page))
    for word in ["fghij", "[", "fghij abcde"] {
      try folder.write("mine/set.yaml", rule(word))
      #expect(loader.reload() != .unchanged)
      #expect(extractor.json(page) == before)
    }
    loader.release()
    #expect(extractor.json(page) == before)
    dukien_rules_release(old)
    #expect(extractor.json(page) == before)
  }

  @Test("another thread is refused meanwhile, and extracts on")
  func threads() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0"))
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    _ = loader.compile()
    let handle = SharedRules(handle: loader.handle)
    let rules = SharedRules(handle: dukien_rules_retain(loader.rules))
    defer { dukien_rules_release(rules.handle) }
    let group = DispatchGroup()
    for number in 0..<2 {
      group.enter()
      Thread.detachNewThread {
        let extractor = TestExtractor(rules)
        for round in 0..<100 {
          try? folder.write("mine/set.yaml", set("\(number).\(round).0"))
          var changed: Int32 = 7
          var out: OpaquePointer?
          let status = dukien_loader_reload(handle.handle, &changed, &out, nil, nil)
          #expect([DUKIEN_OK, DUKIEN_E_BUSY, DUKIEN_E_RULES].contains(status))
          #expect((changed == 1) == (out != nil))
          dukien_rules_release(out)
          #expect(extractor.json(Array("b".utf8)) != nil)
        }
        group.leave()
      }
    }
    group.wait()
  }

  @Test("every argument but the findings and the error is wanted")
  func null() throws {
    let folder = try TemporaryFolder()
    try folder.write("mine/set.yaml", set("1.0.0"))
    let loader = try WatchedLoader(path: folder.path, name: "mine")
    var changed: Int32 = 7
    var rules: OpaquePointer?
    var error: OpaquePointer?
    #expect(dukien_loader_reload(nil, &changed, &rules, nil, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "the loader is NULL")
    #expect(changed == 0)
    #expect(dukien_loader_reload(loader.handle, nil, &rules, nil, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "changed is NULL")
    #expect(dukien_loader_reload(loader.handle, &changed, nil, nil, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "out is NULL")
    // What was refused has read nothing.
    #expect(loader.reload() == .compiled("mine@1.0.0"))
  }
}

/// A loader with the rules that it gave last.
private final class WatchedLoader {
  enum Answer: Equatable {
    case unchanged
    /// The name of the rules.
    case compiled(String)
    /// The codes of the errors.
    case broken([String])
  }

  private(set) var handle: OpaquePointer?
  private(set) var rules: OpaquePointer?

  init(path: String, name: String) throws {
    handle = try #require(dukien_loader_new(nil, nil))
    addSearchPath(path)
    #expect(name.asArgument { dukien_loader_add_name(handle, $0, nil) } == DUKIEN_OK)
  }

  deinit { release() }

  func release() {
    dukien_rules_release(rules)
    dukien_loader_release(handle)
    rules = nil
    handle = nil
  }

  func addSearchPath(_ path: String) {
    #expect(path.asArgument { dukien_loader_add_search_path(handle, $0, nil) } == DUKIEN_OK)
  }

  func addMemory(_ yaml: String) {
    let bytes = Array(yaml.utf8)
    let status = "memory.yaml".asArgument { label in
      bytes.withUnsafeBytes {
        dukien_loader_add_memory(handle, label, $0.baseAddress, $0.count, nil)
      }
    }
    #expect(status == DUKIEN_OK)
  }

  /// The name of the rules, empty where there are none.
  func compile() -> String {
    dukien_rules_release(rules)
    rules = nil
    _ = dukien_loader_compile(handle, &rules, nil, nil)
    return String(dukien_rules_name(rules))
  }

  func reload() -> Answer {
    var changed: Int32 = 7
    var new: OpaquePointer?
    var diagnostics: OpaquePointer?
    var error: OpaquePointer?
    let status = dukien_loader_reload(handle, &changed, &new, &diagnostics, &error)
    defer { dukien_diagnostics_release(diagnostics) }
    #expect((changed == 1) == (new != nil))
    #expect((status == DUKIEN_OK) == (ReportedError(error) == nil))
    if let new {
      dukien_rules_release(rules)
      rules = new
      #expect(diagnostics != nil)
      return .compiled(String(dukien_rules_name(new)))
    }
    if status == DUKIEN_OK {
      #expect(diagnostics == nil)
      return .unchanged
    }
    let findings = records(dukien_diagnostics_all(diagnostics), as: dukien_diagnostic.self)
    return .broken(findings.filter { $0.severity == 2 }.map { String($0.code) })
  }
}
