import Foundation

/// A line on standard error that tells how far the work is: on a terminal only, after a second.
struct ProgressLine {
  private let total: Int
  private let started = Date()
  private let isOn: Bool
  private var isShown = false

  init(total: Int) {
    self.total = total
    isOn = total > 1 && isatty(STDERR_FILENO) == 1
  }

  mutating func show(done: Int) {
    let seconds = Date().timeIntervalSince(started)
    guard isOn, seconds >= 1 else { return }
    let left = done > 0 ? Int(seconds / Double(done) * Double(total - done)) : 0
    let rest = done > 0 ? ", \(left) s left" : ""
    write("\r\u{1B}[K\(done) of \(counted(total, "page"))\(rest)")
    isShown = true
  }

  /// Removes the line, before anything else is printed.
  mutating func clear() {
    guard isShown else { return }
    write("\r\u{1B}[K")
    isShown = false
  }

  private func write(_ text: String) { FileHandle.standardError.write(Data(text.utf8)) }
}
