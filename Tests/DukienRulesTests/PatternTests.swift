import DukienText
import Testing

@testable import DukienRules

@Suite("The pattern card")
struct PatternTests {
  @Test(
    "each piece of the card is read as what it is",
    arguments: [
      ("zax", "zax"),
      ("  zax   wug ", "[zax wug]"),
      ("'Zax'", "'Zax'"),
      ("'(' zax ')'", "['(' zax ')']"),
      ("zax | wug fep", "(zax | [wug fep])"),
      ("zax (wug | fep)", "[zax (wug | fep)]"),
      ("zax?", "zax{0,1}"),
      ("(zax wug)?", "[zax wug]{0,1}"),
      ("zax{3}", "zax{3,3}"),
      ("zax{1,4}", "zax{1,4}"),
      ("zax{ 1 , 4 ; , }", "zax{1,4; ,}"),
      ("zax{1,8; (, | and)}", "zax{1,8; (, | and)}"),
      ("<Num>", "<Num>"),
      ("< Num >", "<Num>"),
      ("<n:Num>", "<n:Num>"),
      ("< n : Num >", "<n:Num>"),
      ("<n:Share.whole.amount>", "<n:Share.whole.amount>"),
      ("<Share.amount>", "<Share.amount>"),
      ("<k = zax <Num>>", "<k = [zax <Num>]>"),
      ("<k = zax | wug>", "<k = (zax | wug)>"),
      ("zax ..6 wug", "[zax ..6 wug]"),
      ("zax <k:..6> wug", "[zax <k:..6> wug]"),
      ("zax <..6>", "[zax ..6]"),
      ("zax <k:++20>", "[zax <k:++20>]"),
      ("zax [<Num> wug] fep", "[zax ⟦[<Num> wug]⟧ fep]"),
      ("<start> zax <end>", "[<start> zax <end>]"),
      ("zax / wug - fep % : ;", "[zax / wug - fep % : ;]"),
      ("zax..6", "zax..6"),
      ("tượng\u{301}", "tượng\u{301}"),
    ])
  func parts(pattern: String, outline: String) throws {
    #expect(try PatternSyntax.parse(pattern).outline == outline)
  }

  /// A mistake inside a pattern: the mark stands before the place.
  struct Mistaken: Sendable {
    let marked: String
    let code: String
    let message: String
    let hint: String

    init(_ marked: String, _ code: String, _ message: String, _ hint: String = "") {
      (self.marked, self.code, self.message, self.hint) = (marked, code, message, hint)
    }
  }

  @Test(
    "a mistake in a pattern is reported at its own place inside the text",
    arguments: [
      Mistaken(
        "«»", "pattern.empty", "empty pattern or alternative",
        "use `?` to make a part optional"),
      Mistaken(
        "zax |«» ", "pattern.empty", "empty pattern or alternative",
        "use `?` to make a part optional"),
      Mistaken(
        "zax («» | wug)", "pattern.empty", "empty pattern or alternative",
        "use `?` to make a part optional"),
      Mistaken(
        "zax («»)", "pattern.empty", "empty pattern or alternative",
        "use `?` to make a part optional"),
      Mistaken(
        "zax «»(wug", "pattern.unbalanced", "`(` is not closed",
        "quote it to mean the character: '('"),
      Mistaken(
        "zax «»[wug)", "pattern.unbalanced", "`[` is not closed",
        "quote it to mean the character: '['"),
      Mistaken(
        "zax «») wug", "pattern.unbalanced", "`)` closes nothing",
        "quote it to mean the character: ')'"),
      Mistaken(
        "zax «»} wug", "pattern.unbalanced", "`}` closes nothing",
        "quote it to mean the character: '}'"),
      Mistaken(
        "zax «»> wug", "pattern.unbalanced", "`>` closes nothing",
        "quote it to mean the character: '>'"),
      Mistaken(
        "zax «»<Num", "pattern.unbalanced", "`<` is not closed",
        "quote it to mean the character: '<'"),
      Mistaken("zax «»'Wug", "pattern.unbalanced", "`'` is not closed"),
      Mistaken("zax «»''", "pattern.unbalanced", "`'` is not closed"),
      Mistaken(
        "«»? zax", "pattern.unbalanced", "`?` has nothing before it to repeat",
        "quote it to mean the character: '?'"),
      Mistaken(
        "zax («»{1,2})", "pattern.unbalanced", "`{` has nothing before it to repeat",
        "quote it to mean the character: '{'"),
      Mistaken(
        "zax{1,2«»", "pattern.unbalanced", "`{` is not closed", "write `{1,4}` or `{1,4; ,}`"),
      Mistaken(
        "zax ..4«»? wug", "pattern.optional-gap",
        "`?` after a gap has no meaning: a gap may already be empty", "remove the `?`"),
      Mistaken("zax ..«»0 wug", "pattern.gap", "a gap or run spans 1 to 600 tokens"),
      Mistaken("zax ..«»601 wug", "pattern.gap", "a gap or run spans 1 to 600 tokens"),
      Mistaken("zax <k:++«»9999999>", "pattern.gap", "a gap or run spans 1 to 600 tokens"),
      Mistaken("zax <k:..«»x> wug", "pattern.number", "expected a number"),
      Mistaken("zax{«»}", "pattern.number", "expected a number"),
      Mistaken("zax{1,«»}", "pattern.number", "expected a number"),
      Mistaken(
        "zax{«»3,2}", "pattern.repeat", "a repeat goes from 0 up to 40, low to high"),
      Mistaken("zax{«»0}", "pattern.repeat", "a repeat goes from 0 up to 40, low to high"),
      Mistaken("zax{«»1,41}", "pattern.repeat", "a repeat goes from 0 up to 40, low to high"),
      Mistaken(
        "zax <«»>", "pattern.hole", "a hole needs the name of a type", "write `<Type>`"),
      Mistaken("zax <k «»Num>", "pattern.hole", "unexpected `N` in a hole"),
      Mistaken("zax <«»= wug>", "pattern.hole", "a capture needs a name before `=`"),
    ])
  func mistakes(expected: Mistaken) throws {
    let marked = MarkedText(expected.marked)
    let found = #expect(throws: PatternProblem.self) { try PatternSyntax.parse(marked.text) }
    #expect(found?.code == expected.code)
    #expect(found?.message == expected.message)
    #expect(found?.hint == expected.hint)
    #expect(found?.at == Int(marked.span.begin))
  }

