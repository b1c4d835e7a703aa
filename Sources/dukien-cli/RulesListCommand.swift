import ArgumentParser
import Foundation

struct RulesListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists rule sets with those they use, and where they come from.",
    discussion: """
      Where none is named: the default set, and all sets on the search path.

      EXAMPLES
        dukien rules list
        dukien rules list my-rules/
        DUKIEN_RULES_PATH=~/rules dukien rules list
      """)

  @OptionGroup var arguments: RuleSetArguments

  private struct Answer: Decodable {
    struct Set: Decodable {
      var name: String
      var version: String
      var about: String
      var source: String
      var rules: Int
      var lexicons: Int
      var facts: Int

      var row: [String] {
        [
          name, version, counted(facts, "fact type"), counted(rules, "rule"),
          counted(lexicons, "lexicon"), source, about,
        ]
      }
    }

    var sets: [Set]
  }

  func run() throws {
    let named = arguments.given
    let sets = named.isEmpty ? [RuleSets.defaultSet] + setsOnSearchPath() : named
    var listed: Set<String> = []
    var rows: [[String]] = []
    var broken: [Exit] = []
    // One by one: sets that are never loaded together need not agree with each other.
    for set in sets {
      do {
        let answer = try RuleSetArguments.ask("list", of: [set], as: Answer.self)
        rows += answer.sets.filter { listed.insert($0.name).inserted }.map(\.row)
      } catch let exit as Exit where exit.code == .rules {
        broken.append(exit)
      }
    }
    print(alignedRows(rows), terminator: "")
    if !broken.isEmpty { throw Exit(.rules, "\(counted(broken.count, "rule set")) cannot be used") }
  }

  /// Names of the folders on the search path that hold a `set.yaml`, sorted.
  private func setsOnSearchPath() -> [String] {
    let folders = searchPath(ProcessInfo.processInfo.environment)
    let names = folders.flatMap { folder in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.filter { pathKind("\(folder)/\($0)/set.yaml") == .file }
    }
    return Set(names).sorted()
  }
}
