import DukienRules
import Testing

@Suite("The table of the language and the compiler agree")
struct GrammarTests {
  /// A rule file with the key `zzzzzzzz` in a place.
  struct Probe: Sendable, CustomTestStringConvertible {
    let place: Grammar.Place
    let text: String
    var testDescription: String { place.name }
  }

  static let probes: [Probe] = [
    Probe(place: .file, text: "zzzzzzzz: a\n"),
    Probe(place: .numbers, text: "numbers: {zzzzzzzz: a}\n"),
    Probe(place: .lexicon, text: "lexicons: {a: {entries: [b], zzzzzzzz: a}}\n"),
    Probe(place: .tokenClass, text: "classes: {a: {shape: word, zzzzzzzz: a}}\n"),
    Probe(place: .production, text: "values: {A: {phrase: a, zzzzzzzz: a}}\n"),
    Probe(place: .guards, text: "values: {A: {phrase: a, unless: {zzzzzzzz: a}}}\n"),
    Probe(place: .test, text: "values: {A: {phrase: a, tests: [{zzzzzzzz: a}]}}\n"),
    Probe(
      place: .context,
      text: "values: {A: {phrase: a, tests: [{text: a, expect: [], context: {zzzzzzzz: a}}]}}\n"),
    Probe(place: .zone, text: "zones: [{zone: a, zzzzzzzz: a}]\n"),
    Probe(place: .condition, text: "zones: [{zone: a, when: {zzzzzzzz: a}}]\n"),
    Probe(place: .pageWords, text: "page_words: {a: {zzzzzzzz: a}}\n"),
    Probe(place: .root, text: "root: {zzzzzzzz: a}\n"),
    Probe(place: .rootChoice, text: "root: {choose: {zzzzzzzz: a}}\n"),
    Probe(place: .elementLook, text: "root: {ignores: {zzzzzzzz: a}}\n"),
    Probe(place: .strip, text: "article: {a: {strip: {zzzzzzzz: a}}}\n"),
    Probe(place: .articleField, text: "article: {a: {zzzzzzzz: a}}\n"),
    Probe(place: .resolve, text: "resolve: {zzzzzzzz: a}\n"),
    Probe(place: .link, text: "links: [{link: a, zzzzzzzz: a}]\n"),
    Probe(place: .fact, text: "facts: {a: {roles: {b: text}, zzzzzzzz: a}}\n"),
    Probe(place: .roleKind, text: "facts: {a: {roles: {b: {zzzzzzzz: a}}}}\n"),
    Probe(place: .rule, text: "rules: [{rule: a, zzzzzzzz: a}]\n"),
    Probe(place: .role, text: rule("roles: {b: {zzzzzzzz: a}}")),
    Probe(place: .list, text: rule("list: {zzzzzzzz: a}")),
    Probe(place: .assertion, text: "assertions: {a: {zzzzzzzz: a}}\n"),
  ]

  private static func rule(_ part: String) -> String {
    "facts: {a: {roles: {b: text}}}\nrules: [{rule: a, emits: a, phrase: c, \(part)}]\n"
  }

  @Test("every key that the compiler takes is in the table, and no other", arguments: probes)
  func keys(probe: Probe) throws {
    let found = compiled(probe.text).diagnostics.first { $0.code == "rule.unknown-key" }
    let hint = try #require(found).hint
    let known = try #require(hint.wholeMatch(of: /known keys: (.*)/)).output.1
      .split(separator: ", ").map(String.init)
    let listed = Grammar.keys(of: probe.place)
    #expect(known.filter { !listed.contains($0) } == [])
    #expect(listed.filter { !known.contains($0) } == [])
  }

  @Test("keys and descriptions are usable", arguments: Grammar.Place.allCases)
  func table(place: Grammar.Place) {
    let keys = Grammar.keys(of: place)
    #expect(!keys.isEmpty)
    #expect(Set(keys).count == keys.count)
    for key in Grammar.table(of: place) {
      #expect(!key.about.isEmpty && !key.about.hasSuffix("."), "\(place.name).\(key.name)")
    }
  }
}
