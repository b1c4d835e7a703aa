import ArgumentParser
import Foundation

struct RulesShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Shows what rule sets find: facts with their roles, values, rules.",
    discussion: """
      EXAMPLES
        dukien rules show
        dukien rules show vi-trade
      """)

  @OptionGroup var arguments: RuleSetArguments

  private struct Answer: Decodable {
    struct Fact: Decodable {
      struct Role: Decodable {
        var name: String
        var kind: String
      }
      var name: String
      var about: String
      var roles: [Role]
    }

    struct Value: Decodable {
      var name: String
      var listsAs: String
      var about: String
    }

    struct Rule: Decodable {
      var name: String
      var about: String
      var emits: String
      var file: String
      var line: Int
    }

    var name: String
    var fingerprint: String
    var facts: [Fact]
    var values: [Value]
    var rules: [Rule]
  }

  func run() throws {
    let answer = try arguments.ask("show", as: Answer.self)
    print(printable("\(answer.name) (\(answer.fingerprint))"))
    print("\nfacts")
    for fact in answer.facts {
      print(alignedRows([[fact.name, fact.about]], indent: "  "), terminator: "")
      print(alignedRows(fact.roles.map { [$0.name, $0.kind] }, indent: "    "), terminator: "")
    }
    print("\nvalues")
    print(
      alignedRows(answer.values.map { [$0.name, $0.listsAs, $0.about] }, indent: "  "),
      terminator: "")
    print("\nrules")
    print(
      alignedRows(
        answer.rules.map { [$0.name, $0.emits, "\($0.file):\($0.line)", $0.about] }, indent: "  "),
      terminator: "")
  }
}
