import DukienRules
import DukienText
import Testing

@Suite("A place in a scalar's text leads back to the file")
struct YamlOffsetTests {
  @Test(
    "the letter x of the text lies where it is written",
    arguments: [
      "a: «x»",
      "a: kim ngạch «x» cuối",
      "- 'kim ngạch «x»'",
      "a: 'it''s ''«x»'''",
      #"a: "«x»""#,
      #"a: "ngạch \"«x»\" \\ b""#,
      #"a: "\u1ea1\t\x41\U0001F600 «x»""#,
      #"a: "\N\_\L\P\e\/\x41«x»""#,
      #"a: "b «\x78» c""#,
      "a: \"one\n  two\n\n  three «x»\"",
      "a: 'one  \n\n\n two «x» '",
      "a: one\n  two\n\n  «x»\n",
      "a: one\r\n  two\r\n\r\n  «x»\r\n",
      "a: \"one \\\n  two\\\n\n\n  «x»\"",
      "a: \"one \\\r\n  «x»\"",
      "a: \"   «x»   \"",
    ])
  func exact(marked: String) throws {
    let marked = MarkedText(marked)
    let tree = try #require(Reading(marked.text).tree)
    let node = try #require(tree.nodes.indices.last)
    let place = try #require(Array(tree[node].text.utf8).lastIndex(of: UInt8(ascii: "x")))
    #expect(tree.byteOffset(inScalar: node, of: place) == Int(marked.span.begin))
    #expect(tree.byteOffset(inScalar: node, of: place + 1) == Int(marked.span.end))
  }

  @Test(
    "the ends of the text are the ends of what stands between the quotes",
    arguments: [
      "a: «kim ngạch»",
      "a: '«kim ngạch»'",
      "a: '«''kim''»'",
      #"a: "«\u1ea1 \n»""#,
      "a: '«»'",
      "a: \"«one\n  two»\"",
    ])
  func ends(marked: String) throws {
    let marked = MarkedText(marked)
    let tree = try #require(Reading(marked.text).tree)
    let node = try #require(tree.nodes.indices.last)
    let length = tree[node].text.utf8.count
    #expect(tree.byteOffset(inScalar: node, of: 0) == Int(marked.span.begin))
    #expect(tree.byteOffset(inScalar: node, of: length) == Int(marked.span.end))
    #expect(tree.byteOffset(inScalar: node, of: length + 7) == Int(marked.span.end))
    #expect(tree.byteOffset(inScalar: node, of: -7) == Int(marked.span.begin))
  }

  @Test("a place within an escape is the escape's beginning")
  func withinEscape() throws {
    let marked = MarkedText(#"a: "b«\u1ea1»c""#)
    let tree = try #require(Reading(marked.text).tree)
    let node = try #require(tree.scalar("bạc"))
    let found = (0...5).map { tree.byteOffset(inScalar: node, of: $0) - Int(marked.span.begin) }
    #expect(found == [-1, 0, 0, 0, 6, 7])
  }

  @Test(
    "block scalars, collections and empty values lead to their beginning",
    arguments: ["a: «|»\n  b\n", "a: «>»-\n  b\n", "a: «[»b]\n", "a:«»\n"])
  func beginning(marked: String) throws {
    let marked = MarkedText(marked)
    let tree = try #require(Reading(marked.text).tree)
    let node = try #require(tree.value(of: tree.root, under: "a"))
    #expect(tree.byteOffset(inScalar: node, of: 1) == Int(marked.span.begin))
  }

  @Test("a problem inside a pattern is shown inside the pattern")
  func diagnostic() throws {
    let tree = try #require(Reading("rules:\n- trigger: 'đã <Plac>'\n").tree)
    let node = try #require(tree.scalar("đã <Plac>"))
    let found = tree.diagnostic(
      "rule.unknown-name", inScalar: node, 5..<11, "unknown name \"Plac\"",
      hint: "did you mean \"Place\"?")
    #expect(found.path == "rules[0].trigger")
    #expect(
      found.rendered() == """
        test.yaml:2:16: error[rule.unknown-name]: unknown name "Plac"
            - trigger: 'đã <Plac>'
                           ^^^^^^
          hint: did you mean "Place"?
        """)
  }

  @Test("one-line scalars without escapes: every byte lies where the text has it")
  func verbatim() throws {
    var random = SeededGenerator(state: 7)
    let letters = ["a", "đ", "ạ", "ệ", " ", "(", "|", "😀", "<", ">"]
    for _ in 0..<100 {
      let middle = (0..<20).map { _ in letters.randomElement(using: &random) ?? "" }.joined()
      let text = "x\(middle)x"
      for written in [text, "'\(text)'", "\"\(text)\""] {
        let tree = try #require(Reading("ạ: \(written)").tree)
        let node = try #require(tree.scalar(text))
        let read = (0..<text.utf8.count).map {
          tree.file.bytes[tree.byteOffset(inScalar: node, of: $0)]
        }
        #expect(read == Array(text.utf8))
      }
    }
  }
}
