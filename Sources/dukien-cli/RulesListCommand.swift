import ArgumentParser
import Foundation

struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists the rule sets that can be named, and where they come from.",
    discussion: """
      EXAMPLES
        dukien rules list
        DUKIEN_RULES_PATH=~/rules dukien rules list
      """)

  private struct Answer: Decodable {
    struct Set: Decodable {
      var name: String
      var version: String
      var about: String
      var source: String
      var rules: Int
      var lexicons: Int
      var facts: Int
    }

    var sets: [Set]
  }

  func run() throws {
    let answer = try RuleSetArguments.parse([]).ask("list", as: Answer.self, whenNone: [])
    print(
      columnsOfText(
        answer.sets.map { set in
          let counts =
            "\(counted(set.facts, "fact type")), \(counted(set.rules, "rule")), "
            + counted(set.lexicons, "lexicon")
          return [set.name, set.version, counts, set.source, set.about]
        }), terminator: "")
  }
}

/// Rows of text with aligned columns; the last column is not padded.
func columnsOfText(_ rows: [[String]], indent: String = "") -> String {
  let rows = rows.map { row in row.map { printable($0) } }
  var widths: [Int] = []
  for row in rows {
    for (index, cell) in row.dropLast().enumerated() {
      if index == widths.count { widths.append(0) }
      widths[index] = max(widths[index], columns(cell))
    }
  }
  var text = ""
  for row in rows {
    var line = indent
    for (index, cell) in row.enumerated() {
      line += cell
      if index + 1 < row.count {
        line += String(repeating: " ", count: widths[index] - columns(cell) + 2)
      }
    }
    while line.last == " " { line.removeLast() }
    text += line + "\n"
  }
  return text
}
