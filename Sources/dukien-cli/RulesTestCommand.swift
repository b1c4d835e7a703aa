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
    let request = Request(filter: filter, coverage: coverage, update: update)
    let answer = try arguments.ask("test", request, as: Answer.self)
    for failure in answer.failures { print(describe(failure)) }
    for part in answer.unreached ?? [] { print(describe(part)) }
    if let unreached = answer.unreached { print("not reached: \(unreached.count)") }
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

  private func describe(_ part: Answer.Unreached) -> String {
    let what =
      part.text.isEmpty
      ? "\(part.kind) \(part.name)"
      : "\(part.name): \(part.kind) of its \(part.pattern): \(part.text)"
    return printable("\(part.file):\(part.line): not reached: \(what)")
  }
}