  @Test(
    "nesting has an end that is told, whatever nests",
    arguments: ["(", "[", "<k = ", "zax{1,2; "])
  func nesting(opening: String) {
    let found = #expect(throws: PatternProblem.self) {
      try PatternSyntax.parse(String(repeating: opening, count: 100_000))
    }
    #expect(found?.code == "pattern.depth")
    #expect(found?.message == "pattern is nested more than 24 deep")
  }

  @Test("repeats of repeats are refused, not followed down")
  func repeatedRepeats() {
    let found = compiled(
      "values: {V: {phrase: \"zax\(String(repeating: "?", count: 100_000))\"}}\n")
    #expect(found.program == nil)
    #expect(found.diagnostics.map(\.code) == ["pattern.depth"])
  }

  @Test(
    "a pattern whose repeats multiply is refused with its cost",
    arguments: ["zax{1,40}{1,40}{1,40}{1,40}", "zax (..600 wug){1,40}"])
  func cost(pattern: String) {
    let found = compiled("values: {V: {phrase: \"\(pattern)\"}}\n")
    #expect(found.diagnostics.map(\.code) == ["pattern.cost"])
    #expect(found.diagnostics.first?.message == "pattern needs more than 20000 steps")
  }

  @Test(
    "any text is a pattern or a mistake",
    arguments: [1, 2, 3, 4])
  func anyText(seed: UInt64) {
    var numbers = SeededGenerator(state: seed)
    let pieces = [
      "zax", " ", "<", ">", "(", ")", "[", "]", "{", "}", "|", "?", "'", "..", "..3", "++2", ":",
      ";", ",", "=", ".", "Num", "1", "4", "đ", "\u{0}", "\t", "start",
    ]
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0...12, using: &numbers)).map { _ in
        pieces.randomElement(using: &numbers) ?? ""
      }.joined()
      do {
        _ = try PatternSyntax.parse(text)
      } catch {
        #expect((0...text.utf8.count).contains(error.at), "\(text.debugDescription)")
        #expect(!error.message.isEmpty)
      }
    }
  }
}

extension PatternSyntax {
  /// The pattern written out with everything that is implied.
  var outline: String {
    switch self {
    case .literal(let literal): literal.isExact ? "'\(literal.text)'" : literal.text
    case .hole(let hole):
      "<\(hole.capture.isEmpty ? "" : hole.capture + ":")"
        + "\(([hole.types.joined(separator: "|")] + hole.path).joined(separator: "."))>"
    case .capture(let name, let inner): "<\(name) = \(inner.outline)>"
    case .sequence(let parts): "[" + parts.map(\.outline).joined(separator: " ") + "]"
    case .choice(let parts): "(" + parts.map(\.outline).joined(separator: " | ") + ")"
    case .repeated(let inner, let range, let separator):
      "\(inner.outline){\(range.lowerBound),\(range.upperBound)\(separator.map { "; " + $0.outline } ?? "")}"
    case .gap(let length, let capture): capture.isEmpty ? "..\(length)" : "<\(capture):..\(length)>"
    case .run(let length, let capture): "<\(capture):++\(length)>"
    case .mention(let inner): "⟦\(inner.outline)⟧"
    case .named(let inner, _): inner.outline
    case .start: "<start>"
    case .end: "<end>"
    }
  }
}

@Suite("Words of literals and entries")
struct WordTests {
  @Test(
    "plain words are cut as the text reader cuts them",
    arguments: [
      "kim ngạch", "Đắk Lắk", "Ýêu", "x × y", "ab÷c", "a", "ƠƯ ơư", "naïve œuvre", "K’Ho", "a  b",
      "a-b", " a", "x2",
    ])
  func plainWords(text: String) {
    let words = WordCompiler()
    let ids = words.intern(text)
    let bytes = Array(text.utf8)
    let whole = words.intern([Span(0, bytes.count)], of: bytes)
    #expect([ids] == whole)
    #expect(words.internExact(text).count == ids.count)
  }
}
