import DukienText
import Testing

@testable import DukienEngine

@Suite("Bounds of a run are kept, and told")
struct BudgetTests {
  private static let rules = Result {
    try TestRules(
      """
      classes: {digits: {shape: number}}
      values: {Number: {lists_as: number, phrase: "<n:digits>"}}
      facts: {f: {roles: {n: Number}, keep: all}}
      rules: [{rule: f, emits: f, trigger: zax, roles: {n: <Number>}}]
      """)
  }

  private func read(_ text: String, _ edit: (inout RunLimits) -> Void) throws -> Reading {
    var limits = RunLimits()
    edit(&limits)
    return try Self.rules.get().read(text, limits: limits)
  }

  @Test("within its bounds a page is read whole, and no limit is listed")
  func whole() throws {
    let found = try read("zax 1; zax 2") {
      ($0.maxInput, $0.maxTokens, $0.maxFacts) = (12, 6, 3)
    }
    #expect(found.facts == ["f(n: 1)", "f(n: 2)"])
    #expect(found.limits == [])
    #expect(!found.result.isPartial)
  }

  @Test("of an input longer than its bound the beginning is read")
  func maxInput() throws {
    let found = try read("zax 1; zax 2") { $0.maxInput = 7 }
    #expect(found.facts == ["f(n: 1)"])
    #expect(found.limits == ["max_input 7 12"])
    #expect(found.result.limits.map(\.at) == [Span(7, 12)])
    #expect(found.result.isPartial)
    #expect(found.spanFaults == [])
  }

  @Test("a bound inside a character cuts before it or marks it", arguments: 1...7)
  func cutCharacter(bound: UInt64) throws {
    let found = try read("zax đ漢🦆") { $0.maxInput = bound }
    #expect(found.spanFaults == [])
    #expect(found.limits.contains("max_input \(bound) 13"))
  }

  @Test("tokens past the bound are left out")
  func maxTokens() throws {
    let found = try read("zax 1 fep zax 2\nzax 3") { $0.maxTokens = 4 }
    #expect(found.facts == ["f(n: 1)", "f()"])
    #expect(found.limits == ["max_tokens 4 5"])
    #expect(found.result.limits.map(\.at) == [Span(13, 21)])
    #expect(found.result.isPartial)
  }

  @Test("as many tokens as are allowed are no breach")
  func justEnoughTokens() throws {
    let found = try read("zax 1") { $0.maxTokens = 2 }
    #expect(found.limits == [])
    #expect(!found.result.isPartial)
  }

  @Test("facts past the bound are left out")
  func maxFacts() throws {
    let found = try read("Zax 1. Zax 2. Zax 3.") { $0.maxFacts = 2 }
    #expect(found.facts == ["f(n: 1)", "f(n: 2)"])
    #expect(found.limits == ["max_facts 2 2"] || found.limits == ["max_facts 2 3"])
    #expect(found.result.isPartial)
  }

  @Test("no sentence gives more facts than are allowed")
  func maxFactsInSentence() throws {
    let found = try read("zax 1; zax 2; zax 3") { $0.maxFacts = 2 }
    #expect(found.facts == ["f(n: 1)", "f(n: 2)"])
    #expect(found.result.isPartial)
  }

  @Test("as many facts as are allowed are no breach")
  func justEnoughFacts() throws {
    let found = try read("Zax 1. Zax 2.") { $0.maxFacts = 2 }
    #expect(found.facts == ["f(n: 1)", "f(n: 2)"])
    #expect(found.limits == [])
    #expect(!found.result.isPartial)
  }

  @Test("when its steps are spent a run ends with what it has", arguments: [1, 10, 100, 1_000])
  func maxSteps(bound: UInt64) throws {
    let text = String(repeating: "Zax 1. ", count: 1_000)
    let found = try read(text) { $0.maxSteps = bound }
    #expect(found.result.isPartial)
    #expect(found.limits.contains { $0.hasPrefix("max_steps \(bound) ") })
    #expect(found.result.facts.count < 1_000)
    #expect(found.result.blocks.count == 1)
    #expect(found.spanFaults == [])
  }

  @Test("steps are counted, not timed: the same page costs the same")
  func countedSteps() throws {
    let engine = Engine(program: try Self.rules.get().program)
    let page = Array(String(repeating: "Zax wug fep 1. ", count: 100).utf8)
    _ = engine.read(page)
    let steps = engine.work.steps
    #expect(steps > 0)
    _ = engine.read(Array("other".utf8))
    #expect(engine.work.steps < steps)
    _ = engine.read(page)
    #expect(engine.work.steps == steps)
  }

  @Test("bounds beyond any page are as good as none")
  func greatest() throws {
    let found = try read("zax 1") {
      ($0.maxInput, $0.maxTokens, $0.maxFacts, $0.maxSteps) = (.max, .max, .max, .max)
    }
    #expect(found.facts == ["f(n: 1)"])
    #expect(found.limits == [])
  }

  @Test("what is wrong with the bytes is listed and cuts nothing")
  func defects() throws {
    let found = try Self.rules.get().read([0xFF, 0x20] + Array("– zax 1 –".utf8) + [0, 0xC3])
    #expect(found.facts == ["f(n: 1)"])
    #expect(found.limits == ["invalid_utf8 0 2", "nul 0 1"])
    #expect(!found.result.isPartial)
    #expect(found.spanFaults == [])
  }
}
