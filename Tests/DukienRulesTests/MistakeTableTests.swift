import DukienRules
import DukienText
import Testing

/// A small rule file with one mistake, and all that is said about it.
private struct Row: Sendable, CustomTestStringConvertible {
  let name: String
  let yaml: String
  /// Line and column.
  let place: String
  let code: String
  let message: String
  let hint: String
  let severity: Severity

  init(
    _ name: String, _ yaml: String, _ place: String, _ code: String, _ message: String,
    _ hint: String = "", _ severity: Severity = .error
  ) {
    (self.name, self.yaml, self.place) = (name, yaml, place)
    (self.code, self.message, self.hint, self.severity) = (code, message, hint, severity)
  }

  var testDescription: String { name }

  /// Expects this one problem, where `rest` completes the rule file; an error leaves no program.
  func expectOnly(with rest: String = "") throws {
    let compilation = compiled(yaml + rest)
    #expect(compilation.diagnostics.map { $0.rendered() }.count == 1)
    let found = try #require(compilation.diagnostics.first)
    #expect(found.severity == severity)
    #expect(found.code == code)
    #expect("\(found.line):\(found.column)" == place)
    #expect(found.message == message)
    #expect(found.hint == hint)
    #expect(found.file == "test.yaml")
    #expect((compilation.program == nil) == (severity == .error))
  }
}

@Suite("The table of mistakes")
struct MistakeTableTests {
  @Test("files and their headers", arguments: Table.files)
  fileprivate func files(row: Row) throws { try row.expectOnly() }

  @Test("what is no plain YAML", arguments: Table.yaml)
  fileprivate func yaml(row: Row) throws { try row.expectOnly() }

  @Test("lexicons and classes", arguments: Table.words)
  fileprivate func words(row: Row) throws { try row.expectOnly() }

  @Test("patterns", arguments: Table.patterns)
  fileprivate func patterns(row: Row) throws { try row.expectOnly() }

  @Test("alternatives that are never taken", arguments: Table.alternatives)
  fileprivate func alternatives(row: Row) throws { try row.expectOnly() }

  @Test("values, groups and entities", arguments: Table.productions)
  fileprivate func productions(row: Row) throws { try row.expectOnly() }

  @Test("captures and fields that are none", arguments: Table.fields)
  fileprivate func fields(row: Row) throws { try row.expectOnly() }

  @Test("circles, and what is made too early", arguments: Table.circles)
  fileprivate func circles(row: Row) throws { try row.expectOnly() }

  @Test("zones, article and resolve", arguments: Table.page)
  fileprivate func page(row: Row) throws { try row.expectOnly() }

  @Test("elements of HTML pages, and what pages tell", arguments: Table.elements)
  fileprivate func elements(row: Row) throws { try row.expectOnly() }

  @Test("labels and captures of zones", arguments: Table.labels)
  fileprivate func labels(row: Row) throws { try row.expectOnly() }

  @Test("types of facts", arguments: Table.facts)
  fileprivate func facts(row: Row) throws { try row.expectOnly() }

  @Test("rules, links and assertions", arguments: Table.rules)
  fileprivate func rules(row: Row) throws { try row.expectOnly(with: Table.rest) }

  @Test("rules that can never do what they say", arguments: Table.useless)
  fileprivate func useless(row: Row) throws { try row.expectOnly(with: Table.rest) }

  @Test("tests in rule files", arguments: Table.tests)
  fileprivate func tests(row: Row) throws { try row.expectOnly(with: Table.rest) }

  @Test("rules and tests in files of their own", arguments: Table.alone)
  fileprivate func alone(row: Row) throws { try row.expectOnly() }

  @Test("what nothing uses", arguments: Table.unused)
  fileprivate func unused(row: Row) throws { try row.expectOnly() }

  @Test("no two rows have one name")
  func names() {
    let names = Table.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count > 150)
  }
}

private enum Table {
  static let all =
    files + yaml + words + patterns + alternatives + productions + fields + circles
    + page + labels + facts + rules + useless + tests + alone + unused

