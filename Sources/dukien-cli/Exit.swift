import Foundation

/// An end of the program other than success, with the last line of standard error.
struct Exit: Error {
  enum Code: Int32 {
    case negative = 1
    case usage = 2
    case rules = 3
    case pages = 4
    case internalError = 70
    case interrupted = 130
    case closedPipe = 141
  }

  var code: Code
  var message: String
  /// True where the message already says whose it is.
  var isPlain = false

  init(_ code: Code, _ message: String, isPlain: Bool = false) {
    self.code = code
    self.message = message
    self.isPlain = isPlain
  }

  func leave() -> Never {
    flushStandardOutput()
    if !message.isEmpty { complain(isPlain ? message : "dukien: \(message)") }
    exit(code.rawValue)
  }
}

/// Flushes what `print` wrote; a reader that went away ends the program quietly.
func flushStandardOutput() {
  let isClosed = fflush(nil) != 0 && errno == EPIPE
  if isClosed { _exit(Exit.Code.closedPipe.rawValue) }
}

/// Writes one line to standard error.
func complain(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}

/// "1 page", "2 pages".
func counted(_ count: Int, _ noun: String, plural: String? = nil) -> String {
  "\(count) \(count == 1 ? noun : plural ?? noun + "s")"
}
