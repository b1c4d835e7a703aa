import ArgumentParser
import Foundation

struct RulesWhyNotCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "why-not",
    abstract: "Tells why a rule finds nothing in a sentence, and how far it came.",
    discussion: """
      RULE may also name a value, group or entity. The sentence is read as a paragraph of its own.

      EXAMPLES
        dukien rules why-not export-total "Exports came to 3 billion dollars."
        dukien rules why-not Money "some 3 billion dollars" --published 2024-05-01 my-rules/
      """)

  @Argument(help: "A rule, value, group or entity.")
  var rule: String

  @Argument(help: "What it should have found something in.")
  var text: String

  @Option(help: ArgumentHelp("The day of publication, as YYYY-MM-DD.", valueName: "day"))
  var published = ""

  @OptionGroup var arguments: RuleSetArguments

  private struct Answer: Decodable {
    struct Step: Decodable {
      var kind: String
      var message: String
      var level: Int
      var expected: [String]
      var here: String
      var file: String
      var line: Int
      var excerpt: String
      var caret: String
    }

    var found: Bool
    var steps: [Step]
  }

  func run() throws {
    let request = ["rule": rule, "text": text, "published": published]
    let answer = try arguments.ask("why-not", request, as: Answer.self)
    for step in answer.steps { print(describe(step)) }
    if !answer.found { throw Exit(.negative, "") }
  }

  private func describe(_ step: Answer.Step) -> String {
    let indent = String(repeating: "  ", count: step.level)
    var lines = [step.message]
    if step.line > 0 { lines[0] += "  [\(step.file):\(step.line)]" }
    let expected = step.expected.joined(separator: " | ")
    if !expected.isEmpty {
      lines.append("  expected  " + (step.expected.count > 1 ? "( \(expected) )" : expected))
    }
    if !step.here.isEmpty { lines.append("  here is   \(step.here)") }
    if !step.excerpt.isEmpty { lines += ["    \(step.excerpt)", "    \(step.caret)"] }
    return lines.map { indent + printable($0) }.joined(separator: "\n")
  }
}
