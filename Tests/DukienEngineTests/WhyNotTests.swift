import DukienRules
import DukienText
import Testing

@testable import DukienEngine

@Suite("Why a rule, value or entity was not found")
struct WhyNotTests {
  private static let words = """
    numbers: {decimal: '.', group: ','}
    lexicons: {beast: [zib, zib zab]}
    classes: {digits: {shape: number}, caps: {shape: capital}}
    values:
      Number: {lists_as: number, phrase: "<t:digits>", gives: {n: digits(t)}, shows: "{n}"}
      Weight: {lists_as: weight, phrase: "<n:Number> (kilo | ton) (net)?", unless: {before: about}}
      Load: {lists_as: weight, phrase: "<Number> kilo of <beast>"}
    groups:
      Aside: {phrase: "'(' ..9 ')'"}
    entities:
      Name: {phrase: "<caps>{1,3}"}
    facts:
      f: {roles: {n: Number, name: Name, text: text}, keep: most_complete, identity: [n]}
    zones: [{zone: body, content: yes, when: {words: 0..}}]
    rules:

    """

  /// `level kind: message`, what was expected and the words of the place, step by step.
  private func steps(_ rules: String, _ name: String, _ text: String) throws -> [String] {
    let (_, obstacles) = try ask(rules, name, text)
    let bytes = Array(text.utf8)
    return obstacles.map { step in
      let place = String(decoding: bytes[step.at.range], as: UTF8.self)
      let expected = step.expected.isEmpty ? "" : " (\(step.expected.joined(separator: " | ")))"
      let at = place.isEmpty ? "" : " @\(place)"
      return "\(step.level) \(step.kind): \(step.message)\(expected)\(at)"
    }
  }

