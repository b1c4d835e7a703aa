import CDukien
import DukienRules
import Foundation
import Testing

@Suite("Tools that write rule files")
struct WritingToolTests {
  @Test("fmt answers with the text of every file")
  func format() throws {
    let answer = try #require(try toolAnswer("fmt", yaml: Array("a:   b".utf8)).answer)
    #expect(answer["ok"] as? Bool == true)
    let file = try #require((answer["files"] as? [[String: Any]])?.first)
    #expect(file["file"] as? String == "test.yaml")
    #expect(file["changed"] as? Bool == true)
    #expect(file["bundled"] as? Bool == false)
    #expect(file["text"] as? String == "a: b\n")
    let again = try #require(try toolAnswer("fmt", yaml: Array("a: b\n".utf8)).answer)
    #expect((again["files"] as? [[String: Any]])?.first?["changed"] as? Bool == false)
  }

  @Test("fmt tells what it cannot read, once, and leaves it out")
  func formatBadFile() throws {
    for bytes in [[0, 1, 2], Array("a: [".utf8), Array("a:\n\tb: c".utf8), [0xFF, 0xFE, 0x61, 0]] {
      let answer = try #require(try toolAnswer("fmt", yaml: bytes.map { UInt8($0) }).answer)
      #expect(answer["ok"] as? Bool == false)
      #expect((answer["files"] as? [Any])?.isEmpty == true)
      #expect((answer["diagnostics"] as? [Any])?.count == 1)
    }
    let empty = try #require(try toolAnswer("fmt", yaml: []).answer)
    let file = try #require((empty["files"] as? [[String: Any]])?.first)
    #expect(file["text"] as? String == "" && file["changed"] as? Bool == false)
  }

  @Test("a mistake in a key is fmt's business no more than a set that is missing")
  func formatWithMistakes() throws {
    let yaml = Array("uses: [no-such-set]\nnonsense: 1\na: 2\n".utf8)
    let answer = try #require(try toolAnswer("fmt", yaml: yaml).answer)
    #expect(answer["ok"] as? Bool == true)
    #expect((answer["files"] as? [Any])?.count == 1)
  }

  @Test("new answers with a set that has no problems and passes its tests")
  func newSet() throws {
    let made = try #require(try toolAnswer("new", request: "{\"name\": \"my-set_1\"}").answer)
    let files = try #require(made["files"] as? [[String: String]])
    #expect(files.map { $0["file"] } == ["set.yaml", "facts.yaml", "prices.yaml"])
    let folder = try TemporaryFolder()
    for file in files {
      let text = try #require(file["text"])
      try folder.write("my-set_1/\(file["file"] ?? "")", text)
      var problems: [Diagnostic] = []
      let source = SourceFile(label: "new", bytes: Array(text.utf8))
      #expect(formatted(source, diagnostics: &problems) == Array(text.utf8))
    }
    let loaded = load { loader, error in
      "\(folder.path)/my-set_1".asArgument { dukien_loader_add_dir(loader, $0, error) }
    }
    #expect(loaded.findings.map(\.rendered) == [])
    #expect(String(dukien_rules_name(loaded.rules)) == "my-set_1@0.1.0")
    dukien_rules_release(loaded.rules)
  }

  @Test(
    "new refuses names that are none",
    arguments: [
      "", "{}", "{\"name\": \"\"}", "{\"name\": \"../a\"}", "{\"name\": \"1a\"}",
      "{\"name\": \"a b\"}", "{\"name\": [a]}", "{\"name\": \"đ\"}",
    ])
  func newName(request: String) throws {
    let result = try toolAnswer("new", request: request)
    #expect(result.answer == nil)
    #expect(result.error?.status == DUKIEN_E_ARGUMENT)
    #expect(result.error?.code == "tool.name")
  }
}
