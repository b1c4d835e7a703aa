import ArgumentParser
import Foundation

struct RulesNewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new",
    abstract: "Writes a small rule set to begin with.",
    discussion: """
      EXAMPLES
        dukien rules new my-rules
        dukien rules new my-rules --at ~/.local/share/dukien/rules
      """)

  @Argument(help: "The name of the set: letters, digits, - and _.")
  var name: String

  @Option(help: ArgumentHelp("The folder in which the set gets its own.", valueName: "folder"))
  var at = "."

  private struct Answer: Decodable {
    struct File: Decodable {
      var file: String
      var text: String
    }

    var files: [File]
  }

  func run() throws {
    let answer = try RuleSetArguments.ask(
      "new", ["name": name], of: [], as: Answer.self)
    let folder = at.hasSuffix("/") ? at + name : "\(at)/\(name)"
    guard pathKind(folder) == .missing else {
      throw Exit(.usage, "\(folder): already there; nothing was written")
    }
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Exit(.usage, "\(folder): the folder cannot be made")
    }
    for file in answer.files {
      try replaceFile("\(folder)/\(file.file)", with: Array(file.text.utf8))
      print(printable("\(folder)/\(file.file)"))
    }
    print(
      printable(
        """

        Next:
          dukien rules check \(folder)
          dukien rules test \(folder)
          echo 'A kilo of rice costs 12 dollars.' | dukien extract -r \(folder) -f table
        """, keepLines: true))
  }
}
