import DukienRules
import DukienText
import Testing

@Suite("No rule file costs more than its limits", .serialized)
struct HostileRuleTests {
  /// What takes a second in an optimised build is a fault; the unoptimised build of the tests is
  /// given more.
  private static let longest = Duration.seconds(20)

  /// Compiles within the time, and expects a first error with its line where there is a code.
  @discardableResult
  private func quickly(
    _ text: String, _ code: String?, line: Int? = nil, isSound: Bool = true
  ) throws -> Compilation {
    let (found, time) = measured { compiled(text) }
    #expect(time < Self.longest)
    #expect(found.diagnostics.count <= 2_000)
    guard let code else {
      let errors = found.diagnostics.filter { $0.severity == .error }
      #expect(errors.prefix(3).map { $0.rendered() }.isEmpty == isSound)
      return found
    }
    let first = try #require(found.diagnostics.first { $0.severity == .error })
    #expect(first.code == code)
    if let line { #expect(first.line == line) }
    #expect(first.line > 0)
    #expect(found.program == nil)
    return found
  }

  @Test(
    "patterns built to explode are refused where they stand",
    arguments: [
      "one ((((a?){40}){40}){40}){40}", "one (..600){40} two", "one ((a{40}){40} b{40}){40}",
      "one (a{0,40; ..600}){40}", "one (((<start>){40}){40}){40}", "one (<n:++600>){40}",
      "one ((..600 a){1,40} b{40}){1,40}",
    ])
  func explosions(pattern: String) throws {
    try quickly("values:\n  A:\n    phrase: \"\(pattern)\"\n", "pattern.cost", line: 3)
  }

  @Test("brackets without end, and without beginning")
  func brackets() throws {
    for bracket in ["(", "[", "<a = ", "one{1;"] {
      let text = String(repeating: bracket, count: 50_000)
      try quickly("values:\n  A:\n    phrase: \"\(text)\"\n", "pattern.depth", line: 3)
    }
    try quickly(
      "values:\n  A:\n    phrase: \"one\(String(repeating: ")", count: 50_000))\"\n",
      "pattern.unbalanced", line: 3)
    try quickly(
      "values:\n  A:\n    phrase: \"one\(String(repeating: "?", count: 50_000))\"\n",
      "pattern.depth", line: 3)
  }

  @Test("a hundred thousand alternatives")
  func alternatives() throws {
    let words = (0..<100_000).map { "w\($0)" }
    try quickly(
      "values: {A: {phrase: \"\(words.joined(separator: " | "))\"}}", "pattern.cost", line: 1)
    let list = words.prefix(4_000).map { "    - \($0)\n" }.joined()
    try quickly("values:\n  A:\n    phrase:\n" + list, nil)
  }

  @Test("many large patterns together")
  func allPatterns() throws {
    var text = "values:\n"
    for index in 0..<4_000 {
      text += "  V\(index): {phrase: \"a\(index) ..600 b ..600 c ..600\"}\n"
    }
    try quickly(text, "pattern.cost")
  }

  @Test("one large pattern many times is laid out once")
  func equalPatterns() throws {
    var text = "values:\n"
    for index in 0..<4_000 { text += "  V\(index): {phrase: \"a ..600 b ..600 c ..600\"}\n" }
    try quickly(text, nil)
  }

  @Test("twenty thousand rules are read, one more is not")
  func rules() throws {
    var text = "facts: {f: {roles: {a: text}}}\nrules:\n"
    for index in 0..<20_000 {
      text += "- {rule: r\(index), emits: f, phrase: \"<a = w\(index)> x\"}\n"
    }
    let found = try quickly(text, nil)
    #expect(found.diagnostics.count == 1_000)
    #expect(found.diagnostics.allSatisfy { $0.severity == .warning })
    text += "- {rule: last, emits: f, phrase: x}\n"
    try quickly(text, "rule.too-many", line: 20_003)
  }

  @Test("twenty thousand rules with one name, of one unknown type, with unknown roles")
  func wrongRules() throws {
    var text = "facts: {fact: {roles: {role: text}}}\nrules:\n"
    for index in 0..<20_000 { text += "- {rule: r\(index), emits: fact\(index), phrase: x}\n" }
    let found = try quickly(text, "rule.unknown-fact", line: 3)
    #expect(found.diagnostics.count == 1_000)
    text = "facts: {fact: {roles: {role: text}}}\nrules:\n"
    for _ in 0..<20_000 { text += "- {rule: r, emits: fact, phrase: x, set: {roll: a}}\n" }
    try quickly(text, "rule.unknown-role", line: 3)
  }

  @Test("a hundred thousand conditions of zones")
  func zones() throws {
    var text = "zones:\n- zone: a\n  when:\n"
    for index in 0..<100_000 { text += "  - {words: \(index).., prose: yes}\n" }
    try quickly(text, "rule.too-many", line: 10_004)
    text = "zones:\n"
    for index in 0..<100_000 { text += "- {zone: z\(index), when: {after: z\(index + 1)}}\n" }
    try quickly(text, "rule.too-many", line: 10_002)
  }

  @Test("a hundred thousand keys of each section")
  func keys() throws {
    let keys = (0..<100_000).map { "  k\($0): \n" }.joined()
    for section in ["lexicons", "classes", "values", "groups", "entities"] {
      let found = try quickly("\(section):\n\(keys)", nil, isSound: false)
      #expect(found.diagnostics.contains { $0.code == "rule.too-many" && $0.line == 4_096 })
    }
    try quickly("facts:\n\(keys)", "rule.missing-key", line: 2)
    try quickly("assertions:\n\(keys)", "rule.missing-key", line: 2)
    try quickly("nothing:\n\(keys)", "rule.unknown-key", line: 1)
    try quickly(
      "facts:\n f:\n  roles: {\n\(keys.replacing("\n", with: ",\n"))}", "rule.wrong-type", line: 4)
  }

  @Test("two hundred thousand entries of a lexicon, each with a value of its own")
  func entries() throws {
    var text = "lexicons:\n  a:\n   entries:\n"
    for index in 0..<200_000 { text += "    a\(index): b\(index)\n" }
    try quickly(text, nil)
  }

  @Test("families in a long chain, and each made of all")
  func families() throws {
    var text = "values:\n  V0: {phrase: one}\n"
    for index in 1..<4_000 { text += "  V\(index): {is: V\(index - 1), phrase: one}\n" }
    try quickly(text, nil)
    text = "values:\n  V0: {phrase: one}\n"
    for index in 1..<2_000 { text += "  V\(index): {is: V0, phrase: one <V0>}\n" }
    let found = try quickly(text, "rule.cycle")
    #expect(found.diagnostics.count <= 30)
  }

  @Test("many rules that begin with any of many types")
  func openings() throws {
    var text = "values:\n  V: {about: all}\n"
    for index in 0..<2_000 { text += "  V\(index): {is: V, phrase: w\(index)}\n" }
    text += "facts: {f: {roles: {a: text}}}\nrules:\n"
    for index in 0..<5_000 { text += "- {rule: r\(index), emits: f, phrase: <V> x}\n" }
    try quickly(text, "rule.too-many")
  }

  @Test("ten thousand assertions are read, one more is not")
  func assertions() throws {
    let roles = (0..<200).map { "r\($0): text" }.joined(separator: ", ")
    let sets = (0..<200).map { "r\($0): x" }.joined(separator: ", ")
    var text = "facts: {f: {roles: {\(roles)}}}\nassertions:\n"
    for index in 0..<100 { text += "  a\(index): {cues: no, for: f, sets: {\(sets)}}\n" }
    try quickly(text, "rule.too-many", line: 53)
  }
}
