import Testing

@testable import DukienEngine

@Suite("Facts")
struct FactTests {
  private static let words = """
    numbers: {decimal: '.', group: ','}
    lexicons:
      flow: {entries: {ups: rise, downs: fall}}
    classes: {digits: {shape: number}, caps: {shape: capital}}
    values:
      Number: {lists_as: number, phrase: "<t:digits>", gives: {n: digits(t)}, shows: "{n}"}
    entities:
      Name: {phrase: "<caps>{1,3}"}

    """

  private func read(
    _ rules: String, _ text: String,
    roles: String =
      "n: Number, name: Name, other: Name, text: text, sure: flag, kind: {one_of: [rise, fall]}, list: [Number]",
    more: String = "keep: all", assertions: String = ""
  ) throws -> Reading {
    try TestRules(
      Self.words + """
        facts:
          f: {roles: {\(roles)}, \(more)}
        \(assertions)
        rules:
        \(rules)
        """
    ).read(text)
  }

  // MARK: Phrases

  @Test(
    "captures named like a role fill it, by its kind",
    arguments: [
      ("zax <n:Number>", "zax 1,234", "f(n: 1234)"),
      ("zax <name:Name> <other:Name>?", "zax Aa Bb", "f(name: Aa Bb)"),
      ("zax <text = wug fep>", "ZAX Wug  fep", "f(text: Wug  fep)"),
      ("<kind:flow> zax", "ups zax", "f(kind: rise)"),
      ("zax <sure = wug>?", "zax wug", "f(sure: true)"),
      ("zax <sure = wug>?", "zax fep", "f()"),
      ("zax <list:Number>{1,3; ,}", "zax 1, 2, 3, 4", "f(list: 1 + 2 + 3)"),
      ("zax <n:Number> <n:Number>", "zax 1 2", "f(n: 1)"),
      ("zax <unknown:Number>", "zax 1", "f()"),
    ])
  func captures(phrase: String, text: String, fact: String) throws {
    let found = try read("- {rule: a, emits: f, phrase: \"\(phrase)\"}", text)
    #expect(found.facts == [fact])
    #expect(found.spanFaults == [])
  }

  @Test(
    "a rule gives, sets and needs",
    arguments: [
      ("gives: {list: m.n * 2}", "zax 4 wug", ["f(list: 8)"]),
      ("gives: {n: m, text: lower(w)}", "zax 4 WUG", ["f(n: 4, text: wug)"]),
      ("gives: {n: missing}", "zax 4 wug", ["f()"]),
      ("set: {text: constant}", "zax 4 wug", ["f(text: constant)"]),
      ("set: {text: \"of {m} and {w}\"}", "zax 4 wug", ["f(text: of 4 and wug)"]),
      ("set: {text: \"of {w} and {missing}\"}", "zax 4 wug", ["f()"]),
      ("gives: {text: w}, set: {text: other}", "zax 4 wug", ["f(text: wug)"]),
      ("set: {kind: rise, sure: yes}", "zax 4 wug", ["f(sure: true, kind: rise)"]),
      ("gives: {n: m}, needs: n", "zax 4 wug; zax fep wug", ["f(n: 4)"]),
      ("gives: {n: m, text: missing}, needs: [n, text]", "zax 4 wug", []),
      ("gives: {n: m}, unless: {after: a}", "zax 4 wug a, zax 5 wug", ["f(n: 5)"]),
      ("gives: {n: m}, unless: {before: a}", "a zax 4 wug, zax 5 wug", ["f(n: 5)"]),
      ("gives: {n: m}, unless: {inside: \"4\"}", "zax 4 wug, zax 5 wug", ["f(n: 5)"]),
    ])
  func completions(key: String, text: String, facts: [String]) throws {
    let found = try read(
      "- {rule: a, emits: f, phrase: \"zax (<m:Number> | fep) <w = wug>\", \(key)}", text)
    #expect(found.facts == facts)
    #expect(found.spanFaults == [])
  }

  @Test("a type of fact requires one role of each group")
  func required() throws {
    let found = try read(
      "- {rule: a, emits: f, phrase: \"zax <n:Number>? <name:Name>? <text = wug>?\"}",
      "zax 4; zax Aa; zax 4 Aa; zax wug; zax 4 wug", more: "keep: all, required: [[n, name], text]")
    #expect(found.facts == ["f(n: 4, text: wug)"])
  }

