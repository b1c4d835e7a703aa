import ArgumentParser
import Foundation

struct RulesProfileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profile",
    abstract: "Counts what each rule, value, group and entity costs over pages.",
    discussion: """
      Steps are those of the matcher: the same pages and rules always give the same counts. The
      steps of a rule are those of its roles and conditions too; attempts and hits are those of its
      trigger or phrase; kept are the facts or mentions that were left at the end.

      EXAMPLES
        dukien rules profile pages/
        dukien rules profile pages/ --rules my-rules/ --top 20
      """)

  @Argument(help: ArgumentHelp("Files and folders; - is standard input.", valueName: "paths"))
  var paths: [String]

  @OptionGroup var rules: RulesOption

  @Option(help: ArgumentHelp("How many lines are shown; 0 shows all.", valueName: "n"))
  var top = 40

  private struct Request: Encodable {
    struct Page: Encodable { var text: String }
    var pages: [Page]
  }

  private struct Answer: Decodable {
    struct Row: Decodable {
      var kind: String
      var name: String
      var file: String
      var line: Int
      var attempts: Int
      var hits: Int
      var kept: Int
      var steps: Int
    }

    var pages: Int
    var bytes: Int
    var steps: Int
    var profile: [Row]
  }

  func validate() throws {
    if top < 0 { throw ValidationError("--top takes a number from 0") }
  }

  func run() throws {
    let pages = PageList(paths)
    for complaint in pages.complaints { complain(complaint) }
    var texts: [Request.Page] = []
    for path in pages.paths {
      do {
        texts.append(Request.Page(text: String(decoding: try readBytes(path), as: UTF8.self)))
      } catch let error as SystemError {
        complain("\(path): \(error.reason)")
      }
    }
    if texts.isEmpty { throw Exit(.usage, "nothing to read") }
    let answer = try RuleSetArguments.ask(
      "profile", Request(pages: texts), of: rules.chosen,
      as: Answer.self)
    let shown = top == 0 ? answer.profile[...] : answer.profile.prefix(top)
    let rows = shown.map { row in
      let share = answer.steps > 0 ? 1000 * row.steps / answer.steps : 0
      return [
        "\(row.steps)", "\(share / 10).\(share % 10)%", "\(row.attempts)", "\(row.hits)",
        "\(row.kept)", row.kind, row.name, "\(row.file):\(row.line)",
      ]
    }
    let head = ["steps", "share", "attempts", "hits", "kept", "kind", "name", "place"]
    print(alignedRows([head] + rows), terminator: "")
    for kind in ["rule", "value", "group", "entity"] {
      let idle = answer.profile.filter { $0.kind == kind && $0.hits == 0 }.map(\.name).sorted()
      if !idle.isEmpty {
        print(
          printable("\n\(kind) without a match (\(idle.count)): \(idle.joined(separator: ", "))"))
      }
    }
    print(
      "\ntotal \(answer.steps) steps over \(counted(answer.pages, "page")), "
        + "\(answer.bytes) bytes")
  }
}
