import CDukien
import Foundation
import Testing

@Suite("Rule sources of any kind give rules or located findings")
struct RuleSourceTests {
  @Test("an empty rule file is no error by itself")
  func empty() {
    let loaded = load(yaml: "".utf8)
    #expect(loaded.findings.allSatisfy { $0.severity < 2 })
    dukien_rules_release(loaded.rules)
  }

  @Test("binary files are refused with a place")
  func binary() {
    for bytes in [Array(0...255), [0], [0xFF, 0xFE, 0x61, 0], Array(repeating: 0x80, count: 999)] {
      let loaded = load(yaml: bytes.map { UInt8($0) })
      #expect(loaded.status == DUKIEN_E_RULES)
      #expect(loaded.rules == nil)
      #expect(loaded.findings.contains { $0.severity == 2 && $0.file == "test.yaml" })
    }
  }

  @Test("nesting without end is refused at once", arguments: ["[", "{a: ", "- "])
  func depth(opener: String) {
    let clock = ContinuousClock()
    let time = clock.measure {
      let loaded = load(yaml: String(repeating: opener, count: 100_000).utf8)
      #expect(loaded.status == DUKIEN_E_RULES)
      #expect(loaded.findings.contains { $0.code == "yaml.depth" && $0.line == 1 })
    }
    #expect(time < .seconds(10))
  }

  @Test("an alias bomb is refused at its first anchor")
  func aliases() {
    var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1...9 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
      bomb += "a\(level): &a\(level) [\(aliases)]\n"
    }
    let loaded = load(yaml: bomb.utf8)
    #expect(loaded.status == DUKIEN_E_RULES)
    #expect(loaded.findings.contains { $0.code == "yaml.anchor" && $0.line == 1 })
  }

  @Test("one scalar of ten megabytes is refused")
  func hugeScalar() {
    let loaded = load(yaml: Array("about: ".utf8) + Array(repeating: 0x61, count: 10 << 20))
    #expect(loaded.status == DUKIEN_E_RULES)
    #expect(loaded.error?.status == DUKIEN_E_RULES)
    #expect(loaded.findings.contains { $0.code == "yaml.scalar-size" || $0.code == "yaml.size" })
  }

  @Test("a set that uses itself is told so")
  func cycle() throws {
    let folder = try TemporaryFolder()
    try folder.write("loop/set.yaml", "name: loop\nversion: 1.0.0\nuses: [loop]\n")
    let loaded = load { loader, error in
      folder.path.asArgument { _ = dukien_loader_add_search_path(loader, $0, nil) }
      return "loop".asArgument { dukien_loader_add_name(loader, $0, error) }
    }
    #expect(loaded.status == DUKIEN_E_RULES)
    #expect(loaded.findings.contains { $0.code == "set.cycle" })
  }

  @Test("an unknown set is an error that names the nearest one")
  func unknownName() {
    let loaded = load { loader, error in
      "vi-nesw".asArgument { dukien_loader_add_name(loader, $0, error) }
    }
    #expect(loaded.status == DUKIEN_E_RULES)
    #expect(loaded.findings.count == 1)
    #expect(loaded.findings.first?.hint.contains("vi-news") == true)
  }

  @Test("a missing path, a folder and an unreadable file are findings")
  func paths() throws {
    let folder = try TemporaryFolder()
    // The last one opens and cannot be read, by root neither.
    for path in [folder.path + "/none.yaml", folder.path, "/proc/self/mem"] {
      let loaded = load { loader, error in
        path.asArgument { dukien_loader_add_file(loader, $0, error) }
      }
      #expect(loaded.status == DUKIEN_E_RULES)
      #expect(loaded.findings.contains { $0.severity == 2 && $0.rendered.contains(path) })
    }
    let missing = folder.path + "/none"
    let loaded = load { loader, error in
      missing.asArgument { dukien_loader_add_dir(loader, $0, error) }
    }
    #expect(loaded.status == DUKIEN_E_RULES)
  }

  @Test("all problems of all sources are reported in one go")
  func allProblems() {
    let loaded = load { loader, error in
      for label in ["one.yaml", "two.yaml"] {
        let yaml = Array("nonsense: 1\nlexicons: {a: {entrees: [b]}}\n".utf8)
        label.asArgument { label in
          yaml.withUnsafeBytes {
            _ = dukien_loader_add_memory(loader, label, $0.baseAddress, $0.count, error)
          }
        }
      }
      return DUKIEN_OK
    }
    #expect(loaded.status == DUKIEN_E_RULES)
    for file in ["one.yaml", "two.yaml"] {
      #expect(loaded.findings.count { $0.file == file && $0.severity == 2 } >= 2)
    }
    #expect(loaded.findings.contains { $0.hint.contains("entries") && $0.line == 2 })
  }

  @Test("a loader without sources gives no rules")
  func noSource() {
    let loaded = load { _, _ in DUKIEN_OK }
    #expect(loaded.status == DUKIEN_E_RULES)
  }

  @Test("rules have a name and a fingerprint of their content")
  func fingerprint() {
    #expect(String(dukien_rules_name(newsRules.handle)).hasPrefix("vi-news@"))
    #expect(dukien_rules_fingerprint(newsRules.handle).len == 16)
    let one = load(yaml: "lexicons: {a: {about: x, entries: [b]}}\n".utf8)
    let other = load(yaml: "lexicons: {a: {about: x, entries: [c]}}\n".utf8)
    #expect(one.rules != nil && other.rules != nil)
    #expect(
      String(dukien_rules_fingerprint(one.rules)) != String(dukien_rules_fingerprint(other.rules)))
    dukien_rules_release(one.rules)
    dukien_rules_release(other.rules)
  }

  @Test("an unknown tool is named, with those there are")
  func unknownTool() {
    let loader = dukien_loader_new(nil, nil)
    defer { dukien_loader_release(loader) }
    var bytes: UnsafeMutableRawPointer?
    var count = 0
    var error: OpaquePointer?
    let status = "bake".asArgument {
      dukien_rules_tool(loader, $0, dukien_str(), &bytes, &count, &error)
    }
    #expect(status == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.code == "tool.unknown-verb")
    #expect(bytes == nil && count == 0)
  }

  @Test(
    "every tool answers with JSON", arguments: ["check", "test", "list", "show", "fmt", "schema"])
  func tools(verb: String) throws {
    let loader = dukien_loader_new(nil, nil)
    defer { dukien_loader_release(loader) }
    _ = "vi-core".asArgument { dukien_loader_add_name(loader, $0, nil) }
    var bytes: UnsafeMutableRawPointer?
    var count = 0
    let status = verb.asArgument {
      dukien_rules_tool(loader, $0, dukien_str(), &bytes, &count, nil)
    }
    defer { dukien_bytes_release(bytes) }
    #expect(status == DUKIEN_OK)
    let json = Data(bytes: try #require(bytes), count: count)
    #expect(try JSONSerialization.jsonObject(with: json) is [String: Any])
  }
}

/// A folder that is removed with the object.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("dukien-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  func write(_ name: String, _ text: String) throws {
    let url = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
