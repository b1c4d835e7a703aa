import CDukien
import Foundation
import Synchronization
import Testing

@Suite("A run ends when the host, the clock or the memory says so")
struct EndingTests {
  private func options(
    _ edit: (inout dukien_run_options) -> Void
  ) -> dukien_run_options {
    var options = dukien_run_options()
    options.size = MemoryLayout<dukien_run_options>.size
    edit(&options)
    return options
  }

  @Test("a set flag ends a run before it begins, and a cleared one does not")
  func cancel() throws {
    let page = try #require(SamplePages.all.first).bytes
    let flag = dukien_cancel_new(nil)
    defer { dukien_cancel_release(flag) }
    #expect(dukien_cancel_is_set(flag) == 0)
    dukien_cancel_set(flag)
    #expect(dukien_cancel_is_set(flag) == 1)
    let extractor = TestExtractor()
    let options = options { $0.cancel = flag }
    let run = extractor.run(page, options: options)
    #expect(run.status == DUKIEN_E_CANCELLED)
    #expect(run.result == nil)
    #expect(run.error?.code == "cancelled")
    dukien_cancel_clear(flag)
    let whole = extractor.run(page, options: options)
    #expect(whole.status == DUKIEN_OK)
    dukien_result_release(whole.result)
  }

  @Test("a flag that is set on the way ends the run soon")
  func cancelOnTheWay() throws {
    struct Flag: @unchecked Sendable { let handle: OpaquePointer? }
    let flag = Flag(handle: dukien_cancel_new(nil))
    defer { dukien_cancel_release(flag.handle) }
    let line = Array("Hà Nội đạt 5,34 tỷ USD năm 2022, tăng 12,5% so với năm 2021.\n".utf8)
    let page = Array(repeatElement(line, count: 40_000).joined())
    let ended = Atomic<Int32>(0)
    onThreads(2) { number in
      if number == 0 {
        let run = TestExtractor().run(page, options: options { $0.cancel = flag.handle })
        ended.store(run.status, ordering: .relaxed)
        dukien_result_release(run.result)
      } else {
        usleep(20_000)
        dukien_cancel_set(flag.handle)
      }
    }
    #expect(ended.load(ordering: .relaxed) == DUKIEN_E_CANCELLED)
  }

  @Test("every charge of memory can fail: the run says by how much, and gives what it has")
  func everyCharge() throws {
    for page in [SamplePages.all, SamplePages.html].compactMap({ $0.first }) {
      let extractor = TestExtractor()
      let whole = extractor.run(page.bytes)
      let facts = dukien_result_facts(whole.result).count
      dukien_result_release(whole.result)
      var bound: UInt64 = 1
      var steps = 0
      var last = 0
      while true {
        let run = extractor.run(page.bytes, options: options { $0.max_memory = bound })
        defer { dukien_result_release(run.result) }
        last = dukien_result_facts(run.result).count
        if run.status == DUKIEN_OK { break }
        try #require(run.status == DUKIEN_PARTIAL)
        let hits = records(dukien_result_limits(run.result), as: dukien_limit_hit.self)
        let hit = try #require(hits.first { String($0.name) == "max_memory" })
        #expect(hit.bound == bound)
        try #require(hit.seen > bound)
        var text = dukien_str()
        #expect(dukien_result_json(run.result, &text, nil) == DUKIEN_OK)
        bound = hit.seen
        steps += 1
      }
      #expect(steps > 20, "\(page.name): \(steps) charges")
      #expect(last == facts)
    }
  }

  @Test("the bound on memory gives the same answer each time")
  func repeatable() throws {
    let page = try #require(SamplePages.html.first).bytes
    let bounded = options { $0.max_memory = 200_000 }
    func json(_ extractor: TestExtractor) -> String {
      let run = extractor.run(page, options: bounded)
      defer { dukien_result_release(run.result) }
      var text = dukien_str()
      #expect(dukien_result_json(run.result, &text, nil) == DUKIEN_OK)
      return String(text)
    }
    let used = TestExtractor()
    for other in SamplePages.all { dukien_result_release(used.run(other.bytes).result) }
    #expect(json(used) == json(TestExtractor()))
  }

  @Test("time that is up ends the run with what it has")
  func late() {
    let line = Array("Hà Nội đạt 5,34 tỷ USD năm 2022, tăng 12,5% so với năm 2021.\n".utf8)
    let page = Array(repeatElement(line, count: 20_000).joined())
    let run = TestExtractor().run(page, options: options { $0.max_millis = 1 })
    defer { dukien_result_release(run.result) }
    #expect(run.status == DUKIEN_PARTIAL)
    let hits = records(dukien_result_limits(run.result), as: dukien_limit_hit.self)
    #expect(hits.map { String($0.name) } == ["max_millis"])
  }

  @Test("a time beyond all clocks is no bound")
  func endless() {
    let run = TestExtractor().run("x".utf8, options: options { $0.max_millis = .max })
    #expect(run.status == DUKIEN_OK)
    dukien_result_release(run.result)
  }

  @Test("NULL is a flag that is not set")
  func null() {
    dukien_cancel_set(nil)
    dukien_cancel_clear(nil)
    #expect(dukien_cancel_is_set(nil) == 0)
    dukien_cancel_release(nil)
  }
}
