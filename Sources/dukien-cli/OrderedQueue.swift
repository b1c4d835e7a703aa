import Foundation

/// Hands the numbers `0..<count` to worker threads and their answers back in order.
///
/// A worker never runs further ahead of the reader than the window, so memory stays bounded.
final class OrderedQueue<Answer: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private let count: Int
  private let window: Int
  private var next = 0
  private var delivered = 0
  private var answers: [Int: Answer] = [:]
  private var isStopped = false

  init(count: Int, window: Int) {
    self.count = count
    self.window = window
  }

  /// The next number for a worker; nil when nothing is left.
  func take() -> Int? {
    condition.lock()
    defer { condition.unlock() }
    while !isStopped, next < count, next >= delivered + window { condition.wait() }
    guard !isStopped, next < count else { return nil }
    defer { next += 1 }
    return next
  }

  func put(_ answer: Answer, for number: Int) {
    condition.lock()
    answers[number] = answer
    condition.broadcast()
    condition.unlock()
  }

  /// The answer for the next number; nil after the last. Calls `idle` every fifth of a second while
  /// it waits, and gives up, with nil, when that answers false.
  func receive(idle: () -> Bool) -> Answer? {
    condition.lock()
    defer { condition.unlock() }
    while !isStopped, delivered < count {
      if let answer = answers.removeValue(forKey: delivered) {
        delivered += 1
        condition.broadcast()
        return answer
      }
      if !condition.wait(until: Date(timeIntervalSinceNow: 0.2)), !idle() { return nil }
    }
    return nil
  }

  /// No more numbers are handed out.
  func stop() {
    condition.lock()
    isStopped = true
    condition.broadcast()
    condition.unlock()
  }
}
