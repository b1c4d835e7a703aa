/// The sources of rule sets, with those that they use: what compiling read, and nothing else.
package struct RuleBundle: Sendable {
  struct File: Sendable {
    var name: String
    var bytes: [UInt8]
  }

  struct Set: Sendable {
    /// The name by which others use it, and where it was found.
    var name: String
    var source: String
    /// True where it was asked for, not only used.
    var isRoot: Bool
    /// The folder of files that stand beside its rule files, in `folders`.
    var folder: Int
    /// Its rule files, in the order in which they were read.
    var files: [File]
  }

  /// In the order in which they were found.
  var sets: [Set] = []
  /// The files that rules name, of each folder.
  var folders: [[File]] = []

  /// A bundle of nothing.
  package init() {}

  /// The set that a name of `uses:` stands for.
  func set(named name: String) -> Int? {
    sets.firstIndex { SetCollector.lastComponent($0.source) == name || $0.name == name }
  }
}

// MARK: Bytes

/// A bundle opens with this line.
private let opening: StaticString = "dukien bundle of rules 1\n"

extension RuleBundle {
  /// True where bytes open like a bundle of any version.
  static func opens(_ bytes: [UInt8]) -> Bool {
    let common = opening.utf8CodeUnitCount - 2
    let start = UnsafeBufferPointer(start: opening.utf8Start, count: common)
    return bytes.count > common && bytes[..<common].elementsEqual(start)
  }

  /// The bundle as bytes, the same on every machine: the opening, counts and lengths as 32 bits with
  /// the lowest byte first, and the FNV-1a hash of all that.
  ///
  /// - Complexity: O(bytes).
  package var bytes: [UInt8] {
    var out = BundleWriter()
    out.bytes += UnsafeBufferPointer(start: opening.utf8Start, count: opening.utf8CodeUnitCount)
    out.append(sets.count)
    for set in sets {
      out.append(set.name)
      out.append(set.source)
      out.append(set.isRoot ? 1 : 0)
      out.append(set.folder)
      out.append(set.files)
    }
    out.append(folders.count)
    for folder in folders { out.append(folder) }
    let hash = Self.hash(out.bytes[...])
    out.append(Int(hash & 0xFFFF_FFFF))
    out.append(Int(hash >> 32))
    return out.bytes
  }

  private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    var hash = Fnv1a()
    hash.add(bytes)
    return hash.value
  }

  /// Reads a bundle back; nil where the bytes are none of this version, cut or damaged.
  ///
  /// - Complexity: O(bytes).
  init?(_ bytes: [UInt8]) {
    let start = opening.utf8CodeUnitCount
    let expected = UnsafeBufferPointer(start: opening.utf8Start, count: start)
    guard bytes.count >= start + 8, bytes[..<start].elementsEqual(expected) else { return nil }
    let end = bytes.count - 8
    var tail = BundleReader(bytes: bytes, index: end, end: bytes.count)
    let hash = Self.hash(bytes[..<end])
    guard tail.number() == Int(hash & 0xFFFF_FFFF), tail.number() == Int(hash >> 32) else {
      return nil
    }
    var reader = BundleReader(bytes: bytes, index: start, end: end)
    guard let count = reader.number() else { return nil }
    for _ in 0..<count {
      guard let name = reader.text(), let source = reader.text(), let isRoot = reader.number(),
        let folder = reader.number(), let files = reader.files()
      else { return nil }
      sets.append(
        Set(name: name, source: source, isRoot: isRoot == 1, folder: folder, files: files))
    }
    guard let folderCount = reader.number() else { return nil }
    for _ in 0..<folderCount {
      guard let files = reader.files() else { return nil }
      folders.append(files)
    }
    guard reader.index == end, sets.allSatisfy({ folders.indices.contains($0.folder) }) else {
      return nil
    }
  }
}

private struct BundleWriter {
  var bytes: [UInt8] = []

  mutating func append(_ number: Int) {
    let number = UInt32(truncatingIfNeeded: number)
    for shift in [0, 8, 16, 24] as [UInt32] {
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  mutating func append(_ text: String) { append(Array(text.utf8)) }

  mutating func append(_ content: [UInt8]) {
    append(content.count)
    bytes += content
  }

  mutating func append(_ files: [RuleBundle.File]) {
    append(files.count)
    for file in files {
      append(file.name)
      append(file.bytes)
    }
  }
}

/// Reads what a writer wrote; gives nil past the end.
private struct BundleReader {
  let bytes: [UInt8]
  var index: Int
  let end: Int

  mutating func number() -> Int? {
    guard end - index >= 4 else { return nil }
    var number = 0
    for byte in bytes[index..<index + 4].reversed() { number = number << 8 | Int(byte) }
    index += 4
    return number
  }

  mutating func content() -> [UInt8]? {
    guard let count = number(), end - index >= count else { return nil }
    index += count
    return Array(bytes[index - count..<index])
  }

  mutating func text() -> String? { content().map { String(decoding: $0, as: UTF8.self) } }

  mutating func files() -> [RuleBundle.File]? {
    guard let count = number() else { return nil }
    var files: [RuleBundle.File] = []
    for _ in 0..<count {
      guard let name = text(), let bytes = content() else { return nil }
      files.append(RuleBundle.File(name: name, bytes: bytes))
    }
    return files
  }
}
