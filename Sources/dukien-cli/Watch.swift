import Foundation

/// Waiting for changes, for the commands that take `--watch`.
enum Watch {
  private static let microseconds: UInt32 = 300_000

  /// Calls `look` about three times a second until Ctrl-C, which ends the program.
  static func poll(_ look: () throws -> Void) throws -> Never {
    Interrupt.listen()
    var isFirst = true
    while !Interrupt.wasRequested {
      try look()
      flushStandardOutput()
      if isFirst, !Interrupt.wasRequested { complain("watching for changes; Ctrl-C ends") }
      isFirst = false
      // Ctrl-C ends the nap.
      if !Interrupt.wasRequested { usleep(microseconds) }
    }
    throw Exit(.interrupted, "interrupted")
  }

  /// Runs `body` now, and again whenever the rules change; how it fails is printed.
  static func rules(_ sets: [String], _ body: () throws -> Void) throws -> Never {
    let sets = try RuleSets(sets)
    try poll {
      if case .unchanged = try sets.reload(printsErrors: false) { return }
      do {
        try body()
      } catch let exit as Exit {
        flushStandardOutput()
        complain(exit.message)
      }
    }
  }
}

/// The pages that the arguments name, and what each file looked like.
struct WatchedPages {
  private struct Stamp: Equatable {
    var inode: UInt64
    var size: Int64
    var modified: timespec
    var changed: timespec

    init?(_ path: String) {
      var info = stat()
      guard stat(path, &info) == 0 else { return nil }
      inode = UInt64(info.st_ino)
      size = Int64(info.st_size)
      modified = info.st_mtim
      changed = info.st_ctim
    }

    static func == (a: Stamp, b: Stamp) -> Bool {
      a.inode == b.inode && a.size == b.size && a.modified.tv_sec == b.modified.tv_sec
        && a.modified.tv_nsec == b.modified.tv_nsec && a.changed.tv_sec == b.changed.tv_sec
        && a.changed.tv_nsec == b.changed.tv_nsec
    }
  }

  private let arguments: [String]
  private var stamps: [String: Stamp] = [:]
  private var complaints: [String] = []
  private(set) var list = PageList([])

  init(_ arguments: [String]) { self.arguments = arguments }

  /// Looks again; gives the pages that are new or changed, in order.
  mutating func changes() -> [String] {
    list = PageList(arguments)
    for complaint in list.complaints where !complaints.contains(complaint) { complain(complaint) }
    complaints = list.complaints
    var now: [String: Stamp] = [:]
    for path in list.paths { now[path] = Stamp(path) }
    defer { stamps = now }
    return list.paths.filter { now[$0] != stamps[$0] }
  }
}
