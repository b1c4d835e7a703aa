import Foundation
import Testing

@Suite("the pages on the rule language")
struct GuideTests {
  @Test(
    "what a page shows is what happens, step by step", arguments: ["WritingRules", "RuleLanguage"])
  func page(name: String) throws {
    let steps = try GuidePage(name).steps
    try #require(steps.count > 10, "\(name) shows next to nothing")
    let folder = try TemporaryFolder()
    for step in steps {
      switch step.action {
      case .write(let file, let text): try folder.write(file, text)
      case .run(let commands, let shown):
        var printed = ""
        for command in commands {
          let words = GuidePage.words(of: command)
          try #require(words.first == "dukien", "\(name):\(step.line): another program")
          let run = try CommandLine.run(Array(words.dropFirst()), directory: folder.path)
          printed += run.output + run.errors
        }
        #expect(
          printed.trimmingCharacters(in: .newlines) == shown,
          "\(name):\(step.line): \(commands.joined(separator: "; "))")
      }
    }
  }

  @Test("the reference names every key and every word that rule files may hold")
  func completeness() throws {
    let schema = try CommandLine.run(["rules", "schema"]).output
    let words = Self.words(inSchema: try JSONSerialization.jsonObject(with: Data(schema.utf8)))
    try #require(words.count > 100)
    let parts = try GuidePage.text(of: "RuleLanguage").components(separatedBy: "`")
    let code = stride(from: 1, to: parts.count, by: 2).map { parts[$0] }.joined(separator: " ")
    let known = Set(code.split { !$0.isLetter && $0 != "_" }.map(String.init))
    let missing = words.filter { $0.contains(" ") ? !code.contains($0) : !known.contains($0) }
    #expect(missing.sorted() == [])
  }

  /// The keys of mappings and the words of closed lists that a schema has.
  private static func words(inSchema part: Any) -> Set<String> {
    if let list = part as? [Any] {
      return list.reduce(into: []) { $0.formUnion(words(inSchema: $1)) }
    }
    guard let mapping = part as? [String: Any] else { return [] }
    var found = words(inSchema: Array(mapping.values))
    if let keys = mapping["properties"] as? [String: Any] { found.formUnion(keys.keys) }
    if let list = mapping["enum"] as? [String] { found.formUnion(list) }
    return found
  }

  @Test("links between the pages lead to what is there")
  func links() throws {
    for name in ["Dukien", "WritingRules", "RuleLanguage"] {
      let text = try GuidePage.text(of: name)
      for link in text.components(separatedBy: "](").dropFirst() {
        let target = link.prefix { $0 != ")" }
        let parts = target.components(separatedBy: "#")
        let page = parts[0].isEmpty ? name : parts[0].replacingOccurrences(of: ".md", with: "")
        let headings = try GuidePage.text(of: page).components(separatedBy: "\n")
          .filter { $0.hasPrefix("#") }
          .map {
            $0.drop { "# ".contains($0) }.lowercased().replacingOccurrences(of: " ", with: "-")
          }
        #expect(parts.count == 1 || headings.contains(parts[1]), "\(name): \(target)")
      }
    }
  }

  @Test("a page without a name for a file, or with a block that nobody reads, is refused")
  func malformedPages() throws {
    let pages = [
      "no name here:\n\n```yaml\na: b\n```\n", "`a.yaml`:\n\n```yaml\na: b\n",
      "```console\nout\n```\n", "`a.yaml`:\n\n```swift\nlet a = 1\n```\n",
    ]
    for page in pages {
      #expect(throws: GuidePage.Problem.self) { try GuidePage(text: page) }
    }
  }
}

/// A page of the documentation as the steps that its blocks of code tell.
///
/// A block `yaml` or `text` is a file, named in backticks by the line of text before it. A block
/// `sh` holds commands, a line each; a block `console` behind it is what they print, standard
/// output before standard error.
struct GuidePage {
  struct Step {
    enum Action {
      case write(file: String, text: String)
      case run(commands: [String], shown: String)
    }
    var action: Action
    /// Where its block begins, from 1.
    var line: Int
  }

  struct Problem: Error {
    var line: Int
    var text: String
  }

  private(set) var steps: [Step] = []

  private static let catalogue = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("Sources/Dukien/Dukien.docc")

  init(_ name: String) throws {
    try self.init(text: Self.text(of: name))
  }

  /// The text of a page of the catalogue.
  static func text(of name: String) throws -> String {
    try String(contentsOf: catalogue.appendingPathComponent("\(name).md"), encoding: .utf8)
  }

  init(text: String) throws {
    let lines = text.components(separatedBy: "\n")
    var index = 0
    var before = ""
    while index < lines.count {
      let line = lines[index]
      index += 1
      guard line.hasPrefix("```") else {
        if !line.isEmpty { before = line }
        continue
      }
      let begin = index
      guard let end = lines[begin...].firstIndex(of: "```") else {
        throw Problem(line: begin, text: "a block is not closed")
      }
      index = end + 1
      try add(String(line.dropFirst(3)), Array(lines[begin..<end]), before: before, line: begin)
    }
  }

  private mutating func add(_ kind: String, _ body: [String], before: String, line: Int) throws {
    switch kind {
    case "yaml", "text":
      let names = before.split(separator: "`").filter { name in
        !name.contains(" ") && [".yaml", ".txt", ".tsv"].contains { name.hasSuffix($0) }
      }
      guard before.hasSuffix(":"), let name = names.last else {
        throw Problem(line: line, text: "no name before a file")
      }
      let text = body.joined(separator: "\n") + "\n"
      steps.append(Step(action: .write(file: String(name), text: text), line: line))
    case "sh": steps.append(Step(action: .run(commands: body, shown: ""), line: line))
    case "console":
      guard case .run(let commands, "")? = steps.last?.action else {
        throw Problem(line: line, text: "nothing was run before an output")
      }
      let shown = body.joined(separator: "\n")
      steps[steps.count - 1].action = .run(commands: commands, shown: shown)
    default: throw Problem(line: line, text: "a block of another kind: \(kind)")
    }
  }

  /// The words of a command; blanks between double quotes part no words.
  static func words(of command: String) -> [String] {
    var words: [String] = []
    for (index, part) in command.components(separatedBy: "\"").enumerated() {
      words += index % 2 == 1 ? [part] : part.split(separator: " ").map(String.init)
    }
    return words
  }
}
