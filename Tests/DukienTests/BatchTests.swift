import CDukien
import Synchronization
import Testing

@Suite("Batches run pages on threads and hand them over in order")
struct BatchTests {
  /// What a sink was handed.
  private final class Handed {
    var pages: [(index: Int, status: dukien_status, json: String, code: String)] = []
    /// The page after which the sink ends the batch.
    var last = Int.max
  }

  /// Runs a batch over pages; `edit` may break an input.
  private func run(
    _ pages: [[UInt8]], threads: UInt32, handed: Handed, cancel: OpaquePointer? = nil,
    edit: (Int, inout dukien_input) -> Void = { _, _ in }
  ) -> (status: dukien_status, error: ReportedError?) {
    let joined = pages.flatMap { $0 }
    return joined.withUnsafeBytes { bytes in
      var inputs: [dukien_input] = []
      var begin = 0
      for (index, page) in pages.enumerated() {
        var input = dukien_input()
        input.size = MemoryLayout<dukien_input>.size
        input.bytes = bytes.baseAddress.map { $0 + begin }
        input.len = page.count
        begin += page.count
        edit(index, &input)
        inputs.append(input)
      }
      return inputs.withUnsafeBufferPointer { inputs in
        let pointers = inputs.indices.map { place in inputs.baseAddress.map { $0 + place } }
        var options = dukien_run_options()
        options.size = MemoryLayout<dukien_run_options>.size
        options.cancel = cancel
        var error: OpaquePointer?
        let status = pointers.withUnsafeBufferPointer {
          dukien_run_batch(
            newsRules.handle, $0.baseAddress, $0.count, threads, &options,
            { user, index, status, result, error in
              defer { dukien_result_release(result) }
              guard let user else { return 1 }
              let handed = Unmanaged<Handed>.fromOpaque(user).takeUnretainedValue()
              var text = dukien_str()
              if result != nil { _ = dukien_result_json(result, &text, nil) }
              handed.pages.append((index, status, String(text), String(dukien_error_code(error))))
              return index >= handed.last ? 1 : 0
            }, Unmanaged.passUnretained(handed).toOpaque(), &error)
        }
        return (status, ReportedError(error))
      }
    }
  }

  private static let pages = (0..<40).map { number in
    number % 3 == 0
      ? SamplePages.html[number % SamplePages.html.count].bytes
      : SamplePages.all[number % SamplePages.all.count].bytes
  }

  @Test("each page gives what a run gives, in order", arguments: [0, 1, 2, 7, 100] as [UInt32])
  func order(threads: UInt32) {
    let handed = Handed()
    let batch = run(Self.pages, threads: threads, handed: handed)
    #expect(batch.status == DUKIEN_OK)
    #expect(handed.pages.map(\.index) == Array(Self.pages.indices))
    let extractor = TestExtractor()
    for page in handed.pages {
      #expect(page.status == DUKIEN_OK)
      #expect(page.json == extractor.json(Self.pages[page.index]))
    }
  }

  @Test("a page that fails is told and ends nothing", arguments: [1, 3] as [UInt32])
  func failure(threads: UInt32) {
    let handed = Handed()
    let batch = run(Self.pages, threads: threads, handed: handed) { index, input in
      if index == 5 { input.size = 3 }
      if index == 6 { input.format = 9 }
    }
    #expect(batch.status == DUKIEN_OK)
    #expect(handed.pages.count == Self.pages.count)
    for page in handed.pages {
      switch page.index {
      case 5: #expect(page.status == DUKIEN_E_ARGUMENT && page.code == "argument.size")
      case 6: #expect(page.status == DUKIEN_E_VERSION && page.code == "version.option")
      default: #expect(page.status == DUKIEN_OK && page.code == "")
      }
    }
  }

  @Test("a sink that has enough ends the batch", arguments: [1, 4] as [UInt32])
  func enough(threads: UInt32) {
    let handed = Handed()
    handed.last = 10
    let batch = run(Self.pages, threads: threads, handed: handed)
    #expect(batch.status == DUKIEN_E_CANCELLED)
    #expect(handed.pages.map(\.index) == Array(0...10))
  }

  @Test("a set flag ends the batch", arguments: [1, 4] as [UInt32])
  func cancel(threads: UInt32) {
    let flag = dukien_cancel_new(nil)
    defer { dukien_cancel_release(flag) }
    dukien_cancel_set(flag)
    let handed = Handed()
    let batch = run(Self.pages, threads: threads, handed: handed, cancel: flag)
    #expect(batch.status == DUKIEN_E_CANCELLED)
    #expect(batch.error?.code == "cancelled")
    #expect(handed.pages.isEmpty)
  }

  @Test("no pages are a batch, and too many threads are not")
  func bounds() {
    let handed = Handed()
    #expect(run([], threads: 4, handed: handed).status == DUKIEN_OK)
    let many = run(Self.pages, threads: 257, handed: handed)
    #expect(many.status == DUKIEN_E_ARGUMENT)
    #expect(many.error?.code == "batch.threads")
    #expect(handed.pages.isEmpty)
  }
}
