import Foundation
import Testing

@Suite("dukien rules fmt, schema, new and check")
struct RulesWritingTests {
  private let untidy = "lexicons:\n    a:\n        about:   b # c\n        entries: [ d ]\n"
  private let tidy = "lexicons:\n  a:\n    about: b  # c\n    entries: [d]\n"

  @Test("fmt rewrites a file and is content with it then")
  func format() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("set/a.yaml", untidy)
    chmod(file, 0o640)
    let check = try CommandLine.run(["rules", "fmt", "--check", file])
    #expect(check.status == 1)
    #expect(check.output == "\(file)\n")
    #expect(try folder.read("set/a.yaml") == untidy)
    let run = try CommandLine.run(["rules", "fmt", folder.path("set")])
    #expect(run.status == 0)
    #expect(run.output == "\(file)\n")
    #expect(try folder.read("set/a.yaml") == tidy)
    var info = stat()
    #expect(stat(file, &info) == 0 && info.st_mode & 0o777 == 0o640)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path("set"))
    #expect(names == ["a.yaml"])
    let again = try CommandLine.run(["rules", "fmt", "--check", file])
    #expect(again.status == 0)
    #expect(again.output == "")
  }

  @Test("fmt leaves files with mistakes alone and tells them; the others are written")
  func formatBadFile() throws {
    let folder = try TemporaryFolder()
    try folder.write("a.yaml", untidy)
    let bad = try folder.write("b.yaml", "a:\n\tb: [\n")
    let run = try CommandLine.run(["rules", "fmt", folder.path])
    #expect(run.status == 1)
    #expect(run.errors.contains("\(bad):2:"))
    #expect(try folder.read("a.yaml") == tidy)
    #expect(try folder.read("b.yaml") == "a:\n\tb: [\n")
  }

  @Test("fmt never writes what is inside the library, even where a file has its name")
  func formatBundled() throws {
    let run = try CommandLine.run(["rules", "fmt", "vi-core"])
    #expect(run.status == 0)
    #expect(run.output == "")
  }

  @Test("fmt needs to be told what")
  func formatNothing() throws {
    #expect(try CommandLine.run(["rules", "fmt"]).status == 2)
    #expect(try CommandLine.run(["rules", "fmt", "./no-such-file.yaml"]).status == 2)
  }

  @Test("schema prints a JSON Schema")
  func schema() throws {
    let run = try CommandLine.run(["rules", "schema"])
    #expect(run.status == 0)
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(object?["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
  }

  @Test("new writes a set that passes check --strict, test and fmt, and overwrites nothing")
  func newSet() throws {
    let folder = try TemporaryFolder()
    let new = try CommandLine.run(["rules", "new", "mine", "--at", folder.path])
    #expect(new.status == 0)
    #expect(new.output.contains("dukien rules test"))
    let set = folder.path("mine")
    let check = try CommandLine.run(["rules", "check", "--strict", set])
    #expect(check.status == 0)
    #expect(check.output == "no problems\n")
    let test = try CommandLine.run(["rules", "test", set])
    #expect(test.status == 0)
    #expect(test.output.contains(/[1-9]\d* passed, 0 failed/))
    #expect(try CommandLine.run(["rules", "fmt", "--check", set]).status == 0)
    let page = "A kilo of rice costs 12 dollars.\n"
    let facts = try CommandLine.run(["extract", "-r", set, "-f", "json"], input: page)
    #expect(facts.output.contains("\"price\""))
    try folder.write("mine/set.yaml", "name: mine\n")
    let again = try CommandLine.run(["rules", "new", "mine", "--at", folder.path])
    #expect(again.status == 2)
    #expect(try folder.read("mine/set.yaml") == "name: mine\n")
  }

  @Test("new refuses names that are none", arguments: ["a b", "../a", "a/b", "1"])
  func newName(name: String) throws {
    let folder = try TemporaryFolder()
    let run = try CommandLine.run(["rules", "new", name, "--at", folder.path])
    #expect(run.status == 2)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("check --format json is the library's answer")
  func checkJson() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("bad.yaml", "nonsense: 1\n")
    let run = try CommandLine.run(["rules", "check", "--format", "json", file])
    #expect(run.status == 1)
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    #expect(object?["ok"] as? Bool == false)
    #expect((object?["diagnostics"] as? [Any])?.isEmpty == false)
  }

  @Test("check --format github prints annotations with their signs escaped")
  func checkGithub() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a,b.yaml", "\"50%: x\": 1\n")
    let run = try CommandLine.run(["rules", "check", "--format", "github", file])
    #expect(run.status == 1)
    let escaped = file.replacingOccurrences(of: ",", with: "%2C")
    #expect(run.output.hasPrefix("::error file=\(escaped),line=1,col=1,"))
    #expect(run.output.contains("title=rule.unknown-key::unknown key `50%25: x`"))
    let good = try CommandLine.run(["rules", "check", "--format", "github"])
    #expect(good.status == 0)
    #expect(!good.output.contains("::error"))
  }

  @Test("check --format sarif is a log with rules, results and places")
  func checkSarif() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a b.yaml", "rules: x\nnonsense: 1\n")
    let run = try CommandLine.run(["rules", "check", "--format", "sarif", file])
    #expect(run.status == 1)
    let log = try #require(
      try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let first = try #require((log["runs"] as? [[String: Any]])?.first)
    let tool = try #require(first["tool"] as? [String: [String: Any]])
    let rules = try #require(tool["driver"]?["rules"] as? [[String: String]]).map { $0["id"] }
    let results = try #require(first["results"] as? [[String: Any]])
    #expect(!results.isEmpty)
    for result in results {
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index] == result["ruleId"] as? String)
      #expect(result["level"] as? String == "error")
      let place = try #require(
        (result["locations"] as? [[String: [String: [String: Any]]]])?.first?["physicalLocation"])
      #expect((place["artifactLocation"]?["uri"] as? String)?.hasSuffix("a%20b.yaml") == true)
      #expect(place["region"]?["startLine"] is Int)
    }
  }

  @Test("check ends with 0 without errors, with --strict without warnings too")
  func checkStrict() throws {
    let folder = try TemporaryFolder()
    let good = try folder.write("good.yaml", "lexicons: {a: {about: b, entries: [c]}}\n")
    let twice = try folder.write("twice.yaml", "lexicons: {a: {about: b, entries: [c, c]}}\n")
    for (file, strict) in [(good, Int32(0)), (twice, 1)] {
      #expect(try CommandLine.run(["rules", "check", file]).status == 0)
      #expect(try CommandLine.run(["rules", "check", "--strict", file]).status == strict)
    }
    #expect(try CommandLine.run(["rules", "check", "--format", "xml", good]).status == 2)
  }
}
