import DukienRules
import DukienText
import Testing

@Suite("A YAML file is read as a tree of texts")
struct YamlTreeTests {
  @Test(
    "every scalar is text, whatever YAML would take it for",
    arguments: [
      ("a: no", #"{a: "no"}"#),
      ("a: 4/11", #"{a: "4/11"}"#),
      ("a: 2022-2025", #"{a: "2022-2025"}"#),
      ("a: 0x1F", #"{a: "0x1F"}"#),
      ("a: ~", #"{a: "~"}"#),
      ("a: null", #"{a: "null"}"#),
      ("a: <<", #"{a: "<<"}"#),
      ("<<: a", #"{<<: "a"}"#),
      ("a: ''", #"{a: ""}"#),
      ("a: \"x\\ty\"", "{a: \"x\ty\"}"),
      ("a: 'kim ngạch ''xuất khẩu'''", "{a: \"kim ngạch 'xuất khẩu'\"}"),
      ("a: |\n  one\n  two\n", "{a: \"one\ntwo\n\"}"),
      ("a: >\n  one\n  two\n", "{a: \"one two\n\"}"),
      ("a: <n:Number> <s:scale>?", #"{a: "<n:Number> <s:scale>?"}"#),
    ])
  func scalars(text: String, outline: String) {
    let reading = Reading(text)
    #expect(reading.diagnostics == [])
    #expect(reading.outline == outline)
  }

  @Test(
    "collections nest, in block and in flow style",
    arguments: [
      ("- a\n- - b\n  - c\n- {d: e, f: [g]}\n", #"["a", ["b", "c"], {d: "e", f: ["g"]}]"#),
      ("a:\n- b\n- c\nd: e\n", #"{a: ["b", "c"], d: "e"}"#),
      ("a:\n  b:\n    c: d\n", #"{a: {b: {c: "d"}}}"#),
      ("[a, b: c]", #"["a", {b: "c"}]"#),
      ("a: {}\nb: []\n", "{a: {}, b: []}"),
      ("# comment\n---\na: b # comment\n...\n# comment\n", #"{a: "b"}"#),
    ])
  func collections(text: String, outline: String) {
    let reading = Reading(text)
    #expect(reading.diagnostics == [])
    #expect(reading.outline == outline)
  }

  @Test(
    "a value that is not written is null, not an empty text",
    arguments: [
      ("a:\nb: ''\n", #"{a: -, b: ""}"#),
      ("- \n- a\n", #"[-, "a"]"#),
      ("{a, b: }", "{a: -, b: -}"),
    ])
  func nothing(text: String, outline: String) {
    let reading = Reading(text)
    #expect(reading.diagnostics == [])
    #expect(reading.outline == outline)
  }

  @Test(
    "a file without content is an empty mapping",
    arguments: ["", "\n", "  \n\n", "# only a comment", "---\n", "\u{FEFF}", "\u{FEFF}# comment\n"])
  func empty(text: String) {
    let reading = Reading(text)
    #expect(reading.diagnostics == [])
    #expect(reading.outline == "{}")
  }

  @Test("a byte order mark is accepted and keeps its bytes in the offsets")
  func byteOrderMark() throws {
    let marked = MarkedText("\u{FEFF}a: «bốn»\n")
    let reading = Reading(marked.text)
    let tree = try #require(reading.tree)
    let node = try #require(tree.scalar("bốn"))
    #expect(reading.diagnostics == [])
    #expect(tree[node].span == marked.span)
    #expect(tree.file.lineColumn(ofOffset: Int(marked.span.begin)) == (1, 4))
  }

  @Test(
    "lines may end with any of the three line ends",
    arguments: ["\n", "\r\n", "\r"])
  func lineEnds(end: String) throws {
    let marked = MarkedText(["a: b", "c:", "- «dạ»", "- e", ""].joined(separator: end))
    let reading = Reading(marked.text)
    let tree = try #require(reading.tree)
    #expect(reading.outline == #"{a: "b", c: ["dạ", "e"]}"#)
    let node = try #require(tree.scalar("dạ"))
    #expect(tree[node].span == marked.span)
    #expect(tree.file.lineColumn(ofOffset: Int(marked.span.begin)) == (3, 3))
    #expect(tree.file.line(3) == "- dạ")
  }

  @Test(
    "a span covers the value as written, quotes and brackets included",
    arguments: [
      ("a: «'b'» # c\n", "a"),
      ("a: «\"b \\n ạ\"»\n", "a"),
      ("a: «b c»   \nb: c\n", "a"),
      ("a: «[b, {c: d}]»\nb: c\n", "a"),
      ("a: «{b: c}» # d\n", "a"),
      ("a:\n  «b: c\n  d: ạ»\n\n# later\ne: f\n", "a"),
      ("a:\n«- b\n- c»\n# later\nd: e\n", "a"),
      ("ạ: b\na: «ạ»", "a"),
      ("x: y\na:«»\nb: c\n", "a"),
    ])
  func spans(marked: String, key: String) throws {
    let marked = MarkedText(marked)
    let tree = try #require(Reading(marked.text).tree)
    let node = try #require(tree.value(of: tree.root, under: key))
    #expect(tree[node].span == marked.span)
    #expect(tree.source(of: node) == tree.file.text(at: marked.span))
  }

  @Test(
    "a path leads to a node by keys and indexes",
    arguments: [
      ("rules:\n- a: b\n- trigger: HERE\n", "rules[1].trigger"),
      ("HERE: b", "HERE"),
      ("a: {b: {c: HERE}}", "a.b.c"),
      ("- - a\n  - HERE\n", "[0][1]"),
      ("HERE", ""),
    ])
  func paths(text: String, path: String) throws {
    let tree = try #require(Reading(text).tree)
    let node = try #require(tree.scalar("HERE"))
    #expect(tree.path(of: node) == path)
  }

  @Test("values are found by key, and only in mappings")
  func lookUp() throws {
    let tree = try #require(Reading("a: b\nc: [d]\n").tree)
    let found = try #require(tree.value(of: tree.root, under: "c"))
    #expect(tree.outline(found) == #"["d"]"#)
    #expect(tree.value(of: tree.root, under: "d") == nil)
    #expect(tree.value(of: found, under: "d") == nil)
    #expect(tree.entries(of: found).isEmpty)
  }
}
