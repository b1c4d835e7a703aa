import DukienRules
import DukienText
import Testing

@Suite("Mistakes in rule files")
struct CompilerDiagnosticTests {
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
    "the shape of a file, and its names",
    arguments: [
      Mistake(
        "«lexicon»: {a: [b]}", "rule.unknown-key", "unknown key `lexicon` in a rule file",
        "did you mean `lexicons`?"),
      Mistake(
        "name: a\n«enigne»: b", "rule.unknown-key", "unknown key `enigne` in a rule file",
        "did you mean `engine`?"),
      Mistake("«- a»\n- b", "rule.wrong-type", "a rule file must be a mapping"),
      Mistake("name: «[a, b]»", "rule.wrong-type", "`name` must be a text"),
      Mistake("numbers: «none»", "rule.wrong-type", "`numbers` must be a mapping"),
      Mistake(
        "numbers: {«decimals»: ','}", "rule.unknown-key", "unknown key `decimals` in `numbers`",
        "did you mean `decimal`?"),
      Mistake("values: «[a]»", "rule.wrong-type", "section `values` must be a mapping"),
      Mistake("facts: «text»", "rule.wrong-type", "section `facts` must be a mapping"),
      Mistake("zones: «text»", "rule.wrong-type", "a zone must be a mapping"),
      Mistake(
        "lexicons: {zib: [a]}\nvalues: {«zib»: {phrase: b}}", "rule.duplicate",
        "the name `zib` is already taken by another section"),
      Mistake(
        "classes:\n  a: {shape: word}\n  «a»: {shape: number}", "yaml.duplicate-key",
        "the key \"a\" is used twice", "first used in line 2, column 3; rename or remove one"),
    ])
  func files(mistake: Mistake) throws { try mistake.expectOnly() }

  @Test(
    "lexicons and classes",
    arguments: [
      Mistake(
        "lexicons: {a: {«entrees»: [b], entries: [c]}}", "rule.unknown-key",
        "unknown key `entrees` in a lexicon", "did you mean `entries`?"),
      Mistake(
        "lexicons: {«a»: {about: b}}", "lexicon.empty", "lexicon `a` has no entries"),
      Mistake(
        "lexicons: {a: {entries: «text»}}", "rule.wrong-type",
        "entries must be a list or a mapping"),
      Mistake("lexicons: {a: [b, «[c]»]}", "rule.wrong-type", "`entry` must be a text"),
      Mistake(
        "lexicons: {a: {entries: {b: «[c]»}}}", "rule.wrong-type", "`value` must be a text"),
      Mistake("lexicons: {a: [«' '»]}", "lexicon.entry", "an entry has 1 to 39 words"),
      Mistake(
        "lexicons: {a: {case: «exatc», entries: [b]}}", "rule.unknown-word",
        "`case` cannot be `exatc`", "did you mean `exact`?"),
      Mistake(
        "lexicons: {a: {ends_sentence: «maybe», entries: [b]}}", "rule.unknown-word",
        "`ends_sentence` cannot be `maybe`", "one of: yes, no"),
      Mistake("classes: {a: «word»}", "rule.wrong-type", "a class must be a mapping"),
      Mistake(
        "classes: {a: {shape: [word, «capitol»]}}", "rule.unknown-word", "unknown shape `capitol`",
        "did you mean `capital`?"),
      Mistake(
        "classes: {a: {not_shape: «numbr»}}", "rule.unknown-word", "unknown shape `numbr`",
        "did you mean `number`?"),
      Mistake(
        "classes: {a: {shape: word, length: «5..2»}}", "rule.wrong-type",
        "`length` goes from high to low"),
      Mistake(
        "classes: {a: {shape: word, length: «few»}}", "rule.wrong-type",
        "`length` must be a range such as `3..5`"),
      Mistake(
        "classes: {a: {shape: word, not: «animl»}}\nlexicons: {animal: [b]}", "rule.unknown-type",
        "unknown type `animl`", "did you mean `animal`?"),
      Mistake(
        "classes: {a: {shape: word, not: «b»}, b: {shape: word}}", "rule.wrong-type",
        "`not` names lexicons; `b` is none"),
    ])
  func words(mistake: Mistake) throws { try mistake.expectOnly() }

  @Test(
    "patterns, with the place inside the text",
    arguments: [
      Mistake(
        "one <n:«N»mber>", "pattern.unknown-type", "unknown type `Nmber`",
        "did you mean `Number`?"),
      Mistake(
        "one (two | «(»three", "pattern.unbalanced", "`(` is not closed",
        "quote it to mean the character: '('"),
      Mistake(
        "one ..3«?»", "pattern.optional-gap",
        "`?` after a gap has no meaning: a gap may already be empty", "remove the `?`"),
      Mistake(
        "«.».3 one", "pattern.unanchored", "`phrase` can begin anywhere: it has no anchor",
        "begin with a word or a hole, not with a gap or only optional parts"),
      Mistake(
        "«<»n:++5> one", "pattern.unanchored", "`phrase` can begin anywhere: it has no anchor",
        "begin with a word or a hole, not with a gap or only optional parts"),
      Mistake(
        "«o»ne? two?", "pattern.unanchored", "`phrase` can match nothing at all",
        "begin with a word or a hole, not with a gap or only optional parts"),
      Mistake(
        "«<»start> <end>", "pattern.unanchored", "`phrase` can match nothing at all",
        "begin with a word or a hole, not with a gap or only optional parts"),
      Mistake(
        "one «<»animal.value", "pattern.unbalanced", "`<` is not closed",
        "quote it to mean the character: '<'"),
      Mistake("one <animal.«>» two", "pattern.hole", "expected a name after `.`"),
    ])
  func patterns(mistake: Mistake) throws {
    try mistake.expectOnly(
      before:
        "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: ")
  }

  @Test("a mistake after an escape in a quoted pattern is found where it is written")
  func quotedPattern() throws {
    try Mistake(
      "values: {A: {phrase: \"\\u0111 ' \\\"' <«N»um>\"}}", "pattern.unknown-type",
      "unknown type `Num`"
    ).expectOnly()
    try Mistake(
      "values: {A: {phrase: 'it''s <«N»um>'}}", "pattern.unknown-type", "unknown type `Num`"
    ).expectOnly()
  }

  @Test("each phrase of a list has its own place")
  func listedPattern() throws {
    try Mistake(
      "values:\n  A:\n    phrase:\n    - one\n    - two <«N»um>\n", "pattern.unknown-type",
      "unknown type `Num`"
    ).expectOnly()
  }

  @Test(
    "values, groups and entities",
    arguments: [
      Mistake(
        "values: {A: {«prase»: one, phrase: two}}", "rule.unknown-key",
        "unknown key `prase` in `A`", "did you mean `phrase`?"),
      Mistake("values: {A: «one»}", "rule.wrong-type", "`A` must be a mapping"),
      Mistake("groups: {«A»: {about: one}}", "rule.missing-key", "`A` has no `phrase`"),
      Mistake("values: {A: {phrase: «{b: c}»}}", "rule.wrong-type", "`phrase` must be a text"),
      Mistake("values: {A: {phrase: «[]»}}", "pattern.empty", "`phrase` is empty"),
      Mistake(
        "values: {Amount: {phrase: one}, B: {is: «Amuont», phrase: two}}", "rule.unknown-type",
        "unknown type `Amuont`", "did you mean `Amount`?"),
      Mistake(
        "values: {Amount: {phrase: one}, B: {beats: «Amont», phrase: two}}", "rule.unknown-type",
        "unknown type `Amont`", "did you mean `Amount`?"),
      Mistake(
        "values: {A: {kind: «dates», phrase: one}}", "rule.unknown-word",
        "`kind` cannot be `dates`", "did you mean `date`?"),
      Mistake(
        "values: {A: {phrase: one, min_tokens: «few»}}", "rule.wrong-type",
        "`min_tokens` must be a whole number"),
      Mistake(
        "values: {A: {phrase: one, gives: «text»}}", "rule.wrong-type",
        "`gives` must be a mapping"),
      Mistake(
        "values: {A: {phrase: <n = one>, gives: {x: n + «)»}}}", "expression.syntax",
        "expected a name, a number or a text in quotes"),
      Mistake(
        "values: {A: {phrase: <n = one>, gives: {x: «l»owwer(n)}}}",
        "expression.unknown-function", "unknown function `lowwer`", "did you mean `lower`?"),
      Mistake(
        "values: {A: {phrase: <n = one>, shows: 'a «{»n'}}", "expression.syntax",
        "`{` is not closed"),
      Mistake(
        "values: {A: {phrase: <n = one>, shows: 'a {n «m»}'}}", "expression.syntax",
        "unexpected text after the expression"),
      Mistake(
        "values: {A: {phrase: one, unless: {«befor»: two}}}", "rule.unknown-key",
        "unknown key `befor` in `unless`", "did you mean `before`?"),
      Mistake(
        "values: {A: {phrase: one, unless: {after: two <«N»umber>}}}", "pattern.unknown-type",
        "unknown type `Number`"),
      Mistake(
        "groups: {A: {phrase: one, spans: «line»}}", "rule.unknown-word",
        "`spans` cannot be `line`", "one of: sentence, block"),
      Mistake(
        "values: {A: {phrase: one, tests: [«{text: one}»]}}", "rule.missing-key",
        "a test needs `text` and `expect`"),
      Mistake(
        "values: {A: {phrase: one, tests: [{text: one, expect: [], «contxt»: {}}]}}",
        "rule.unknown-key", "unknown key `contxt` in a test", "did you mean `context`?"),
      Mistake(
        "values: {A: {phrase: one, tests: [{text: one, expect: [], context: {«today»: a}}]}}",
        "rule.unknown-key", "unknown key `today` in `context`",
        "known keys: published, before"),
    ])
  func productions(mistake: Mistake) throws { try mistake.expectOnly() }

  @Test(
    "what goes round in a circle, or back in the order of the stages",
    arguments: [
      Mistake(
        "values: {«A»: {is: B}, B: {is: C}, C: {is: A, phrase: one}}", "rule.cycle",
        "`A` is its own kind through `is:`"),
      Mistake(
        "values: {A: {is: «A», phrase: one}}", "rule.cycle", "`A` is its own kind through `is:`"),
      Mistake(
        "values:\n  «A»: {phrase: one <B>}\n  B: {phrase: two <C>}\n  C: {phrase: three <A>}",
        "rule.cycle", "`A` is made from itself: A → B → C → A"),
      Mistake(
        "values: {«A»: {phrase: one <A>?}}", "rule.cycle", "`A` is made from itself: A → A"),
      Mistake(
        "values:\n  F: {about: a family}\n  «A»: {is: F, phrase: one <F>}", "rule.cycle",
        "`A` is made from itself: A → A"),
      Mistake(
        "entities:\n  X: {phrase: zero <A>}\n  «A»: {phrase: one <B>}\n  B: {phrase: two <A>}",
        "rule.cycle", "`A` is made from itself: A → B → A"),
      Mistake(
        "values: {«A»: {beats: B, phrase: one}, B: {beats: A, phrase: two}}", "rule.cycle",
        "`A` beats itself in a circle"),
      Mistake(
        "values: {«A»: {phrase: one <P>}}\nentities: {P: {phrase: two}}", "rule.stage",
        "`P` is made in a later stage", "values come first, then groups, then entities"),
      Mistake(
        "values: {«A»: {phrase: one <G>}}\ngroups: {G: {phrase: two}}", "rule.stage",
        "`G` is made in a later stage", "values come first, then groups, then entities"),
      Mistake(
        "groups: {«A»: {phrase: one <P>}}\nentities: {P: {phrase: two}}", "rule.stage",
        "`P` is made in a later stage", "values come first, then groups, then entities"),
    ])
  func circles(mistake: Mistake) throws { try mistake.expectOnly() }

  @Test(
    "zones, article and resolve",
    arguments: [
      Mistake(
        "zones: [«{when: {words: 1}}»]", "rule.missing-key", "a zone needs a label",
        "begin with `zone: LABEL`"),
      Mistake(
        "zones: [{zone: a, «wehn»: {words: 1}}]", "rule.unknown-key",
        "unknown key `wehn` in a zone", "did you mean `when`?"),
      Mistake(
        "zones: [{zone: a, when: {«start_with»: one}}]", "rule.unknown-key",
        "unknown key `start_with` in `when`", "did you mean `starts_with`?"),
      Mistake("zones: [{zone: a, when: «one»}]", "rule.wrong-type", "`when` must be a mapping"),
      Mistake(
        "zones: [{zone: a, when: {words: «3..2»}}]", "rule.wrong-type",
        "`words` goes from high to low"),
      Mistake(
        "zones: [{zone: a, when: {words: «many»}}]", "rule.wrong-type",
        "`words` must be a range such as `3..5`"),
      Mistake(
        "zones: [{zone: a, when: {prose: «maybe»}}]", "rule.unknown-word",
        "`prose` cannot be `maybe`", "one of: yes, no"),
      Mistake(
        "zones: [{zone: a, when: {position: «frist»}}]", "rule.unknown-word",
        "`position` cannot be `frist`", "did you mean `first`?"),
      Mistake(
        "zones: [{zone: a, when: {next_prose: «-1»}}]", "rule.wrong-type",
        "`next_prose` must be a whole number"),
      Mistake(
        "zones: [{zone: a, when: {next: «indent»}}]", "rule.unknown-word",
        "`next` cannot be `indent`", "did you mean `indented`?"),
      Mistake(
        "zones: [{zone: a, when: {not: {«wrods»: 1}}}]", "rule.unknown-key",
        "unknown key `wrods` in `when`", "did you mean `words`?"),
      Mistake(
        "zones: [{zone: a, when: {starts_with: one <«N»um>}}]", "pattern.unknown-type",
        "unknown type `Num`"),
      Mistake("article: «text»", "rule.wrong-type", "`article` must be a mapping"),
      Mistake(
        "article: {title: {«form»: a, from: b}}", "rule.unknown-key",
        "unknown key `form` in a field", "did you mean `from`?"),
      Mistake(
        "article: {title: {from: «a.b.c»}}", "rule.wrong-type",
        "a source is `label` or `label.capture`"),
      Mistake(
        "article: {title: {from: a, kind: «txt»}}", "rule.unknown-word",
        "`kind` cannot be `txt`", "did you mean `text`?"),
      Mistake(
        "values: {Date: {kind: date, phrase: one}}\nresolve: {latest: «Dat»}", "rule.unknown-type",
        "unknown type `Dat`", "did you mean `Date`?"),
    ])
  func page(mistake: Mistake) throws { try mistake.expectOnly() }

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
        "one of: inside fact, before, same sentence"),
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
        "2:20 pattern.empty", "3:16 pattern.unknown-type", "3:26 rule.unknown-word",
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
}
