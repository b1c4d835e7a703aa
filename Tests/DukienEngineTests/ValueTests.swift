import Testing

@testable import DukienEngine

@Suite("Values: numbers, expressions, and which of several stays")
struct ValueTests {
  private func numbers(_ marks: String, _ text: String) throws -> [String] {
    try TestRules(
      """
      numbers: \(marks)
      classes: {digits: {shape: number}}
      values:
        Number: {lists_as: number, phrase: <t:digits>, gives: {n: digits(t)}, shows: "[{n}]"}
      """
    ).read(text).norms
  }

  @Test(
    "a number is read by its shape, where the comma is the decimal mark",
    arguments: [
      ("5", "5"), ("007", "7"), ("5,34", "5.34"), ("5,340", "5.34"), ("0,5", "0.5"),
      ("64.620", "64620"), ("1.234.567", "1234567"), ("1.234,5", "1234.5"), ("2.5", "2.5"),
      ("12.3456", "12.3456"), ("1,234,567", "1234567"),
      ("999999999999999999", "999999999999999999"),
      ("29.12.2017", ""), ("1.23.456", ""), ("1,2,3", ""), ("1.234,567.8", ""),
      ("9999999999999999999999", ""),
    ])
  func decimalComma(text: String, number: String) throws {
    #expect(try numbers("{decimal: ',', group: '.'}", text) == ["[\(number)]"])
  }

  @Test(
    "a number is read by its shape, where the point is the decimal mark",
    arguments: [
      ("5", "5"), ("5.34", "5.34"), ("5.340", "5.34"), ("64,620", "64620"),
      ("1,234,567", "1234567"), ("1,234.5", "1234.5"), ("2,5", "2.5"), ("1.234.567", "1234567"),
      ("29.12.2017", ""), ("26.1", "26.1"),
    ])
  func decimalPoint(text: String, number: String) throws {
    #expect(try numbers("{decimal: '.', group: ','}", text) == ["[\(number)]"])
    #expect(try numbers("{}", text) == ["[\(number)]"])
  }

  @Test(
    "a mark that cannot group is the decimal mark",
    arguments: [("0.123", "0.123"), ("1234.567", "1234.567"), ("00.123", "")])
  func marksThatCannotGroup(text: String, number: String) throws {
    #expect(try numbers("{decimal: ',', group: '.'}", text) == ["[\(number)]"])
  }

  // MARK: Expressions

  /// The page gives a = `Zax`, b three times, q = `“fep gom”`, n = `1.234` and m = `12/4`.
  private func value(_ expression: String) throws -> String? {
    let quoted = expression.replacing("\"", with: "\\\"")
    return try TestRules(
      """
      numbers: {decimal: ',', group: '.'}
      lexicons:
        beast: {entries: {zib: Z1, zib zab: Z2, toma: T1}}
        scale: {entries: {dozen: 12, gross: 144, huge: 999999999999999999}}
        plain: [wug]
      classes: {caps: {shape: capital}, digits: {shape: number}}
      values:
        Pair: {phrase: <x:digits> / <y:digits>, gives: {sum: x + y, more: 3}, shows: "{x}:{y}"}
        Whole:
          lists_as: whole
          phrase: >-
            <a:caps> <b:beast>{1,3; and} <q:quoted> <n:digits> <s:scale> <h:scale> <m:Pair>
            <w = fep wug>? <p:plain>
          gives: {out: "\(quoted)"}
          shows: "[{out}]"
      """
    ).read("Zax zib and toma and zib zab “fep gom” 1.234 dozen huge 12/4 wug").norms.first
  }

  @Test(
    "arithmetic is exact, and what does not compute is left out",
    arguments: [
      ("1 + 2 * 3", "7"), ("(1 + 2) * 3", "9"), ("1 - 2 - 3", "-4"), ("0.1 + 0.2", "0.3"),
      ("0.04 * 100", "4"), ("n", "1.234"), ("digits(n)", "1234"), ("n * s", "14808"),
      ("n - 0.5", "1233.5"), ("-1 * n", "-1234"), ("m + 1", "17"), ("m.x * m.y", "48"),
      ("h * h", ""), ("h * 10 + 1", ""), ("a + 1", ""), ("missing + 1", ""), ("missing", ""),
      ("m.missing", ""), ("a.x", ""), ("n * b", ""),
    ])
  func arithmetic(expression: String, result: String) throws {
    #expect(try value(expression) == "[\(result)]")
  }

  @Test(
    "functions reach into captures",
    arguments: [
      ("a", "Zax"), ("text(a)", "Zax"), ("lower(a)", "zax"), ("b", "Z1"), ("first(b)", "Z1"),
      ("last(b)", "Z2"), ("count(b)", "3"), ("count(missing)", "0"), ("text(b)", "zib"),
      ("text(last(b))", "zib zab"), ("b.value", "Z1"), ("b.text", "zib"),
      ("last(b).text", "zib zab"),
      ("s", "12"), ("s.text", "dozen"), ("p", "wug"), ("q", "“fep gom”"),
      ("inside(q)", "fep gom"), ("first_word(inside(q))", "fep"), ("last_word(inside(q))", "gom"),
      ("inside(a)", ""), ("m", "12:4"), ("m.x", "12"), ("m.sum", "16"), ("text(m)", "12/4"),
      ("piece(m, 1)", "12"), ("piece(m, 2)", "4"), ("piece(m, 3)", ""), ("piece(n, 2)", "234"),
      ("first_words(q, 1)", "“fep"), ("first_words(q, 2)", "“fep gom”"),
      ("first_words(q, 9)", "“fep gom”"), ("first_words(last(b), 1)", "zib"),
      ("first_words(m, 1)", "12/4"), ("first_words(q, n)", "“fep gom”"), ("first_words(q, 0)", ""),
      ("first_words(missing, 1)", ""), ("first_words(q, a)", ""), ("first_words(q, 3 - 2)", "“fep"),
      ("either(missing, a)", "Zax"), ("either(missing, w, \"none\")", "none"),
      ("either(missing, w)", ""), ("\"so\"", "so"), ("'so'", "so"), ("12", "12"),
      ("lower(\"SO\")", ""), ("text(missing)", ""),
    ])
  func functions(expression: String, result: String) throws {
    #expect(try value(expression) == "[\(result)]")
  }

