import DukienRules
import DukienText
import Testing

@Suite("Mistakes in types of facts, rules, links and assertions")
struct FactRuleDiagnosticTests {
  /// Something of every section for the mistakes to refer to.
  static let rest = """

    lexicons:
      animal: {about: animals, entries: [zib]}
    classes:
      capital: {about: words, shape: capital}
    values:
      Number: {phrase: <n = one>}
    groups:
      Aside: {phrase: aside <animal>}
    entities:
      Person: {phrase: <name:capital> the <animal>}
    facts:
      meeting:
        roles: {who: Person, place: text, count: Number}
    zones:
    - {zone: body, content: yes, when: {words: 0..}}
    """

  @Test(
    "types of facts",
    arguments: [
      Mistake("facts: {«a»: {about: b}}", "rule.missing-key", "`a` has no roles"),
      Mistake(
        "facts: {a: {roles: {b: text}, «require»: b}}", "rule.unknown-key",
        "unknown key `require` in `a`", "did you mean `required`?"),
      Mistake(
        "values: {Amount: {phrase: one}}\nfacts: {a: {roles: {b: text, c: «Amonut»}}}",
        "rule.unknown-type", "unknown type `Amonut`", "did you mean `Amount`?"),
      Mistake(
        "facts: {a: {roles: {b: text, c: {«oneof»: [d]}}}}", "rule.unknown-key",
        "unknown key `oneof` in a role", "did you mean `one_of`?"),
      Mistake(
        "facts: {a: {roles: {place: text}, required: [«plaec»]}}", "rule.unknown-role",
        "`a` has no role `plaec`", "did you mean `place`?"),
      Mistake(
        "facts: {a: {roles: {place: text}, identity: [place, «who»]}}", "rule.unknown-role",
        "`a` has no role `who`", "roles: place"),
      Mistake(
        "facts: {a: {roles: {place: text}, keep: «last»}}", "rule.unknown-word",
        "`keep` cannot be `last`", "one of: most_complete, first, merge, all"),
    ])
  func facts(mistake: Mistake) throws { try mistake.expectOnly() }

  @Test(
    "rules, links and assertions",
    arguments: [
      Mistake(
        "rules: [«{emits: meeting, phrase: one}»]", "rule.missing-key", "a rule needs a name",
        "begin with `rule: NAME`"),
      Mistake(
        "rules: [{rule: «a», phrase: one}]", "rule.missing-key",
        "rule `a` says no type of fact", "add `emits: TYPE`"),
      Mistake(
        "rules: [{rule: a, emits: «meetng», phrase: one}]", "rule.unknown-fact",
        "unknown type of fact `meetng`", "did you mean `meeting`?"),
      Mistake(
        "rules: [{rule: «a», emits: meeting}]", "rule.missing-key",
        "rule `a` needs either `phrase` or `trigger`"),
      Mistake(
        "rules: [{rule: «a», emits: meeting, phrase: one, trigger: two}]", "rule.missing-key",
        "rule `a` needs either `phrase` or `trigger`"),
      Mistake(
        "rules:\n- {rule: a, emits: meeting, phrase: one}\n- {rule: «a», emits: meeting, phrase: two}",
        "rule.duplicate", "rule `a` is declared twice", "first declared at test.yaml:2"),
      Mistake(
        "rules: [{rule: a, emits: meeting, «triger»: one, phrase: two}]", "rule.unknown-key",
        "unknown key `triger` in a rule", "did you mean `trigger`?"),
      Mistake(
        "rules: [{rule: a, emits: meeting, phrase: one <«A»niml>}]", "pattern.unknown-type",
        "unknown type `Animl`", "did you mean `animal`?"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, roles: {«plase»: two}}]",
        "rule.unknown-role", "`meeting` has no role `plase`", "did you mean `place`?"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: two <«P»ersn>}}]",
        "pattern.unknown-type", "unknown type `Persn`", "did you mean `Person`?"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {phrase: two, side: «befor»}}}]",
        "rule.unknown-word", "`side` cannot be `befor`", "did you mean `before`?"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {phrase: two, in: «page»}}}]",
        "rule.unknown-word", "`in` cannot be `page`",
        "one of: clause, sentence, previous sentence, paragraph, title, document"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {phrase: two, pick: «longest»}}}]",
        "rule.unknown-word", "`pick` cannot be `longest`",
        "one of: nearest, first, fullest, all"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: «{side: after}»}}]",
        "rule.missing-key", "a role needs `phrase`, `same` or `const`"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {same: «whom»}}}]",
        "rule.unknown-role", "`meeting` has no role `whom`", "did you mean `who`?"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, needs: «cont»}]", "rule.unknown-role",
        "`meeting` has no role `cont`", "did you mean `count`?"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, outside: «Asid»}]", "rule.unknown-type",
        "unknown type `Asid`", "did you mean `Aside`?"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, set: {place: 'at «{»n'}}]",
        "expression.syntax", "`{` is not closed"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, set: «text»}]", "rule.wrong-type",
        "`set` must be a mapping"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, list: «{opens_with: two, member: three}»}]",
        "rule.missing-key", "`list` needs `separator`"),
      Mistake(
        "rules: [{rule: a, emits: meeting, trigger: one, tests: [{text: one, expect: [{«hwo»: a}]}]}]",
        "rule.unknown-role", "`meeting` has no role `hwo`", "did you mean `who`?"),
      Mistake(
        "links: [«{link: a, from: Person}»]", "rule.missing-key", "a link needs `from` and `to`"),
      Mistake(
        "links: [{link: a, from: Person, to: Person, when: «from.name»}]", "link.equality",
        "a condition is an equality `from.a = to.b`"),
      Mistake(
        "links: [{link: a, from: Person, to: Person, when: '«n»ame = to.name'}]", "link.equality",
        "this side must begin with `from.`"),
      Mistake(
        "links: [{link: a, from: Person, to: Person, when: 'from.name = «f»rom.name'}]",
        "link.equality", "this side must begin with `to.`"),
      Mistake(
        "links: [{link: a, from: Person, to: Person, pick: «farthest»}]", "rule.unknown-word",
        "`pick` cannot be `farthest`", "one of: nearest before, fullest"),
      Mistake(
        "assertions: {«a»: {for: meeting, sets: {polarity: negative}}}", "rule.missing-key",
        "an assertion needs `cues`"),
      Mistake(
        "assertions: {a: {cues: not, for: «meetin», sets: {polarity: negative}}}",
        "rule.unknown-fact", "unknown type of fact `meetin`", "did you mean `meeting`?"),
      Mistake(
        "assertions: {a: {cues: not, for: meeting, sets: {«plce»: here}}}", "rule.unknown-role",
        "`meeting` has no role `plce`", "did you mean `place`?"),
      Mistake(
        "assertions: {a: {cues: not, for: meeting, where: «inside», sets: {polarity: negative}}}",
        "rule.unknown-word", "`where` cannot be `inside`",
        "one of: inside fact, same sentence, same clause before, up to 8 tokens before, up to 8 tokens after"
      ),
    ])
  func rules(mistake: Mistake) throws { try mistake.expectOnly(after: Self.rest) }

  @Test("the rule of a mistake and the way to it are named")
  func ruleAndPath() throws {
    let found = compiled(
      "rules: [{rule: greet, emits: meeting, trigger: one, needs: [whom]}]" + Self.rest
    ).diagnostics.first
    #expect(found?.rule == "greet")
    #expect(found?.path == "rules[0].needs[0]")
  }
}
