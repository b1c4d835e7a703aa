import Foundation

/// What became of one page: the record to write, with a remark, or why there is none.
enum PageOutcome: Sendable {
  case record([UInt8], remark: String?)
  case failure(String)
}

/// Pages that worker threads turn into records, and where these go, in the order of the pages.
struct PageRun {
  /// What stands before the first record, between records and after the last.
  struct Frame {
    var open = ""
    var separator = ""
    var close = ""

    static let lines = Frame()
    static let list = Frame(open: "[\n", separator: ",\n", close: "\n]\n")
  }

  var paths: [String]
  /// Worker threads, or `nil` for one a processor.
  var jobs: Int?
  var frame = Frame.lines

  /// Writes what the workers give; returns how many pages failed.
  func write(
    to output: Output, _ work: @escaping @Sendable (OrderedQueue<PageOutcome>) -> Void
  ) throws -> Int {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let threads = min(jobs ?? max(1, processors), paths.count)
    let queue = OrderedQueue<PageOutcome>(count: paths.count, window: threads * 4)
    Interrupt.listen()
    for _ in 0..<threads {
      let thread = Thread { work(queue) }
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { queue.stop() }

    var progress = ProgressLine(total: paths.count)
    var done = 0
    var failed = 0
    var before = frame.open
    let idle = {
      progress.show(done: done)
      return !Interrupt.wasRequested
    }
    while let outcome = queue.receive(idle: idle) {
      done += 1
      progress.clear()
      switch outcome {
      case .record(let bytes, let remark):
        if let remark { complain(remark) }
        try output.write(Array(before.utf8) + bytes)
        before = frame.separator
      case .failure(let message):
        complain(message)
        failed += 1
      }
      progress.show(done: done)
      if Interrupt.wasRequested { break }
    }
    progress.clear()
    // Without a record, a list is still one.
    if !frame.open.isEmpty {
      try output.write(failed == done ? "[]\n" : frame.close)
    } else if failed < done {
      try output.write(frame.close)
    }
    try output.flush()
    if Interrupt.wasRequested, done < paths.count {
      throw Exit(.interrupted, "interrupted after \(done) of \(counted(paths.count, "page"))")
    }
    return failed
  }
}

/// Calls `body` with the path of each page that the queue hands out and an extractor for all of
/// them, and gives its record back.
func answer(
  _ queue: OrderedQueue<PageOutcome>, _ paths: [String], _ rules: Rules,
  _ body: (String, Extractor) throws -> (record: [UInt8], remark: String?)
) {
  let extractor = Result { try Extractor(rules) }
  while let number = queue.take() {
    let name = pageName(paths[number])
    do {
      let (record, remark) = try body(paths[number], extractor.get())
      queue.put(.record(record, remark: remark), for: number)
    } catch let error as SystemError {
      queue.put(.failure("\(name): \(error.reason)"), for: number)
    } catch let error as LibraryError {
      queue.put(.failure("\(name): \(error.text)"), for: number)
    } catch {
      queue.put(.failure("\(name): \(error)"), for: number)
    }
  }
}

/// What messages call a page.
func pageName(_ path: String) -> String { path == "-" ? "standard input" : path }

extension PageResult {
  /// A result that was cut short says which bounds it met.
  func remark(source: String) -> String? {
    guard isPartial else { return nil }
    let names = limits.map { printable(String($0.name)) }
    return "\(source): cut short by \(names.joined(separator: ", "))"
  }
}
