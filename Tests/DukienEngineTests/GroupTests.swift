import Testing

@testable import DukienEngine

@Suite("Groups cover what they hold")
struct GroupTests {
  private func rules(_ rule: String) throws -> TestRules {
    try TestRules(
      """
      numbers: {decimal: '.', group: ','}
      classes: {digits: {shape: number}, caps: {shape: capital}}
      values:
        Number: {lists_as: number, phrase: "<t:digits>", gives: {n: digits(t)}, shows: "{n}"}
      groups:
        Aside: {phrase: "'(' ..9 <n:Number> ..9 ')'", shows: "({n})"}
        Share: {phrase: "share <n:Number> of <whole:++4>"}
        Speech: {phrase: <quoted>, spans: block}
      entities:
        Name: {phrase: "<caps>{1,3}"}
      facts:
        note: {roles: {n: Number, name: Name, text: text}, keep: all}
      rules:
      - rule: note
        emits: note
        \(rule)
      """)
  }

  @Test(
    "outside a group is one token, and what is in it is not seen",
    arguments: [
      ("phrase: zax ..1 <n:Number>", "zax (fep 5 gom) 7", "note(n: 7)"),
      ("phrase: zax ..1 <n:Number>", "zax share 5 of fep gom; zax share 6 of fep, 7", ""),
      ("phrase: zax ..1 gom", "zax share 5 of a b c d gom", "note()"),
      ("phrase: zax <text:++2>", "zax (fep 5 gom) a b", "note(text: (fep 5 gom) a)"),
      ("phrase: zax ..9 <name:Name>", "zax (Fep 5 gom) a Toz", "note(name: Toz)"),
      ("trigger: zax\n  roles: {n: <Number>}", "zax (fep 5), share 6 of a; 7", "note(n: 7)"),
      ("trigger: zax\n  roles: {n: <Number>}\n  needs: n", "zax (fep 5)", ""),
      ("phrase: zax <n:Number>\n  unless: {after: '5'}", "zax 4 (5)", "note(n: 4)"),
    ])
  func covered(rule: String, text: String, fact: String) throws {
    #expect(try rules(rule).read(text).facts == (fact.isEmpty ? [] : [fact]))
  }

  @Test("a hole takes the group, and what it keeps")
  func holes() throws {
    #expect(
      try rules("phrase: zax <g:Aside> <n:Aside.n>").read("zax (a 5) (b 6)").facts == ["note(n: 6)"]
    )
    #expect(try rules("phrase: zax <n:Share.n>").read("zax share 5 of fep").facts == ["note(n: 5)"])
    #expect(
      try rules("phrase: zax <text:Share.whole>").read("zax share 5 of fep gom").facts
        == ["note(text: fep gom)"])
  }

  @Test("rules run inside a group too, and nowhere across its edge")
  func inside() throws {
    #expect(try rules("phrase: wug <n:Number>").read("zax (wug 5) 7").facts == ["note(n: 5)"])
    #expect(
      try rules("phrase: wug ..9 <n:Number>").read("zax (5 wug) 7 (wug 8)").facts == ["note(n: 8)"])
    for straddling in ["zax share", "d gom", "c d gom", "'5' ')' gom", "zax '(' wug"] {
      #expect(
        try rules("phrase: \"\(straddling)\"").read("zax share 5 of a b c d gom; zax (wug 5) gom")
          .facts
          == [], "\(straddling)")
    }
  }

  @Test("in a group that is no content nothing is looked for, whatever else holds it")
  func noContent() throws {
    let rules = try TestRules(
      """
      numbers: {decimal: '.', group: ','}
      classes: {digits: {shape: number}, caps: {shape: capital}}
      values:
        Number: {lists_as: number, phrase: "<t:digits>", gives: {n: digits(t)}, shows: "{n}"}
      groups:
        Speech: {phrase: <quoted>, spans: block}
        Aside: {phrase: "'(' ..9 <inner:Number> ..9 ')'", content: no}
        Note: {phrase: "'[' ..20 ']'", spans: block, content: no}
      entities: {Name: {lists_as: name, phrase: "<caps>{1,3}"}}
      facts: {note: {roles: {n: Number, name: Name}, keep: all}}
      rules:
      - {rule: note, emits: note, phrase: "wug <n:Number>", roles: {name: {phrase: <Name>, side: both}}}
      - {rule: whole, emits: note, phrase: "gom <n:Aside.inner>"}
      """)
    let read = rules.read(
      "Toz wug 1 (wug 2 Fep). “Zax (wug 3 “Gom wug 4”) wug 5.” [Aa wug 6. “Wug 7.” Bb] Cc wug 8.")
    #expect(
      read.marked
        == "«Toz» wug «1» (wug 2 Fep). “«Zax» (wug 3 “Gom wug 4”) wug «5».” [Aa wug 6. “Wug 7.” Bb] "
        + "«Cc» wug «8».")
    #expect(
      read.facts == ["note(n: 1, name: Toz)", "note(n: 5, name: Zax)", "note(n: 8, name: Cc)"])
    #expect(rules.read("gom (zax 5)").facts == ["note(n: 5)"])
    #expect(rules.read("gom (zax 5)").norms == [])
    #expect(rules.read("gom (zax “wug 5 a” 6)").facts == ["note(n: 6)"])
  }

  @Test("a rule stays out of the groups it names")
  func outside() throws {
    let text = "wug 4, zax (wug 5), “wug 6 a”"
    #expect(
      try rules("phrase: wug <n:Number>").read(text).facts
        == ["note(n: 4)", "note(n: 5)", "note(n: 6)"])
    #expect(
      try rules("phrase: wug <n:Number>\n  outside: Aside").read(text).facts
        == ["note(n: 4)", "note(n: 6)"])
    #expect(
      try rules("phrase: wug <n:Number>\n  outside: [Aside, Speech]").read(text).facts
        == ["note(n: 4)"])
  }

  @Test("what a group holds stays in the output")
  func values() throws {
    #expect(try rules("phrase: zax").read("zax (wug 5) 7").norms == ["5", "7"])
  }

  @Test("sentence ends inside a group that spans a block do not count outside")
  func blockGroups() throws {
    let text = "Zax “A 5. B 6.” gom 7. Toz 8."
    #expect(try rules("phrase: zax ..1 gom <n:Number>").read(text).facts == ["note(n: 7)"])
    #expect(try rules("phrase: b <n:Number> .").read(text).facts == ["note(n: 6)"])
    #expect(try rules("phrase: a <n:Number> . b").read(text).facts == [])
    #expect(try rules("phrase: zax ..9 toz").read(text).facts == [])
  }

  @Test(
    "a fact from inside a bracket has the whole sentence as evidence, one from a quotation its own")
  func evidence() throws {
    func quotes(_ rule: String, _ text: String) throws -> [String] {
      let read = try rules(rule).read(text)
      return read.result.evidence.map { read.string($0.quote) }
    }
    #expect(
      try quotes("phrase: wug <n:Number>", "Fep gom. Zax (wug 5) toz. Fep.")
        == ["Zax (wug 5) toz."])
    #expect(
      try quotes("phrase: wug <n:Number>", "Zax “Fep. Wug 5 toz. Gom.” fep.") == ["Wug 5 toz."])
  }
}