  private func ask(_ rules: String, _ name: String, _ text: String) throws
    -> (Program, [Obstacle])
  {
    var loader = RuleLoader()
    loader.addMemory(label: "test.yaml", bytes: Array((Self.words + rules).utf8))
    let compilation = loader.compile(mapped: true)
    #expect(compilation.diagnostics.filter { $0.severity == .error }.map { $0.rendered() } == [])
    let program = try #require(compilation.program)
    let engine = Engine(program: program)
    let subject: Subject
    if let rule = program.rules.firstIndex(where: { $0.name == name }) {
      subject = .rule(rule)
    } else {
      let type = program.types.firstIndex { program.names[Int($0.name)] == name }
      subject = .type(UInt16(try #require(type)))
    }
    return (program, engine.whyNot(subject, Array(text.utf8), published: ""))
  }

  // MARK: Patterns

  @Test(
    "a pattern that stops tells its farthest place and what is expected there",
    arguments: [
      ("zax wug fep", "zax wug gom", "zax wug", ["fep"], "gom"),
      ("zax (wug | <Number>)", "zax gom", "zax", ["wug", "<Number>"], "gom"),
      ("zax wug? fep", "zax gom", "zax", ["wug", "fep"], "gom"),
      ("zax 'Wug'", "zax wug", "zax", ["'Wug'"], "wug"),
      ("zax ..3 fep", "zax a b c d", "zax", ["..3 fep"], "a"),
      ("zax ..3 fep gom", "zax fep a fep b", "zax fep a fep", ["gom"], "b"),
      ("zax <text:++2> fep", "zax a b c", "zax", ["<text:++2> fep"], "a"),
      ("zax <beast> fep", "zax zib zab gom", "zax zib zab", ["fep"], "gom"),
      ("zax fep <end>", "zax fep gom", "zax fep", ["<end>"], "gom"),
      ("zax fep", "wug. Zax gom.", "Zax", ["fep"], "gom"),
      ("(zax wug | zax fep gom) toz", "zax fep gom a", "zax fep gom", ["toz"], "a"),
    ])
  func stopped(
    phrase: String, text: String, got: String, expected: [String], place: String
  ) throws {
    let (_, obstacles) = try ask("- {rule: a, emits: f, phrase: \"\(phrase)\"}", "a", text)
    let first = try #require(obstacles.first)
    #expect(first.kind == "stopped")
    #expect(first.message == "the phrase got as far as \"\(got)\"")
    #expect(first.expected == expected)
    #expect(String(decoding: Array(text.utf8)[first.at.range], as: UTF8.self) == place)
    #expect(first.file == "test.yaml")
  }

  @Test("where nothing begins a pattern, its beginnings are told")
  func absent() throws {
    let steps = try steps("- {rule: a, emits: f, phrase: \"zax wug | <beast> fep\"}", "a", "gom a")
    #expect(
      steps == ["0 absent: nothing in the text begins the phrase (zax | <beast>)"])
  }

  @Test("the line is that of the phrase of a list")
  func line() throws {
    let rules = "- rule: a\n  emits: f\n  phrase:\n  - zax wug\n  - fep gom\n"
    let first = Self.words.count { $0 == "\n" } + 4
    let lines = try ["zax", "fep"].map { try #require(try ask(rules, "a", $0).1.first).line }
    #expect(lines == [first, first + 1])
  }

  @Test("what stands at the place is told with its types and with what lost")
  func standing() throws {
    let (_, obstacles) = try ask(
      "- {rule: a, emits: f, phrase: \"zax <Weight>\"}", "a", "zax 4 kilo of zib")
    let first = try #require(obstacles.first)
    #expect(first.here.hasPrefix("\"4\", \"4 kilo of zib\" <Load>, "))
    #expect(first.here.contains("<Weight> \"4 kilo\" lost to <Load> \"4 kilo of zib\""))
  }

  @Test("a group counts as one token, and is named")
  func covered() throws {
    let (_, obstacles) = try ask("- {rule: a, emits: f, phrase: zax fep}", "a", "zax (fep) fep")
    #expect(obstacles.first?.here == "\"(fep)\", covered by <Aside> as one token")
  }

  @Test("an expected value tells how far its own phrase came")
  func nested() throws {
    let steps = try steps("- {rule: a, emits: f, phrase: zax <Load>}", "a", "zax 4 kilo of gom")
    #expect(steps.contains("1 stopped: <Load> got as far as \"4 kilo of\" (<beast>) @gom"))
  }

  // MARK: Rules

  @Test("a fact that was found is told, one that was merged with its partner")
  func found() throws {
    let rules = """
      - {rule: a, emits: f, phrase: "zax <n:Number>"}
      - {rule: b, emits: f, phrase: "wug <n:Number> <name:Name>"}
      """
    #expect(
      try steps(rules, "b", "wug 4 Aa") == ["0 found: a fact was found: {n: 4, name: Aa} @wug 4 Aa"]
    )
    let merged = try steps(rules, "a", "zax 4, wug 4 Aa")
    #expect(merged.count == 1)
    #expect(merged[0].hasPrefix("0 merged: a fact was found and merged with that of rule `b`"))
    #expect(merged[0].contains("they agree in (n), and the most complete one is kept"))
  }

  @Test(
    "the condition that forbids a trigger is named",
    arguments: [
      ("after: gom", "zax gom", "after", "gom"), ("before: gom", "gom zax", "before", "gom"),
      ("inside: zax", "zax", "inside", "zax"),
    ])
  func forbidden(guards: String, text: String, key: String, place: String) throws {
    let steps = try steps("- {rule: a, emits: f, phrase: zax, unless: {\(guards)}}", "a", text)
    #expect(
      steps == [
        "0 matched: the trigger matched \"zax\" @zax",
        "1 forbidden: `unless: \(key)` forbids it: \"\(place)\" @\(place)",
      ])
  }

  @Test("a rule that stays outside of a group says so")
  func outside() throws {
    let steps = try steps("- {rule: a, emits: f, phrase: zax, outside: Aside}", "a", "wug (zax)")
    #expect(steps.count == 1)
    #expect(steps.first?.hasPrefix("0 outside: the trigger stands in <Aside> \"(zax)\"") == true)
  }

