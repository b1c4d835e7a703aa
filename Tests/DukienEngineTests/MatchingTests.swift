import DukienText
import Testing

@testable import DukienEngine
@testable import DukienRules

@Suite("What a pattern matches")
struct MatchingTests {
  /// The marked text is the input; the marks stand around what the pattern must find.
  private func expectMarks(_ pattern: String, _ marked: String) throws {
    let quoted = pattern.replacing("\"", with: "\\\"")
    let rules = try TestRules(
      """
      lexicons:
        beast: [zib, zib zab, toma]
        title: {case: exact, entries: [Bo, Bo Bo]}
        stop: [halt, or else]
        abbreviation: {ends_sentence: no, entries: [Dr.]}
      classes:
        caps: {shape: capital}
        digits: {shape: number}
        long: {shape: word, length: 5..8, prefix: be, suffix: [en, st], not: beast}
      values:
        Found: {lists_as: found, phrase: "\(quoted)"}
      """)
    #expect(rules.read(unmarked(marked)).marked == marked)
  }

  @Test(
    "words match in any case and either tone placement, between any spaces",
    arguments: [
      ("zax", "a «zax» b «ZAX», («Zax») zaxen"),
      ("zax wug", "«zax wug» zax fep wug «Zax\u{A0}\t WUG» zax"),
      ("hoà", "«hoà» «hòa» «HOÀ» «ho\u{300}a» «hoa\u{300}» hoa hoá"),
      ("đường", "«Đường» «ĐƯỜNG» «đươ\u{300}ng» duong"),
      ("zax / wug - fep", "«zax/wug-fep» «zax / wug - fep» zax wug fep"),
      ("zax 5 m", "«zax 5m» «zax 5 m» zax 55m"),
      ("20%", "«20%» «20 %» 20"),
    ])
  func words(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "quoted words match their own spelling only",
    arguments: [
      ("'Zax'", "zax «Zax» ZAX"),
      ("'Zax Wug' fep", "zax wug fep «Zax Wug fep» «Zax Wug FEP» Zax wug fep"),
      ("'(' zax ')'", "zax «(zax)» «( Zax )» (zax"),
      ("a '?'", "«a?» a"),
    ])
  func exact(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "of alternatives the first listed one that leads to a match is taken, not the longest",
    arguments: [
      ("zax (wug | wug fep)", "«zax wug» fep"),
      ("zax (wug fep | wug)", "«zax wug fep» «zax wug» toz"),
      ("zax (wug | wug fep) toz", "«zax wug fep toz» «zax wug toz»"),
      ("zax | zax wug", "«zax» wug"),
      ("(zax | wug) (fep | toz)", "«zax toz» «wug fep» zax wug"),
    ])
  func alternatives(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test("phrases of a list are alternatives in the order of the list")
  func phrases() throws {
    let rules = try TestRules(
      "values: {Found: {lists_as: found, phrase: [zax wug, zax, zax wug fep]}}")
    #expect(rules.read("zax wug fep zax").marked == "«zax wug» fep «zax»")
  }

  @Test(
    "optional parts are taken where they can be",
    arguments: [
      ("zax wug?", "«zax wug» «zax» fep"),
      ("zax (wug fep)? toz", "«zax wug fep toz» «zax toz» zax wug toz"),
      ("zax wug? wug", "«zax wug wug» «zax wug» fep"),
      ("zax wug? wug? wug", "«zax wug» fep «zax wug wug wug» wug"),
    ])
  func optional(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "a gap takes the fewest tokens, from none up to its length",
    arguments: [
      ("zax ..3 wug", "«zax wug» «zax a b wug» c wug"),
      ("zax ..3 wug", "«zax a b c wug» zax a b c d wug"),
      ("zax ..2 wug", "«zax zax wug» wug"),
      ("zax <k:..3> wug", "zax wug. «Zax a wug»"),
    ])
  func gaps(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "a gap crosses no semicolon, no sentence end and no unbalanced bracket; a bracket is one token",
    arguments: [
      ("zax ..9 wug", "zax a; wug"),
      ("zax ..9 wug", "zax a. Wug. «Zax a.b wug»"),
      ("zax ..9 wug", "«zax Dr. Wug»"),
      ("zax ..1 wug", "«zax (a b c d) wug»"),
      ("zax ..1 wug", "«zax [a (b c) d] wug»"),
      ("zax ..9 wug", "zax a) wug"),
      ("zax ..9 wug", "(zax a) wug"),
      ("zax ..9 wug", "zax (a wug"),
      ("zax ..9 wug", "zax a\nwug"),
    ])
  func gapEdges(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "a run takes the most tokens, and gives some back where it must",
    arguments: [
      ("zax <k:++3>", "«zax a b c» d «zax e»"),
      ("zax <k:++9> wug", "«zax a wug b wug» c"),
      ("zax <k:++2> wug", "«zax a b wug» c wug zax wug"),
      ("zax <k:++2>", "«zax a (b c d)» e"),
    ])
  func runs(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "a run ends before a stop word, a semicolon and the full stop of its sentence",
    arguments: [
      ("zax <k:++9>", "«zax a b» halt c"),
      ("zax <k:++9>", "«zax a or b» or else c"),
      ("zax <k:++9>", "«zax a b»; c"),
      ("zax <k:++9>", "«zax a b». C «zax d»."),
      ("zax <k:++9>", "zax halt zax. «Zax a»!"),
    ])
  func runEdges(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "a repeat takes as many as it may, with its separator between",
    arguments: [
      ("zax{2}", "«zax zax» zax"),
      ("zax{1,3}", "«zax zax zax» «zax»"),
      ("zax{2,3; ,}", "«zax, zax, zax», zax fep zax"),
      ("zax{1,4; (, | and)}", "«zax, zax and zax» or «zax»"),
      ("wug zax{0,2} fep", "«wug fep» «wug zax zax fep» wug zax zax zax fep"),
      ("(zax wug?){1,3}", "«zax wug zax zax wug» fep"),
      ("zax{1,3; ,} , wug", "«zax, zax, wug»"),
    ])
  func repeats(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "brackets mark what is found; what stands outside is context",
    arguments: [
      ("zax [wug fep] toz", "zax «wug fep» toz wug fep"),
      ("[wug] zax?", "«wug» zax"),
      ("zax? [wug]", "zax «wug» «wug»"),
      ("zax ..2 [wug]", "zax a «wug»"),
    ])
  func mentions(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "start and end are the edges of the sentence",
    arguments: [
      ("<start> zax", "«zax» a zax. «Zax» b"),
      ("zax <end>", "zax a «zax»"),
      ("zax . <end>", "zax a «zax.» Fep zax «zax.»"),
      ("<start> zax <end>", "«zax»\nzax a\n«ZAX»"),
    ])
  func edges(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "a hole of a lexicon takes whole entries, the longest that leads to a match",
    arguments: [
      ("<beast>", "«zib zab» «zib» fep «Toma»"),
      ("<beast> zab", "«zib zab» «zib zab zab» toma"),
      ("<beast>{1,3; and}", "«zib and zib zab and toma» and"),
      ("<title> a", "«Bo Bo a» bo a BO a «Bo a»"),
    ])
  func lexicons(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "a class takes one token by its shape",
    arguments: [
      ("<caps>", "«Zax» wug «Fep» 5 «ÁO»"),
      ("<caps>{1,3}", "«Zax Wug» fep «Toz»"),
      ("<digits> m", "«5 m» «5,3m» «1.000 m» m"),
      ("<long>", "«beaten» best been «BEQUEST» beqqqqqst"),
    ])
  func classes(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test(
    "a quotation is one hole, whatever marks it has",
    arguments: [
      ("<quoted> zax", "«“a b” zax» «\"a b\" zax» «\"a b” zax» «‘a’ zax» “a zax"),
      ("zax <q:quoted>", "«zax “a b c.”»"),
    ])
  func quotations(pattern: String, marked: String) throws { try expectMarks(pattern, marked) }

  @Test("a long sentence is matched in pieces, and the cut is reported")
  func longSentence() throws {
    let rules = try TestRules(
      "values: {Found: {lists_as: found, phrase: zax wug}}\nentities: {E: {phrase: zax}}")
    let read = rules.read(
      String(repeating: "fep ", count: 255) + "zax wug " + String(repeating: "fep ", count: 300))
    #expect(read.norms == [])
    #expect(read.limits == ["sentence_tokens 256 2"])
    #expect(!read.result.isPartial)
  }

  // MARK: Against a plain reference

  @Test("the matcher finds what plain backtracking finds", arguments: 1...6)
  func reference(seed: UInt64) throws {
    var numbers = SeededGenerator(state: seed)
    var compared = 0
    while compared < 60 {
      let text = Self.randomPattern(&numbers, depth: 3)
      let compilation = TestRules.compiled(
        "values: {Found: {lists_as: found, phrase: \"\(text)\"}}\n" + TestRules.everyBlock)
      guard let program = compilation.program else {
        #expect(
          compilation.diagnostics.allSatisfy {
            ["pattern.unanchored", "pattern.optional-gap"].contains($0.code)
          }, "\(text)")
        continue
      }
      compared += 1
      let syntax = try PatternSyntax.parse(text)
      for _ in 0..<4 {
        let tokens = (0..<Int.random(in: 1...40, using: &numbers)).map { _ in
          ["a", "b", "c", "a", "b", "c", ";", "(", ")"].randomElement(using: &numbers) ?? "a"
        }
        let page = tokens.joined(separator: " ")
        let engine = Engine(program: program)
        let found = engine.read(Array(page.utf8)).marked
        #expect(found == Reference(tokens).marked(syntax), "\(text) in \(page)")
      }
    }
  }

  /// A pattern over the words a, b and c.
  private static func randomPattern(_ numbers: inout SeededGenerator, depth: Int) -> String {
    let count = Int.random(in: 1...(depth == 3 ? 4 : 2), using: &numbers)
    return (0..<count).map { _ in
      let word = ["a", "b", "c"].randomElement(using: &numbers) ?? "a"
      guard depth > 0 else { return word }
      let inner = randomPattern(&numbers, depth: depth - 1)
      switch Int.random(in: 0..<11, using: &numbers) {
      case 0: return "(\(inner) | \(randomPattern(&numbers, depth: depth - 1)))"
      case 1: return "(\(inner))?"
      case 2: return "(\(inner)){1,3}"
      case 3: return "(\(word) | \(inner)){0,2; ;}"
      case 4: return "..\(Int.random(in: 1...6, using: &numbers))"
      case 5: return "<k:++\(Int.random(in: 1...6, using: &numbers))>"
      case 6: return "<k:..\(Int.random(in: 1...6, using: &numbers))>"
      default: return word
      }
    }.joined(separator: " ")
  }
}

extension TestRules {
  static func compiled(_ yaml: String) -> Compilation {
    var loader = RuleLoader()
    loader.addMemory(label: "test.yaml", bytes: Array(yaml.utf8))
    return loader.compile()
  }
}

/// Plain backtracking over a list of tokens: the pattern card word by word, without memory.
private struct Reference {
  let tokens: [String]
  /// Token after the bracket that closes the one at a token, or 0.
  private var close: [Int]

