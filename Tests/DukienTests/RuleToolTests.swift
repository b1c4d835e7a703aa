import CDukien
import Foundation
import Testing

@Suite("Tools for writers of rules")
struct RuleToolTests {
  private static let rules = """
    numbers: {decimal: '.', group: ','}
    classes: {digits: {shape: number}}
    lexicons: {idle: [toz]}
    values:
      Number: {lists_as: number, phrase: "<t:digits>", gives: {n: digits(t)}, shows: "{n}",
        tests: [{text: a 5, expect: [5]}]}
      Unused: {lists_as: number, phrase: "<idle> <idle>"}
    facts:
      f: {roles: {n: Number, m: Number, text: text}, identity: [n]}
    zones: [{zone: body, content: yes, when: {words: 0..}}]
    rules:
    - rule: zax-number
      emits: f
      trigger: (zax | big zax) now?
      roles: {n: [<Number>], m: {phrase: "of <m:Number>", else: {const: "7"}}}
      needs: n
      tests:
      - {text: zax 4, expect: [{n: "4"}]}
      - {text: zax wug, expect: []}
    - rule: fep-number
      emits: f
      phrase: fep <n:Number>
    """

  private func ask(_ verb: String, _ request: String, rules: String = RuleToolTests.rules) throws
    -> (answer: [String: Any]?, error: ReportedError?)
  {
    try toolAnswer(verb, yaml: Array(rules.utf8), request: request)
  }

  private func list(_ answer: [String: Any]?, _ key: String) throws -> [[String: Any]] {
    try #require(answer?[key] as? [[String: Any]])
  }

