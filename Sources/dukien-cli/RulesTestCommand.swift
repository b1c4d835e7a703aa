import ArgumentParser
import Foundation

struct RulesTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the tests that stand in rule sets.",
    discussion: """
      EXAMPLES
        dukien rules test
        dukien rules test my-rules/ --filter export
        dukien rules test my-rules/ --coverage
        dukien rules test my-rules/ --update --dry-run
        dukien rules test my-rules/ --watch
      """)

  @OptionGroup var arguments: RuleSetArguments

  @Option(
    help: ArgumentHelp(
      "Runs only tests with this in the rule's name or the text.", valueName: "text"))
  var filter = ""

  @Flag(help: "Lists what no test reaches.")
  var coverage = false

  @Flag(help: "Makes failed tests expect what came out, in the rule files.")
  var update = false

  @Flag(help: "With --update: shows the changes and writes nothing.")
  var dryRun = false

  @Flag(help: "Runs the tests again whenever a rule file changes, until Ctrl-C.")
  var watch = false

  private struct Request: Encodable {
    var filter: String
    var coverage: Bool
    var update: Bool
  }

  private struct Answer: Decodable {
    struct Difference: Decodable {
      var role: String
      var expected: String
      var got: String
    }

    struct Failure: Decodable {
      var rule: String
      var file: String
      var line: Int
      var text: String
      var kind: String
      var expected: String
      var got: String
      var differences: [Difference]
    }

    struct Unreached: Decodable {
      var kind: String
      var name: String
      var pattern: String
      var text: String
      var file: String
      var line: Int

      /// True for another part of the same phrase.
      func isBeside(_ other: Unreached) -> Bool {
        !text.isEmpty
          && (name, pattern, file, line) == (other.name, other.pattern, other.file, other.line)
      }
    }

    var passed: Int
    var failed: Int
    var todo: Int
    var failures: [Failure]
    var unreached: [Unreached]?
    var edits: [RuleFileEdit]?
  }

  func validate() throws {
    if dryRun, !update { throw ValidationError("--dry-run goes with --update") }
  }

  func run() throws {
    if watch { try Watch.rules(arguments.chosen, runOnce) }
    try runOnce()
  }

  private func runOnce() throws {
    let request = Request(filter: filter, coverage: coverage, update: update)
    let answer = try arguments.ask("test", request, as: Answer.self)
    for failure in answer.failures { print(describe(failure)) }
    if let unreached = answer.unreached { report(unreached) }
    let todo = answer.todo > 0 ? ", \(answer.todo) to do" : ""
    let summary = "\(answer.passed) passed, \(answer.failed) failed\(todo)"
    if let edits = answer.edits, !edits.isEmpty {
      let files = try RuleFileChanges(edits)
      print(files.diff, terminator: "")
      if !dryRun { try files.write() }
      let verb = dryRun ? "would be updated" : "updated"
      let rest = answer.failed - edits.count
      let left = rest > 0 ? ", \(rest) stand in no file that can be written" : ""
      let told = "\(summary); \(counted(edits.count, "test")) \(verb)\(left)"
      if dryRun || rest > 0 { throw Exit(.negative, told) }
      print(told)
      return
    }
    if answer.failed > 0 { throw Exit(.negative, summary) }
    print(summary)
  }

  private func describe(_ failure: Answer.Failure) -> String {
    func row(_ name: String, _ text: String) -> String {
      let shown = text.isEmpty ? "nothing" : printable(text)
      return "  \(name.padding(toLength: 10, withPad: " ", startingAt: 0))\(shown)\n"
    }
    var text =
      printable("\(failure.file):\(failure.line): \(failure.rule): \(failure.kind)") + "\n"
      + row("text", failure.text) + row("expected", failure.expected) + row("got", failure.got)
    for difference in failure.differences {
      let role = difference.role.isEmpty ? "differs" : difference.role
      let expected = difference.expected.isEmpty ? "nothing" : difference.expected
      let got = difference.got.isEmpty ? "nothing" : difference.got
      text += printable("    \(role): expected \(expected), got \(got)") + "\n"
    }
    return text
  }

  /// Prints what no test reaches: one line each, the parts of a phrase together.
  private func report(_ unreached: [Answer.Unreached]) {
    var index = 0
    while index < unreached.count {
      let part = unreached[index]
      var next = index + 1
      while next < unreached.count, !part.text.isEmpty, unreached[next].isBeside(part) { next += 1 }
      print(printable(describe(unreached[index..<next])))
      index = next
    }
    let whole = unreached.count { $0.text.isEmpty }
    print(
      "not reached: \(whole) of the rules, values, groups and entities; "
        + "\(counted(unreached.count - whole, "part")) of those that are\n")
  }

  private func describe(_ parts: ArraySlice<Answer.Unreached>) -> String {
    guard let first = parts.first else { return "" }
    let place = "\(first.file):\(first.line): not reached:"
    guard !first.text.isEmpty else { return "\(place) \(first.kind) \(first.name)" }
    let texts = parts.prefix(20).map { $0.kind == "optional" ? "(\($0.text))?" : $0.text }
    let more = parts.count > 20 ? " … \(parts.count - 20) more" : ""
    return "\(place) \(first.name), \(first.pattern): \(texts.joined(separator: " | "))\(more)"
  }
}
