import ArgumentParser
import Foundation

struct RulesSchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Prints a JSON Schema of rule files, for editors.",
    discussion: """
      EXAMPLES
        dukien rules schema > rules.schema.json

      With the YAML extension of VS Code, begin a rule file with
        # yaml-language-server: $schema=rules.schema.json
      """)

  func run() throws {
    let json = try RuleSetArguments.answer("schema", of: [])
    let object = try JSONSerialization.jsonObject(with: json)
    let pretty = try JSONSerialization.data(
      withJSONObject: object, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    print(String(decoding: pretty, as: UTF8.self))
  }
}
