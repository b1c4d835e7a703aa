import ArgumentParser
import Foundation

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Checks, tests, shows and explains rule sets.",
    discussion: """
      EXAMPLES
        dukien rules list
        dukien rules show vi-trade
        dukien rules check my-rules/
        dukien rules test my-rules/ vi-news
        dukien rules why-not export-total "Exports came to 3 billion dollars."
        dukien rules explain page.txt --fact 3
        dukien rules profile pages/
      """,
    subcommands: [
      RulesCheckCommand.self, RulesTestCommand.self, RulesListCommand.self, RulesShowCommand.self,
      RulesWhyNotCommand.self, RulesExplainCommand.self, RulesProfileCommand.self,
    ])
}

/// What all commands about rule sets take.
struct RuleSetArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Rule sets, by name or by path. (default: \(RuleSets.defaultSet))", valueName: "set"))
  var sets: [String] = []

  /// The answer of a tool over the sets, or over the default set where none is named.
  func ask<Answer: Decodable>(
    _ verb: String, _ request: some Encodable = [String: String](), as type: Answer.Type
  ) throws -> Answer {
    try Self.ask(verb, request, of: sets.isEmpty ? [RuleSets.defaultSet] : sets, as: type)
  }

  static func ask<Answer: Decodable>(
    _ verb: String, _ request: some Encodable = [String: String](), of sets: [String],
    as type: Answer.Type
  ) throws -> Answer {
    do {
      return try decode(try RuleSets(sets).tool(verb, request), verb: verb)
    } catch let error as LibraryError {
      throw Exit(error.isUsage ? .usage : .internalError, error.text)
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
