import Testing

@testable import DukienText

@Suite("JSON is read as pages have it")
struct JsonReaderTests {
  @Test(
    "strict JSON comes back as it is, without a problem",
    arguments: [
      #"{}"#, #"[]"#, #""a""#, "0", #"{"a":1,"b":[true,false,null,-1.5e+3],"c":{"d":"e"}}"#,
      #"[[],{},[{}],""]"#, #"{"a":"b","a, b":"c"}"#, #"{"":{"":""}}"#,
      #"{"a":"x, \"b\": y","c":"\"d\", e"}"#, #"{"a":["b","c"],"d":["e"]}"#,
      #"{"a":"it's","b":"{x}"}"#,
    ])
  func strict(_ text: String) {
    let json = ReadJson(text)
    let isScalar = text.first != "{" && text.first != "["
    #expect(isScalar ? json.tree.nodes.count <= 1 : json.written == text)
    #expect(json.codes == (text == "0" ? [.notJson] : []))
  }

  static let forgiven: [(String, String)] = [
    // What stands around the value.
    ("<!-- {\"a\":1} -->", #"{"a":1}"#),
    ("//<![CDATA[\n{\"a\":1}\n//]]>", #"{"a":1}"#),
    ("//<![CDATA[ {\"a\":1} ]]>", #"{"a":1}"#),
    ("/*<![CDATA[*/{\"a\":1}/*]]>*/", #"{"a":1}"#),
    ("<![CDATA[{\"a\":1}]]>", #"{"a":1}"#),
    ("\u{FEFF}{\"a\":1}", #"{"a":1}"#),
    (#"{"a":1};"#, #"{"a":1}"#),
    (#"{"a":1},{"b":2}"#, #"{"a":1} {"b":2}"#),
    ("{\"a\":1}\n{\"b\":2}", #"{"a":1} {"b":2}"#),
    (#"window.data = {"a":1};"#, #"{"a":1}"#),
    (#"}{"a":1}}]"#, #"{"a":1}"#),
    // Comments between values.
    ("{\"a\":1, // one\n \"b\":2 /* two */}", #"{"a":1,"b":2}"#),
    ("{\"a\":\"x\" // one\n}", #"{"a":"x"}"#),
    // Commas.
    (#"{"a":1,}"#, #"{"a":1}"#),
    (#"[1,2,]"#, "[1,2]"),
    (#"{"a":1,,"b":2}"#, #"{"a":1,"b":2}"#),
    ("{\"a\":\"x\"\n\"b\":\"y\"}", #"{"a":"x","b":"y"}"#),
    (#"{"a":"x" "b":"y"}"#, #"{"a":"x","b":"y"}"#),
    ("[\"x\"\n\"y\"]", #"["x","y"]"#),
    (#"[{"a":1}{"b":2}]"#, #"[{"a":1},{"b":2}]"#),
    // Missing values and names.
    (#"{"a":,"b":2}"#, #"{"a":null,"b":2}"#),
    (#"{"a":}"#, #"{"a":null}"#),
    (#"{"a"}"#, #"{"a":null}"#),
    (#"{a:1,b_c:'x'}"#, #"{"a":1,"b_c":"x"}"#),
    (#"{"a": Jane Doe, "b":2}"#, #"{"a":‹Jane Doe›,"b":2}"#),
    (#"{"a":undefined}"#, #"{"a":null}"#),
    // Brackets.
    (#"{"a":{"b":1}"#, #"{"a":{"b":1}}"#),
    (#"[{"a":1},{"b":2"#, #"[{"a":1},{"b":2}]"#),
    (#"{"a":1]}"#, #"{"a":1}"#),
    (#"{"a":[1,2}"#, #"{"a":[1,2]}"#),
    (#"[{"a":1,{"b":2}]"#, #"[{"a":1},{"b":2}]"#),
    // Strings.
    ("{\"a\":\"x\ny\tz\"}", #"{"a":"x\ny\tz"}"#),
    (#"{"a":"He said "yes" to me","b":1}"#, #"{"a":"He said \"yes\" to me","b":1}"#),
    (#"{"a":""Yes" she said","b":1}"#, #"{"a":"\"Yes\" she said","b":1}"#),
    (#"{"a":"She said "yes"","b":1}"#, #"{"a":"She said \"yes\"","b":1}"#),
    (#"{"a":"say "yes", "no" or less"}"#, #"{"a":"say \"yes\", \"no\" or less"}"#),
    (#"{"a":"say "yes", or"}"#, #"{"a":"say \"yes\", or"}"#),
    (#"{"a":"<a href="//x.y" rel=""></a>"}"#, #"{"a":"<a href=\"//x.y\" rel=\"\"></a>"}"#),
    (#"["say "yes" again","b"]"#, #"["say \"yes\" again","b"]"#),
    (#"{'a':'it's'}"#, #"{"a":"it's"}"#),
    (#"{"a":"x"#, #"{"a":"x"}"#),
  ]

  @Test("what is not JSON is read as what it means", arguments: forgiven)
  func forgiveness(_ text: String, _ expected: String) {
    #expect(ReadJson(text).written == expected)
  }

  @Test("what was guessed is reported with its place")
  func reported() {
    let json = ReadJson(#"{"a":"x "y" z"}"#)
    #expect(json.tree.problems == [JsonProblem(code: .notJson, at: Span(8, 9), count: 2)])
    #expect(ReadJson(#"{"a":[{"b":1"#).codes == [.cut])
    #expect(ReadJson(#"{"a":[{"b":1"#).tree.problems.first?.count == 3)
  }

  @Test(
    "escapes become their characters",
    arguments: [
      (#""a\"b\\c\/d""#, #"a"b\c/d"#), (#""\u00e9\u1EC7""#, "éệ"),
      (#""\ud83d\uDE00""#, "😀"), (#""\ud83d!\udc00""#, "\u{FFFD}!\u{FFFD}"),
      (#""\n\t\r""#, "\n\t\r"), (#""\x\é\u12""#, "xéu12"), (#""a\\""#, #"a\"#),
    ])
  func escapes(_ text: String, _ expected: String) {
    let json = ReadJson("[" + text + "]")
    #expect(json.text(1) == expected)
    #expect(json.tree.nodes[1].hasEscapes == text.contains("\\"))
  }

  @Test("nodes know their places, their parents and the nodes after them")
  func nodes() {
    let json = ReadJson(#"{"a":[1],"b":"c"}"#)
    let spans = json.tree.nodes.map { string(json.bytes[$0.span.range]) }
    #expect(spans == [#"{"a":[1],"b":"c"}"#, "a", "[1]", "1", "b", "c"])
    #expect(json.tree.nodes.map(\.parent) == [-1, 0, 0, 2, 0, 0])
    #expect(json.tree.nodes.map(\.end) == [6, 2, 4, 4, 5, 6])
    #expect(json.tree.nodes.map(\.isKey) == [false, true, false, false, true, false])
  }

  @Test("several texts share a tree, and only as many values are read as wanted")
  func severalTexts() {
    var tree = JsonTree()
    let bytes = Array(#"{"a":1} [2] {"b":3}"#.utf8)
    tree.read(bytes, Span(0, 8), values: 1)
    tree.read(bytes, Span(8, bytes.count), values: 1)
    #expect(tree.nodes.map(\.kind) == [.object, .string, .number, .array, .number])
    #expect(tree.next(after: 0) == 3)
    #expect(tree.next(after: 3) == -1)
  }

  @Test("a text cut anywhere, or with a byte changed anywhere, is read to its end")
  func damaged() {
    let text = Array(
      #"[{"a":"b \"c\" é","d":[1,{"e":null}],'f':"g" /*h*/},"i\u00e9"]"#.utf8)
    for end in 0...text.count { check(ReadJson(Array(text[..<end]))) }
    for index in text.indices {
      for byte in Array(#"{}[],:"'\/<x "#.utf8) + [0, 0xFF] {
        var changed = text
        changed[index] = byte
        check(ReadJson(changed))
      }
    }
  }

  @Test("random pieces give a tree that holds together")
  func random() {
    var numbers = SeededNumbers(state: 5)
    let pieces = [
      "{", "}", "[", "]", ",", ":", "\"", "'", "\\", "a", " ", "\n", "//", "/*", "*/", "<!--", "é",
      "1", ";", "]]>", "true",
    ]
    for size in 0..<600 {
      let text = (0..<size).compactMap { _ in pieces.randomElement(using: &numbers) }.joined()
      check(ReadJson(text))
    }
  }

  private func check(_ json: ReadJson) {
    let nodes = json.tree.nodes
    for (index, node) in nodes.enumerated() {
      #expect(Int(node.end) > index && Int(node.end) <= nodes.count)
      #expect(node.span.begin <= node.span.end && Int(node.span.end) <= json.bytes.count)
      #expect(Int(node.parent) < index)
      if node.parent >= 0 { #expect(node.end <= nodes[Int(node.parent)].end) }
      if node.isKey {
        #expect(node.kind == .string && index + 1 < nodes.count)
        #expect(nodes[index + 1].parent == node.parent && !nodes[index + 1].isKey)
      }
    }
  }

  @Test(
    "hostile texts are read in linear time, and what is left out is reported",
    arguments: [
      ("[", [.tooDeep]), (#"{"a":"#, [.tooDeep]), ("[],", [.tooMany]), (#"{"a":1}"#, [.tooMany]),
      (#"",""#, [.tooMany]), ("]", [.notJson]), ("/*", [.notJson]), ("<!--", [.notJson]),
    ] as [(String, [JsonProblem.Code])])
  func floods(_ piece: String, _ codes: [JsonProblem.Code]) {
    let json = ReadJson(String(repeating: piece, count: 1_000_000))
    #expect(json.codes.first == codes.first)
    #expect(json.tree.nodes.count <= JsonTree.maximumNodes)
  }

  @Test("a string of ten million bytes full of quotation marks is one string")
  func longString() {
    let quotes = String(repeating: #"x "y", "z" w "#, count: 800_000)
    let json = ReadJson(#"{"a":""# + quotes + #"","b":1}"#)
    #expect(json.tree.nodes.count == 5)
    #expect(json.tree.nodes[2].span.count == quotes.utf8.count)
  }
}