  // MARK: Triggers

  @Test(
    "a role is searched for on its side, in its scope, and picked",
    arguments: [
      ("<Number>", "1 zax 2 and 3", "f(n: 2)"),
      ("{phrase: <Number>}", "1 zax 2 and 3", "f(n: 2)"),
      ("{phrase: <Number>, side: before}", "1 and 2 zax 3", "f(n: 2)"),
      ("{phrase: <Number>, side: before, pick: first}", "1 and 2 zax 3", "f(n: 1)"),
      ("{phrase: <Number>, side: both}", "1 zax 2", "f(n: 2)"),
      ("{phrase: <Number>, side: both}", "1 zax wug", "f(n: 1)"),
      ("{phrase: [\"wug <n:Number>\", \"toz <n:Number>\"]}", "zax toz 1 wug 2", "f(n: 1)"),
      ("[\"wug <n:Number>\", \"fep <n:Number>\"]", "zax 3 fep 1 wug 2", "f(n: 1)"),
      ("\"wug [<Number>]\"", "zax 1 wug 2", "f(n: 2)"),
      ("{phrase: <Number>, pick: fullest}", "zax 1 and 2", "f(n: 1)"),
      ("{phrase: <Number>, in: clause}", "zax wug; 1", "f()"),
      ("{phrase: <Number>, in: clause, side: both}", "1; 2 zax wug; 3", "f(n: 2)"),
      ("{phrase: <Number>, in: sentence}", "zax wug; 1", "f(n: 1)"),
      ("<Number>", "Zax wug. Then 1.", "f()"),
      ("{phrase: <Number>, in: previous sentence}", "1 wug. Then 2, 3. Zax 4.", "f(n: 3)"),
      ("{phrase: <Number>, in: previous sentence}", "1 wug. Then wug. Zax 4.", "f()"),
      ("{phrase: <Number>, in: paragraph}", "1 wug. Then wug. Zax 4.", "f(n: 1)"),
      ("{phrase: <Number>, in: paragraph}", "1 wug.\nZax 4.", "f()"),
      ("{phrase: <Number>, in: document}", "1 wug.\nFep.\nZax 4.", "f(n: 1)"),
      ("{phrase: <Number>, else: [{const: \"7\"}]}", "zax wug", "f(n: 7)"),
      (
        "{phrase: wug <Number>, else: [{phrase: <Number>, side: before}, {const: \"7\"}]}",
        "5 zax fep", "f(n: 5)"
      ),
      ("{const: \"{k}!\"}", "zax fep", "f(n: fep!)"),
      ("{const: \"{missing}!\"}", "zax fep", "f()"),
    ])
  func searches(way: String, text: String, fact: String) throws {
    let found = try read(
      "- {rule: a, emits: f, trigger: \"zax <k = fep>?\", roles: {n: \(way)}}", text)
    #expect(found.facts == [fact])
    #expect(found.spanFaults == [])
  }

  @Test("the fullest hit is the longest, all hits fill a list, the title is a place of its own")
  func picks() throws {
    let fullest = try read(
      "- {rule: a, emits: f, trigger: zax, roles: {name: {phrase: <Name>, pick: fullest}}}",
      "zax Aa, Bb Cc, Dd")
    #expect(fullest.facts == ["f(name: Bb Cc)"])
    let all = try read(
      "- {rule: a, emits: f, trigger: zax, roles: {list: {phrase: <Number>, pick: all}}}",
      "zax 1, 2 and 3")
    #expect(all.facts == ["f(list: 1 + 2 + 3)"])
    let title = try TestRules(
      Self.words + """
        facts: {f: {roles: {name: Name}, keep: all}}
        rules: [{rule: a, emits: f, trigger: zax, roles: {name: {phrase: <Name>, in: title}}}]
        zones:
        - {zone: title, content: yes, when: {position: first}}
        - {zone: body, content: yes, when: {words: 0..}}
        article: {title: {from: title}}
        """)
    #expect(title.read("see Aa\nor Bb, zax Cc").facts == ["f(name: Aa)"])
  }