  init(_ tokens: [String]) {
    self.tokens = tokens
    close = [Int](repeating: 0, count: tokens.count)
    var open: [Int] = []
    for (index, token) in tokens.enumerated() {
      if token == "(", open.count < 16 { open.append(index) }
      if token == ")", let begin = open.popLast() { close[begin] = index + 1 }
    }
  }

  func marked(_ pattern: PatternSyntax) -> String {
    var out: [String] = []
    var end = 0
    var found: [Range<Int>] = []
    for start in tokens.indices where start >= end {
      guard let stop = match(pattern, at: start, then: { $0 }), stop > start else { continue }
      found.append(start..<stop)
      end = stop
    }
    for (index, token) in tokens.enumerated() {
      let opens = found.contains { $0.lowerBound == index }
      let closes = found.contains { $0.upperBound == index + 1 }
      out.append((opens ? "«" : "") + token + (closes ? "»" : ""))
    }
    return out.joined(separator: " ")
  }

  /// The end of the first way to match `pattern` and then what follows.
  private func match(_ pattern: PatternSyntax, at: Int, then: @escaping (Int) -> Int?) -> Int? {
    switch pattern {
    case .literal(let literal):
      return at < tokens.count && tokens[at] == literal.text ? then(at + 1) : nil
    case .sequence(let parts): return sequence(parts[...], at: at, then: then)
    case .choice(let parts):
      for part in parts {
        if let end = match(part, at: at, then: then) { return end }
      }
      return nil
    case .repeated(let inner, let range, let separator):
      return repeated(inner, range, separator, done: 0, at: at, then: then)
    case .gap(let most, let capture):
      return span(least: capture.isEmpty ? 0 : 1, most: most, greedy: false, at: at, then: then)
    case .run(let most, _): return span(least: 1, most: most, greedy: true, at: at, then: then)
    case .capture(_, let inner), .mention(let inner), .named(let inner, _):
      return match(inner, at: at, then: then)
    case .start: return at == 0 ? then(at) : nil
    case .end: return at == tokens.count ? then(at) : nil
    case .hole: return nil
    }
  }

