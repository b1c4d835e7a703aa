import DukienRules
import DukienText
import Testing

@Suite("A diagnostic as it is printed")
struct DiagnosticTests {
  private func diagnostic(_ marked: String) -> Diagnostic {
    let marked = MarkedText(marked)
    let file = SourceFile(label: "rules/a.yaml", bytes: Array(marked.text.utf8))
    return file.diagnostic("rule.x", at: marked.span, "message")
  }

  @Test("place, code and message stand first, then excerpt, caret and hint")
  func whole() {
    let file = SourceFile(label: "rules/trade.yaml", bytes: Array("rule: a\nemit: b\n".utf8))
    let found = file.diagnostic(
      "rule.unknown-key", at: Span(8, 12), "unknown key \"emit\"",
      hint: "did you mean \"emits\"?", rule: "a", path: "rules[0].emit")
    #expect(
      found.rendered() == """
        rules/trade.yaml:2:1: error[rule.unknown-key]: unknown key "emit"
            emit: b
            ^^^^
          hint: did you mean "emits"?
        """)
    #expect(found.rule == "a")
    #expect(found.path == "rules[0].emit")
  }

  @Test(
    "the severity is named",
    arguments: [(Severity.note, "note"), (.warning, "warning"), (.error, "error")])
  func severity(severity: Severity, word: String) {
    let found = Diagnostic(severity, code: "a.b", message: "c", file: "f")
    #expect(found.rendered() == "f: \(word)[a.b]: c")
  }

  @Test("what is unknown is left out")
  func unknown() {
    #expect(Diagnostic(.error, code: "a.b", message: "c").rendered() == "error[a.b]: c")
    let line = Diagnostic(.error, code: "a.b", message: "c", file: "f", line: 3)
    #expect(line.rendered() == "f:3: error[a.b]: c")
    let hint = Diagnostic(.error, code: "a.b", message: "c", hint: "d")
    #expect(hint.rendered() == "error[a.b]: c\n  hint: d")
  }

  @Test(
    "the caret stands under the span",
    arguments: [
      ("«a»: b", "^"),
      ("a: «bcd» e", "   ^^^"),
      ("a: b«»", "    ^"),
      ("«»", ""),
      ("\ta: «b»", "\t   ^"),
      ("đường: «ạ»", "       ^"),
      ("o\u{300}: «o\u{300}»x", "   ^"),
      ("漢: «字»", "    ^^"),
      ("x: «y\nz»", "   ^"),
      ("\nx: «yz»\n", "   ^^"),
    ])
  func caret(marked: String, expected: String) {
    let lines = diagnostic(marked).rendered().split(
      separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == (expected.isEmpty ? 1 : 3))
    if !expected.isEmpty { #expect(String(lines[2]) == "    " + expected) }
  }

  @Test("of a long line the part around the place is shown")
  func longLine() {
    let long = String(repeating: "đ", count: 1000)
    let found = diagnostic(long + "«xyz»" + long)
    let half = String(repeating: "đ", count: 80)
    #expect(found.column == 1001)
    #expect(found.endColumn == 1004)
    #expect(found.excerpt == "…" + half + "xyz" + half.dropLast(3) + "…")
    #expect(found.rendered().hasSuffix("\n    " + String(repeating: " ", count: 81) + "^^^"))
  }

  @Test("a place at either end of a long line is shown with that end")
  func longLineEnds() {
    let long = String(repeating: "a", count: 1000)
    #expect(diagnostic("«x»" + long).excerpt.hasPrefix("xaaa"))
    #expect(diagnostic(long + "«x»").excerpt.hasSuffix("aaax"))
  }

  @Test("control characters do not reach the terminal")
  func control() {
    #expect(diagnostic("a«\u{1B}»[1m\u{7F}").excerpt == "a\u{FFFD}[1m\u{FFFD}")
    #expect(quoted("a\u{1B}b\n") == #""a\u{1B}b\u{A}""#)
    #expect(
      quoted(String(repeating: "ạ", count: 61)) == "\"" + String(repeating: "ạ", count: 60) + "…\"")
    #expect(
      quoted(String(repeating: "ạ", count: 60)) == "\"" + String(repeating: "ạ", count: 60) + "\"")
  }
}