  /// Something of every section for the rules to refer to.
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
        roles: {who: Person, place: text, count: Number, kind: {one_of: [open, closed]}}
    zones:
    - {zone: body, content: yes, when: {words: 0..}}
    """

  static let files: [Row] = [
    Row(
      "section misspelt", "lexicon: {a: [b]}", "1:1", "rule.unknown-key",
      "unknown key `lexicon` in a rule file", "did you mean `lexicons`?"),
    Row(
      "header key misspelt", "name: a\nenigne: b", "2:1", "rule.unknown-key",
      "unknown key `enigne` in a rule file", "did you mean `engine`?"),
    Row("file is a list", "- a\n- b", "1:1", "rule.wrong-type", "a rule file must be a mapping"),
    Row("name is a list", "name: [a, b]", "1:7", "rule.wrong-type", "`name` must be a text"),
    Row(
      "numbers is a text", "numbers: none", "1:10", "rule.wrong-type", "`numbers` must be a mapping"
    ),
    Row(
      "key of numbers misspelt", "numbers: {decimals: ','}", "1:11", "rule.unknown-key",
      "unknown key `decimals` in `numbers`", "did you mean `decimal`?"),
    Row(
      "section is a list", "values: [a]", "1:9", "rule.wrong-type",
      "section `values` must be a mapping"),
    Row(
      "facts is a text", "facts: text", "1:8", "rule.wrong-type",
      "section `facts` must be a mapping"),
    Row("zones is a text", "zones: text", "1:8", "rule.wrong-type", "a zone must be a mapping"),
    Row(
      "name in two sections", "lexicons: {zib: [a]}\nvalues: {zib: {phrase: b}}", "2:10",
      "rule.duplicate", "the name `zib` is already taken by another section"),
    Row(
      "key twice in a section", "classes:\n  a: {shape: word}\n  a: {shape: number}", "3:3",
      "yaml.duplicate-key", "the key \"a\" is used twice",
      "first used in line 2, column 3; rename or remove one"),
    Row(
      "version is a word", "version: new", "1:10", "set.version", "`new` is no version",
      "write up to three numbers, such as 1.2 or 1.2.0"),
    Row(
      "version of four numbers", "version: 1.2.3.4", "1:10", "set.version",
      "`1.2.3.4` is no version",
      "write up to three numbers, such as 1.2 or 1.2.0"),
    Row(
      "engine is a word", "engine: newest", "1:9", "set.version-range",
      "`newest` is no range of versions", "write `>=1.0`"),
    Row(
      "engine of the future", "engine: \">=7.1\"", "1:9", "set.engine",
      "the rules ask for engine >=7.1; this one is 1.0.0", "use another version of the library"),
    Row(
      "timezone is a city", "timezone: Zib/Zob", "1:11", "set.timezone",
      "`Zib/Zob` is no offset from UTC", "write it as \"+07:00\", or \"Z\" for none"),
    Row(
      "timezone past the world", "timezone: \"+25:00\"", "1:11", "set.timezone",
      "`+25:00` is no offset from UTC", "write it as \"+07:00\", or \"Z\" for none"),
    Row(
      "decimal mark of two signs", "numbers: {decimal: \",,\"}", "1:20", "set.numbers",
      "`,,` is no mark in numbers", "write one sign such as \",\" or \".\""),
    Row(
      "decimal mark is a digit", "numbers: {decimal: \"1\"}", "1:20", "set.numbers",
      "`1` is no mark in numbers", "write one sign such as \",\" or \".\""),
    Row(
      "equal marks in numbers", "numbers: {decimal: \",\", group: \",\"}", "1:32", "set.numbers",
      "the decimal mark and the mark between groups are both `,`", "they must differ"),
    Row(
      "set unknown", "uses: [pgae]", "1:8", "set.unknown", "no rule set is named `pgae`",
      "did you mean `page`?"),
    Row(
      "after a byte order mark", "\u{FEFF}lexicon: {}", "1:1", "rule.unknown-key",
      "unknown key `lexicon` in a rule file", "did you mean `lexicons`?"),
    Row(
      "after line ends with carriage returns",
      "name: a\r\nvalues:\r\n  A: {prase: one, phrase: two}\r\n", "3:7", "rule.unknown-key",
      "unknown key `prase` in `A`", "did you mean `phrase`?"),
    Row(
      "section classes misspelt", "classe: []", "1:1", "rule.unknown-key",
      "unknown key `classe` in a rule file", "did you mean `classes`?"),
    Row(
      "section values misspelt", "valeus: []", "1:1", "rule.unknown-key",
      "unknown key `valeus` in a rule file", "did you mean `values`?"),
    Row(
      "section groups misspelt", "gruops: []", "1:1", "rule.unknown-key",
      "unknown key `gruops` in a rule file", "did you mean `groups`?"),
    Row(
      "section entities misspelt", "entitys: []", "1:1", "rule.unknown-key",
      "unknown key `entitys` in a rule file", "did you mean `entities`?"),
    Row(
      "section zones misspelt", "zone: []", "1:1", "rule.unknown-key",
      "unknown key `zone` in a rule file", "did you mean `zones`?"),
    Row(
      "section article misspelt", "articel: []", "1:1", "rule.unknown-key",
      "unknown key `articel` in a rule file", "did you mean `article`?"),
    Row(
      "section resolve misspelt", "resovle: []", "1:1", "rule.unknown-key",
      "unknown key `resovle` in a rule file", "did you mean `resolve`?"),
    Row(
      "section links misspelt", "link: []", "1:1", "rule.unknown-key",
      "unknown key `link` in a rule file", "did you mean `links`?"),
    Row(
      "section assertions misspelt", "assertion: []", "1:1", "rule.unknown-key",
      "unknown key `assertion` in a rule file", "did you mean `assertions`?"),
    Row(
      "section rules misspelt", "rule: []", "1:1", "rule.unknown-key",
      "unknown key `rule` in a rule file", "did you mean `rules`?"),
    Row(
      "section facts misspelt", "fact: []", "1:1", "rule.unknown-key",
      "unknown key `fact` in a rule file", "did you mean `facts`?"),
  ]

  static let yaml: [Row] = [
    Row(
      "tab in the indentation", "values:\n\tA: {phrase: one}", "2:1", "yaml.tab",
      "a tab in the indentation", "indent with spaces"),
    Row(
      "key twice in a mapping", "values: {A: {phrase: one, phrase: two}}", "1:27",
      "yaml.duplicate-key", "the key \"phrase\" is used twice",
      "first used in line 1, column 14; rename or remove one"),
    Row(
      "anchor", "values: &x {}", "1:9", "yaml.anchor", "anchors are not allowed: \"&x\"",
      "remove it, or put a text that begins with & in quotes"),
    Row(
      "tag", "name: !!str a", "1:7", "yaml.tag", "tags are not allowed: \"!!str\"",
      "remove it, or put a text that begins with ! in quotes"),
    Row(
      "second document", "name: a\n---\nname: b", "2:1", "yaml.documents",
      "a second document in the file", "put it into a file of its own"),
    Row("zero byte", "name: a\0b", "1:8", "yaml.encoding", "a NUL byte in the text", "remove it"),
    Row(
      "colon in a plain text", "about: one: two", "1:11", "yaml.syntax",
      "mapping values are not allowed in this context",
      "put a text that contains \": \" in quotes, or check the indentation"),
    Row(
      "mapping not closed", "values: {A: {phrase: one}", "1:9", "yaml.syntax",
      "did not find expected ',' or '}' while parsing a flow mapping",
      "the file ends before it is complete"),
    Row(
      "directive", "%YAML 1.1\n---\nname: a", "1:1", "yaml.syntax", "a directive is not allowed",
      "remove the line: a rule file is plain YAML without tags"),
  ]

  static let words: [Row] = [
    Row(
      "key of a lexicon misspelt", "lexicons: {a: {entrees: [b], entries: [c]}}", "1:16",
      "rule.unknown-key", "unknown key `entrees` in a lexicon", "did you mean `entries`?"),
    Row(
      "lexicon without entries", "lexicons: {a: {about: b}}", "1:12", "lexicon.empty",
      "lexicon `a` has no entries"),
    Row(
      "entries are a text", "lexicons: {a: {entries: text}}", "1:25", "rule.wrong-type",
      "entries must be a list or a mapping"),
    Row(
      "entry is a list", "lexicons: {a: [b, [c]]}", "1:19", "rule.wrong-type",
      "`entry` must be a text"),
    Row(
      "meaning of an entry is a list", "lexicons: {a: {entries: {b: [c]}}}", "1:29",
      "rule.wrong-type", "`value` must be a text"),
    Row(
      "entry is blank", "lexicons: {a: [' ']}", "1:16", "lexicon.entry",
      "an entry has 1 to 39 words"),
    Row(
      "case misspelt", "lexicons: {a: {case: exatc, entries: [b]}}", "1:22", "rule.unknown-word",
      "`case` cannot be `exatc`", "did you mean `exact`?"),
    Row(
      "ends_sentence neither yes nor no", "lexicons: {a: {ends_sentence: maybe, entries: [b]}}",
      "1:31", "rule.unknown-word", "`ends_sentence` cannot be `maybe`", "one of: yes, no"),
    Row(
      "class is a text", "classes: {a: word}", "1:14", "rule.wrong-type",
      "a class must be a mapping"),
    Row(
      "shape misspelt", "classes: {a: {shape: [word, capitol]}}", "1:29", "rule.unknown-word",
      "unknown shape `capitol`", "did you mean `capital`?"),
    Row(
      "not_shape misspelt", "classes: {a: {not_shape: numbr}}", "1:26", "rule.unknown-word",
      "unknown shape `numbr`", "did you mean `number`?"),
    Row(
      "range from high to low", "classes: {a: {shape: word, length: 5..2}}", "1:36",
      "rule.wrong-type", "`length` goes from high to low"),
    Row(
      "range is a word", "classes: {a: {shape: word, length: few}}", "1:36", "rule.wrong-type",
      "`length` must be a range such as `3..5`"),
    Row(
      "lexicon of a class misspelt",
      "classes: {a: {shape: word, not: animl}}\nlexicons: {animal: [b]}", "1:33",
      "rule.unknown-type", "unknown type `animl`", "did you mean `animal`?"),
    Row(
      "class leaves out a class", "classes: {a: {shape: word, not: b}, b: {shape: word}}", "1:33",
      "rule.wrong-type", "`not` names lexicons; `b` is none"),
    Row(
      "entry twice", "lexicons: {a: [zib, Zib]}", "1:21", "lexicon.duplicate",
      "entry stands twice in its lexicon (case and tone placement do not count)",
      "first at test.yaml:1", .warning),
    Row(
      "class that excludes itself", "classes: {a: {shape: [word, capital], not_shape: capital}}",
      "1:50", "class.empty", "no token can be a `a`",
      "a shape stands under both `shape` and `not_shape`"),
    Row(
      "key of a class misspelt", "classes: {a: {shapes: word}}", "1:15", "rule.unknown-key",
      "unknown key `shapes` in a class", "did you mean `shape`?"),
    Row(
      "lexicons as a list", "lexicons: [a]", "1:11", "rule.wrong-type",
      "section `lexicons` must be a mapping"),
  ]

  static let patterns: [Row] = [
    Row(
      "type in a pattern misspelt",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one <n:Nmber>",
      "5:20", "pattern.unknown-type", "unknown type `Nmber`", "did you mean `Number`?"),
    Row(
      "round bracket not closed",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one (two | (three",
      "5:24", "pattern.unbalanced", "`(` is not closed", "quote it to mean the character: '('"),
    Row(
      "optional gap",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one ..3?",
      "5:20", "pattern.optional-gap", "`?` after a gap has no meaning: a gap may already be empty",
      "remove the `?`"),
    Row(
      "gap first",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: ..3 one",
      "5:13", "pattern.unanchored", "`phrase` can begin anywhere: it has no anchor",
      "begin with a word or a hole, not with a gap or only optional parts"),
    Row(
      "run first",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: <n:++5> one",
      "5:13", "pattern.unanchored", "`phrase` can begin anywhere: it has no anchor",
      "begin with a word or a hole, not with a gap or only optional parts"),
    Row(
      "all parts optional",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one? two?",
      "5:13", "pattern.unanchored", "`phrase` can match nothing at all",
      "begin with a word or a hole, not with a gap or only optional parts"),
    Row(
      "edges only",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: <start> <end>",
      "5:13", "pattern.unanchored", "`phrase` can match nothing at all",
      "begin with a word or a hole, not with a gap or only optional parts"),
    Row(
      "hole not closed",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one <animal.value",
      "5:17", "pattern.unbalanced", "`<` is not closed", "quote it to mean the character: '<'"),
    Row(
      "path ends in a dot",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one <animal.> two",
      "5:25", "pattern.hole", "expected a name after `.`"),
    Row(
      "mistake after escapes", "values: {A: {phrase: \"\\u0111 ' \\\"' <Num>\"}}", "1:37",
      "pattern.unknown-type", "unknown type `Num`"),
    Row(
      "mistake after doubled quotes", "values: {A: {phrase: 'it''s <Num>'}}", "1:30",
      "pattern.unknown-type", "unknown type `Num`"),
    Row(
      "mistake in the second phrase", "values:\n  A:\n    phrase:\n    - one\n    - two <Num>\n",
      "5:12", "pattern.unknown-type", "unknown type `Num`"),
    Row(
      "round bracket closed twice",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one two)",
      "5:20", "pattern.unbalanced", "`)` closes nothing", "quote it to mean the character: ')'"),
    Row(
      "round bracket at the end",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one (",
      "5:17", "pattern.unbalanced", "`(` is not closed", "quote it to mean the character: '('"),
    Row(
      "mention not closed",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one [two",
      "5:17", "pattern.unbalanced", "`[` is not closed", "quote it to mean the character: '['"),
    Row(
      "mention closed twice",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one two]",
      "5:20", "pattern.unbalanced", "`]` closes nothing", "quote it to mean the character: ']'"),
    Row(
      "brackets crossed",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one (two [three) four]",
      "5:22", "pattern.unbalanced", "`[` is not closed", "quote it to mean the character: '['"),
    Row(
      "hole closed twice",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one two >",
      "5:21", "pattern.unbalanced", "`>` closes nothing", "quote it to mean the character: '>'"),
    Row(
      "repeat of nothing",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one | ?",
      "5:19", "pattern.unbalanced", "`?` has nothing before it to repeat",
      "quote it to mean the character: '?'"),
    Row(
      "repeat not closed",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one{1,2",
      "5:20", "pattern.unbalanced", "`{` is not closed", "write `{1,4}` or `{1,4; ,}`"),
    Row(
      "quote not closed",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one 'two",
      "5:17", "pattern.unbalanced", "`'` is not closed"),
    Row(
      "repeat from high to low",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one{4,2}",
      "5:17", "pattern.repeat", "a repeat goes from 0 up to 40, low to high"),
    Row(
      "repeat of 41",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one{0,41}",
      "5:17", "pattern.repeat", "a repeat goes from 0 up to 40, low to high"),
    Row(
      "repeat of a word",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one{few}",
      "5:17", "pattern.number", "expected a number"),
    Row(
      "gap of 601",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one ..601 two",
      "5:19", "pattern.gap", "a gap or run spans 1 to 600 tokens"),
    Row(
      "gap of nothing",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one ..0 two",
      "5:19", "pattern.gap", "a gap or run spans 1 to 600 tokens"),
    Row(
      "run without a length",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one <n:++> two",
      "5:22", "pattern.number", "expected a number"),
    Row(
      "alternative without a pattern",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one (two | )",
      "5:23", "pattern.empty", "empty pattern or alternative", "use `?` to make a part optional"),
    Row(
      "hole without a type",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one <n:>",
      "5:20", "pattern.hole", "a hole needs the name of a type", "write `<Type>`"),
    Row(
      "capture without a name",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one < = two>",
      "5:19", "pattern.hole", "a capture needs a name before `=`"),
    Row(
      "two types in a hole",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one <Number animal>",
      "5:25", "pattern.hole", "unexpected `a` in a hole"),
    Row(
      "lexicon in a pattern misspelt",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one <animel>",
      "5:18", "pattern.unknown-type", "unknown type `animel`", "did you mean `animal`?"),
    Row(
      "too many steps",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one (..600){1,40}",
      "5:13", "pattern.cost", "pattern needs more than 20000 steps",
      "shorten its gaps or lower its repeats"),
  ]

  static let alternatives: [Row] = [
    Row(
      "alternative twice",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one (two | three | two) four",
      "5:32", "pattern.unreachable", "this alternative stands here twice", "remove it", .warning),
    Row(
      "longer word last at the end",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one | one two",
      "5:19", "pattern.unreachable",
      "this alternative is never taken: an earlier one matches where it does",
      "put it before the shorter one, or remove it", .warning),
    Row(
      "longer alternative in brackets at the end",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one (two | two three)",
      "5:24", "pattern.unreachable",
      "this alternative is never taken: an earlier one matches where it does",
      "put it before the shorter one, or remove it", .warning),
    Row(
      "alternative in a mention at the end",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one [two | two three]",
      "5:24", "pattern.unreachable",
      "this alternative is never taken: an earlier one matches where it does",
      "put it before the shorter one, or remove it", .warning),
    Row(
      "hole before the same hole and more",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: <Number> | <Number> one",
      "5:25", "pattern.unreachable",
      "this alternative is never taken: an earlier one matches where it does",
      "put it before the shorter one, or remove it", .warning),
    Row(
      "alternative with an optional end",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one two? | one three",
      "5:24", "pattern.unreachable",
      "this alternative is never taken: an earlier one matches where it does",
      "put it before the shorter one, or remove it", .warning),
    Row(
      "exact word and more",
      "lexicons: {animal: [zib]}\nvalues:\n  Number: {phrase: two}\n  Made:\n    phrase: one ('Two' | 'Two' three)",
      "5:27", "pattern.unreachable",
      "this alternative is never taken: an earlier one matches where it does",
      "put it before the shorter one, or remove it", .warning),
    Row(
      "phrase of a list never taken", "values:\n  A:\n    phrase:\n    - one\n    - one two\n",
      "5:7", "pattern.unreachable",
      "this alternative is never taken: an earlier one matches where it does",
      "put it before the shorter one, or remove it", .warning),
    Row(
      "alternative of a guard never needed",
      "values: {A: {phrase: one, unless: {after: two | two three}}}", "1:49", "pattern.unreachable",
      "this alternative is never taken: an earlier one matches where it does",
      "put it before the shorter one, or remove it", .warning),
  ]

  static let productions: [Row] = [
    Row(
      "key of a value misspelt", "values: {A: {prase: one, phrase: two}}", "1:14",
      "rule.unknown-key", "unknown key `prase` in `A`", "did you mean `phrase`?"),
    Row("value is a text", "values: {A: one}", "1:13", "rule.wrong-type", "`A` must be a mapping"),
    Row(
      "group without a phrase", "groups: {A: {about: one}}", "1:10", "rule.missing-key",
      "`A` has no `phrase`"),
    Row(
      "phrase is a mapping", "values: {A: {phrase: {b: c}}}", "1:22", "rule.wrong-type",
      "`phrase` must be a text"),
    Row(
      "no phrase in the list", "values: {A: {phrase: []}}", "1:22", "pattern.empty",
      "`phrase` is empty"),
    Row(
      "family misspelt", "values: {Amount: {phrase: one}, B: {is: Amuont, phrase: two}}", "1:41",
      "rule.unknown-type", "unknown type `Amuont`", "did you mean `Amount`?"),
    Row(
      "beaten type misspelt", "values: {Amount: {phrase: one}, B: {beats: Amont, phrase: two}}",
      "1:44", "rule.unknown-type", "unknown type `Amont`", "did you mean `Amount`?"),
    Row(
      "kind misspelt", "values: {A: {kind: dates, phrase: one}}", "1:20", "rule.unknown-word",
      "`kind` cannot be `dates`", "did you mean `date`?"),
    Row(
      "min_tokens is a word", "values: {A: {phrase: one, min_tokens: few}}", "1:39",
      "rule.wrong-type", "`min_tokens` must be a whole number"),
    Row(
      "gives is a text", "values: {A: {phrase: one, gives: text}}", "1:34", "rule.wrong-type",
      "`gives` must be a mapping"),
    Row(
      "bracket in an expression", "values: {A: {phrase: <n = one>, gives: {x: n + )}}}", "1:48",
      "expression.syntax", "expected a name, a number or a text in quotes"),
    Row(
      "function misspelt", "values: {A: {phrase: <n = one>, gives: {x: lowwer(n)}}}", "1:44",
      "expression.unknown-function", "unknown function `lowwer`", "did you mean `lower`?"),
    Row(
      "brace not closed in shows", "values: {A: {phrase: <n = one>, shows: 'a {n'}}", "1:43",
      "expression.syntax", "`{` is not closed"),
    Row(
      "two names in a row in shows", "values: {A: {phrase: <n = one>, shows: 'a {n m}'}}", "1:46",
      "expression.syntax", "unexpected text after the expression"),
    Row(
      "key of unless misspelt", "values: {A: {phrase: one, unless: {befor: two}}}", "1:36",
      "rule.unknown-key", "unknown key `befor` in `unless`", "did you mean `before`?"),
    Row(
      "unknown type in unless", "values: {A: {phrase: one, unless: {after: two <Number>}}}", "1:48",
      "pattern.unknown-type", "unknown type `Number`"),
    Row(
      "spans misspelt", "groups: {A: {phrase: one, spans: line}}", "1:34", "rule.unknown-word",
      "`spans` cannot be `line`", "one of: sentence, block"),
    Row(
      "content of a value", "values: {A: {phrase: one, lists_as: a, content: no}}", "1:49",
      "rule.unknown-key", "`content` is a key of groups and zones",
      "to list no mentions, leave out `lists_as`"),
    Row(
      "content of a group misspelt", "groups: {A: {phrase: one, content: none}}", "1:36",
      "rule.unknown-word", "`content` cannot be `none`", "one of: yes, no"),
    Row(
      "test without expect", "values: {A: {phrase: one, tests: [{text: one}]}}", "1:35",
      "rule.missing-key", "a test needs `text` and `expect`"),
    Row(
      "key of a test misspelt",
      "values: {A: {phrase: one, tests: [{text: one, expect: [], contxt: {}}]}}", "1:59",
      "rule.unknown-key", "unknown key `contxt` in a test", "did you mean `context`?"),
    Row(
      "key of a context unknown",
      "values: {A: {phrase: one, tests: [{text: one, expect: [], context: {today: a}}]}}", "1:69",
      "rule.unknown-key", "unknown key `today` in `context`", "known keys: published, before"),
  ]

  static let fields: [Row] = [
    Row(
      "nothing kept under the name in gives",
      "values: {A: {phrase: <number = one>, gives: {x: numbre}}}", "1:49",
      "expression.unknown-name", "nothing is kept as `numbre`", "did you mean `number`?", .warning),
    Row(
      "nothing kept under the name in shows",
      "values: {A: {phrase: <n = one> <m = two>, shows: 'a {n} {other}'}}", "1:58",
      "expression.unknown-name", "nothing is kept as `other`", "what is kept: `m`, `n`", .warning),
    Row(
      "nothing kept under the name in a key",
      "entities: {A: {phrase: <name = one>, key: lower(nane)}}", "1:49", "expression.unknown-name",
      "nothing is kept as `nane`", "did you mean `name`?", .warning),
    Row(
      "nothing kept at all", "values: {A: {phrase: one, gives: {x: 2 * n}}}", "1:42",
      "expression.unknown-name", "nothing is kept as `n`", "", .warning),
    Row(
      "field of a type misspelt",
      "values:\n  A: {phrase: <amount = one>}\n  B: {phrase: two <A.amonut>}", "3:22",
      "expression.unknown-field", "`A` has no field `amonut`", "did you mean `amount`?", .warning),
    Row(
      "field of a lexicon",
      "lexicons: {a: {entries: {one: x}}}\nvalues: {B: {phrase: <a.meaning>}}", "2:25",
      "expression.unknown-field", "`a` has no field `meaning`", "its fields: `text`, `value`",
      .warning),
    Row(
      "field of a text", "values: {A: {phrase: <n = one>, gives: {x: n.value}}}", "1:46",
      "expression.unknown-field", "`n` has no field `value`", "it has no fields", .warning),
    Row(
      "field of a capture misspelt",
      "values:\n  A: {phrase: <amount = one>}\n  B: {phrase: <a:A> two, gives: {x: a.amoutn}}",
      "3:39", "expression.unknown-field", "`a` has no field `amoutn`", "did you mean `amount`?",
      .warning),
    Row(
      "field after a function",
      "values:\n  A: {phrase: <amount = one>}\n  B: {phrase: \"<a:A>{1,3}\", gives: {x: last(a).value}}",
      "3:48", "expression.unknown-field", "`this` has no field `value`", "its fields: `amount`",
      .warning),
    Row(
      "field of a word", "classes: {w: {shape: word}}\nvalues: {B: {phrase: one <w.value>}}",
      "2:29", "expression.unknown-field", "a word has no field `value`", "it has no fields",
      .warning),
    Row(
      "field of a link misspelt",
      "entities: {A: {phrase: <name = one>}}\nlinks: [{link: a, from: A, to: A, when: from.name = to.nane}]",
      "2:56", "expression.unknown-name", "nothing is kept as `nane`", "did you mean `name`?",
      .warning),
  ]

  static let circles: [Row] = [
    Row(
      "circle of families", "values: {A: {is: B}, B: {is: C}, C: {is: A, phrase: one}}", "1:10",
      "rule.cycle", "`A` is its own kind through `is:`"),
    Row(
      "family of itself", "values: {A: {is: A, phrase: one}}", "1:18", "rule.cycle",
      "`A` is its own kind through `is:`"),
    Row(
      "circle of values",
      "values:\n  A: {phrase: one <B>}\n  B: {phrase: two <C>}\n  C: {phrase: three <A>}", "2:3",
      "rule.cycle", "`A` is made from itself: A → B → C → A"),
    Row(
      "value made from itself", "values: {A: {phrase: one <A>?}}", "1:10", "rule.cycle",
      "`A` is made from itself: A → A"),
    Row(
      "member made from its family",
      "values:\n  F: {about: a family}\n  A: {is: F, phrase: one <F>}", "3:3", "rule.cycle",
      "`A` is made from itself: A → A"),
    Row(
      "circle of entities",
      "entities:\n  X: {phrase: zero <A>}\n  A: {phrase: one <B>}\n  B: {phrase: two <A>}", "3:3",
      "rule.cycle", "`A` is made from itself: A → B → A"),
    Row(
      "circle of beats", "values: {A: {beats: B, phrase: one}, B: {beats: A, phrase: two}}", "1:10",
      "rule.cycle", "`A` beats itself in a circle"),
    Row(
      "value made from an entity", "values: {A: {phrase: one <P>}}\nentities: {P: {phrase: two}}",
      "1:10", "rule.stage", "`P` is made in a later stage",
      "values come first, then groups, then entities"),
    Row(
      "value made from a group", "values: {A: {phrase: one <G>}}\ngroups: {G: {phrase: two}}",
      "1:10", "rule.stage", "`G` is made in a later stage",
      "values come first, then groups, then entities"),
    Row(
      "group made from an entity", "groups: {A: {phrase: one <P>}}\nentities: {P: {phrase: two}}",
      "1:10", "rule.stage", "`P` is made in a later stage",
      "values come first, then groups, then entities"),
  ]

  static let page: [Row] = [
    Row(
      "zone without a label", "zones: [{when: {words: 1}}]", "1:9", "rule.missing-key",
      "a zone needs a label", "begin with `zone: LABEL`"),
    Row(
      "key of a zone misspelt", "zones: [{zone: a, wehn: {words: 1}}]", "1:19", "rule.unknown-key",
      "unknown key `wehn` in a zone", "did you mean `when`?"),
    Row(
      "condition misspelt", "zones: [{zone: a, when: {start_with: one}}]", "1:26",
      "rule.unknown-key", "unknown key `start_with` in `when`", "did you mean `starts_with`?"),
    Row(
      "condition is a text", "zones: [{zone: a, when: one}]", "1:25", "rule.wrong-type",
      "`when` must be a mapping"),
    Row(
      "range of words from high to low", "zones: [{zone: a, when: {words: 3..2}}]", "1:33",
      "rule.wrong-type", "`words` goes from high to low"),
    Row(
      "range of words is a word", "zones: [{zone: a, when: {words: many}}]", "1:33",
      "rule.wrong-type", "`words` must be a range such as `3..5`"),
    Row(
      "prose neither yes nor no", "zones: [{zone: a, when: {prose: maybe}}]", "1:33",
      "rule.unknown-word", "`prose` cannot be `maybe`", "one of: yes, no"),
    Row(
      "position misspelt", "zones: [{zone: a, when: {position: frist}}]", "1:36",
      "rule.unknown-word", "`position` cannot be `frist`", "did you mean `first`?"),
    Row(
      "next_prose below zero", "zones: [{zone: a, when: {next_prose: -1}}]", "1:38",
      "rule.wrong-type", "`next_prose` must be a whole number"),
    Row(
      "feature misspelt", "zones: [{zone: a, when: {next: indent}}]", "1:32", "rule.unknown-word",
      "`next` cannot be `indent`", "did you mean `indented`?"),
    Row(
      "condition within not misspelt", "zones: [{zone: a, when: {not: {wrods: 1}}}]", "1:32",
      "rule.unknown-key", "unknown key `wrods` in `when`", "did you mean `words`?"),
    Row(
      "unknown type in a zone", "zones: [{zone: a, when: {starts_with: one <Num>}}]", "1:44",
      "pattern.unknown-type", "unknown type `Num`"),
    Row(
      "article is a text", "article: text", "1:10", "rule.wrong-type", "`article` must be a mapping"
    ),
    Row(
      "key of a field misspelt", "article: {title: {form: a, from: b}}", "1:19", "rule.unknown-key",
      "unknown key `form` in a field", "did you mean `from`?"),
    Row(
      "source with three names", "article: {title: {from: a.b.c}}", "1:25", "rule.wrong-type",
      "a source is `label` or `label.capture`"),
    Row(
      "kind of a field misspelt", "article: {title: {from: a, kind: txt}}", "1:34",
      "rule.unknown-word", "`kind` cannot be `txt`", "did you mean `text`?"),
    Row(
      "type of resolve misspelt",
      "values: {Date: {kind: date, phrase: one}}\nresolve: {latest: Dat}", "2:19",
      "rule.unknown-type", "unknown type `Dat`", "did you mean `Date`?"),
    Row(
      "holds_on neither yes nor no", "zones: [{zone: a, holds_on: always, when: {words: 1}}]",
      "1:29", "rule.unknown-word", "`holds_on` cannot be `always`", "one of: yes, no"),
    Row(
      "condition of a neighbour misspelt", "zones: [{zone: a, when: {next: {porse: yes}}}]", "1:33",
      "rule.unknown-key", "unknown key `porse` in `when`", "did you mean `prose`?"),
    Row(
      "body neither yes nor no", "zones: [{zone: a, body: head, when: {words: 1}}]", "1:25",
      "rule.unknown-word", "`body` cannot be `head`", "one of: yes, no, heading"),
  ]

  static let elements: [Row] = [
    Row(
      "tag misspelt", "zones: [{zone: a, when: {tag: [p, artcle]}}]", "1:35", "page.tag",
      "there is no tag `artcle` in HTML", "did you mean `article`?"),
    Row(
      "tag in capitals", "zones: [{zone: a, when: {inside: H1}}]", "1:34", "page.tag",
      "there is no tag `H1` in HTML", "did you mean `h1`?"),
    Row(
      "group of words misspelt",
      "page_words: {menu: [nav]}\nzones: [{zone: a, when: {class: menus}}]", "2:33", "page.group",
      "`page_words` has no group `menus`", "did you mean `menu`?"),
    Row(
      "group of words that nobody declares", "zones: [{zone: a, when: {inside_class: menu}}]",
      "1:40",
      "page.group", "`page_words` has no group `menu`",
      "declare it: `page_words: {menu: [word, another]}`"),
    Row(
      "word without letters", "page_words: {menu: [nav, 12]}", "1:26", "page.words",
      "`12` is no word of an attribute",
      "up to 4 words of letters, the last maybe with * behind it"),
    Row(
      "key of a group misspelt", "page_words: {menu: {word: [nav]}}", "1:21", "rule.unknown-key",
      "unknown key `word` in `menu`", "did you mean `words`?"),
    Row(
      "choice of a root misspelt", "root: {choose: {tga: p}}", "1:17", "rule.unknown-key",
      "unknown key `tga` in a choice of the root", "did you mean `tag`?"),
    Row(
      "pick misspelt", "root: {choose: {tag: p, pick: inner}}", "1:31", "rule.unknown-word",
      "`pick` cannot be `inner`", "one of: most, innermost, first"),
    Row(
      "share from high to low", "root: {choose: {share: 9..2}}", "1:24", "rule.wrong-type",
      "`share` goes from high to low"),
    Row(
      "place by the root misspelt", "zones: [{zone: a, when: {root: insid}}]", "1:32",
      "rule.unknown-word", "`root` cannot be `insid`", "did you mean `inside`?"),
    Row(
      "source that names nothing", "article: {a: {from: json_ld}}", "1:21", "rule.wrong-type",
      "`json_ld` names nothing that a page tells",
      "write what it is called behind a full stop: `json_ld.name`"),
    Row(
      "source of the host misspelt", "article: {a: {from: input.uri}}", "1:21", "rule.wrong-type",
      "`input.uri` names nothing that a page tells", "`input.url` is the address of the page"),
    Row(
      "source of an element misspelt", "article: {images: {file: {from: img.href}}}", "1:33",
      "rule.wrong-type", "`img.href` names nothing that a page tells",
      "`img.src` is the address of an image"),
    Row(
      "side of strip misspelt", "article: {a: {from: meta.a, strip: {behind: x}}}", "1:37",
      "rule.unknown-key", "unknown key `behind` in `strip`", "known keys: before, after"),
  ]

  static let labels: [Row] = [
    Row(
      "neighbour of same_as misspelt", "zones: [{zone: a, when: {same_as: prevous}}]", "1:35",
      "rule.unknown-word", "`same_as` cannot be `prevous`", "did you mean `previous`?"),
    Row(
      "label of after misspelt",
      "zones:\n- {zone: title, when: {position: first, starts_with: \"<word = one>\"}}\n- {zone: body, when: {after: [title, titel]}}",
      "3:38", "zone.unknown-label", "no zone gives the label `titel`", "did you mean `title`?"),
    Row(
      "label of seen unknown",
      "zones:\n- {zone: title, when: {position: first, starts_with: \"<word = one>\"}}\n- {zone: body, when: {seen: lead}}",
      "3:29", "zone.unknown-label", "no zone gives the label `lead`", "labels: `body`, `title`"),
    Row(
      "label of not_seen misspelt",
      "zones:\n- {zone: title, when: {position: first, starts_with: \"<word = one>\"}}\n- {zone: body, when: {not_seen: [tilte]}}",
      "3:34", "zone.unknown-label", "no zone gives the label `tilte`", "did you mean `title`?"),
    Row(
      "label of repeats misspelt",
      "zones:\n- {zone: title, when: {position: first, starts_with: \"<word = one>\"}}\n- {zone: body, when: {not: {repeats: titles}}}",
      "3:38", "zone.unknown-label", "no zone gives the label `titles`", "did you mean `title`?"),
    Row(
      "label of a source misspelt",
      "zones:\n- {zone: title, when: {position: first, starts_with: \"<word = one>\"}}\narticle: {head: {from: tittle}}",
      "3:24", "zone.unknown-label", "no zone gives the label `tittle`", "did you mean `title`?",
      .warning),
    Row(
      "label of a source unknown",
      "uses: [page]\nzones:\n- {zone: title, when: {position: first, starts_with: \"<word = one>\"}}\narticle: {head: {from: [masthead.author]}}",
      "4:25", "zone.unknown-label", "no zone gives the label `masthead`", "", .note),
    Row(
      "capture of a source misspelt",
      "zones:\n- {zone: title, when: {position: first, starts_with: \"<word = one>\"}}\narticle: {head: {from: title.words}}",
      "3:30", "zone.unknown-capture", "no zone `title` keeps `words`", "did you mean `word`?",
      .warning),
    Row(
      "capture of a source unknown",
      "uses: [page]\nzones:\n- {zone: gadget, when: {position: first, starts_with: \"<word = one>\"}}\narticle: {images: {file: {from: gadget.xyz}}}",
      "4:40", "zone.unknown-capture", "no zone `gadget` keeps `xyz`", "it keeps: `rest`, `word`",
      .note),
  ]

  static let facts: [Row] = [
    Row(
      "fact without roles", "facts: {a: {about: b}}", "1:9", "rule.missing-key", "`a` has no roles"),
    Row(
      "key of a fact misspelt", "facts: {a: {roles: {b: text}, require: b}}", "1:31",
      "rule.unknown-key", "unknown key `require` in `a`", "did you mean `required`?"),
    Row(
      "type of a role misspelt",
      "values: {Amount: {phrase: one}}\nfacts: {a: {roles: {b: text, c: Amonut}}}", "2:33",
      "rule.unknown-type", "unknown type `Amonut`", "did you mean `Amount`?"),
    Row(
      "key of a role misspelt", "facts: {a: {roles: {b: text, c: {oneof: [d]}}}}", "1:34",
      "rule.unknown-key", "unknown key `oneof` in a role", "did you mean `one_of`?"),
    Row(
      "required role misspelt", "facts: {a: {roles: {place: text}, required: [plaec]}}", "1:46",
      "rule.unknown-role", "`a` has no role `plaec`", "did you mean `place`?"),
    Row(
      "identity of an unknown role", "facts: {a: {roles: {place: text}, identity: [place, who]}}",
      "1:53", "rule.unknown-role", "`a` has no role `who`", "roles: place"),
    Row(
      "keep unknown", "facts: {a: {roles: {place: text}, keep: last}}", "1:41", "rule.unknown-word",
      "`keep` cannot be `last`", "one of: most_complete, first, merge, all"),
    Row(
      "role twice", "facts: {a: {roles: {b: text, b: flag}}}", "1:30", "yaml.duplicate-key",
      "the key \"b\" is used twice", "first used in line 1, column 21; rename or remove one"),
    Row(
      "keep without identity", "facts: {a: {roles: {b: text}, keep: merge}}", "1:37", "fact.keep",
      "`keep` has no effect without `identity`",
      "add `identity: [ROLE, …]`, the roles by which two facts are one", .warning),
    Row(
      "speaker misspelt", "facts: {a: {roles: {voice: text}, speaker: vioce}}", "1:44",
      "rule.unknown-role", "`a` has no role `vioce`", "did you mean `voice`?"),
  ]

  static let rules: [Row] = [
    Row(
      "rule without a name", "rules: [{emits: meeting, phrase: one}]", "1:9", "rule.missing-key",
      "a rule needs a name", "begin with `rule: NAME`"),
    Row(
      "rule without a type of fact", "rules: [{rule: a, phrase: one}]", "1:16", "rule.missing-key",
      "rule `a` says no type of fact", "add `emits: TYPE`"),
    Row(
      "type of fact misspelt", "rules: [{rule: a, emits: meetng, phrase: one}]", "1:26",
      "rule.unknown-fact", "unknown type of fact `meetng`", "did you mean `meeting`?"),
    Row(
      "rule without a trigger", "rules: [{rule: a, emits: meeting}]", "1:16", "rule.missing-key",
      "rule `a` needs either `phrase` or `trigger`"),
    Row(
      "rule with phrase and trigger",
      "rules: [{rule: a, emits: meeting, phrase: one, trigger: two}]", "1:16", "rule.missing-key",
      "rule `a` needs either `phrase` or `trigger`"),
    Row(
      "rule twice",
      "rules:\n- {rule: a, emits: meeting, phrase: one}\n- {rule: a, emits: meeting, phrase: two}",
      "3:10", "rule.duplicate", "rule `a` is declared twice", "first declared at test.yaml:2"),
    Row(
      "key of a rule misspelt", "rules: [{rule: a, emits: meeting, triger: one, phrase: two}]",
      "1:35", "rule.unknown-key", "unknown key `triger` in a rule", "did you mean `trigger`?"),
    Row(
      "type in a rule misspelt", "rules: [{rule: a, emits: meeting, phrase: one <Animl>}]", "1:48",
      "pattern.unknown-type", "unknown type `Animl`", "did you mean `animal`?"),
    Row(
      "role of a rule misspelt",
      "rules: [{rule: a, emits: meeting, trigger: one, roles: {plase: two}}]", "1:57",
      "rule.unknown-role", "`meeting` has no role `plase`", "did you mean `place`?"),
    Row(
      "type in a role misspelt",
      "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: two <Persn>}}]", "1:67",
      "pattern.unknown-type", "unknown type `Persn`", "did you mean `Person`?"),
    Row(
      "side misspelt",
      "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {phrase: two, side: befor}}}]",
      "1:82", "rule.unknown-word", "`side` cannot be `befor`", "did you mean `before`?"),
    Row(
      "scope unknown",
      "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {phrase: two, in: page}}}]",
      "1:80", "rule.unknown-word", "`in` cannot be `page`",
      "one of: clause, sentence, previous sentence, paragraph, title, document"),
    Row(
      "pick unknown",
      "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {phrase: two, pick: longest}}}]",
      "1:82", "rule.unknown-word", "`pick` cannot be `longest`",
      "one of: nearest, first, fullest, all"),
    Row(
      "role without a way",
      "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {side: after}}}]", "1:62",
      "rule.missing-key", "a role needs `phrase`, `same` or `const`"),
    Row(
      "same role misspelt",
      "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {same: whom}}}]", "1:69",
      "rule.unknown-role", "`meeting` has no role `whom`", "did you mean `who`?"),
    Row(
      "needed role misspelt", "rules: [{rule: a, emits: meeting, trigger: one, needs: cont}]",
      "1:56", "rule.unknown-role", "`meeting` has no role `cont`", "did you mean `count`?"),
    Row(
      "group misspelt in outside",
      "rules: [{rule: a, emits: meeting, trigger: one, outside: Asid}]", "1:58",
      "rule.unknown-type", "unknown type `Asid`", "did you mean `Aside`?"),
    Row(
      "brace not closed in set",
      "rules: [{rule: a, emits: meeting, trigger: one, set: {place: 'at {n'}}]", "1:66",
      "expression.syntax", "`{` is not closed"),
    Row(
      "set is a text", "rules: [{rule: a, emits: meeting, trigger: one, set: text}]", "1:54",
      "rule.wrong-type", "`set` must be a mapping"),
    Row(
      "list without a separator",
      "rules: [{rule: a, emits: meeting, trigger: one, list: {opens_with: two, member: three}}]",
      "1:55", "rule.missing-key", "`list` needs `separator`"),
    Row(
      "role in a test misspelt",
      "rules: [{rule: a, emits: meeting, trigger: one, tests: [{text: one, expect: [{hwo: a}]}]}]",
      "1:79", "rule.unknown-role", "`meeting` has no role `hwo`", "did you mean `who`?"),
    Row(
      "link without a to", "links: [{link: a, from: Person}]", "1:9", "rule.missing-key",
      "a link needs `from` and `to`"),
    Row(
      "condition of a link without an equals sign",
      "links: [{link: a, from: Person, to: Person, when: from.name}]", "1:51", "link.equality",
      "a condition is an equality `from.a = to.b`"),
    Row(
      "left side of a link without from",
      "links: [{link: a, from: Person, to: Person, when: 'name = to.name'}]", "1:52",
      "link.equality", "this side must begin with `from.`"),
    Row(
      "right side of a link without to",
      "links: [{link: a, from: Person, to: Person, when: 'from.name = from.name'}]", "1:64",
      "link.equality", "this side must begin with `to.`"),
    Row(
      "pick of a link unknown", "links: [{link: a, from: Person, to: Person, pick: farthest}]",
      "1:51", "rule.unknown-word", "`pick` cannot be `farthest`", "one of: nearest before, fullest"),
    Row(
      "assertion without cues", "assertions: {a: {for: meeting, sets: {polarity: negative}}}",
      "1:14", "rule.missing-key", "an assertion needs `cues`"),
    Row(
      "type of fact of an assertion misspelt",
      "assertions: {a: {cues: not, for: meetin, sets: {polarity: negative}}}", "1:34",
      "rule.unknown-fact", "unknown type of fact `meetin`", "did you mean `meeting`?"),
    Row(
      "role of an assertion misspelt",
      "assertions: {a: {cues: not, for: meeting, sets: {plce: here}}}", "1:50", "rule.unknown-role",
      "`meeting` has no role `plce`", "did you mean `place`?"),
    Row(
      "place of an assertion incomplete",
      "assertions: {a: {cues: not, for: meeting, where: inside, sets: {polarity: negative}}}",
      "1:50", "rule.unknown-word", "`where` cannot be `inside`",
      "one of: inside fact, same sentence, same clause before, up to 8 tokens before, up to 8 tokens after"
    ),
    Row(
      "role of gives misspelt",
      "rules: [{rule: a, emits: meeting, trigger: one, gives: {plac: who}}]", "1:57",
      "rule.unknown-role", "`meeting` has no role `plac`", "did you mean `place`?"),
    Row("rules are texts", "rules: [greet]", "1:9", "rule.wrong-type", "a rule must be a mapping"),
    Row(
      "key of a way misspelt",
      "rules: [{rule: a, emits: meeting, trigger: one, roles: {who: {phrase: two, sidde: after}}}]",
      "1:76", "rule.unknown-key", "unknown key `sidde` in a role", "did you mean `side`?"),
    Row(
      "type of a link misspelt", "links: [{link: a, from: Persan, to: Person}]", "1:25",
      "rule.unknown-type", "unknown type `Persan`", "did you mean `Person`?"),
    Row(
      "carried role misspelt",
      "rules: [{rule: a, emits: meeting, trigger: one, list: {opens_with: two, member: three, separator: four, carry: plase}}]",
      "1:112", "rule.unknown-role", "`meeting` has no role `plase`", "did you mean `place`?"),
  ]

  static let useless: [Row] = [
    Row(
      "needed role that nothing fills",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one>\n  needs: [place, who]\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "5:18", "rule.never-filled", "nothing in rule `a` can fill the role `who` it needs",
      "keep something as `<who:…>`, or add it under `roles`"),
    Row(
      "needed role that only its like would fill",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one>\n  roles: {who: {same: who}}\n  needs: who\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "6:10", "rule.never-filled", "nothing in rule `a` can fill the role `who` it needs",
      "keep something as `<who:…>`, or add it under `roles`"),
    Row(
      "constant that is not on the list",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one>\n  set: {kind: opne}\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "5:15", "rule.one-of", "`kind` cannot be `opne`", "did you mean `open`?"),
    Row(
      "constant of a way that is not on the list",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one>\n  roles: {kind: {phrase: two, else: [{const: half}]}}\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "5:46", "rule.one-of", "`kind` cannot be `half`", "one of: open, closed"),
    Row(
      "assertion that is not on the list",
      "assertions: {a: {cues: not, for: meeting, sets: {kind: close}}}", "1:56", "rule.one-of",
      "`kind` cannot be `close`", "did you mean `closed`?"),
    Row(
      "capture that nothing uses",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one> <pers:Person>\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "4:27", "pattern.unused-capture", "nothing uses what is kept as `pers`", "remove the name",
      .warning),
    Row(
      "capture nearly named like a role",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <places = one>\n  roles: {place: two}\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "4:13", "pattern.unused-capture", "nothing uses what is kept as `places`",
      "did you mean `place`?", .warning),
    Row(
      "capture of a role that nothing uses",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one>\n  roles: {who: two <who:Person> <odd = six>}\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "5:34", "pattern.unused-capture", "nothing uses what is kept as `odd`", "remove the name",
      .warning),
    Row(
      "nothing kept under the name in set",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one>\n  set: {count: 'a {placce}'}\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "5:20", "expression.unknown-name", "nothing is kept as `placce`", "did you mean `place`?",
      .warning),
    Row(
      "nothing kept under the name in gives of a rule",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one>\n  gives: {who: person}\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "5:16", "expression.unknown-name", "nothing is kept as `person`", "what is kept: `place`",
      .warning),
    Row(
      "field in gives of a rule",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one> <who:Person>\n  gives: {count: who.names}\n  tests: [{text: one, expect: [{place: one}]}, {text: six, expect: []}]",
      "5:22", "expression.unknown-field", "`who` has no field `names`", "did you mean `name`?",
      .warning),
  ]

  static let tests: [Row] = [
    Row(
      "tests that contradict",
      "rules:\n- rule: a\n  emits: meeting\n  trigger: <place = one>\n  tests:\n  - {text: one, expect: [{place: one}]}\n  - {text: one, expect: []}",
      "7:5", "test.contradiction", "two tests of the same text expect different things",
      "the other is at test.yaml:6"),
    Row(
      "rule without tests", "rules: [{rule: a, emits: meeting, trigger: <place = one>}]", "1:16",
      "test.missing", "rule `a` has no test", "add `tests: [{text: …, expect: [{role: …}]}]`",
      .warning),
    Row(
      "rule without a refusal",
      "rules: [{rule: a, emits: meeting, trigger: <place = one>, tests: [{text: one, expect: [{place: one}]}]}]",
      "1:16", "test.missing", "rule `a` has no test that finds nothing",
      "add a test with `expect: []`", .warning),
    Row(
      "rule with refusals only",
      "rules: [{rule: a, emits: meeting, trigger: <place = one>, tests: [{text: two, expect: []}]}]",
      "1:16", "test.missing", "rule `a` has no test that finds something",
      "add `tests: [{text: …, expect: [{role: …}]}]`", .warning),
  ]

  static let alone: [Row] = [
    Row(
      "role that nothing fills",
      "facts: {seen: {roles: {a: text, b: text}}}\nrules:\n- rule: r\n  emits: seen\n  trigger: <b = one>\n  tests: [{text: one, expect: [{b: one}]}, {text: two, expect: []}]",
      "1:24", "fact.role-never", "nothing fills the role `a` of `seen`",
      "keep something as `<a:…>` in a rule, or take the role away", .warning),
    Row(
      "type of fact that no rule states",
      "facts: {seen: {roles: {b: text}}, heard: {roles: {b: text}}}\nrules:\n- rule: r\n  emits: seen\n  trigger: <b = one>\n  tests: [{text: one, expect: [{b: one}]}, {text: two, expect: []}]",
      "1:35", "fact.never", "no rule states a `heard`", "add a rule with `emits: heard`",
      .warning),
    Row(
      "required role that nothing fills",
      "facts: {seen: {roles: {a: text, b: text}, required: [a]}}\nrules:\n- rule: r\n  emits: seen\n  trigger: <b = one>\n  tests: [{text: one, expect: [{b: one}]}, {text: two, expect: []}]",
      "4:10", "rule.never-filled",
      "rule `r` finds no `seen`: nothing in it can fill the required `a`",
      "keep something under that name, or add it under `roles`, `gives` or `set`"),
    Row(
      "trigger of an empty family",
      "values: {Empty: {about: none}}\nfacts: {seen: {roles: {a: text}}}\nrules:\n- rule: r\n  emits: seen\n  trigger: <a = one> <Empty>\n  tests: [{text: one, expect: [{a: one}]}, {text: two, expect: []}]",
      "6:23", "pattern.never-matches", "rule `r` finds nothing: nothing is ever a `Empty`",
      "a family needs a value or entity with `is: Empty`, a lexicon needs entries"),
    Row(
      "alternative of an empty lexicon",
      "lexicons: {empty: []}\nvalues: {A: {phrase: one | <empty>}}", "2:29",
      "pattern.never-matches", "nothing is ever a `empty`",
      "a family needs a value or entity with `is: empty`, a lexicon needs entries", .warning),
    Row(
      "tests that expect different values",
      "values:\n  A:\n    phrase: one\n    tests:\n    - {text: one, expect: [one]}\n    - {text: one, expect: [two]}",
      "6:7", "test.contradiction", "two tests of the same text expect different things",
      "the other is at test.yaml:5"),
    Row(
      "test twice",
      "values:\n  A:\n    phrase: one\n    tests:\n    - {text: one, expect: [one]}\n    - {text: one, expect: [one]}",
      "6:7", "test.duplicate", "the same text is tested twice", "the other is at test.yaml:5",
      .warning),
    Row(
      "day of a test that is none",
      "values: {A: {phrase: one, tests: [{text: one, context: {published: 2023-02-29}, expect: []}]}}",
      "1:68", "test.published", "`2023-02-29` is no date",
      "write it as 2024-03-31, with or without a time behind it"),
    Row(
      "day of a test in another order",
      "values: {A: {phrase: one, tests: [{text: one, context: {published: 31.12.2023}, expect: []}]}}",
      "1:68", "test.published", "`31.12.2023` is no date",
      "write it as 2024-03-31, with or without a time behind it"),
  ]

  static let unused: [Row] = [
    Row(
      "lexicon that nothing uses",
      "facts: {seen: {roles: {a: text}}}\nrules:\n- rule: r\n  emits: seen\n  trigger: <a = one>\n  tests: [{text: one, expect: [{a: one}]}, {text: two, expect: []}]\nlexicons: {word: [one]}",
      "7:12", "rule.unused", "nothing refers to `word`",
      "remove it, or use it in a pattern as <word>", .warning),
    Row(
      "class that nothing uses",
      "facts: {seen: {roles: {a: text}}}\nrules:\n- rule: r\n  emits: seen\n  trigger: <a = one>\n  tests: [{text: one, expect: [{a: one}]}, {text: two, expect: []}]\nclasses: {word: {shape: word}}",
      "7:11", "rule.unused", "nothing refers to `word`",
      "remove it, or use it in a pattern as <word>", .warning),
    Row(
      "value that nothing uses",
      "facts: {seen: {roles: {a: text}}}\nrules:\n- rule: r\n  emits: seen\n  trigger: <a = one>\n  tests: [{text: one, expect: [{a: one}]}, {text: two, expect: []}]\nvalues: {Word: {phrase: two}}",
      "7:10", "rule.unused", "nothing refers to `Word`",
      "remove it, or use it in a pattern as <Word>", .warning),
  ]
}
