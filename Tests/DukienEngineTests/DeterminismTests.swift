import Foundation
import Testing

@testable import DukienEngine

@Suite("The same page gives the same result")
struct DeterminismTests {
  static let news = Result { try TestRules(named: "vi-news") }

  @Test("twice in a row, after other pages, and with another engine")
  func repeated() throws {
    let program = try Self.news.get().program
    let pages = SamplePages.all.map(\.bytes)
    try #require(pages.count >= 5)
    let engine = Engine(program: program)
    let first = pages.map { engine.read($0).everything }
    let backwards = pages.reversed().map { engine.read($0).everything }
    #expect(Array(backwards.reversed()) == first)
    let other = Engine(program: program)
    _ = other.read(Array("Chiều 22/11, ông".utf8))
    #expect(other.read(pages[2]).everything == first[2])
    #expect(other.read(pages[2]).everything == first[2])
  }

  @Test("after a run that was cut short")
  func afterPartial() throws {
    let page = try #require(SamplePages.all.first).bytes
    let engine = Engine(program: try Self.news.get().program)
    let whole = engine.read(page).everything
    var limits = RunLimits()
    limits.maxSteps = 5_000
    #expect(engine.read(page, limits: limits).result.isPartial)
    #expect(engine.read(page).everything == whole)
    limits = RunLimits()
    limits.maxTokens = 100
    #expect(engine.read(page, limits: limits).result.isPartial)
    #expect(engine.read(page).everything == whole)
  }

  @Test("after an article with a sentence that was cut")
  func afterCut() throws {
    let engine = Engine(program: try Self.news.get().program)
    var options = RunOptions()
    options.endsAtArticle = true
    func limits(_ page: String) -> [String] {
      let page = Array(page.utf8)
      return Reading(page.withUnsafeBytes { engine.run($0, options) }, page).limits
    }
    #expect(limits(String(repeating: "zax ", count: 600)) == ["sentence_tokens 256 2"])
    #expect(limits("Zax fep.") == [])
  }

  @Test("with the rules compiled anew, in any order of the unrelated sets")
  func recompiled() throws {
    let page = try #require(SamplePages.all.last).bytes
    let again = try TestRules(named: "vi-news")
    #expect(again.program.fingerprint == (try Self.news.get().program.fingerprint))
    #expect(again.read(page).everything == (try Self.news.get().read(page).everything))
  }

  @Test("on threads that share the rules")
  func threads() async throws {
    let rules = try Self.news.get()
    let page = try #require(SamplePages.all.first).bytes
    let expected = rules.read(page).everything
    let found = await withTaskGroup(of: String.self, returning: [String].self) { group in
      for _ in 0..<3 { group.addTask { rules.read(page).everything } }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(found == [expected, expected, expected])
  }

  @Test("every span of a sample page, resliced, reproduces its text")
  func spans() throws {
    let rules = try Self.news.get()
    for (name, bytes) in SamplePages.all {
      let found = rules.read(bytes)
      #expect(found.spanFaults == [], "\(name)")
      #expect(found.result.facts.count > 3, "\(name)")
    }
  }

  @Test("the language of the spaces and line ends does not matter")
  func lineEnds() throws {
    let rules = try Self.news.get()
    let page = String(decoding: try #require(SamplePages.all.first).bytes, as: UTF8.self)
    let plain = rules.read(page)
    for other in [
      page.replacing("\n", with: "\r\n"), "\u{FEFF}" + page, page.replacing("\n", with: "\r"),
    ] {
      let found = rules.read(other)
      #expect(found.facts == plain.facts)
      #expect(found.values == plain.values)
      #expect(found.labels == plain.labels)
      #expect(found.spanFaults == [])
    }
  }

  @Test("decomposed letters give the same facts")
  func decomposed() throws {
    let rules = try Self.news.get()
    let page = String(decoding: try #require(SamplePages.all.first).bytes, as: UTF8.self)
    let apart = page.decomposedStringWithCanonicalMapping
    #expect(apart.utf8.count > page.utf8.count)
    let plain = rules.read(page)
    let found = rules.read(apart)
    #expect(found.labels == plain.labels)
    #expect(found.norms == plain.norms)
    // Swift compares strings by canonical equivalence.
    #expect(found.facts == plain.facts)
    #expect(found.spanFaults == [])
  }
}
