import Foundation
import Testing

@Suite("--watch")
struct WatchTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A set that lists the word as a value.
  private func rules(_ word: String) -> String {
    "name: mine\nversion: 1.0.0\nvalues: {Thing: {lists_as: thing, phrase: \(word)}}\n"
  }

  private func lines(_ text: String) -> Int { text.count { $0 == "\n" } }

  private func start(_ arguments: [String]) throws -> CommandLine.Running {
    let running = try CommandLine.Running(arguments + ["--watch"])
    #expect(running.becomes { $0.errors.contains("watching") }, "\(running.errors)")
    return running
  }

  private func expectInterrupted(_ running: CommandLine.Running) throws {
    let outcome = try running.interrupt()
    #expect(outcome.status == 130)
    #expect(outcome.summary == "dukien: interrupted")
  }

  @Test("a page that changes is extracted again, alone; new ones too")
  func pages() throws {
    let set = try folder.write("mine.yaml", rules("abcde"))
    try folder.write("pages/a.txt", "abcde here.\n")
    try folder.write("pages/b.txt", "nothing here.\n")
    let running = try start(["extract", folder.path("pages"), "-r", set])
    #expect(lines(running.output) == 2)
    try folder.write("pages/b.txt", "abcde there, longer.\n")
    #expect(running.becomes { lines($0.output) == 3 })
    try folder.write("pages/c.txt", "abcde.\n")
    #expect(running.becomes { lines($0.output) == 4 })
    let sources = try running.output.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return (object?["source"] as? String).map { URL(fileURLWithPath: $0).lastPathComponent }
    }
    #expect(sources == ["a.txt", "b.txt", "b.txt", "c.txt"])
    try expectInterrupted(running)
  }

  @Test("changed rules read every page again; broken ones are told and left aside")
  func rules() throws {
    let set = try folder.write("mine.yaml", rules("abcde"))
    let page = try folder.write("a.txt", "abcde and fghij.\n")
    let running = try start(["extract", page, "-r", set])
    #expect(running.output.contains("\"abcde\"") && !running.output.contains("\"fghij\""))
    try folder.write("mine.yaml", "nonsense: 1\n")
    #expect(running.becomes { $0.errors.contains("going on with mine@1.0.0#") })
    #expect(running.errors.contains("error[rule.unknown-key]"))
    #expect(lines(running.output) == 1)
    try folder.write("a.txt", "abcde, and fghij.\n")
    #expect(running.becomes { lines($0.output) == 2 })
    try folder.write("mine.yaml", rules("fghij"))
    #expect(running.becomes { $0.errors.contains("rules changed: mine@1.0.0#") })
    #expect(running.becomes { lines($0.output) == 3 })
    #expect(running.output.contains("\"fghij\""))
    try expectInterrupted(running)
  }

  @Test("a file of -o holds all pages after every change")
  func outputFile() throws {
    let set = try folder.write("mine.yaml", rules("abcde"))
    try folder.write("pages/a.txt", "abcde here.\n")
    try folder.write("pages/b.txt", "nothing here.\n")
    let file = folder.path("out.ndjson")
    let running = try start(["extract", folder.path("pages"), "-r", set, "-o", file])
    try folder.write("pages/b.txt", "now abcde.\n")
    let isWhole = running.becomes { _ in
      let text = (try? folder.read("out.ndjson")) ?? ""
      return lines(text) == 2 && text.contains("now abcde")
    }
    #expect(isWhole)
    try expectInterrupted(running)
  }

  @Test("tests run again when their rules change, also after they did not compile")
  func tests() throws {
    let tested = { (expect: String) in
      """
      values:
        Thing: {lists_as: thing, phrase: abcde, tests: [{text: an abcde, expect: [\(expect)]}]}

      """
    }
    let set = try folder.write("mine.yaml", tested("abcde"))
    let running = try start(["rules", "test", set])
    #expect(running.output == "1 passed, 0 failed\n")
    try folder.write("mine.yaml", tested("wrong"))
    #expect(running.becomes { $0.errors.contains("0 passed, 1 failed") })
    #expect(running.output.contains("mine.yaml:2: Thing"))
    try folder.write("mine.yaml", "nonsense: 1\n")
    #expect(running.becomes { $0.errors.contains("1 error in the rules") })
    try folder.write("mine.yaml", tested("abcde"))
    #expect(running.becomes { $0.output.hasSuffix("1 passed, 0 failed\n") })
    try expectInterrupted(running)
  }

  @Test("rules that do not compile at first are waited for")
  func brokenAtFirst() throws {
    let set = try folder.write("mine.yaml", "nonsense: 1\n")
    let page = try folder.write("a.txt", "abcde.\n")
    let running = try start(["extract", page, "-r", set])
    #expect(running.errors.contains("waiting for a change"))
    #expect(running.output == "")
    try folder.write("mine.yaml", rules("abcde"))
    #expect(running.becomes { lines($0.output) == 1 })
    try expectInterrupted(running)
  }

  @Test("standard input cannot be watched", arguments: [[], ["-"]])
  func standardInput(paths: [String]) throws {
    let run = try CommandLine.run(["extract", "--watch"] + paths)
    #expect(run.status == 2)
    #expect(run.summary.contains("--watch"))
  }
}
