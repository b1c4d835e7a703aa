import DukienRules
import DukienText
import Testing

@Suite("What a strict reader refuses in YAML")
struct YamlDiagnosticTests {
  /// A marked text, the code, the message and the hint expected at the mark.
  struct Case: Sendable, CustomTestStringConvertible {
    let marked: String
    let code: String
    let message: String
    let hint: String

    init(_ marked: String, _ code: String, _ message: String, _ hint: String) {
      (self.marked, self.code, self.message, self.hint) = (marked, code, message, hint)
    }

    var testDescription: String { marked.debugDescription }
  }

  private func expectOnly(_ expected: Case, in reading: Reading, marked: MarkedText) throws {
    #expect(reading.diagnostics.count == 1)
    let found = try #require(reading.diagnostics.first)
    #expect(found.severity == .error)
    #expect(found.code == expected.code)
    #expect(found.message == expected.message)
    #expect(found.hint == expected.hint)
    let file = SourceFile(label: "", bytes: Array(marked.text.utf8))
    #expect((found.line, found.column) == file.lineColumn(ofOffset: Int(marked.span.begin)))
    #expect((found.endLine, found.endColumn) == file.lineColumn(ofOffset: Int(marked.span.end)))
  }

  @Test(
    "tags, anchors, aliases, odd keys and further documents are errors beside which the tree stands",
    arguments: [
      Case(
        "a: «!!str» b", "yaml.tag", "tags are not allowed: \"!!str\"",
        "remove it, or put a text that begins with ! in quotes"),
      Case(
        "- «!» b", "yaml.tag", "tags are not allowed: \"!\"",
        "remove it, or put a text that begins with ! in quotes"),
      Case(
        "a: «!t» [b]", "yaml.tag", "tags are not allowed: \"!t\"",
        "remove it, or put a text that begins with ! in quotes"),
      Case(
        "a: «&x» {b: c}", "yaml.anchor", "anchors are not allowed: \"&x\"",
        "remove it, or put a text that begins with & in quotes"),
      Case(
        "a: «*x»", "yaml.alias", "aliases are not allowed: \"*x\"",
        "write the value out, or put a text that begins with * in quotes"),
      Case(
        "<<: «*x»", "yaml.alias", "aliases are not allowed: \"*x\"",
        "write the value out, or put a text that begins with * in quotes"),
      Case(
        "about: a\nrules: b\n«about»: c\n", "yaml.duplicate-key",
        "the key \"about\" is used twice",
        "first used in line 1, column 1; rename or remove one"),
      Case(
        "a: {b: c, 'd': e, «b»: f}", "yaml.duplicate-key", "the key \"b\" is used twice",
        "first used in line 1, column 5; rename or remove one"),
      Case(
        "h\u{F2}a: a\n«ho\u{300}a»: b", "yaml.duplicate-key",
        "the key \"ho\u{300}a\" is used twice",
        "first used in line 1, column 1; rename or remove one"),
      Case(
        "? «[»a, b]\n: c", "yaml.key-not-text", "a key must be a text",
        "put a text that contains brackets, braces or \"? \" in quotes"),
      Case(
        "{«{»a: b}: c}", "yaml.key-not-text", "a key must be a text",
        "put a text that contains brackets, braces or \"? \" in quotes"),
      Case(
        "{? «,» a: b}", "yaml.key-not-text", "a key is missing",
        "put a text that contains brackets, braces or \"? \" in quotes"),
      Case(
        "a: b\n«-»--\nc: d\n", "yaml.documents", "a second document in the file",
        "put it into a file of its own"),
      Case(
        "a: b\n... # end\n«c»: d\n", "yaml.documents", "a second document in the file",
        "put it into a file of its own"),
      Case(
        "a: «\"x\\0y\"»", "yaml.encoding", "an escaped NUL in a text", "remove it"),
    ])
  func located(expected: Case) throws {
    let marked = MarkedText(expected.marked)
    let reading = Reading(marked.text)
    try expectOnly(expected, in: reading, marked: marked)
    #expect(reading.tree != nil)
  }

