import CDukien
import Foundation
import Testing

@Suite("Any bytes give a result")
struct RunTests {
  @Test(
    "small odd pages are read",
    arguments: [
      [], [0], [10], [0xEF, 0xBB, 0xBF], Array(0...255), [0xFF], Array(repeating: 0, count: 100),
      Array("\r\r\n\n\r".utf8), Array("||||\n||\n|".utf8), Array("(((((((((\"\"\"“““".utf8),
    ] as [[UInt8]])
  func oddPages(page: [UInt8]) throws {
    let extractor = TestExtractor()
    let run = extractor.run(page)
    #expect(run.status == DUKIEN_OK)
    dukien_result_release(run.result)
    let json = try #require(extractor.json(page))
    #expect(try JSONSerialization.jsonObject(with: Data(json.utf8)) is [String: Any])
  }

  @Test("bytes that are no UTF-8 are replaced and noted, and offsets stay those of the input")
  func replaced() {
    let page = [0xFF] + Array(" Hà Nội".utf8)
    let run = TestExtractor().run(page)
    defer { dukien_result_release(run.result) }
    #expect(run.status == DUKIEN_OK)
    let blocks = records(dukien_result_blocks(run.result), as: dukien_block.self)
    #expect(blocks.count == 1)
    #expect(blocks.first?.at.begin == 0)
    #expect(blocks.first?.at.end == UInt64(page.count))
    #expect(blocks.first.map { String($0.text) } == "\u{FFFD} Hà Nội")
    #expect(dukien_result_limits(run.result).count == 1)
  }

  @Test("a page cut inside any of its characters or lines is read, and spans stay inside it")
  func truncated() throws {
    let page = try #require(SamplePages.all.min { $0.bytes.count < $1.bytes.count })
    let extractor = TestExtractor()
    var strange: [Int] = []
    for end in 0..<page.bytes.count {
      // Inside a character, or somewhere in every few words.
      guard page.bytes[end] & 0xC0 == 0x80 || end % 16 == 0 else { continue }
      #if DEBUG
        // The unoptimised build has time for the beginning and for some later places.
        guard end < 900 || end % 160 == 0 else { continue }
      #endif
      let run = extractor.run(page.bytes[..<end])
      let blocks = records(dukien_result_blocks(run.result), as: dukien_block.self)
      let isInside = blocks.allSatisfy { $0.at.end <= UInt64(end) }
      if run.status != DUKIEN_OK || !isInside { strange.append(end) }
      dukien_result_release(run.result)
    }
    #expect(strange.isEmpty)
  }

  @Test("one line of 50 MB is cut at the default bound, which is named")
  func hugeLine() {
    let page = Array(repeating: UInt8(ascii: "a"), count: 50_000_000)
    let run = TestExtractor().run(page)
    defer { dukien_result_release(run.result) }
    #expect(run.status == DUKIEN_PARTIAL)
    let limits = records(dukien_result_limits(run.result), as: dukien_limit_hit.self)
    let hit = limits.first { String($0.name) == "max_input" }
    #expect(hit?.bound == 16 << 20)
    #expect(hit?.seen == 50_000_000)
    #expect(hit?.at.begin == 16 << 20)
  }

  @Test("one line far longer than any sentence is read, and what was cut is listed")
  func longLine() {
    let line = Array("Hà Nội đạt 5,34 tỷ USD, ".utf8)
    let page = Array(repeatElement(line, count: 2_000).joined())
    let run = TestExtractor().run(page)
    defer { dukien_result_release(run.result) }
    #expect(run.status == DUKIEN_OK || run.status == DUKIEN_PARTIAL)
    if run.status == DUKIEN_PARTIAL { #expect(dukien_result_limits(run.result).count > 0) }
  }

  @Test("a bound on facts cuts the result and says so")
  func maxFacts() throws {
    let page = try #require(SamplePages.all.max { $0.bytes.count < $1.bytes.count }).bytes
    var options = dukien_run_options()
    options.size = MemoryLayout<dukien_run_options>.size
    let extractor = TestExtractor()
    let whole = extractor.run(page, options: options)
    let count = dukien_result_facts(whole.result).count
    dukien_result_release(whole.result)
    try #require(count > 1)
    options.max_facts = 1
    let run = extractor.run(page, options: options)
    defer { dukien_result_release(run.result) }
    #expect(run.status == DUKIEN_PARTIAL)
    #expect(dukien_result_facts(run.result).count <= 1)
    #expect(dukien_result_limits(run.result).count >= 1)
  }

  @Test("the same page gives the same JSON, whatever the extractor read before")
  func repeatable() {
    let extractor = TestExtractor()
    for (name, page) in SamplePages.all {
      let first = TestExtractor().json(page, id: name)
      #expect(extractor.json(page, id: name) == first)
      #expect(extractor.json(page, id: name) == first)
    }
  }

  @Test("the stages of a page take the same steps in every run, and matching takes some")
  func steps() throws {
    let page = try #require(SamplePages.all.first).bytes
    let extractor = TestExtractor()
    let runs = (0..<2).map { _ in
      let result = extractor.run(page).result
      defer { dukien_result_release(result) }
      return records(dukien_result_stages(result), as: dukien_stage.self).map {
        "\(String($0.name)) \($0.steps)"
      }
    }
    #expect(runs[0] == runs[1])
    #expect(runs[0].contains("decode 0"))
    #expect(runs[0].contains { $0.hasPrefix("facts ") && $0 != "facts 0" })
  }
}
