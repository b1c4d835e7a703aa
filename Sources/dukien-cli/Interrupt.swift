import Foundation
import Synchronization

private let interrupted = Atomic<Bool>(false)

/// Ctrl-C: the first one asks the work to end after whole records, the second one ends at once.
enum Interrupt {
  static var wasRequested: Bool { interrupted.load(ordering: .relaxed) }

  static func listen() {
    _ = wasRequested  // initialised before the handler may run
    signal(SIGINT) { _ in
      if interrupted.exchange(true, ordering: .relaxed) { _exit(Exit.Code.interrupted.rawValue) }
    }
    // The program that started this one may have left the signal blocked.
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }
}
