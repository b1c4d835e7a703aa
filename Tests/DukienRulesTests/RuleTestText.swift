import DukienRules
import DukienText
import Testing

/// Compiles one rule file from memory, labelled `test.yaml`.
func compiled(_ text: String) -> Compilation {
  var loader = RuleLoader()
  loader.addMemory(label: "test.yaml", bytes: Array(text.utf8))
  return loader.compile()
}

/// A rule file with one mistake, its place marked by `«` and `»`, and what is said about it.
struct Mistake: Sendable, CustomTestStringConvertible {
  let marked: String
  let code: String
  let message: String
  let hint: String

  init(_ marked: String, _ code: String, _ message: String, _ hint: String = "") {
    (self.marked, self.code, self.message, self.hint) = (marked, code, message, hint)
  }

  var testDescription: String { marked.debugDescription }

  /// Expects this one error at the mark, and no program, where `rest` completes the rule file.
  func expectOnly(before start: String = "", after rest: String = "") throws {
    let whole = MarkedText(start + marked + rest)
    let compilation = compiled(whole.text)
    let found = try #require(compilation.diagnostics.first)
    #expect(compilation.diagnostics.map { $0.rendered() }.count == 1)
    #expect(found.severity == .error)
    #expect(found.code == code)
    #expect(found.message == message)
    #expect(found.hint == hint)
    let file = SourceFile(label: "test.yaml", bytes: Array(whole.text.utf8))
    let place = file.lineColumn(ofOffset: Int(whole.span.begin))
    #expect(
      "\(found.file):\(found.line):\(found.column)" == "test.yaml:\(place.line):\(place.column)")
    #expect(compilation.program == nil)
  }
}
