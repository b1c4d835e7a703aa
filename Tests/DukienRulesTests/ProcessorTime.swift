import Foundation

/// What `body` gives, and the processor time that it took on this thread: what else the machine does
/// meanwhile does not count.
func measured<Answer>(_ body: () throws -> Answer) rethrows -> (answer: Answer, time: Duration) {
  func now() -> Duration {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
  }
  let begin = now()
  let answer = try body()
  return (answer, now() - begin)
}
