import DukienRules
import Testing

/// A text in the usual layout; nil where it was left alone, with what was said about it.
private func laidOut(_ text: String) -> (text: String?, codes: [String]) {
  var diagnostics: [Diagnostic] = []
  let file = SourceFile(label: "test.yaml", bytes: Array(text.utf8))
  let bytes = formatted(file, diagnostics: &diagnostics)
  return (bytes.map { String(decoding: $0, as: UTF8.self) }, diagnostics.map(\.code))
}

/// Expects a text to become another one, and that one to stay.
private func expect(
  _ text: String, becomes wanted: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let once = laidOut(text)
  #expect(once.text == wanted, "\(once.codes)", sourceLocation: sourceLocation)
  #expect(laidOut(wanted).text == wanted, sourceLocation: sourceLocation)
}

@Suite("The layout of rule files")
struct FormatTests {
  @Test("collections stand two columns deeper, lists at the column of their key")
  func indentation() {
    expect(
      "lexicons:\n    a:\n        entries:\n            -   b c\n            - d\n",
      becomes: "lexicons:\n  a:\n    entries:\n    - b c\n    - d\n")
    expect("  a: b\n  c: d\n", becomes: "a: b\nc: d\n")
    expect("- - a\n  - b\n-\n  - c\n", becomes: "- - a\n  - b\n- - c\n")
    expect("-\n  a: 1\n  b:\n   - 2\n", becomes: "- a: 1\n  b:\n  - 2\n")
  }

  @Test("blanks are evened, empty lines are one at most")
  func blanks() {
    expect("a:    b  \n\n\n\nc:\td\n\n", becomes: "a: b\n\nc: d\n")
    expect("\n\na :\n  b : c", becomes: "a:\n  b: c\n")
    expect("a:\n\n  b: c\n", becomes: "a:\n\n  b: c\n")
    expect("a:\n-\n- \n-  b\n", becomes: "a:\n-\n-\n- b\n")
  }

  @Test("collections in brackets stay on their lines")
  func flow() {
    expect("a: { b :c , d: [ e,f ] }\n", becomes: "a: {b :c, d: [e, f]}\n")
    expect("a: {b: , c: }\n", becomes: "a: {b: , c: }\n")
    expect("a: [b, c, ]\n", becomes: "a: [b, c]\n")
    expect(
      "a:\n    b: [\n        c,d,  # of d\n\n\n        e,\n    ]\n",
      becomes: "a:\n  b: [\n      c, d,  # of d\n\n      e,\n  ]\n")
    expect("a:\n  {b: c}\n", becomes: "a: {b: c}\n")
    expect("a: [\"b\": c, ? d : e]\n", becomes: "a: [b: c, ? d: e]\n")
  }

  @Test("the keys of a rule are sorted; comments go with them")
  func keyOrder() {
    expect(
      """
      rules:
        # of the rule
        - about: x
          # of the name

          rule: a   # beside the name
          tests: []
          # of the unknown
          later: y
          emits: z
          # at the end
      """,
      becomes: """
        rules:
        # of the rule
        # of the name
        - rule: a  # beside the name
          about: x
          emits: z
          tests: []
          # of the unknown
          later: y
          # at the end

        """)
    expect(
      "values:\n  A:\n    tests: []\n    phrase: b\n    is: C\n",
      becomes: "values:\n  A:\n    is: C\n    phrase: b\n    tests: []\n")
    expect("values:\n  A: {tests: [], is: C}\n", becomes: "values:\n  A: {tests: [], is: C}\n")
    expect("facts:\n  b: c\n  a: d\n", becomes: "facts:\n  b: c\n  a: d\n")
  }

  @Test("comments keep their place")
  func comments() {
    expect(
      "# head\n\na: # of a\n    # of b\n    b: c   # of c\n    # below\n# foot",
      becomes: "# head\n\na:  # of a\n  # of b\n  b: c  # of c\n  # below\n# foot\n")
    expect("- # of a\n  a: b\n", becomes: "# of a\n- a: b\n")
    expect("a:\n  # of b\n  b\n", becomes: "# of b\na: b\n")
    expect("--- # start\na: b\n... # end\n", becomes: "# start\na: b\n# end\n")
    expect("# alone", becomes: "# alone\n")
  }

  @Test("quotes go where nobody needs them")
  func quotes() {
    expect(
      "a: [\"b c\", \"d, e\", \"yes\", \"1\", \"f.\", \"<g>\", 'h', \"\"]\n",
      becomes: "a: [b c, \"d, e\", \"yes\", \"1\", \"f.\", \"<g>\", 'h', \"\"]\n")
    expect("\"a\": \"b  c\"\n", becomes: "a: \"b  c\"\n")
    expect("a: \"\\x62\"\n", becomes: "a: \"\\x62\"\n")
  }

  @Test("texts are copied as they are written")
  func texts() {
    expect(
      "a:\n    b: |\n        one\n          two \n\n\n    c: >-\n      three\n\n      four\n",
      becomes: "a:\n  b: |\n    one\n      two \n\n  c: >-\n    three\n\n    four\n")
    expect("a:\n    b: |1\n      one\n", becomes: "a:\n  b: |1\n    one\n")
    expect("a: |+\n  one\n\n\nb: c\n", becomes: "a: |+\n  one\n\n\nb: c\n")
    // The empty line above the second item would become one of the text.
    expect(
      "rules:\n- tests: |+\n    one\n  emits: a\n\n- b\n",
      becomes: "rules:\n- emits: a\n  tests: |+\n    one\n- b\n")
    expect(
      "a:\n    b: one\n      two\n\n\n      three\n    c: \"one\n        two\"\n",
      becomes: "a:\n  b: one\n    two\n\n\n    three\n  c: \"one\n      two\"\n")
  }

  @Test("line ends and the byte order mark are evened")
  func lineEnds() {
    expect("\u{FEFF}a: b\r\nc: |\r\n  d\r\n", becomes: "a: b\nc: |\n  d\n")
    expect("a: b\rc: d\r", becomes: "a: b\nc: d\n")
    expect("", becomes: "")
    expect("\r\n \n", becomes: "")
  }

  @Test(
    "what cannot be laid out is left alone and told",
    arguments: [
      "a: [", "a:\n\tb: c\n", "a: b\na: c\n", "a: &b c\n", "\u{0}\u{1}", "a: |\n  no end",
      "a: b # c\u{2028}d: e\n",
    ])
  func leftAlone(text: String) {
    let result = laidOut(text)
    #expect(result.text == nil)
    #expect(!result.codes.isEmpty)
  }
}
