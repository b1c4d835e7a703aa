import ArgumentParser
import Foundation

struct RulesFormatCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fmt",
    abstract: "Rewrites rule files in the usual layout; what they say stays the same.",
    discussion: """
      Comments are kept. Sets inside the library have no files; nothing of them is written.

      EXAMPLES
        dukien rules fmt my-rules/
        dukien rules fmt --check my-rules/trade.yaml
      """)

  @Flag(help: "Write nothing; name the files that would change and end with 1.")
  var check = false

  @Argument(help: ArgumentHelp("Rule sets, by name or by path.", valueName: "set"))
  var sets: [String]

  private struct Answer: Decodable {
    struct File: Decodable {
      var file: String
      var bundled: Bool
      var changed: Bool
      var text: String
    }

    var files: [File]
    var diagnostics: [Findings.Finding]
  }

  func run() throws {
    let answer = try RuleSetArguments.ask("fmt", of: sets, as: Answer.self)
    for finding in answer.diagnostics { complain(finding.printed) }
    var written = 0
    for file in answer.files where file.changed && !file.bundled {
      if !check { try replaceFile(file.file, with: Array(file.text.utf8)) }
      print(printable(file.file))
      written += 1
    }
    let failed = answer.diagnostics.count { $0.severity == "error" }
    if failed > 0 { throw Exit(.negative, "\(counted(failed, "error")); see above") }
    if check, written > 0 { throw Exit(.negative, "\(counted(written, "file")) would change") }
  }
}