  @Test(
    "a text that is not YAML gives one error and no tree",
    arguments: [
      Case("a:\n«\t»b: c\n", "yaml.tab", "a tab in the indentation", "indent with spaces"),
      Case("a:\n  b: c\n«\t»d: e\n", "yaml.tab", "a tab in the indentation", "indent with spaces"),
      Case("a: b\n«\t»c\n", "yaml.tab", "a tab in the indentation", "indent with spaces"),
      Case("a: |\n«\t»b\n", "yaml.tab", "a tab in the indentation", "indent with spaces"),
      Case(
        "a: b«:» c\n", "yaml.syntax", "mapping values are not allowed in this context",
        "put a text that contains \": \" in quotes, or check the indentation"),
      Case(
        "dạ: «[»b, c\n", "yaml.syntax",
        "did not find expected ',' or ']' while parsing a flow sequence",
        "the file ends before it is complete"),
      Case(
        "a: [b\nc«:» d\n", "yaml.syntax",
        "did not find expected ',' or ']' while parsing a flow sequence",
        "the flow sequence begins in line 1, column 4; put a text that holds [ ] { } or a comma in quotes there"
      ),
      Case(
        "a: «\"»b\nc: d\n", "yaml.syntax",
        "found unexpected end of stream while scanning a quoted scalar",
        "the file ends before it is complete"),
      Case(
        "p: 'Quyền' «x»\n", "yaml.syntax",
        "did not find expected key while parsing a block mapping",
        "the block mapping begins in line 1, column 1; check the indentation, "
          + "and quote a text as a whole, not a part"),
      Case(
        "a: «@»b", "yaml.syntax",
        "found character that cannot start any token while scanning for the next token",
        "put a text that begins with \"@\" in quotes"),
      Case(
        "a: «-» b", "yaml.syntax", "block sequence entries are not allowed in this context",
        "begin the list on a line of its own, or put a text that begins with \"- \" in quotes"),
      Case(
        "a: \"«\\»q\"", "yaml.syntax",
        "found unknown escape character while parsing a quoted scalar",
        "write \\\\ for a backslash, or use single quotes"),
      Case(
        "  a: b\n«c»: d\n", "yaml.syntax", "text after the end of the outermost value",
        "is it indented less than the first line?"),
      Case(
        "# comment\n«%»YAML 1.1\n---\na: b\n", "yaml.syntax", "a directive is not allowed",
        "remove the line: a rule file is plain YAML without tags"),
      Case("a: b«\0»", "yaml.encoding", "a NUL byte in the text", "remove it"),
      Case(
        "«\0»a", "yaml.encoding", "a NUL byte in the text",
        "UTF-16 or a binary file? save the file as UTF-8"),
      Case(
        "ạ: «\u{1B}»[1m", "yaml.encoding", "the character U+001B is not allowed",
        "remove it, or write it as an escape in double quotes"),
    ])
  func refused(expected: Case) throws {
    let marked = MarkedText(expected.marked)
    let reading = Reading(marked.text)
    try expectOnly(expected, in: reading, marked: marked)
    #expect(reading.tree == nil)
  }

  @Test(
    "bytes that are no UTF-8 are located",
    arguments: [
      ([0x61, 0x3A, 0x20, 0xFF], 4, "invalid UTF-8: byte 0xFF"),
      ([0x61, 0x0A, 0x80], 1, "invalid UTF-8: byte 0x80"),
      ([0x61, 0xE1, 0xBA], 2, "invalid UTF-8: byte 0xE1"),
      ([0xC4, 0x91, 0xC0, 0xAF], 2, "invalid UTF-8: byte 0xC0"),
      ([0xE0, 0x80, 0xAF], 1, "invalid UTF-8: byte 0xE0"),
      ([0xED, 0xA0, 0x80], 1, "invalid UTF-8: byte 0xED"),
      ([0xF4, 0x90, 0x80, 0x80], 1, "invalid UTF-8: byte 0xF4"),
      ([0xFF, 0xFE, 0x61, 0x00], 1, "the file is UTF-16, not UTF-8"),
      ([0xFE, 0xFF, 0x00, 0x61], 1, "the file is UTF-16, not UTF-8"),
    ] as [([UInt8], Int, String)])
  func encoding(bytes: [UInt8], column: Int, message: String) throws {
    let reading = Reading(bytes)
    let found = try #require(reading.diagnostics.first)
    #expect(reading.tree == nil)
    #expect(found.code == "yaml.encoding")
    #expect(found.column == column)
    #expect(found.message == message)
    #expect(found.hint == "save the file as UTF-8")
  }

  @Test("problems of single nodes are all reported, and the rest of the tree stands")
  func several() {
    let reading = Reading("a: !t &x b\na: c\nd: [*x, e]\nf: g\n")
    #expect(reading.codes == ["yaml.tag", "yaml.anchor", "yaml.alias", "yaml.duplicate-key"])
    #expect(reading.outline == #"{a: "b", d: [-, "e"], f: "g"}"#)
  }

  @Test("an equal key names the path and is left out of the entries")
  func duplicatePath() {
    let reading = Reading("rules:\n- a: b\n  a: c\n")
    #expect(reading.diagnostics.map(\.path) == ["rules[0].a"])
    #expect(reading.outline == #"{rules: [{a: "b"}]}"#)
  }

  @Test("the equal keys of a large mapping are found too")
  func manyKeys() {
    let lines = (0..<1000).map { "khóa \($0): x\n" }.joined()
    let reading = Reading(lines + "khóa 998: y\nkhóa 7: z\n")
    #expect(reading.codes == ["yaml.duplicate-key", "yaml.duplicate-key"])
    #expect(reading.diagnostics.map(\.line) == [1001, 1002])
    #expect(reading.diagnostics.last?.hint.hasPrefix("first used in line 8, column 1;") == true)
  }

  @Test("after a hundred problems the file is given up")
  func flood() {
    let reading = Reading(String(repeating: "- *a\n", count: 1000))
    #expect(reading.diagnostics.count == 100)
    #expect(reading.diagnostics.last?.line == 100)
    #expect(
      reading.diagnostics.last?.hint.hasSuffix("; what follows in this file was not read") == true)
    #expect(reading.tree == nil)
  }
}
