import ArgumentParser
import Foundation

struct RulesTestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "test",
    abstract: "Runs the tests that stand in rule sets.",
    discussion: """
      EXAMPLES
        dukien rules test
        dukien rules test my-rules/
        dukien rules test my-rules/ --watch
      """)

  @OptionGroup var arguments: RuleSetArguments

  @Flag(help: "Runs the tests again whenever a rule file changes, until Ctrl-C.")
  var watch = false

  private struct Answer: Decodable {
    struct Failure: Decodable {
      var rule: String
      var file: String
      var line: Int
      var text: String
      var kind: String
      var expected: String
      var got: String
    }

    var passed: Int
    var failed: Int
    var todo: Int
    var failures: [Failure]
  }

  func run() throws {
    if watch { try Watch.rules(arguments.chosen, runOnce) }
    try runOnce()
  }

  private func runOnce() throws {
    let answer = try arguments.ask("test", as: Answer.self)
    for failure in answer.failures { print(describe(failure)) }
    let todo = answer.todo > 0 ? ", \(answer.todo) to do" : ""
    let summary = "\(answer.passed) passed, \(answer.failed) failed\(todo)"
    if answer.failed > 0 { throw Exit(.negative, summary) }
    print(summary)
  }

  private func describe(_ failure: Answer.Failure) -> String {
    func row(_ name: String, _ text: String) -> String {
      let shown = text.isEmpty ? "nothing" : printable(text)
      return "  \(name.padding(toLength: 10, withPad: " ", startingAt: 0))\(shown)\n"
    }
    return printable("\(failure.file):\(failure.line): \(failure.rule): \(failure.kind)") + "\n"
      + row("text", failure.text) + row("expected", failure.expected) + row("got", failure.got)
  }
}
