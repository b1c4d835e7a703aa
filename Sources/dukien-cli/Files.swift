import Foundation

/// What stands at a path, symbolic links followed.
enum PathKind {
  case missing, file, folder
}

func pathKind(_ path: String) -> PathKind {
  var info = stat()
  guard stat(path, &info) == 0 else { return .missing }
  return info.st_mode & S_IFMT == S_IFDIR ? .folder : .file
}

/// A call of the operating system that failed.
struct SystemError: Error {
  var reason: String
  var code: Int32

  /// The error of the call that has just failed.
  init() {
    code = errno
    reason = String(cString: strerror(code))
  }
}

/// More bytes than the library ever takes; what is longer is cut here and refused there.
private let mostBytes = 1 << 30

/// Reads a file or, for `-`, standard input to its end.
func readBytes(_ path: String) throws -> [UInt8] {
  let file = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else { throw SystemError() }
  defer { if path != "-" { close(file) } }
  var bytes: [UInt8] = []
  var info = stat()
  if fstat(file, &info) == 0 { bytes.reserveCapacity(min(Int(info.st_size), mostBytes) + 1) }
  let chunk = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 16, alignment: 16)
  defer { chunk.deallocate() }
  while bytes.count <= mostBytes {
    let count = read(file, chunk.baseAddress, chunk.count)
    if count < 0 && errno == EINTR { continue }
    guard count >= 0 else { throw SystemError() }
    if count == 0 { break }
    bytes.append(contentsOf: chunk[..<count])
  }
  return bytes
}

/// The pages that the arguments name, in order; `-` is standard input.
struct PageList {
  private(set) var paths: [String] = []
  /// What could not be taken, one line each.
  private(set) var complaints: [String] = []
  /// True where the arguments can only ever give one page.
  let isSingle: Bool

  /// How the names of pages in folders end.
  private static let endings = [".txt", ".html", ".htm", ".xhtml"]

  /// Folders give their files with such endings and those of their folders, sorted by name; hidden
  /// ones and links to folders are left out. Any other path is taken as a page.
  init(_ arguments: [String]) {
    let arguments = arguments.isEmpty ? ["-"] : arguments
    isSingle = arguments.count == 1 && (arguments[0] == "-" || pathKind(arguments[0]) != .folder)
    for argument in arguments {
      if argument == "-" {
        paths.append(argument)
        continue
      }
      switch pathKind(argument) {
      case .file: paths.append(argument)
      case .missing: complaints.append("\(argument): no such file or folder")
      case .folder:
        let count = paths.count
        addFolder(argument)
        if paths.count == count {
          complaints.append("\(argument): no pages (*.txt, *.html) in this folder")
        }
      }
    }
  }

  /// The same list with these pages only.
  func only(_ paths: [String]) -> PageList {
    var list = self
    list.paths = paths
    return list
  }

  private mutating func addFolder(_ folder: String) {
    var folders = [folder]
    while let folder = folders.popLast() {
      guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder) else {
        complaints.append("\(folder): the folder cannot be read")
        continue
      }
      var inner: [String] = []
      for name in names.sorted(by: byBytes) where !name.hasPrefix(".") {
        let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
        switch pathKind(path) {
        case .file where Self.endings.contains(where: name.hasSuffix): paths.append(path)
        case .folder where !isLink(path): inner.append(path)
        default: break
        }
      }
      folders += inner.reversed()
    }
  }
}

private func byBytes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

private func isLink(_ path: String) -> Bool {
  var info = stat()
  return lstat(path, &info) == 0 && info.st_mode & S_IFMT == S_IFLNK
}
