import DukienRules
import DukienText
import Testing

@Suite("How mistakes in rule files are told")
struct CompilerDiagnosticTests {
  @Test("a mistake is printed with its line, a caret and a remedy")
  func printed() {
    let found = compiled("values:\n  A:\n    phrase: one <Nmber>\n  Number: {phrase: two}\n")
    #expect(
      found.diagnostics.map { $0.rendered() } == [
        """
        test.yaml:3:18: error[pattern.unknown-type]: unknown type `Nmber`
                phrase: one <Nmber>
                             ^
          hint: did you mean `Number`?
        """
      ])
  }

  @Test("all mistakes of a file are reported at once, in its order")
  func all() {
    let found = compiled(
      """
      values:
        A: {phrase: one (}
        B: {phrase: <C>, kind: c}
      nonsense: a
      rules:
      - {rule: a, emits: b, phrase: c}
      """)
    #expect(
      found.diagnostics.map { "\($0.line):\($0.column) \($0.code)" } == [
        "2:19 pattern.unbalanced", "3:16 pattern.unknown-type", "3:26 rule.unknown-word",
        "4:1 rule.unknown-key", "6:20 rule.unknown-fact",
      ])
    #expect(found.program == nil)
  }

  @Test("an entry that stands twice is a warning, and an error where warnings are")
  func warnings() throws {
    let text = "lexicons:\n  a:\n  - hoà\n  - b\n  - Hòa\n"
    let found = compiled(text)
    #expect(found.program != nil)
    let warning = try #require(found.diagnostics.first)
    #expect(found.diagnostics.count == 1)
    #expect(warning.severity == .warning)
    #expect(warning.code == "lexicon.duplicate")
    #expect((warning.line, warning.column) == (5, 5))
    #expect(
      warning.message
        == "entry stands twice in its lexicon (case and tone placement do not count)")
    #expect(warning.hint == "first at test.yaml:3")
    var limits = LoadLimits()
    limits.warningsAsErrors = true
    var loader = RuleLoader(limits: limits)
    loader.addMemory(label: "test.yaml", bytes: Array(text.utf8))
    #expect(loader.compile().program == nil)
  }

  @Test("values built on one another without end are refused")
  func depth() {
    var text = "values:\n  V0: {phrase: one}\n"
    for index in 1..<100 { text += "  V\(index): {phrase: one <V\(index - 1)>}\n" }
    let found = compiled(text)
    #expect(found.diagnostics.map(\.code) == ["rule.depth"])
    #expect(found.diagnostics.first?.message == "`V48` is made on level 49")
  }

  @Test("types without end are refused at the first too many")
  func types() throws {
    var text = "lexicons:\n"
    for index in 0..<5_000 { text += "  w\(index): [a]\n" }
    let found = compiled(text)
    let first = try #require(found.diagnostics.first)
    #expect(found.diagnostics.count == 1)
    #expect(first.code == "rule.too-many")
    #expect(first.message == "rule sets declare more than 4096 types")
    // The table begins with "none" and `quoted`.
    #expect((first.line, first.column) == (4_096, 3))
  }

  @Test("a long line of values that beat one another is in order")
  func longOrder() {
    var text = "values:\n  V0: {phrase: one}\n"
    for index in 1..<1_000 { text += "  V\(index): {phrase: one, beats: V\(index - 1)}\n" }
    #expect(compiled(text).diagnostics == [])
  }

  @Test("the rule of a mistake and the way to it are named")
  func ruleAndPath() throws {
    let found = compiled(
      "rules: [{rule: greet, emits: meeting, trigger: one, needs: [whom]}]"
        + "\nfacts: {meeting: {roles: {who: text}}}"
    ).diagnostics.first
    #expect(found?.rule == "greet")
    #expect(found?.path == "rules[0].needs[0]")
  }
}
