import DukienRules
import Testing

@testable import DukienEngine

@Suite("Named patterns, kinds of facts, rules that fill")
struct LanguageTests {
  private static let words = """
    lexicons: {link: [and, or], flow: {entries: {ups: rise, downs: fall, odds: other}}}
    classes: {digits: {shape: number}, caps: {shape: capital}}
    values: {Number: {lists_as: number, phrase: "<t:digits>", gives: {n: digits(t)}, shows: "{n}"}}
    entities: {Name: {phrase: "<caps>"}, Thing: {phrase: "thing <t:digits>"}}

    """

  private func facts(_ rules: String, _ text: String) throws -> [String] {
    try TestRules(Self.words + rules).read(text).facts
  }

  @Test("a named pattern stands in others with what it keeps")
  func namedPattern() throws {
    let rules = """
      patterns:
        names: <name:Name>{1,4; (, | <link>)}
        counted: {about: a number and whose, phrase: [<n:Number> of <names>, <names> has <n:Number>]}
      facts: {f: {roles: {name: [Name], n: Number, whole: text}, keep: all}}
      rules: [{rule: r, emits: f, phrase: "zax <whole:counted>"}]
      """
    #expect(
      try facts(rules, "zax 4 of Aa, Bb and Cc. zax Dd has 5") == [
        "f(name: Aa + Bb + Cc, n: 4, whole: 4 of Aa, Bb and Cc)",
        "f(name: Dd, n: 5, whole: Dd has 5)",
      ])
  }

  @Test(
    "a mistake with a named pattern is told once, at its place",
    arguments: [
      ("patterns: {a: <b>, b: <a>}", "5:23 rule.cycle `a` holds itself"),
      ("patterns: {a: zax <Nmae>}", "5:20 pattern.unknown-type unknown type `Nmae`"),
      ("patterns: {a: {about: x}}", "5:12 rule.missing-key `a` has no `phrase`"),
      (
        "patterns: {Name: zax}",
        "5:12 rule.duplicate the name `Name` is already taken by another section"
      ),
      (
        "patterns: {a: zax}\ngroups: {G: {phrase: zop <a.b>}}",
        "6:27 pattern.hole `a` is a pattern and has no fields"
      ),
      (
        "groups: {G: {phrase: <caps|Name>}}",
        "5:23 pattern.hole `caps` is a class and shares no hole"
      ),
    ])
  func wrongPattern(text: String, problem: String) {
    var loader = RuleLoader()
    loader.addMemory(label: "t.yaml", bytes: Array((Self.words + text + "\n").utf8))
    let found = loader.compile().diagnostics.filter { $0.severity == .error }
    #expect(found.map { "\($0.line):\($0.column) \($0.code) \($0.message)" } == [problem])
  }

  @Test("patterns that hold one another without end are refused by their size")
  func explodingPatterns() {
    var text = "patterns:\n  p0: a\n"
    for level in 1...40 { text += "  p\(level): <p\(level - 1)> <p\(level - 1)>\n" }
    var loader = RuleLoader()
    loader.addMemory(label: "t.yaml", bytes: Array(text.utf8))
    let found = loader.compile().diagnostics
    #expect(found.map { $0.code } == ["pattern.cost"])
  }

  @Test("a hole takes several types, the longest of which stands first")
  func union() throws {
    let rules = """
      facts: {f: {roles: {what: text}, keep: all}}
      rules: [{rule: r, emits: f, phrase: "zax <what:Name|Thing|flow>"}]
      """
    #expect(
      try facts(rules, "zax Aa; zax thing 4; zax ups; zax 5") == [
        "f(what: Aa)", "f(what: thing 4)", "f(what: ups)",
      ])
  }

  @Test("a kind of fact has the roles of what it is; assertions for the one hold for the other")
  func factKinds() throws {
    let rules = """
      facts:
        move: {roles: {n: Number, name: Name}, required: [n], keep: all}
        jump: {is: move, roles: {far: flag}}
      rules:
      - {rule: r, emits: jump, trigger: zax, roles: {n: <Number>, name: by <Name>, far: far}}
      assertions: {no: {cues: not, where: up to 3 tokens before, for: move, sets: {polarity: negative}}}
      """
    #expect(
      try facts(rules, "zax 4 by Aa far. Not zax 5. zax by Bb.") == [
        "jump(n: 4, name: Aa, far: true)", "jump(n: 5) negative",
      ])
  }

  @Test("a role of listed words takes no other, unless it is open")
  func listedWords() throws {
    func rules(_ open: String) -> String {
      """
      facts: {f: {roles: {kind: {one_of: [rise, fall]\(open)}, n: Number}, keep: all}}
      rules: [{rule: r, emits: f, phrase: "<kind:flow> <n:Number>"}]
      """
    }
    #expect(try facts(rules(""), "ups 1, odds 2") == ["f(kind: rise, n: 1)", "f(n: 2)"])
    #expect(
      try facts(rules(", open: yes"), "ups 1, odds 2") == [
        "f(kind: rise, n: 1)", "f(kind: other, n: 2)",
      ])
  }

  @Test("a rule needs one of several roles")
  func needsOneOf() throws {
    let rules = """
      facts: {f: {roles: {n: Number, name: Name}, keep: all}}
      rules: [{rule: r, emits: f, trigger: zax, roles: {n: <Number>, name: <Name>}, needs: [[n, name]]}]
      """
    #expect(try facts(rules, "zax 1. zax Aa. zax.") == ["f(n: 1)", "f(name: Aa)"])
  }

  @Test(
    "a rule that fills adds roles and its sentence to a fact found elsewhere",
    arguments: [
      ("f", "zax 1. By Aa.", ["f(n: 1, name: Aa)"], 2),
      (
        "{fact: f, which: nearest before, in: document}", "zax 1.\n\nzax 2.\n\nby Aa.",
        ["f(n: 1)", "f(n: 2, name: Aa)"], 3
      ),
      (
        "{fact: f, which: nearest after, in: document}", "zax 1.\n\nby Aa.\n\nzax 2.",
        ["f(n: 1)", "f(n: 2, name: Aa)"], 3
      ),
      ("{fact: f, in: sentence}", "zax 1. By Aa.", ["f(n: 1)"], 1),
      ("f", "zax 1.\n\nby Aa.", ["f(n: 1)"], 1),
      ("f", "by Aa.", [], 0),
    ])
  func fills(fills: String, text: String, expected: [String], sentences: Int) throws {
    let rules = """
      facts: {f: {roles: {n: Number, name: Name}, keep: all}}
      rules:
      - {rule: r, emits: f, phrase: "zax <n:Number>"}
      - {rule: s, fills: \(fills), phrase: "by <name:Name>"}
      """
    let found = try TestRules(Self.words + rules).read(text)
    #expect(found.facts == expected)
    #expect(found.result.evidence.count == sentences)
  }

  @Test("a conflict is declared over roles that there are")
  func conflicts() throws {
    let rules = """
      facts: {f: {roles: {n: Number, name: Name}, identity: [name]}}
      conflicts: [{conflict: c, facts: f, differ: [n], report: "numbers disagree: {n}"}]
      """
    #expect(try TestRules(Self.words + rules).program.conflicts.map { $0.name } == ["c"])
    var loader = RuleLoader()
    loader.addMemory(
      label: "t.yaml",
      bytes: Array((Self.words + rules.replacing("[n]", with: "[m]")).utf8))
    #expect(loader.compile().diagnostics.map { $0.code } == ["rule.unknown-role"])
  }

  @Test("a link looks in the whole document or in the paragraph")
  func linkScope() throws {
    func rules(_ look: String) -> String {
      """
      entities:
        Full: {phrase: "<caps> <last:caps>"}
        Short: {phrase: "mr <last:caps>"}
      links: [{link: a, from: Short, to: Full, when: [from.last = to.last], look: \(look)}]
      facts: {f: {roles: {who: Short}, keep: all}}
      rules: [{rule: r, emits: f, phrase: "zax <who:Short>"}]
      """
    }
    let words = "classes: {caps: {shape: capital}}\n"
    let text = "Aa Bb.\n\nzax mr Bb."
    #expect(try TestRules(words + rules("document")).read(text).facts == ["f(who: Aa Bb)"])
    #expect(try TestRules(words + rules("paragraph")).read(text).facts == ["f(who: mr Bb)"])
  }
}

extension LanguageTests {
  @Test("the key of an entity makes one of its spellings in the identity of facts")
  func entityKey() throws {
    func rules(_ key: String) -> String {
      """
      entities: {Club: {phrase: "<first:caps> <rest = <caps>{0,2}>?"\(key)}}
      facts: {f: {roles: {who: Club}, identity: [who], keep: first}}
      rules: [{rule: r, emits: f, phrase: "zax <who:Club>"}]
      """
    }
    let words = "classes: {caps: {shape: capital}}\n"
    let text = "zax Aa Bb. Then zax Aa. Then zax Cc."
    #expect(
      try TestRules(words + rules(", key: first")).read(text).facts == [
        "f(who: Aa Bb)", "f(who: Cc)",
      ])
    #expect(try TestRules(words + rules("")).read(text).facts.count == 3)
  }
}
