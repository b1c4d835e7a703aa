import DukienRules
import DukienText
import Testing

@Suite("Mistakes in rule files")
struct CompilerDiagnosticTests {
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