  @Test("a needed role tells where it was looked for and how far its pattern came")
  func missing() throws {
    let rules = """
      - {rule: a, emits: f, trigger: zax, roles: {n: "of <n:Number>"}, needs: n}
      """
    #expect(
      try steps(rules, "a", "zax of gom") == [
        "0 matched: the trigger matched \"zax\" @zax",
        "1 missing: the needed role `n` was not found",
        "2 absent: `n` is looked for behind the trigger, in its sentence",
        "3 stopped: the role n got as far as \"of\" (<Number>) @gom",
      ])
    let before = try steps(rules, "a", "of 4 zax")
    #expect(
      before.contains {
        $0.hasPrefix("3 note: \"of 4\" would match, but stands outside of that: before the trigger")
      })
    let beyond = try steps(rules, "a", "zax wug zax of 4")
    #expect(beyond.contains { $0.contains("beyond the next trigger of the same type of fact") })
  }

  @Test("a needed value that belongs to a neighbour is told")
  func claimed() throws {
    let rules = """
      - {rule: a, emits: f, phrase: "<n:Number> zax", needs: n}
      - {rule: b, emits: f, phrase: "<n:Number> zax fep", needs: n}
      """
    let steps = try steps(rules, "b", "4 zax fep")
    #expect(steps.count == 2)
    #expect(
      steps.last?.hasPrefix(
        "1 claimed: the needed \"4\" for `n` is already a needed value of the fact that rule `a` "
          + "found in \"4 zax\"") == true)
  }

  // MARK: Values

  @Test(
    "a value tells what replaced it, what forbids it, or how far it came",
    arguments: [
      (
        "Weight", "4 kilo net", "0 found: <Weight> \"4 kilo net\" was found: 4 kilo net @4 kilo net"
      ),
      (
        "Weight", "4 kilo of zib",
        "0 replaced: <Weight> \"4 kilo\" was replaced by <Load> \"4 kilo of zib\", which is longer"
          + " @4 kilo"
      ),
      ("Weight", "4 gom", "0 stopped: the phrase got as far as \"4\" (kilo | ton) @gom"),
      ("Weight", "about 4 kilo", "0 matched: <Weight> matched \"4 kilo\" @4 kilo"),
      (
        "Weight", "about 4 kilo", "1 forbidden: `unless: before` forbids it: \"about\" @about"
      ),
      ("beast", "a zib", "0 found: an entry of <beast> stands here @zib"),
      ("beast", "a toz", "0 absent: no entry of <beast> stands in the text"),
      ("caps", "a Toz", "0 note: <caps> is a class: it takes single words"),
      ("Name", "(Toz) zax", "0 found: <Name> \"Toz\" was found: Toz @Toz"),
    ])
  func values(name: String, text: String, step: String) throws {
    let steps = try steps("- {rule: a, emits: f, phrase: zax}", name, text)
    #expect(steps.contains(step), "\(steps)")
  }

  @Test("the question changes nothing in what is read afterwards")
  func noTrace() throws {
    var loader = RuleLoader()
    loader.addMemory(
      label: "test.yaml",
      bytes: Array((Self.words + "- {rule: a, emits: f, phrase: zax <n:Number>}\n").utf8))
    let program = try #require(loader.compile(mapped: true).program)
    let engine = Engine(program: program)
    let page = Array("zax 4, about 5 kilo of zib (Toz)".utf8)
    let before = engine.read(page).everything
    for type in program.types.indices.dropFirst() {
      _ = engine.whyNot(.type(UInt16(type)), page, published: "")
    }
    _ = engine.whyNot(.rule(0), page, published: "")
    #expect(engine.read(page).everything == before)
  }

  @Test("any text and any pattern come to an end soon")
  func bounded() throws {
    let text = Array(repeating: "zax wug 4", count: 600).joined(separator: " ")
    let clock = ContinuousClock()
    let time = try clock.measure {
      _ = try ask("- {rule: a, emits: f, phrase: \"zax ..40 wug ..40 <Name> fep\"}", "a", text)
    }
    #expect(time < .seconds(20))
  }
}