  @Test(
    "a request that makes no sense is refused with a reason",
    arguments: [
      ("why-not", #"{"text": "a"}"#, "`rule`", ""),
      ("why-not", #"{"rule": "zax-number"}"#, "`text`", ""),
      ("why-not", #"{"rule": "zax-nunber", "text": "a"}"#, "zax-nunber", "zax-number"),
      ("why-not", #"{"rule": "Number", "text": "a", "published": "May"}"#, "May", "YYYY-MM-DD"),
      ("explain", "{}", "`text`", ""),
      ("explain", #"{"text": "zax 4", "fact": 2}"#, "the page has 1 fact", "from 1"),
      ("explain", #"{"text": "zax 4", "fact": 0}"#, "there is no fact 0", "from 1"),
      ("explain", #"{"text": "zax 4", "fact": "x"}"#, "there is no fact x", "from 1"),
      ("profile", "{}", "pages", "list of objects"),
      ("profile", #"{"pages": [{"page": "a"}]}"#, "pages", "list of objects"),
      ("test", "[]", "no JSON object", ""),
    ])
  func refused(verb: String, request: String, message: String, hint: String) throws {
    let error = try #require(try ask(verb, request).error)
    #expect(error.status == DUKIEN_E_ARGUMENT)
    #expect(error.message.contains(message), "\(error)")
    #expect(hint.isEmpty || error.hint.contains(hint), "\(error)")
  }

  @Test("rules that do not compile are an answer", arguments: ["why-not", "explain", "profile"])
  func broken(verb: String) throws {
    let request = #"{"rule": "a", "text": "b", "pages": [{"text": "c"}]}"#
    let (answer, error) = try ask(verb, request, rules: "rules: [{rule: a}]")
    #expect(error == nil)
    #expect(answer?["ok"] as? Bool == false)
    #expect(try !list(answer, "diagnostics").isEmpty)
  }

  @Test("why-not gives steps with their places")
  func whyNot() throws {
    let answer = try ask("why-not", #"{"rule": "zax-number", "text": "see zax of wug"}"#).answer
    #expect(answer?["found"] as? Bool == false)
    let steps = try list(answer, "steps")
    #expect(steps.map { $0["kind"] as? String } == ["matched", "missing", "absent", "absent"])
    #expect(steps[0]["caret"] as? String == "    ^^^")
    #expect(steps[0]["begin"] as? Int == 4)
    #expect(steps[0]["line"] as? Int == 14)
    #expect(steps[3]["expected"] as? [String] == ["<Number>"])
  }

  @Test("explain lists all facts in brief, or one with its roles and what was merged")
  func explain() throws {
    let page = "zax 4 of 5. Then fep 4."
    let brief = try list(try ask("explain", #"{"text": "\#(page)"}"#).answer, "facts")
    #expect(brief.map { $0["rule"] as? String } == ["zax-number"])
    #expect(brief[0]["roles"] == nil)
    let facts = try list(try ask("explain", #"{"text": "\#(page)", "fact": 1}"#).answer, "facts")
    let roles = try list(facts.first, "roles")
    #expect(roles.map { $0["name"] as? String } == ["n", "m"])
    #expect(
      roles.map { $0["source"] as? String } == [
        "role `n`, the first way", "role `m`, the first way",
      ])
    #expect(roles.map { $0["norm"] as? String } == ["4", "5"])
    #expect(try list(facts.first, "merged").map { $0["rule"] as? String } == ["fep-number"])
    let other = try list(
      try ask("explain", #"{"text": "Zax 4", "fact": 1}"#).answer, "facts")
    #expect(
      try list(other.first, "roles").map { $0["source"] as? String }
        == ["role `n`, the first way", "role `m`, else number 1, a constant"])
    #expect((facts.first?["block"] as? [String: Any])?["kind"] as? String == "body")
  }

  @Test("profile counts the same every time and names what never matched")
  func profile() throws {
    let request = #"{"pages": [{"text": "zax 4"}, {"text": "big zax now 5. Zax wug."}]}"#
    let answer = try ask("profile", request).answer
    let rows = try list(answer, "profile")
    func row(_ name: String) throws -> [String: Any] {
      try #require(rows.first { $0["name"] as? String == name })
    }
    #expect(try row("zax-number")["hits"] as? Int == 4)
    #expect(try row("zax-number")["kept"] as? Int == 2)
    #expect(try row("fep-number")["hits"] as? Int == 0)
    #expect(try row("Number")["kept"] as? Int == 2)
    let steps = rows.compactMap { $0["steps"] as? Int }
    #expect(steps == steps.sorted(by: >))
    #expect(steps.reduce(0, +) == answer?["steps"] as? Int)
    let again = try ask("profile", request).answer
    #expect(NSDictionary(dictionary: answer ?? [:]) == NSDictionary(dictionary: again ?? [:]))
  }

  @Test("test counts by rule and filters by name and text")
  func tests() throws {
    let all = try ask("test", "").answer
    #expect(all?["passed"] as? Int == 3)
    let rules = try list(all, "rules")
    #expect(rules.map { $0["name"] as? String } == ["Number", "zax-number"])
    #expect(rules.map { $0["passed"] as? Int } == [1, 2])
    #expect(try ask("test", #"{"filter": "Numb"}"#).answer?["passed"] as? Int == 1)
    #expect(try ask("test", #"{"filter": "wug"}"#).answer?["passed"] as? Int == 1)
    #expect(try ask("test", #"{"filter": "nothing"}"#).answer?["passed"] as? Int == 0)
  }

  @Test("coverage lists what no test reaches")
  func coverage() throws {
    let parts = try list(try ask("test", #"{"coverage": true}"#).answer, "unreached")
    let told = parts.map { part in
      ["kind", "name", "pattern", "text"].map { part[$0] as? String ?? "?" }.joined(separator: " ")
    }
    #expect(
      told == [
        "value Unused  ", "rule fep-number  ", "alternative zax-number trigger big zax",
        "optional zax-number trigger now",
      ])
    #expect(parts.last?["line"] as? Int == 14)
  }

  @Test("a failure tells role by role what differs")
  func differences() throws {
    let rules = Self.rules.replacing(#"expect: [{n: "4"}]"#, with: #"expect: [{n: "4", m: "8"}]"#)
    let failures = try list(try ask("test", "", rules: rules).answer, "failures")
    #expect(failures.map { $0["kind"] as? String } == ["different"])
    let differences = try list(failures.first, "differences")
    #expect(differences.map { $0["role"] as? String } == ["m"])
    #expect(differences.map { $0["expected"] as? String } == ["8"])
    #expect(differences.map { $0["got"] as? String } == ["7"])
  }

  @Test("rules in memory are never edited")
  func memory() throws {
    let rules = Self.rules.replacing(#"expect: [{n: "4"}]"#, with: "expect: []")
    let answer = try ask("test", #"{"update": true}"#, rules: rules).answer
    #expect(try list(answer, "failures").count == 1)
    #expect(try list(answer, "edits").isEmpty)
  }
}