  @Test("a template joins texts and expressions; what is missing leaves nothing")
  func templates() throws {
    let rules = try TestRules(
      """
      classes: {digits: {shape: number}}
      values:
        V: {lists_as: v, phrase: "zax <n:digits> (wug <m:digits>)?", shows: "n {n + 1}, m {m}."}
      """)
    #expect(rules.read("zax 5 wug 7; zax 5").norms == ["n 6, m 7.", "n 6, m ."])
  }

  @Test("a value without a template is shown as printed, and a hedge as its word")
  func printed() throws {
    let rules = try TestRules(
      """
      lexicons: {hedge: {entries: {nearly: about, over: more_than}}}
      values: {V: {lists_as: v, phrase: "<approx:hedge>? [zax wug]"}}
      """)
    let read = rules.read("nearly Zax  WUG, zax wug, over zax wug")
    #expect(read.norms == ["Zax  WUG", "zax wug", "zax wug"])
    #expect(read.result.values.map { read.string($0.approx) } == ["about", "", "more_than"])
    #expect(read.marked == "nearly «Zax  WUG», «zax wug», over «zax wug»")
  }

  // MARK: Replace

  @Test(
    "of listed values that overlap one stays",
    arguments: [
      // The longer one, wherever it begins and is declared.
      ("A: {lists_as: a, phrase: zax}", "B: {lists_as: b, phrase: zax wug}", ["b zax wug"]),
      (
        "A: {lists_as: a, phrase: zax wug fep}", "B: {lists_as: b, phrase: wug fep}",
        ["a zax wug fep"]
      ),
      (
        "A: {lists_as: a, phrase: zax wug}", "B: {lists_as: b, phrase: fep}",
        ["a zax wug", "b fep"]
      ),
      // Of equally long ones the first in the file, unless the other beats it.
      ("A: {lists_as: a, phrase: zax}", "B: {lists_as: b, phrase: zax}", ["a zax"]),
      ("A: {lists_as: a, phrase: zax}", "B: {lists_as: b, beats: A, phrase: zax}", ["b zax"]),
      ("A: {lists_as: a, phrase: zax wug}", "B: {lists_as: b, phrase: wug fep}", ["a zax wug"]),
      (
        "A: {lists_as: a, phrase: zax wug}", "B: {lists_as: b, beats: A, phrase: wug fep}",
        ["b wug fep"]
      ),
      (
        "A: {lists_as: a, phrase: zax wug fep}", "B: {lists_as: b, beats: A, phrase: zax}",
        ["a zax wug fep"]
      ),
      // One that is not listed hides nothing, unless it says so.
      ("A: {lists_as: a, phrase: zax}", "B: {phrase: zax wug}", ["a zax"]),
      ("A: {lists_as: a, phrase: zax}", "B: {hides: yes, phrase: zax wug}", []),
      ("A: {lists_as: a, phrase: zax}", "B: {hides: yes, phrase: wug}", ["a zax"]),
    ])
  func replace(first: String, second: String, values: [String]) throws {
    let rules = try TestRules("values:\n  \(first)\n  \(second)\n")
    #expect(rules.read("zax wug fep").values == values)
  }

  @Test("what a family says holds for its members")
  func families() throws {
    let rules = try TestRules(
      """
      values:
        Root: {lists_as: thing}
        Middle: {is: Root}
        A: {is: Middle, phrase: zax}
        B: {is: Root, lists_as: other, phrase: wug}
        Pair: {lists_as: pair, phrase: "<x:Root> and <y:Middle>", shows: "{x}+{y}"}
      """)
    #expect(
      rules.read("zax, wug, wug and zax, zax and wug").values
        == ["thing zax", "other wug", "pair wug+zax", "thing zax", "other wug"])
  }

  @Test(
    "a context that forbids a value is adjacent to it, or inside",
    arguments: [
      ("unless: {before: toz}", "«zax wug» and toz zax wug and toz gom «zax wug»"),
      ("unless: {before: toz ..2}", "toz zax wug, toz gom zax wug; «zax wug»"),
      ("unless: {after: fep | gom}", "«zax wug» and zax wug fep zax wug gom «zax wug»."),
      ("unless: {inside: WUG}", "zax wug"),
      ("unless: {before: a, after: b}", "a zax wug and zax wug b «zax wug» c"),
      ("min_tokens: 2", "«zax wug»"),
      ("min_tokens: 3", "zax wug"),
    ])
  func guards(guarded: String, marked: String) throws {
    let rules = try TestRules("values: {V: {lists_as: v, phrase: zax wug, \(guarded)}}")
    #expect(rules.read(unmarked(marked)).marked == marked)
  }
}