  private func sequence(_ parts: ArraySlice<PatternSyntax>, at: Int, then: @escaping (Int) -> Int?)
    -> Int?
  {
    guard let first = parts.first else { return then(at) }
    return match(first, at: at) { sequence(parts.dropFirst(), at: $0, then: then) }
  }

  private func repeated(
    _ inner: PatternSyntax, _ range: ClosedRange<Int>, _ separator: PatternSyntax?, done: Int,
    at: Int, then: @escaping (Int) -> Int?
  ) -> Int? {
    if done < range.upperBound {
      let more = { (next: Int) in
        self.match(inner, at: next) {
          self.repeated(inner, range, separator, done: done + 1, at: $0, then: then)
        }
      }
      let separated = done > 0 ? separator : nil
      let end = separated.map { match($0, at: at, then: more) } ?? more(at)
      if let end { return end }
    }
    return done >= range.lowerBound ? then(at) : nil
  }

  private func span(
    least: Int, most: Int, greedy: Bool, at: Int, then: @escaping (Int) -> Int?
  ) -> Int? {
    var ends = [at]
    while ends.count <= most, let last = ends.last, let next = step(last) { ends.append(next) }
    let allowed = ends.dropFirst(least)
    for end in greedy ? Array(allowed.reversed()) : Array(allowed) {
      if let found = then(end) { return found }
    }
    return nil
  }

  private func step(_ at: Int) -> Int? {
    guard at < tokens.count, tokens[at] != ";", tokens[at] != ")" else { return nil }
    if tokens[at] == "(" { return close[at] > 0 ? close[at] : nil }
    return at + 1
  }
}
