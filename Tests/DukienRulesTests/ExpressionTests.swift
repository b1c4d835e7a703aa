import DukienText
import Testing

@testable import DukienRules

@Suite("Expressions over captures and fields")
struct ExpressionTests {
  @Test(
    "multiplication binds closer than addition, both from the left",
    arguments: [
      ("n", "n"),
      ("12", "12"),
      ("-0.5", "-0.5"),
      ("'zax'", "\"zax\""),
      ("\"zax wug\"", "\"zax wug\""),
      ("share.whole.amount", "share.whole.amount"),
      ("n * s", "(n * s)"),
      ("a + b * c", "(a + (b * c))"),
      ("(a + b) * c", "((a + b) * c)"),
      ("a - b - c", "((a - b) - c)"),
      ("a * b * 1000", "((a * b) * 1000)"),
      ("  first( p.posts )  ", "first(p.posts)"),
      ("last(p.posts).org.name", "last(p.posts).org.name"),
      ("either(a, b, \"none\")", "either(a, b, \"none\")"),
      ("piece(d, 2) + 1", "(piece(d, 2) + 1)"),
      ("lower(first_word(text(x)))", "lower(first_word(text(x)))"),
      ("first_words(x, 12)", "first_words(x, 12)"),
    ])
  func parts(expression: String, outline: String) throws {
    #expect(try ExpressionSyntax.parse(expression).outline == outline)
  }

  @Test(
    "a mistake in an expression is reported at its own place inside the text",
    arguments: [
      ("«»", "expression.syntax", "expected a name, a number or a text in quotes", ""),
      ("n * «»", "expression.syntax", "expected a name, a number or a text in quotes", ""),
      ("n «»s", "expression.syntax", "unexpected text after the expression", ""),
      ("n «»/ s", "expression.syntax", "unexpected text after the expression", ""),
      ("(n + s«»", "expression.syntax", "expected `)`", ""),
      ("n«»)", "expression.syntax", "unexpected text after the expression", ""),
      ("\"zax«»", "expression.syntax", "text is not closed", ""),
      ("1.2.3«»", "expression.syntax", "`1.2.3` is no number", ""),
      ("-«»", "expression.syntax", "`-` is no number", ""),
      (
        "1 + «»frist(x)", "expression.unknown-function", "unknown function `frist`",
        "did you mean `first`?"
      ),
      ("«»explode(x)", "expression.unknown-function", "unknown function `explode`", ""),
      ("«»first(x, y)", "expression.syntax", "`first` does not take 2 arguments", ""),
      ("«»either(x)", "expression.syntax", "`either` does not take 1 arguments", ""),
      ("«»piece(x)", "expression.syntax", "`piece` does not take 1 arguments", ""),
      ("«»first_words(x)", "expression.syntax", "`first_words` does not take 1 arguments", ""),
      ("text(«»)", "expression.syntax", "expected a name, a number or a text in quotes", ""),
    ])
  func mistakes(marked: String, code: String, message: String, hint: String) {
    let text = MarkedText(marked)
    let found = #expect(throws: PatternProblem.self) { try ExpressionSyntax.parse(text.text) }
    #expect(found?.code == code)
    #expect(found?.message == message)
    #expect(found?.hint == hint)
    #expect(found?.at == Int(text.span.begin))
  }

  @Test("a path ends with a name", arguments: ["a.«»", "a.«».b", "first(a).«»"])
  func paths(marked: String) {
    let text = MarkedText(marked)
    let found = #expect(throws: PatternProblem.self) { try ExpressionSyntax.parse(text.text) }
    #expect(found?.message == "expected a name after `.`")
    #expect(found?.at == Int(text.span.begin))
  }

  @Test(
    "nesting has an end that is told, whatever nests",
    arguments: [("(", ""), ("text(", ""), ("1 + ", "1"), ("2 * ", "2"), ("1 - ", "1")])
  func nesting(opening: String, end: String) {
    let text = String(repeating: opening, count: 100_000) + end
    let found = #expect(throws: PatternProblem.self) { try ExpressionSyntax.parse(text) }
    #expect(found?.code == "expression.syntax")
    #expect(found?.message.hasPrefix("expression ") == true)
  }

  @Test("a side of a link's equality names fields of that side only")
  func rooted() throws {
    #expect(
      try ExpressionSyntax.parse("last_word(to.name)").rooted(at: "to").outline
        == "last_word(name)")
    let found = #expect(throws: PatternProblem.self) {
      try ExpressionSyntax.parse("last_word(from.name)").rooted(at: "to")
    }
    #expect(found?.code == "link.equality")
    #expect(found?.message == "this side must begin with `to.`")
    #expect(found?.at == 10)
  }
}

extension ExpressionSyntax {
  /// The expression with all its brackets.
  var outline: String {
    switch self {
    case .number(let number):
      var bytes: [UInt8] = []
      number.write(into: &bytes)
      return String(decoding: bytes, as: UTF8.self)
    case .symbol(let text): return "\"\(text)\""
    case .path(let path, _): return path.joined(separator: ".")
    case .call(let function, let arguments):
      return "\(function.name)(\(arguments.map(\.outline).joined(separator: ", ")))"
    case .member(let inner, let path, _):
      return ([inner.outline] + path).joined(separator: ".")
    case .multiply(let a, let b): return "(\(a.outline) * \(b.outline))"
    case .add(let a, let b): return "(\(a.outline) + \(b.outline))"
    case .subtract(let a, let b): return "(\(a.outline) - \(b.outline))"
    }
  }
}
