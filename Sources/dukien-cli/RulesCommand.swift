import ArgumentParser
import Foundation

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Checks, tests and shows rule sets.",
    discussion: """
      EXAMPLES
        dukien rules list
        dukien rules show vi-trade
        dukien rules check my-rules/
        dukien rules test my-rules/ vi-news
      """,
    subcommands: [
      RulesCheckCommand.self, RulesTestCommand.self, RulesListCommand.self, RulesShowCommand.self,
    ])
}

/// What all commands about rule sets take.
struct RuleSetArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Rule sets, by name or by path. (default: \(RuleSets.defaultSet))", valueName: "set"))
  var sets: [String] = []

  /// The sets that were named, or the default set.
  var chosen: [String] { sets.isEmpty ? [RuleSets.defaultSet] : sets }

  /// The answer of a tool over the chosen sets.
  func ask<Answer: Decodable>(
    _ verb: String, _ request: some Encodable = [String: String](), as type: Answer.Type
  ) throws -> Answer {
    try Self.ask(verb, request, of: chosen, as: type)
  }

  static func ask<Answer: Decodable>(
    _ verb: String, _ request: some Encodable = [String: String](), of sets: [String],
    as type: Answer.Type
  ) throws -> Answer {
    do {
      return try decode(try RuleSets(sets).tool(verb, request), verb: verb)
    } catch let error as LibraryError {
      throw Exit(.internalError, error.text)
    }
  }

  /// Errors stop every tool but the one that looks for them; they are printed.
  private static func decode<Answer: Decodable>(_ json: Data, verb: String) throws -> Answer {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      if verb != "check" {
        let findings = try decoder.decode(Findings.self, from: json)
        let errors = findings.diagnostics.filter { $0.severity == "error" }
        for finding in errors { complain(finding.printed) }
        if !errors.isEmpty { throw Exit(.rules, "\(counted(errors.count, "error")) in the rules") }
      }
      return try decoder.decode(Answer.self, from: json)
    } catch let error as DecodingError {
      throw Exit(.internalError, "the answer of \(verb) is not understood: \(error)")
    }
  }
}

/// The findings that an answer may hold.
struct Findings: Decodable {
  struct Finding: Decodable {
    var severity: String
    var rendered: String
    var printed: String { printable(rendered, keepLines: true) }
  }

  var diagnostics: [Finding]

  func count(_ severity: String) -> Int { diagnostics.count { $0.severity == severity } }
}