@Suite("Lines and columns")
struct SourceFileTests {
  @Test("agree with a plain count, for any text and offset")
  func reference() {
    var random = SeededGenerator(state: 3)
    let pieces = ["a", "đ", "ệ", "😀", "\n", "\r\n", "\r", " "]
    for _ in 0..<10 {
      var text = random.next() % 2 == 0 ? "\u{FEFF}" : ""
      let start = text.utf8.count
      for _ in 0..<1500 { text += pieces.randomElement(using: &random) ?? "" }
      let file = SourceFile(label: "", bytes: Array(text.utf8))
      var (offset, line, column) = (start, 1, 1)
      let scalars = Array(text.unicodeScalars.dropFirst(start == 0 ? 0 : 1))
      for (index, scalar) in scalars.enumerated() {
        #expect(file.lineColumn(ofOffset: offset) == (line, column))
        offset += String(scalar).utf8.count
        column += 1
        let isPair = scalar == "\r" && index + 1 < scalars.count && scalars[index + 1] == "\n"
        if scalar == "\n" || (scalar == "\r" && !isPair) { (line, column) = (line + 1, 1) }
      }
      #expect(file.lineColumn(ofOffset: offset) == (line, column))
      #expect(file.lineCount == line)
    }
  }

  @Test("offsets and lines outside the file do no harm")
  func outside() {
    let file = SourceFile(label: "", bytes: Array("\u{FEFF}ab\nc".utf8))
    #expect(file.lineColumn(ofOffset: -5) == (1, 1))
    #expect(file.lineColumn(ofOffset: 1) == (1, 1))
    #expect(file.lineColumn(ofOffset: 999) == (2, 2))
    #expect([-1, 0, 1, 2, 3].map(file.line) == ["", "", "ab", "c", ""])
    #expect(SourceFile(label: "", bytes: []).lineColumn(ofOffset: 3) == (1, 1))
    #expect(file.text(at: Span(900, 999)) == "")
  }
}

@Suite("The nearest name")
struct NearestNameTests {
  @Test(
    "is the one with the fewest slips, within a third of the length",
    arguments: [
      ("emit", "emits"),
      ("triger", "trigger"),
      ("trigegr", "trigger"),
      ("TRIGGER", "trigger"),
      ("phrse", "phrase"),
      ("organisatoin", "organisation"),
      ("rolse", "roles"),
      ("tiền", "tiến"),
      ("x", nil),
      ("", nil),
      ("xyzzy", nil),
      ("trigger", nil),
    ])
  func table(name: String, expected: String?) {
    let known = ["trigger", "emits", "phrase", "roles", "organisation", "tiến", "about"]
    #expect(nearest(name, among: known) == expected)
    #expect(nearest(name, among: known.reversed()) == expected)
  }

  @Test("of equally near names the first in code point order, in whatever order they come")
  func ties() {
    #expect(nearest("cat", among: ["rat", "bat", "hat"]) == "bat")
    #expect(nearest("cat", among: ["hat", "bat", "rat"]) == "bat")
    #expect(nearest("cat", among: []) == nil)
  }

  @Test("a short name bears one slip, a name past 128 characters none")
  func bounds() {
    #expect(nearest("ab", among: ["ac"]) == "ac")
    #expect(nearest("ab", among: ["cd"]) == nil)
    let long = String(repeating: "a", count: 128)
    #expect(nearest(long, among: [long + "b"]) == nil)
    #expect(nearest(long, among: [long.dropLast() + "b"]) == long.dropLast() + "b")
    #expect(nearest(long + "a", among: [long]) == nil)
  }
}
