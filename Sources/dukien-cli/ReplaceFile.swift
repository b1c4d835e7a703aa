import Foundation

/// Writes a file whole: into a temporary file beside it, which then takes its name and keeps the
/// permissions of the one before. A link is followed, not replaced.
func replaceFile(_ path: String, with bytes: [UInt8]) throws {
  let target = realpath(path, nil).map { resolved in
    defer { free(resolved) }
    return String(cString: resolved)
  }
  let name = target ?? path
  var info = stat()
  let mode: mode_t = stat(name, &info) == 0 ? info.st_mode & 0o7777 : 0o666
  let temporary = "\(name).\(getpid()).tmp"
  let file = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
  guard file >= 0 else { throw Exit(.usage, "\(path): \(SystemError().reason)") }
  if target != nil { fchmod(file, mode) }
  var start = 0
  while start < bytes.count {
    let count = bytes[start...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else { return try giveUp() }
    start += count
  }
  guard fsync(file) == 0 else { return try giveUp() }
  close(file)
  guard rename(temporary, name) == 0 else {
    let reason = SystemError().reason
    unlink(temporary)
    throw Exit(.usage, "\(path): \(reason)")
  }

  func giveUp() throws {
    let reason = SystemError().reason
    close(file)
    unlink(temporary)
    throw Exit(.usage, "\(path): \(reason)")
  }
}
