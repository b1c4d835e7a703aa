import DukienRules
import Foundation
import Testing

@testable import DukienEngine

@Suite("Rule sets build on one another")
struct ReuseTests {
  /// Sets as `name/file` → text, in a folder of their own; compiles those named.
  private func compiled(_ files: [String: String], _ names: [String]) throws -> Compilation {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (path, text) in files {
      let file = folder.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    var loader = RuleLoader()
    loader.addSearchPath(folder.path)
    for name in names { loader.addName(name) }
    return loader.compile()
  }

  private func facts(_ files: [String: String], _ names: [String], _ text: String) throws
    -> [String]
  {
    let compilation = try compiled(files, names)
    let errors = compilation.diagnostics.filter { $0.severity == .error }
    #expect(errors.map { $0.rendered() } == [])
    let engine = Engine(program: try #require(compilation.program))
    return engine.read(Array(text.utf8)).facts
  }

  private func problems(_ files: [String: String], _ names: [String]) throws -> [String] {
    try compiled(files, names).diagnostics.filter { $0.code != "test.missing" }.map {
      "\($0.line):\($0.column) \($0.code) \($0.message) (\($0.hint))"
    }
  }

  private static let base = """
    name: base
    version: 1.2.0
    lexicons:
      flow: {entries: {ups: rise, downs: fall}}
      unit: [wug, fep]
    classes: {digits: {shape: number}}
    values: {Amount: {phrase: "<n:digits> <u:unit>", shows: "{n} {u.text}", lists_as: amount}}
    facts: {move: {roles: {kind: {one_of: [rise, fall]}, amount: Amount}, keep: all}}
    rules:
    - {rule: one, emits: move, phrase: "<kind:flow> <amount:Amount>"}
    zones: [{zone: body, content: yes, when: {words: 0..}}]

    """

  private func sets(_ mine: String) -> [String: String] {
    ["base/set.yaml": Self.base, "mine/set.yaml": "name: mine\nuses: [base]\n" + mine]
  }

  // MARK: Names

  @Test("a set sees the names of the sets it uses, plainly or with their set's name")
  func names() throws {
    let mine = """
      facts: {my_move: {is: base/move, roles: {place: text}}}
      rules:
      - {rule: one, emits: my_move, phrase: "zax <kind:base/flow> <amount:Amount> <place = at zop>?"}
      """
    #expect(
      try facts(sets(mine), ["mine"], "zax ups 4 wug at zop") == [
        "my_move(kind: rise, amount: 4 wug, place: at zop)",
        "move(kind: rise, amount: 4 wug)",
      ])
  }

  @Test("a set's own name goes before that of a set it uses, which stays what it was")
  func hiding() throws {
    let mine = """
      lexicons: {flow: {entries: {sideways: rise}}}
      rules: [{rule: two, emits: move, phrase: "zax <kind:flow> <amount:Amount>"}]
      """
    #expect(
      try facts(sets(mine), ["mine"], "zax sideways 4 wug; zax ups 5 fep") == [
        "move(kind: rise, amount: 4 wug)", "move(kind: rise, amount: 5 fep)",
      ])
    #expect(
      try problems(sets(mine), ["mine"]) == [
        "3:12 rule.hides `flow` hides the one of `base` (change that one with `extends`, or take another name)"
      ])
  }

  @Test("two used sets may declare one name; it is then written with an alias")
  func ambiguous() throws {
    let a = "name: a\nlexicons: {w: [aaa]}\n"
    let b = "name: b\nlexicons: {w: [bbb]}\n"
    let mine = """
      name: mine
      uses: [a, {set: b, as: other}]
      facts: {f: {roles: {t: text}, keep: all}}
      rules: [{rule: r, emits: f, phrase: "<t:%>"}]
      zones: [{zone: body, content: yes, when: {words: 0..}}]
      """
    func files(_ name: String) -> [String: String] {
      [
        "a/set.yaml": a, "b/set.yaml": b,
        "mine/set.yaml": mine.replacingOccurrences(of: "%", with: name),
      ]
    }
    #expect(try facts(files("other/w"), ["mine"], "aaa bbb") == ["f(t: bbb)"])
    #expect(try facts(files("a/w|other/w"), ["mine"], "aaa bbb") == ["f(t: aaa)", "f(t: bbb)"])
    #expect(
      try problems(files("w"), ["mine"]) == [
        "4:41 rule.ambiguous a and b both declare `w` (write `a/w`)"
      ])
  }

  @Test("a name of a set that is loaded but not used says what is missing")
  func unused() throws {
    let files = [
      "base/set.yaml": Self.base,
      "mine/set.yaml": "name: mine\nrules: [{rule: r, emits: move, phrase: zax}]\n",
    ]
    #expect(
      try problems(files, ["base", "mine"]) == [
        "2:26 rule.unknown-fact unknown type of fact `move` (`base` declares it: add it to `uses`)"
      ])
  }

  @Test(
    "a range of versions is kept or reported",
    arguments: [
      ("base >=1.2", ""), ("base 1.2.0", ""), ("{set: base, version: '>=1 <2'}", ""),
      (
        "base >=2",
        "2:7 set.version `base` is version 1.2.0, not  >=2 (install another version, or widen the range)"
      ),
      (
        "{set: base, version: soon}",
        "2:28 set.version-range `soon` is no range of versions (write `>=1.2 <2`)"
      ),
      (
        "{set: base, with: x}",
        "2:19 rule.unknown-key unknown key `with` in `uses` (known keys: set, version, as)"
      ),
    ])
  func versions(use: String, problem: String) throws {
    let files = ["base/set.yaml": Self.base, "mine/set.yaml": "name: mine\nuses: \(use)\n"]
    #expect(try problems(files, ["mine"]) == (problem.isEmpty ? [] : [problem]))
  }

  @Test(
    "the engine that a set asks for is checked",
    arguments: [
      (">=1.0", ""),
      (
        ">=9",
        "1:9 set.engine the rules ask for engine >=9; this one is 1.0.0 (use another version of the library)"
      ),
      ("new", "1:9 set.version-range `new` is no range of versions (write `>=1.0`)"),
    ])
  func engine(range: String, problem: String) throws {
    let found = try problems(["a/set.yaml": "engine: '\(range)'\nname: a\n"], ["a"])
    #expect(found == (problem.isEmpty ? [] : [problem]))
  }

  @Test("a set that is missing is told, not every name that it would have declared")
  func missingSet() throws {
    let mine = """
      name: mine
      uses: [bsae]
      facts: {f: {roles: {a: Amount, b: text}, identity: [a]}}
      rules: [{rule: r, emits: f, phrase: "zax <a:Amount> <flow>"}]
      """
    let found = try problems(["base/set.yaml": Self.base, "mine/set.yaml": mine], ["mine"])
    #expect(found.map { $0.split(separator: " ").prefix(2) } == [["2:8", "set.unknown"]])
  }

  @Test("an unknown kind of a role is told once")
  func unknownKind() throws {
    let mine = """
      facts: {f: {roles: {a: Amuont}, identity: [a], required: [a]}}
      rules: [{rule: r, emits: f, phrase: "zax <a:Amount>"}]
      """
    #expect(
      try problems(sets(mine), ["mine"]) == [
        "3:24 rule.unknown-type unknown type `Amuont` (did you mean `Amount`?)"
      ])
  }

  // MARK: Extending

  @Test("entries of a used lexicon are added, given another value, removed")
  func entries() throws {
    let mine = """
      extends:
        lexicons:
          add: {flow: {zooms: rise}, unit: [zop]}
          replace: {flow: {Ups: fall}}
          remove: {flow: [downs]}
      """
    #expect(
      try facts(sets(mine), ["mine"], "ups 1 wug, downs 2 wug, zooms 3 zop") == [
        "move(kind: fall, amount: 1 wug)", "move(kind: rise, amount: 3 zop)",
      ])
  }

  @Test("rules and values of a used set are replaced and removed")
  func replaced() throws {
    let mine = """
      extends:
        values: {replace: {Amount: {phrase: "<n:digits> <u:unit>", shows: "{u.text} {n}", lists_as: amount}}}
        rules: {replace: [{rule: one, emits: move, phrase: "<amount:Amount> <kind:flow>"}]}
      """
    #expect(
      try facts(sets(mine), ["mine"], "ups 1 wug downs") == ["move(kind: fall, amount: wug 1)"])
    let none = "extends: {rules: {remove: [one]}}\n"
    #expect(try facts(sets(none), ["mine"], "ups 1 wug") == [])
  }

  @Test(
    "what cannot be extended is told",
    arguments: [
      (
        "extends: {rules: {remove: [on]}}",
        "3:28 extends.unknown unknown rule `on` (did you mean `one`?)"
      ),
      (
        "extends: {values: {add: {A: {phrase: x}}}}",
        "3:25 extends.add only lexicons are added to (declare it under `values` of the set itself)"
      ),
      (
        "extends: {lexicons: {remove: {flow: [sideways]}}}",
        "3:38 extends.unknown the lexicon has no entry `sideways` ()"
      ),
      (
        "extends: {zones: {remove: [body]}}",
        "3:11 rule.unknown-key unknown key `zones` in `extends` (known keys: facts, lexicons, classes, patterns, values, groups, entities, links, assertions, rules, conflicts)"
      ),
      (
        "extends: {rules: {remove: [one], replace: [{rule: one, emits: move, phrase: x}]}}",
        "3:28 extends.twice `one` is changed twice (first at mine/set.yaml:3)"
      ),
    ])
  func wrongExtension(text: String, problem: String) throws {
    let found = try problems(sets(text + "\n"), ["mine"]).map {
      $0.replacing(/\/[^ ]*\/mine\/set/, with: "mine/set")
    }
    #expect(found == [problem])
  }

  // MARK: Lexicons from files

  @Test("a lexicon is read from files beside the rule file")
  func dataFiles() throws {
    let files = [
      "base/set.yaml": Self.base.replacingOccurrences(
        of: "flow: {entries: {ups: rise, downs: fall}}",
        with: "flow: {file: [flow.tsv, more.txt], entries: {downs: fall}}"),
      "base/flow.tsv": "# form, value\nups\trise\r\n\nzooms off\t rise \n",
      "base/more.txt": "\u{FEFF}rise\n",
    ]
    #expect(
      try facts(files, ["base"], "ups 1 wug. zooms off 2 wug. downs 3 fep. rise 4 fep.") == [
        "move(kind: rise, amount: 1 wug)", "move(kind: rise, amount: 2 wug)",
        "move(kind: fall, amount: 3 fep)", "move(kind: rise, amount: 4 fep)",
      ])
  }

  @Test(
    "a file that is no lexicon is told with its place",
    arguments: [
      (
        "../x.txt", "",
        "2:25 lexicon.file `../x.txt` cannot be the file of a lexicon (name a file `*.txt` or `*.tsv` that stands beside the rule file)"
      ),
      (
        "none.txt", "",
        "2:25 lexicon.file the file `none.txt` cannot be read (put it beside the rule file)"
      ),
      ("data.tsv", "a\t1\n\t2\n", "2:1 lexicon.entry an entry has 1 to 39 words ()"),
      (
        "data.txt", "a\0b",
        "1:2 lexicon.encoding a NUL byte in the text (UTF-16 or a binary file? save the file as UTF-8)"
      ),
      (
        "data.txt", "a\nb\nA\n",
        "3:1 lexicon.duplicate entry stands twice in its lexicon (case and tone placement do not count) (first at data.txt:1)"
      ),
    ])
  func wrongFile(name: String, text: String, problem: String) throws {
    let files = [
      "a/set.yaml": "name: a\nlexicons: {w: {file: \(name)}}\n", "a/data.tsv": text,
      "a/data.txt": text,
    ]
    let found = try problems(files, ["a"]).map {
      $0.replacing(/first at [^ ]*\//, with: "first at ")
    }
    #expect(found.map { $0.replacing("2:22", with: "2:25") } == [problem])
  }

  @Test("findings in a file of a lexicon count among the rest, and end where they do")
  func manyFindings() throws {
    let files = [
      "a/set.yaml": "name: a\nlexicons: {w: {file: data.txt}}\n",
      "a/data.txt": String(repeating: "same\n", count: 3_000),
    ]
    let found = try compiled(files, ["a"]).diagnostics
    #expect(found.count == 1_000)
    #expect(found.contains { $0.hint.hasSuffix("what follows is not reported") })
  }
}