  @Test("a search needs to run only where no other role makes it needless")
  func unlessRole() throws {
    let rule =
      "- {rule: a, emits: f, trigger: zax, roles: {name: <Name>, n: {phrase: <Number>, unless: [name]}}}"
    #expect(try read(rule, "zax Aa 1").facts == ["f(name: Aa)"])
    #expect(try read(rule, "zax 1").facts == ["f(n: 1)"])
  }

  @Test("a search that needs other roles runs only where all of them are filled")
  func neededRoles() throws {
    let rule =
      "- {rule: a, emits: f, trigger: zax, roles: {name: <Name>, n: {phrase: <Number>, needs: [name]}}}"
    #expect(try read(rule, "zax Aa 1").facts == ["f(n: 1, name: Aa)"])
    #expect(try read(rule, "zax 1").facts == ["f()"])
    let early =
      "- {rule: a, emits: f, trigger: zax, roles: {n: {phrase: <Number>, needs: [name]}, name: <Name>}}"
    #expect(try read(early, "zax Aa 1").facts == ["f(name: Aa)"])
  }

  @Test("a role is taken over only from a fact that shares the mentions of other roles")
  func sharing() throws {
    let rule =
      "- {rule: a, emits: f, trigger: zax, roles: {name: [<Name>, {same: name}], n: [<Number>, {same: n, sharing: name}]}}"
    #expect(
      try read(rule, "zax Aa 1, zax.").facts == ["f(n: 1, name: Aa)", "f(n: 1, name: Aa)"])
    #expect(try read(rule, "zax Aa 1, zax Bb.").facts == ["f(n: 1, name: Aa)", "f(name: Bb)"])
  }

  @Test("a role of the fact before is taken over, where that stands near enough")
  func same() throws {
    func rule(_ scope: String) -> String {
      "- {rule: a, emits: f, trigger: zax, roles: {name: {phrase: <Name>, else: [{same: name\(scope)}]}, n: <Number>}, needs: n}"
    }
    let text = "See zax Aa 1, zax 2. Then wug. Zax 3.\nZax 4."
    #expect(
      try read(rule(""), text).facts
        == ["f(n: 1, name: Aa)", "f(n: 2, name: Aa)", "f(n: 3, name: Aa)", "f(n: 4)"])
    #expect(
      try read(rule(", in: sentence"), text).facts
        == ["f(n: 1, name: Aa)", "f(n: 2, name: Aa)", "f(n: 3)", "f(n: 4)"])
    let near = "See zax Aa 1. Zax 2. Then wug. Zax 3."
    let found = try read(rule(", in: previous sentence"), near)
    #expect(found.facts == ["f(n: 1, name: Aa)", "f(n: 2, name: Aa)", "f(n: 3)"])
    #expect(
      found.result.roles.map { "\(found.string($0.name)) \(found.string($0.from))" }
        == ["n ", "name ", "n ", "name previous_fact", "n "])
  }

  @Test("a search stops at the neighbouring triggers of its type of fact")
  func regions() throws {
    let rule = "- {rule: a, emits: f, trigger: zax, roles: {n: {phrase: <Number>, side: both}}}"
    #expect(try read(rule, "1 zax wug zax 2").facts == ["f(n: 1)", "f(n: 2)"])
    #expect(try read(rule, "zax wug zax 2").facts == ["f()", "f(n: 2)"])
  }

  @Test("a value that a fact needs belongs to it alone; an entity does not")
  func claims() throws {
    let needed =
      "- {rule: a, emits: f, trigger: zax, roles: {n: {phrase: <Number>, side: both}, name: {phrase: <Name>, side: both}}, needs: n}"
    #expect(try read(needed, "zax 1 zax Aa").facts == ["f(n: 1)"])
    let shared = """
      - {rule: a, emits: f, trigger: zax, roles: {n: <Number>}, needs: n}
      - {rule: b, emits: f, trigger: wug, roles: {n: <Number>, name: <Name>}, needs: n}
      """
    #expect(try read(shared, "zax wug 1").facts == ["f(n: 1)"])
    let other = """
      - {rule: a, emits: f, trigger: "zax <name:Name>", needs: name}
      - {rule: b, emits: f, trigger: "zax [<name:Name>] wug", needs: name}
      """
    #expect(try read(other, "zax Aa wug").facts == ["f(name: Aa)", "f(name: Aa)"])
  }

  @Test("a fact stands where its words do, its evidence is the sentence")
  func spans() throws {
    let found = try read(
      "- {rule: a, emits: f, trigger: zax, roles: {n: {phrase: <Number>, side: both}, name: {phrase: <Name>, in: previous sentence}}}",
      "see Aa. The 1 fep zax toz. End.")
    #expect(found.markedFacts == "see Aa. The «1 fep zax» toz. End.")
    #expect(found.result.evidence.map { found.string($0.quote) } == ["The 1 fep zax toz."])
    #expect(found.facts == ["f(n: 1, name: Aa)"])
  }

  // MARK: Lists

  @Test("each member of a list is a fact; what the trigger's side holds counts for all")
  func lists() throws {
    let rule = """
      - rule: a
        emits: f
        trigger: zax
        roles: {name: {phrase: <Name>, else: [{const: Nobody}]}}
        list: {opens_with: ":", member: "<text:..3> '(' <n:Number> <other:Name>? ')'", separator: ";", carry: other}
      """
    #expect(
      try read(rule, "zax of Aa: one (1 Bb); two three (2); four (3 Cc); five (4), six (5)").facts
        == [
          "f(n: 1, name: Aa, other: Bb, text: one)",
          "f(n: 2, name: Aa, other: Bb, text: two three)",
          "f(n: 3, name: Aa, other: Cc, text: four)", "f(n: 4, name: Aa, other: Cc, text: five)",
        ])
    #expect(try read(rule, "zax: one (1)").facts == ["f(n: 1, name: Nobody, text: one)"])
    #expect(try read(rule, "zax of Aa; one (1)").facts == [])
    #expect(try read(rule, "zax: (1)").facts == [])
  }

  // MARK: Identity

  @Test(
    "facts of equal identity are one, kept as their type says",
    arguments: [
      ("identity: [name]", ["f(n: 1, name: Aa, text: wug)", "f(n: 3, name: Bb)"]),
      (
        "identity: [name], keep: most_complete",
        ["f(n: 1, name: Aa, text: wug)", "f(n: 3, name: Bb)"]
      ),
      ("identity: [name], keep: first", ["f(name: Aa, text: wug)", "f(n: 3, name: Bb)"]),
      ("identity: [name], keep: merge", ["f(n: 2, name: Aa, text: wug)", "f(n: 3, name: Bb)"]),
      (
        "identity: [name], keep: all",
        [
          "f(name: Aa, text: wug)", "f(n: 2, name: Aa)", "f(n: 1, name: Aa, text: wug)",
          "f(n: 3, name: Bb)",
        ]
      ),
      (
        "identity: [name, n]",
        [
          "f(name: Aa, text: wug)", "f(n: 2, name: Aa)", "f(n: 1, name: Aa, text: wug)",
          "f(n: 3, name: Bb)",
        ]
      ),
      (
        "keep: first",
        [
          "f(name: Aa, text: wug)", "f(n: 2, name: Aa)", "f(n: 1, name: Aa, text: wug)",
          "f(n: 3, name: Bb)",
        ]
      ),
    ])
  func keep(policy: String, facts: [String]) throws {
    let found = try read(
      "- {rule: a, emits: f, phrase: \"zax <name:Name> <n:Number>? <text = wug>?\"}",
      "zax Aa wug. Then zax Aa 2.\nzax Aa 1 wug; zax Bb 3.", more: policy)
    #expect(found.facts == facts)
  }

  @Test("identity knows no case, and reads norms, not texts")
  func identityKeys() throws {
    let found = try read(
      "- {rule: a, emits: f, phrase: \"zax <n:Number> <text:++2>\"}",
      "zax 1,000 Wug fep; zax 1000 wug FEP; zax 1000 hòa; zax 1000 hoà",
      more: "identity: [n, text], keep: first")
    #expect(found.facts == ["f(n: 1000, text: Wug fep)", "f(n: 1000, text: hòa)"])
  }

  @Test(
    "a trigger of which no fact comes does not bound the roles of others",
    arguments: [
      ("zax 1 wug 2 fep Aa", ["f(n: 1)", "f(n: 2, name: Aa)"]),
      ("zax 1 wug fep Aa", ["f(n: 1, name: Aa)"]),
      ("Aa fep zax 1", ["f(n: 1, name: Aa)"]),
      ("Aa fep wug zax 1", ["f(n: 1, name: Aa)"]),
    ])
  func bounds(text: String, facts: [String]) throws {
    let found = try read(
      """
      - rule: a
        emits: f
        phrase: "zax <n:Number>"
        roles: {name: {phrase: <name:Name>, side: both}}
      - rule: b
        emits: f
        phrase: "wug <n:Number>?"
        roles: {name: {phrase: <name:Name>, side: after}}
        needs: [n]
      """, text)
    #expect(found.facts == facts)
  }

  @Test("merged lists hold each value once")
  func mergedLists() throws {
    let found = try read(
      "- {rule: a, emits: f, phrase: \"zax <name:Name> <list:Number>{1,4; ,}\"}",
      "zax Aa 1, 2; zax Aa 2, 3; zax Bb 1", more: "identity: [name], keep: merge")
    #expect(found.facts == ["f(name: Aa, list: 1 + 2 + 3)", "f(name: Bb, list: 1)"])
  }

  @Test(
    "of alternative identities one suffices, where it is filled and no earlier one differs",
    arguments: [
      ("zax Aa 1; zax Bb 1", ["f(n: 1, name: Aa)", "f(n: 1, name: Bb)"]),
      ("zax Aa 1; zax 1", ["f(n: 1, name: Aa)"]),
      ("zax 1; zax Aa 1", ["f(n: 1, name: Aa)"]),
      ("zax Aa 1; zax Aa 2", ["f(n: 1, name: Aa)"]),
      ("zax Aa; zax Aa 1; zax 1", ["f(n: 1, name: Aa)"]),
      ("zax wug; zax wug", ["f(text: wug)", "f(text: wug)"]),
    ])
  func alternativeKeys(text: String, facts: [String]) throws {
    let found = try read(
      "- {rule: a, emits: f, phrase: \"zax <name:Name>? <n:Number>? <text = wug>?\"}", text,
      more: "identity: [[name], [n]], keep: merge")
    #expect(found.facts == facts)
  }

  // MARK: Assertions

  @Test(
    "words around a fact say how it is meant",
    arguments: [
      ("inside fact", "zax not 1", ["f(n: 1) negative"]),
      ("inside fact", "not zax 1", ["f(n: 1)"]),
      ("up to 8 tokens before", "not zax 1", ["f(n: 1) negative"]),
      ("up to 8 tokens before", "not a b c zax 1", ["f(n: 1) negative"]),
      ("up to 8 tokens before", "not a b c d e f g h i zax 1", ["f(n: 1)"]),
      ("up to 8 tokens before", "zax 1 not", ["f(n: 1)"]),
      ("up to 2 tokens after", "zax 1 fep not", ["f(n: 1) negative"]),
      ("up to 2 tokens after", "zax 1 a b not", ["f(n: 1)"]),
      ("same clause before", "not a b c d e f g h i zax 1", ["f(n: 1) negative"]),
      ("same clause before", "not a; zax 1", ["f(n: 1)"]),
      ("same sentence", "zax 1 fep not", ["f(n: 1) negative"]),
      ("same sentence", "zax 1. Not fep.", ["f(n: 1)"]),
      ("same sentence", "Not fep. Zax 1.", ["f(n: 1)"]),
    ])
  func assertions(place: String, text: String, facts: [String]) throws {
    let found = try read(
      "- {rule: a, emits: f, trigger: zax, roles: {n: <Number>}}", text,
      assertions:
        "assertions: {no: {cues: not, where: \(place), for: f, sets: {polarity: negative}}}")
    #expect(found.facts == facts)
  }

  @Test("an assertion fills a role where the rule did not")
  func assertedRole() throws {
    let found = try read(
      "- {rule: a, emits: f, trigger: zax, roles: {n: <Number>}}\n- {rule: b, emits: f, trigger: wug, set: {text: own}}",
      "maybe zax 1 fep; wug",
      assertions:
        "assertions: {maybe: {cues: [maybe, perhaps], where: same sentence, for: [f], sets: {text: asserted}}}"
    )
    #expect(found.facts == ["f(n: 1, text: asserted)", "f(text: own)"])
    #expect(found.result.roles.map { found.string($0.from) } == ["", "assertion", "rule"])
  }
}
