// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
internal import CPlatform

/// What became of one page of a batch.
typealias Outcome = Result<ResultHandle, Failure>

/// Runs pages `0..<count`, with `threads` threads or on the caller's alone, and delivers what became
/// of each in order, on the caller's thread.
///
/// `deliver` ends the batch by returning false. `page` is called on the threads that run.
/// - Throws: `.cancelled` where `deliver` or the flag of the options ended the batch.
func runPages(
  _ rules: RulesHandle, count: Int, threads: Int, _ options: HostOptions,
  page: @escaping (Int) throws(Failure) -> Page, deliver: (Int, Outcome) -> Bool
) throws(Failure) {
  if threads <= 1 || count <= 1 {
    let extractor = try ExtractorHandle.make(rules)
    for index in 0..<count {
      let outcome = extractor.outcome(index, page, options)
      guard !options.isCancelled, deliver(index, outcome) else { throw .cancelled }
    }
    return
  }
  var extractors: [ExtractorHandle] = []
  for _ in 0..<min(threads, count) { extractors.append(try ExtractorHandle.make(rules)) }
  let batch = try Batch.make(count: count, threads: extractors.count, options, page)
  let workers = extractors.map { Worker(batch, $0) }.filter { $0.start() }
  guard !workers.isEmpty else { throw .memory("threads") }
  var isWhole = true
  for index in 0..<count where isWhole {
    let outcome = batch.take(index)
    isWhole = !options.isCancelled && deliver(index, outcome)
  }
  batch.end()
  for worker in workers { worker.join() }
  guard isWhole else { throw .cancelled }
}

extension ExtractorHandle {
  fileprivate func outcome(
    _ index: Int, _ page: (Int) throws(Failure) -> Page, _ options: HostOptions
  ) -> Outcome {
    do throws(Failure) {
      return .success(try run(try page(index), options))
    } catch {
      return .failure(error)
    }
  }
}

/// The pages that are handed out to threads, and the outcomes that wait for the caller.
///
/// Everything but what never changes is touched inside the monitor alone.
private final class Batch {
  let options: HostOptions
  let page: (Int) throws(Failure) -> Page
  private let count: Int
  private let monitor: OpaquePointer
  /// A ring: outcome `index` waits at `index % waiting.count`.
  private var waiting: [Outcome?]
  private var next = 0
  private var taken = 0
  private var isOver = false

  static func make(
    count: Int, threads: Int, _ options: HostOptions,
    _ page: @escaping (Int) throws(Failure) -> Page
  ) throws(Failure) -> Batch {
    guard let monitor = platform_monitor_new() else { throw .memory("a batch") }
    return Batch(monitor, count: count, threads: threads, options, page)
  }

  private init(
    _ monitor: OpaquePointer, count: Int, threads: Int, _ options: HostOptions,
    _ page: @escaping (Int) throws(Failure) -> Page
  ) {
    self.monitor = monitor
    self.count = count
    self.options = options
    self.page = page
    waiting = [Outcome?](repeating: nil, count: threads * 4)
  }

  deinit { platform_monitor_free(monitor) }

  /// The next page to run, once there is room for its outcome; nil where there is none.
  func begin() -> Int? {
    platform_monitor_enter(monitor)
    defer { platform_monitor_leave(monitor) }
    while !isOver, next < count, next - taken >= waiting.count { platform_monitor_wait(monitor) }
    guard !isOver, next < count else { return nil }
    next += 1
    return next - 1
  }

  /// Hands in the outcome of a page.
  func finish(_ index: Int, _ outcome: Outcome) {
    platform_monitor_enter(monitor)
    waiting[index % waiting.count] = outcome
    platform_monitor_wake(monitor)
    platform_monitor_leave(monitor)
  }

  /// Waits for the outcome of a page; pages are asked for in order.
  func take(_ index: Int) -> Outcome {
    platform_monitor_enter(monitor)
    defer { platform_monitor_leave(monitor) }
    let place = index % waiting.count
    while true {
      if let outcome = waiting[place] {
        waiting[place] = nil
        taken = index + 1
        platform_monitor_wake(monitor)
        return outcome
      }
      platform_monitor_wait(monitor)
    }
  }

  /// Lets the threads come to their end.
  func end() {
    platform_monitor_enter(monitor)
    isOver = true
    platform_monitor_wake(monitor)
    platform_monitor_leave(monitor)
  }
}

/// A thread of a batch, with its extractor.
private final class Worker {
  private let batch: Batch
  private let extractor: ExtractorHandle
  private var thread: OpaquePointer?

  init(_ batch: Batch, _ extractor: ExtractorHandle) {
    self.batch = batch
    self.extractor = extractor
  }

  /// Starts the thread; false where that cannot be done.
  func start() -> Bool {
    let context = Unmanaged.passUnretained(self).toOpaque()
    thread = platform_thread_start(
      { context in
        guard let context else { return }
        Unmanaged<Worker>.fromOpaque(context).takeUnretainedValue().run()
      }, context)
    return thread != nil
  }

  private func run() {
    while let index = batch.begin() {
      batch.finish(index, extractor.outcome(index, batch.page, batch.options))
    }
  }

  /// Waits for the end of the thread.
  func join() {
    platform_thread_join(thread)
    thread = nil
  }
}

/// The most threads of one batch.
private let mostThreads: UInt32 = 256

/// The number of threads that a caller asked for.
func checkedThreads(_ threads: UInt32) throws(Failure) -> Int {
  guard threads <= mostThreads else {
    throw Failure(
      DUKIEN_E_ARGUMENT, "batch.threads", "\(threads) threads are too many",
      hint: "at most \(mostThreads)")
  }
  return Int(threads)
}

@c @implementation
public func dukien_run_batch(
  _ r: OpaquePointer!, _ input: UnsafePointer<UnsafePointer<dukien_input>?>!, _ n: Int,
  _ threads: UInt32, _ o: UnsafePointer<dukien_run_options>!, _ sink: dukien_sink!,
  _ user: UnsafeMutableRawPointer!, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  err?.pointee = nil
  do throws(Failure) {
    let rules = try Handle<RulesHandle>.of(r, "the rule set")
    guard n >= 0 else {
      throw Failure(DUKIEN_E_ARGUMENT, "argument.length", "the number of inputs is impossible")
    }
    guard let sink else { throw .null("the sink") }
    guard input != nil || n == 0 else { throw .null("the inputs") }
    try runPages(
      rules, count: n, threads: try checkedThreads(threads), try HostOptions(o),
      page: { (index) throws(Failure) in try Page(input?[index]) },
      deliver: { index, outcome in hand(outcome, of: index, to: sink, user) })
    return DUKIEN_OK
  } catch {
    return report(error, err)
  }
}

/// Hands the outcome of a page to the sink; false where that ends the batch.
private func hand(
  _ outcome: Outcome, of index: Int, to sink: dukien_sink, _ user: UnsafeMutableRawPointer?
) -> Bool {
  switch outcome {
  case .success(let result):
    return sink(user, index, result.status, Handle.give(result), nil) == 0
  case .failure(let failure):
    let error = Handle.give(ErrorHandle(failure))
    defer { Handle<ErrorHandle>.release(error) }
    return sink(user, index, failure.status, nil, error) == 0
  }
}
