import DukienRules
import Foundation
import Testing

@Suite("Layout never changes what a file says")
struct FormatPropertyTests {
  private static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("rules")

  static let shipped: [String] = {
    let names = FileManager.default.subpaths(atPath: rules.path) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  /// Expects one layout to be the last, with the same comments.
  private func expectStable(_ text: String) throws {
    var diagnostics: [Diagnostic] = []
    let file = SourceFile(label: "test.yaml", bytes: Array(text.utf8))
    let once = try #require(
      formatted(file, diagnostics: &diagnostics), "\(diagnostics.map(\.code)): \(text)")
    let again = SourceFile(label: "test.yaml", bytes: once)
    let twice = formatted(again, diagnostics: &diagnostics)
    #expect(twice == once, "\(text)")
    let before = try #require(parseYaml(file, diagnostics: &diagnostics))
    let after = try #require(parseYaml(again, diagnostics: &diagnostics))
    #expect(comments(of: before) == comments(of: after), "\(text)")
    #expect(sorted(before, before.root) == sorted(after, after.root), "\(text)")
    #expect(!once.contains(0x0D))
    #expect(once.isEmpty || once.last == 0x0A)
  }

  /// The tree as a text, the entries of mappings sorted.
  private func sorted(_ tree: YamlTree, _ node: Int) -> String {
    switch tree[node].kind {
    case .null: return "-"
    case .scalar: return tree[node].text.debugDescription
    case .sequence:
      return "[\(tree.children(of: node).map { sorted(tree, $0) }.joined(separator: ","))]"
    case .mapping:
      let entries = tree.entries(of: node).map { entry in
        "\(sorted(tree, entry.key)):\(sorted(tree, entry.value))"
      }
      return "{\(entries.sorted().joined(separator: ","))}"
    }
  }

  @Test("shipped rule files", arguments: shipped)
  func shippedFile(name: String) throws {
    let bytes = try Data(contentsOf: Self.rules.appendingPathComponent(name))
    try expectStable(String(decoding: bytes, as: UTF8.self))
  }

  @Test("generated files", arguments: 1...20)
  func generated(batch: Int) throws {
    for seed in 0..<50 {
      var writer = RandomYaml(random: SeededGenerator(state: UInt64(batch * 1000 + seed)))
      let text = writer.file()
      try expectStable(text)
      try expectStable(text.replacingOccurrences(of: "\n", with: "\r\n"))
    }
  }
}

/// Writes rule files of random content in a random layout.
private struct RandomYaml {
  var random: SeededGenerator
  private var number = 0

  init(random: SeededGenerator) { self.random = random }

  mutating func file() -> String {
    var text = chance(3) ? comment(0) : ""
    for section in ["values", "rules", "other"] where !chance(4) {
      text += gap(0) + "\(section):" + beside()
      let indent = pick([1, 2, 4])
      if section == "rules" {
        text += sequence(pick([0, indent]), depth: 0)
      } else {
        text += mapping(indent, depth: 0)
      }
    }
    if text.isEmpty || chance(3) { text += comment(0) }
    return text
  }

  private mutating func chance(_ of: Int) -> Bool { Int.random(in: 0..<of, using: &random) == 0 }

  private mutating func pick<Item>(_ items: [Item]) -> Item {
    items[Int.random(in: 0..<items.count, using: &random)]
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }

  private mutating func comment(_ indent: Int) -> String {
    number += 1
    return "\(spaces(indent))# \(number)\(chance(3) ? " \t" : "")\n"
  }

  /// The end of a line, maybe with a comment.
  private mutating func beside() -> String {
    chance(5) ? String(comment(pick([1, 3]))) : (chance(6) ? "  \n" : "\n")
  }

  /// What may stand above an entry.
  private mutating func gap(_ indent: Int) -> String {
    var text = ""
    while chance(4) { text += chance(2) ? "\n" : comment(pick([indent, indent, 0, indent + 3])) }
    return text
  }

  private mutating func scalar(isFlow: Bool) -> String {
    pick([
      "a", "b c", "\"d, e\"", "'f: g'", "\"h i\"", "\"\\u00e9 #\"", "\"true\"", "1.5", "đồng",
      "\"đồng\"", isFlow ? "\"<x>\"" : "<x> | [y]", "\"\"",
    ])
  }

  private mutating func flow(depth: Int) -> String {
    if depth > 2 || chance(2) { return scalar(isFlow: true) }
    let blank = pick(["", " ", "  "])
    let isMapping = chance(2)
    var text = isMapping ? "{" : "["
    let count = Int.random(in: 0...3, using: &random)
    for index in 0..<count {
      text += index > 0 ? "," + pick(["", " ", "\n     ", "  # c\(index)\n    "]) : blank
      if isMapping { text += "k\(index):\(pick([" ", "  "]))" }
      text += flow(depth: depth + 1)
    }
    return text + blank + (isMapping ? "}" : "]")
  }

  /// What follows `key:` or a dash in a block of an indentation, the end of the line included.
  private mutating func value(_ indent: Int, depth: Int, isItem: Bool) -> String {
    switch Int.random(in: 0..<(depth < 3 ? 9 : 6), using: &random) {
    case 0: return beside()
    case 1, 2: return pick([" ", "   "]) + scalar(isFlow: false) + beside()
    case 3, 4: return " " + flow(depth: 0) + beside()
    case 5:
      let inner = spaces(indent + pick([1, 2, 5]))
      return pick([
        " |\n\(inner)one\n\n\(inner)  two  \n", " >-\n\(inner)one\n\(inner)two\n\n\n",
        " |+\n\(inner)one\n\n", " one\n\(inner)two\n", " \"one\n\n\(inner)two\"\n",
      ])
    case 6 where !isItem: return beside() + sequence(indent + pick([0, 2]), depth: depth + 1)
    case 7 where isItem:
      let inner = pick([1, 3])
      let text = mapping(indent + 1 + inner, depth: depth + 1)
      return chance(3) ? beside() + text : " " + String(text.drop { $0 == " " }).inline(inner)
    default: return beside() + mapping(indent + pick([1, 2, 4]), depth: depth + 1)
    }
  }

  private mutating func mapping(_ indent: Int, depth: Int) -> String {
    var keys = ["rule", "about", "tests", "is", "phrase", "\"odd\"", "emits"]
    keys.shuffle(using: &random)
    var text = ""
    for key in keys.prefix(Int.random(in: 1...4, using: &random)) {
      let above = text.isEmpty ? "" : gap(indent)
      text += above + spaces(indent) + key + pick([":", ":", " :"])
      text += value(indent, depth: depth, isItem: false)
    }
    return text
  }

  private mutating func sequence(_ indent: Int, depth: Int) -> String {
    var text = ""
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      text += gap(indent) + spaces(indent) + "-"
      text += value(indent, depth: depth, isItem: true)
    }
    return text
  }
}

extension String {
  /// The text behind a dash, as many blanks away as its other lines are indented.
  fileprivate func inline(_ blanks: Int) -> String {
    String(repeating: " ", count: blanks - 1) + self
  }
}
