import Foundation

/// Where the data goes: standard output or a file. Records are written whole.
final class Output {
  private let file: Int32
  private let name: String
  private var buffer: [UInt8] = []
  let isTerminal: Bool

  init(_ path: String?) throws {
    if let path, path != "-" {
      file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
      name = path
      guard file >= 0 else { throw Exit(.usage, "\(path): \(SystemError().reason)") }
    } else {
      file = STDOUT_FILENO
      name = "standard output"
    }
    isTerminal = isatty(file) == 1
  }

  deinit { if file != STDOUT_FILENO { close(file) } }

  func write(_ bytes: [UInt8]) throws {
    buffer += bytes
    if isTerminal || buffer.count >= 1 << 16 { try flush() }
  }

  func write(_ text: String) throws { try write(Array(text.utf8)) }

  /// A reader that went away ends the program quietly.
  func flush() throws {
    var start = 0
    while start < buffer.count {
      let count = buffer[start...].withUnsafeBytes {
        Foundation.write(file, $0.baseAddress, $0.count)
      }
      if count >= 0 {
        start += count
      } else if errno == EPIPE {
        throw Exit(.closedPipe, "")
      } else if errno != EINTR {
        throw Exit(.pages, "\(name): \(SystemError().reason)")
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
