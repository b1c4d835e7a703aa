import CDukien
import Foundation
import Synchronization
import Testing

@Suite("Threads")
struct ThreadTests {
  @Test("two threads share one rule set and give the same answers")
  func sharedRules() {
    let pages = SamplePages.all.map(\.bytes) + [Array("Hà Nội đạt 5 tỷ USD.".utf8)]
    let extractor = TestExtractor()
    let expected = pages.map { extractor.json($0) }
    let differences = Atomic<Int>(0)
    onThreads(2) { number in
      let extractor = TestExtractor()
      for round in 0..<20 {
        let index = (round + number) % pages.count
        if extractor.json(pages[index]) != expected[index] {
          differences.add(1, ordering: .relaxed)
        }
      }
    }
    #expect(differences.load(ordering: .relaxed) == 0)
  }

  @Test("references are counted across threads")
  func counts() {
    let loaded = load { loader, error in
      "vi-core".asArgument { dukien_loader_add_name(loader, $0, error) }
    }
    guard let handle = loaded.rules else {
      Issue.record("vi-core does not compile")
      return
    }
    let rules = SharedRules(handle: handle)
    onThreads(4) { _ in
      for _ in 0..<10_000 {
        dukien_rules_release(dukien_rules_retain(rules.handle))
      }
    }
    #expect(String(dukien_rules_name(handle)).hasPrefix("vi-core@"))
    dukien_rules_release(handle)
  }

  @Test("the JSON of one result may be asked for by several threads")
  func sharedResult() {
    struct Shared: @unchecked Sendable { let result: OpaquePointer? }
    let page = SamplePages.all.first?.bytes ?? Array("Hà Nội".utf8)
    for _ in 0..<20 {
      let shared = Shared(result: TestExtractor().run(page).result)
      let starts = Mutex<Set<UInt>>([])
      onThreads(4) { _ in
        var text = dukien_str()
        _ = dukien_result_json(shared.result, &text, nil)
        let start = UInt(bitPattern: text.ptr)
        starts.withLock { _ = $0.insert(start) }
      }
      #expect(starts.withLock { $0.count } == 1)
      dukien_result_release(shared.result)
    }
  }

  @Test("an extractor that is entered twice at once says so and goes on")
  func busy() {
    struct Shared: @unchecked Sendable { let extractor: TestExtractor }
    let shared = Shared(extractor: TestExtractor())
    let line = Array("Hà Nội đạt 5,34 tỷ USD năm 2022.\n".utf8)
    let page = Array(repeatElement(line, count: 3_000).joined())
    let isRunning = Atomic<Bool>(true)
    let busy = Atomic<Int>(0)
    let strange = Atomic<Int>(0)
    onThreads(2) { number in
      if number == 0 {
        var status = DUKIEN_E_BUSY
        while status == DUKIEN_E_BUSY {  // until it is this thread that came first
          let run = shared.extractor.run(page)
          status = run.status
          dukien_result_release(run.result)
        }
        isRunning.store(false, ordering: .releasing)
        return
      }
      while isRunning.load(ordering: .acquiring) {
        let run = shared.extractor.run(Array("x".utf8))
        dukien_result_release(run.result)
        if run.status == DUKIEN_E_BUSY {
          busy.add(1, ordering: .relaxed)
        } else if run.status != DUKIEN_OK {
          strange.add(1, ordering: .relaxed)
        }
      }
    }
    #expect(busy.load(ordering: .relaxed) > 0)
    #expect(strange.load(ordering: .relaxed) == 0)
    let run = shared.extractor.run(Array("x".utf8))
    #expect(run.status == DUKIEN_OK)
    dukien_result_release(run.result)
  }
}
