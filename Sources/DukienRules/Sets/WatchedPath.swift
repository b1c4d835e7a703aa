internal import CPlatform

/// A path that a compilation looked at, and what it saw there.
struct WatchedPath: Sendable {
  private enum Sight: Sendable {
    case stamp(platform_stamp)
    /// The names of a folder's rule files; nil where it could not be listed.
    case listing([String]?)
  }

  private let path: String
  private let sight: Sight

  /// A file that is about to be read, or a path where one is looked for. The stamp is taken before
  /// the reading, so that a change meanwhile is seen later.
  init(file path: String) {
    self.path = path
    sight = .stamp(platform_path_stamp(path))
  }

  /// A folder whose rule files were listed.
  init(folder path: String, names: [String]?) {
    self.path = path
    sight = .listing(names)
  }

  /// True where the path does not look as it did, or changed so shortly before it was seen that
  /// one cannot tell.
  var mayHaveChanged: Bool {
    switch sight {
    case .stamp(let seen):
      return seen.is_settled == 0 || !isEqual(seen, platform_path_stamp(path))
    case .listing(let names):
      return names != ruleFiles(in: path).names
    }
  }

  private func isEqual(_ a: platform_stamp, _ b: platform_stamp) -> Bool {
    a.kind == b.kind && a.device == b.device && a.inode == b.inode && a.size == b.size
      && a.modified == b.modified && a.changed == b.changed
  }
}

/// The names of the rule files of a folder, sorted by bytes; nil with the platform's status where
/// it cannot be listed.
func ruleFiles(in folder: String) -> (names: [String]?, status: Int32) {
  var pointer: UnsafeMutablePointer<CChar>?
  var count = 0
  let status = platform_list_yaml(folder, &pointer, &count)
  guard status == PLATFORM_OK else { return (nil, status) }
  defer { platform_free(pointer) }
  let bytes = UnsafeBufferPointer(start: pointer, count: count).map { UInt8(bitPattern: $0) }
  return (bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }, status)
}
