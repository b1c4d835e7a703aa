internal import CPlatform

/// Where the files of a rule set come from.
enum SetOrigin {
  case folder(String)
  /// A set inside the library.
  case bundled(String)
  /// Bytes of a host: there are no files beside it.
  case memory
  /// A set of a bundle, and the files beside it.
  case archived(place: String, [RuleBundle.File])

  /// True for what is not to be edited.
  var isBundled: Bool {
    switch self {
    case .bundled, .archived: true
    case .folder, .memory: false
    }
  }

  /// The same for all sets that have the same files beside them.
  fileprivate var place: String {
    switch self {
    case .folder(let path): "folder \(path)"
    case .bundled(let set): "set \(set)"
    case .archived(let place, _): "bundle \(place)"
    case .memory: ""
    }
  }
}

/// Reads the files of rule sets within the limits, and sums up what it read.
final class SourceReader {
  let limits: LoadLimits
  var diagnostics: [Diagnostic] = []
  /// Every path that was read, listed or looked for.
  private(set) var watched: [WatchedPath] = []
  /// The files beside rule files that were read, by the place of their sets.
  private var beside: [(place: String, file: RuleBundle.File)] = []
  private var digest = Fnv1a()
  private var bytesLeft: Int

  init(limits: LoadLimits) {
    self.limits = limits
    bytesLeft = limits.maxBytes
  }

  /// FNV-1a over the names of the files and all bytes, as 16 hexadecimal digits.
  var fingerprint: String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = (0..<16).map { digits[Int(digest.value >> UInt64(60 - 4 * $0) & 15)] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// True where a file stands at the path.
  func finds(_ path: String) -> Bool {
    watched.append(WatchedPath(file: path))
    return platform_path_kind(path) == PLATFORM_KIND_FILE
  }

  /// The bytes of a file of the disk; `nil` with a report.
  func read(_ path: String) -> [UInt8]? {
    watched.append(WatchedPath(file: path))
    var pointer: UnsafeMutablePointer<UInt8>?
    var count = 0
    let status = platform_read_file(path, limits.maxBytes, &pointer, &count)
    guard status == 0 else {
      let why =
        switch status {
        case PLATFORM_MISSING: "does not exist"
        case PLATFORM_FOLDER: "is a folder"
        case PLATFORM_TOO_BIG: "is larger than \(limits.maxBytes) bytes"
        default: "cannot be read"
        }
      diagnostics.append(Diagnostic.plain("set.unreadable", "`\(path)` \(why)", file: path))
      digest.add(UInt8(truncatingIfNeeded: status))
      return nil
    }
    let bytes = Array(UnsafeBufferPointer(start: pointer, count: count))
    platform_free(pointer)
    return bytes
  }

  /// The names of the rule files in a folder; `nil` with a report.
  func list(_ path: String) -> [String]? {
    let (names, status) = ruleFiles(in: path)
    watched.append(WatchedPath(folder: path, names: names))
    if names == nil {
      let why = status == PLATFORM_MISSING ? "does not exist" : "cannot be listed"
      diagnostics.append(Diagnostic.plain("set.unreadable", "folder `\(path)` \(why)", file: path))
    }
    return names
  }

  /// Counts a source among what was read; `nil` with a report where it is too much.
  func source(_ label: String, _ bytes: [UInt8], isOnDisk: Bool) -> SourceFile? {
    digest.add(Array(SetCollector.lastComponent(label).utf8)[...])
    digest.add(bytes[...])
    bytesLeft -= bytes.count
    guard bytesLeft >= 0 else {
      diagnostics.append(
        Diagnostic.plain(
          "set.size", "rule sets hold more than \(limits.maxBytes) bytes", file: label))
      return nil
    }
    return SourceFile(label: label, bytes: bytes, isOnDisk: isOnDisk)
  }

  /// The files beside a set that were read.
  func files(besideSetOf origin: SetOrigin) -> [RuleBundle.File] {
    let place = origin.place
    var files: [RuleBundle.File] = []
    for found in beside where found.place == place {
      if !files.contains(where: { $0.name == found.file.name }) { files.append(found.file) }
    }
    return files
  }

  /// A file that stands beside the rule files of a set; `nil` with a report.
  func file(_ name: String, of origin: SetOrigin) -> SourceFile? {
    let found = find(name, of: origin)
    if let found {
      let file = RuleBundle.File(name: name, bytes: found.bytes)
      beside.append((origin.place, file))
    }
    return found
  }

  private func find(_ name: String, of origin: SetOrigin) -> SourceFile? {
    switch origin {
    case .folder(let folder):
      let path = "\(folder)/\(name)"
      return read(path).flatMap { source(path, $0, isOnDisk: true) }
    case .bundled(let set):
      guard let file = BundledRules.files(ofSet: set).first(where: { $0.name == name }) else {
        return nil
      }
      return source("\(set)/\(name)", file.bytes, isOnDisk: false)
    case .archived(_, let files):
      guard let file = files.first(where: { $0.name == name }) else { return nil }
      return source(name, file.bytes, isOnDisk: false)
    case .memory: return nil
    }
  }
}
