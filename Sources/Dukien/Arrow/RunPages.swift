internal import CDukien
internal import CPlatform

/// What became of one page of a batch.
typealias Outcome = Result<ResultHandle, Failure>

/// Runs pages `0..<count` on the caller's thread, and delivers what became of each in order.
///
/// `deliver` ends the batch by returning false.
/// - Throws: `.cancelled` where `deliver` or the flag of the options ended the batch.
func runPages(
  _ rules: RulesHandle, count: Int, threads: Int, _ options: HostOptions,
  page: @escaping (Int) throws(Failure) -> Page, deliver: (Int, Outcome) -> Bool
) throws(Failure) {
  let extractor = try ExtractorHandle(rules)
  for index in 0..<count {
    let outcome: Outcome
    do throws(Failure) {
      outcome = .success(try extractor.run(try page(index), options))
    } catch {
      outcome = .failure(error)
    }
    guard !options.isCancelled, deliver(index, outcome) else { throw .cancelled }
  }
}

/// The number of threads that a caller asked for.
func checkedThreads(_ threads: UInt32) throws(Failure) -> Int {
  guard threads <= 256 else {
    throw Failure(
      DUKIEN_E_ARGUMENT, "batch.threads", "\(threads) threads are too many", hint: "at most 256")
  }
  return Int(threads)
}

extension HostOptions {
  /// True where the host asked for the end.
  var isCancelled: Bool { cancel.map { platform_signal_get($0) != 0 } ?? false }
}
