internal import CPlatform

/// Tells a run when to end before its time: at the host's word, when its time is up, or when the page
/// takes too much memory.
struct Ending: Sendable {
  enum Cause: Sendable { case cancelled, late, memory }

  private(set) var cause: Cause?
  /// The bytes that would have been too many.
  private(set) var needed = 0
  /// The bytes that a page may take.
  let most: Int
  private nonisolated(unsafe) let cancel: UnsafePointer<platform_signal>?
  /// By the platform's clock, or `Int64.max`.
  private let deadline: Int64

  /// How long the run may take, in milliseconds.
  let millis: Int

  /// Ends nothing.
  init() { self.init(RunOptions(), since: 0) }

  /// Counts the time from `start`, by the platform's clock.
  init(_ options: RunOptions, since start: Int64) {
    most = options.limits.memory
    cancel = options.cancel
    millis = Int(clamping: options.limits.maxMillis)
    let (nanos, isLong) = Int64(millis).multipliedReportingOverflow(by: 1_000_000)
    let (end, isLater) = start.addingReportingOverflow(nanos)
    deadline = millis == 0 || isLong || isLater ? .max : end
  }

  /// True where the run has to end, of a page that takes so many bytes so far.
  mutating func isDue(holding bytes: Int) -> Bool {
    if cause != nil { return true }
    if let cancel, platform_signal_get(cancel) != 0 {
      cause = .cancelled
    } else if bytes > most {
      cause = .memory
      needed = bytes
    } else if deadline < .max, platform_clock() > deadline {
      cause = .late
    }
    return cause != nil
  }
}
