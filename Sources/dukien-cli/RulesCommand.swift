import ArgumentParser
import CDukien
import Foundation

struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Checks, tests, explains and lays out rule sets.",
    discussion: """
      EXAMPLES
        dukien rules list
        dukien rules show vi-trade
        dukien rules check my-rules/
        dukien rules test my-rules/ vi-news
        dukien rules why-not export-total "Exports came to 3 billion dollars."
        dukien rules explain page.txt --fact 3
        dukien rules profile pages/
        dukien rules fmt my-rules/
        dukien rules new my-rules
        dukien rules bundle my-rules/ -o my-rules.bundle
      """,
    subcommands: [
      RulesCheckCommand.self, RulesTestCommand.self, RulesListCommand.self, RulesShowCommand.self,
      RulesWhyNotCommand.self, RulesExplainCommand.self, RulesProfileCommand.self,
      RulesFormatCommand.self, RulesSchemaCommand.self, RulesNewCommand.self,
      RulesBundleCommand.self,
    ])
}

/// What all commands about rule sets take.
struct RuleSetArguments: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Rule sets, by name or by path. (default: \(RuleSets.defaultSet))", valueName: "set"))
  var sets: [String] = []

  @Option(
    name: [.customShort("r", allowingJoined: true), .customLong("rules")], parsing: .singleValue,
    help: ArgumentHelp("A rule set, as an argument would name it.", valueName: "set"))
  var named: [String] = []

  /// The sets that were named, in either way.
  var given: [String] { sets + named }

  /// The sets that were named, or the default set.
  var chosen: [String] { given.isEmpty ? [RuleSets.defaultSet] : given }

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
    let json = try answer(verb, request, of: sets)
    // Errors stop every tool but those that look for them; they are printed.
    if verb != "check" && verb != "fmt" {
      let findings = try decode(json, as: Findings.self, of: verb)
      let errors = findings.diagnostics.filter { $0.severity == "error" }
      for finding in errors { complain(finding.printed) }
      if !errors.isEmpty { throw Exit(.rules, "\(counted(errors.count, "error")) in the rules") }
    }
    return try decode(json, as: type, of: verb)
  }

  /// The answer of a tool over the sets, or over the default set where none is named, as it is.
  func answer(_ verb: String) throws -> Data {
    try Self.answer(verb, of: chosen)
  }

  static func answer(
    _ verb: String, _ request: some Encodable = [String: String](), of sets: [String]
  ) throws -> Data {
    do {
      return try RuleSets(sets).tool(verb, request)
    } catch let error as LibraryError {
      throw Exit(error.isUsage ? .usage : .internalError, error.text)
    }
  }

  static func decode<Answer: Decodable>(
    _ json: Data, as type: Answer.Type, of verb: String
  ) throws -> Answer {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    do {
      return try decoder.decode(type, from: json)
    } catch let error as DecodingError {
      throw Exit(.internalError, "the answer of \(verb) is not understood: \(error)")
    }
  }
}

/// The findings that an answer may hold.
struct Findings: Decodable {
  struct Finding: Decodable {
    var severity: String
    var code: String
    var message: String
    var hint: String
    var file: String
    var line: Int
    var column: Int
    var endLine: Int
    var endColumn: Int
    var rendered: String

    /// As it goes to a terminal.
    var printed: String { printable(rendered, keepLines: true) }

    /// What is wrong and what to do about it, on one line.
    var advice: String { hint.isEmpty ? message : "\(message) (\(hint))" }
  }

  var diagnostics: [Finding]

  func count(_ severity: String) -> Int { diagnostics.count { $0.severity == severity } }
}
