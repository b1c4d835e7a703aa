internal import CPlatform
internal import DukienText

/// Finds and parses the files of rule sets, following `uses:`.
struct SetCollector {
  let limits: LoadLimits
  let searchPath: [String]
  var trees: [YamlTree] = []
  var setOfTree: [Int] = []
  var sets: [SetInfo] = []
  /// True for sets that were asked for, not only used.
  var isRoot: [Bool] = []
  var diagnostics: [Diagnostic] = []
  private var loaded: [String: Int] = [:]
  private var open: [String] = []
  private var digest: UInt64 = 0xcbf2_9ce4_8422_2325
  private var bytesLeft: Int

  init(limits: LoadLimits, searchPath: [String]) {
    self.limits = limits
    self.searchPath = searchPath
    bytesLeft = limits.maxBytes
  }

  /// FNV-1a over the labels' file names and all bytes, as 16 hexadecimal digits.
  var fingerprint: String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = (0..<16).map { digits[Int(digest >> UInt64(60 - 4 * $0) & 15)] }
    return String(decoding: bytes, as: UTF8.self)
  }

  mutating func loadFile(_ path: String) {
    guard let bytes = read(path) else { return }
    loadMemory(path, bytes, isOnDisk: true)
  }

  mutating func loadMemory(_ label: String, _ bytes: [UInt8], isOnDisk: Bool = false) {
    guard let tree = parse(label, bytes, isOnDisk) else { return }
    finishSet(
      [tree], source: label, fallbackName: Self.lastComponent(label), folder: nil, root: true)
  }

  mutating func loadFolder(_ folder: String) {
    let path = Self.withoutTrailingSlashes(folder)
    guard !isLoaded(path) else { return }
    guard let files = list(path) else { return }
    loadSet(path, files.map { ("\(path)/\($0)", nil) }, root: true)
  }

  /// Loads a set by name: a folder on the search path, else one inside the library.
  mutating func loadName(
    _ name: String, usedBy user: (tree: Int, node: Int)?, beside: String? = nil
  ) {
    if open.contains(name) {
      report(
        "set.cycle", "rule set `\(name)` uses itself",
        hint: "through \(open.joined(separator: " → "))", user)
      return
    }
    guard loaded[name] == nil else { return }
    for folder in (beside.map { [$0] } ?? []) + searchPath {
      let path = "\(folder)/\(name)"
      if platform_path_kind("\(path)/set.yaml") == 1, let files = list(path) {
        loadSet(path, files.map { ("\(path)/\($0)", nil) }, root: user == nil)
        return
      }
    }
    let files = BundledRules.files(ofSet: name)
    guard !files.isEmpty else {
      let near = nearest(name, among: BundledRules.setNames)
      report(
        "set.unknown", "no rule set is named `\(name)`",
        hint: near.map { "did you mean `\($0)`?" }
          ?? "known sets: \(BundledRules.setNames.joined(separator: ", "))", user)
      return
    }
    loadSet(name, files.map { ("\(name)/\($0.name)", $0.bytes) }, root: user == nil)
  }

  private mutating func loadSet(
    _ source: String, _ files: [(label: String, bytes: [UInt8]?)], root: Bool
  ) {
    let fallback = Self.lastComponent(source)
    open.append(fallback)
    defer { open.removeLast() }
    var found: [YamlTree] = []
    for (label, bytes) in files {
      guard let content = bytes ?? read(label), let tree = parse(label, content, bytes == nil)
      else { continue }
      found.append(tree)
    }
    if files.isEmpty {
      diagnostics.append(
        Diagnostic.plain(
          "set.empty", "`\(source)` holds no rule files", hint: "add a file NAME.yaml"))
    }
    let slash = source.utf8.lastIndex(of: UInt8(ascii: "/"))
    finishSet(
      found, source: source, fallbackName: fallback,
      folder: slash.map { String(source[..<$0]) }, root: root)
  }

  /// Registers the set and loads what it uses.
  private mutating func finishSet(
    _ found: [YamlTree], source: String, fallbackName: String, folder: String?, root: Bool
  ) {
    var info = SetInfo(name: fallbackName, version: "0", about: "", source: source)
    var uses: [(tree: Int, node: Int)] = []
    let set = sets.count
    sets.append(info)
    isRoot.append(root)
    for tree in found {
      let index = trees.count
      trees.append(tree)
      setOfTree.append(set)
      for entry in tree.entries(of: tree.root) {
        let value = tree.nodes[entry.value]
        switch tree.nodes[entry.key].text {
        case "name" where value.kind == .scalar: info.name = value.text
        case "version" where value.kind == .scalar: info.version = value.text
        case "about" where value.kind == .scalar: info.about = value.text
        case "lexicons" where value.kind == .mapping:
          info.lexicons += tree.entries(of: entry.value).count
        case "facts" where value.kind == .mapping: info.facts += tree.entries(of: entry.value).count
        case "uses":
          let items = value.kind == .sequence ? tree.children(of: entry.value) : [entry.value]
          uses += items.map { (index, $0) }
        default: break
        }
      }
    }
    sets[set] = info
    loaded[info.name] = set
    for use in uses {
      guard sets.count < limits.maxSets else { return }
      loadName(trees[use.tree].nodes[use.node].text, usedBy: use, beside: folder)
    }
  }

  private func isLoaded(_ path: String) -> Bool {
    sets.contains { $0.source == path }
  }

  private mutating func parse(_ label: String, _ bytes: [UInt8], _ isOnDisk: Bool) -> YamlTree? {
    for byte in Self.lastComponent(label).utf8 {
      digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    for byte in bytes { digest = (digest ^ UInt64(byte)) &* 0x100_0000_01b3 }
    bytesLeft -= bytes.count
    guard bytesLeft >= 0 else {
      diagnostics.append(
        Diagnostic.plain(
          "set.size", "rule sets hold more than \(limits.maxBytes) bytes", file: label))
      return nil
    }
    var yaml = YamlLimits()
    yaml.maxDepth = limits.maxDepth
    yaml.maxNodes = limits.maxNodes
    return parseYaml(
      SourceFile(label: label, bytes: bytes, isOnDisk: isOnDisk), limits: yaml,
      diagnostics: &diagnostics)
  }

  private mutating func read(_ path: String) -> [UInt8]? {
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
      return nil
    }
    let bytes = Array(UnsafeBufferPointer(start: pointer, count: count))
    platform_free(pointer)
    return bytes
  }

  private mutating func list(_ path: String) -> [String]? {
    var pointer: UnsafeMutablePointer<CChar>?
    var count = 0
    let status = platform_list_yaml(path, &pointer, &count)
    guard status == 0 else {
      let why = status == PLATFORM_MISSING ? "does not exist" : "cannot be listed"
      diagnostics.append(Diagnostic.plain("set.unreadable", "folder `\(path)` \(why)", file: path))
      return nil
    }
    let bytes = UnsafeBufferPointer(start: pointer, count: count).map { UInt8(bitPattern: $0) }
    platform_free(pointer)
    return bytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
  }

  private mutating func report(
    _ code: String, _ message: String, hint: String, _ user: (tree: Int, node: Int)?
  ) {
    guard let user else {
      diagnostics.append(Diagnostic.plain(code, message, hint: hint))
      return
    }
    diagnostics.append(trees[user.tree].diagnostic(code, at: user.node, message, hint: hint))
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func lastComponent(_ path: String) -> String {
    let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
    let last = trimmed.prefix { $0 != UInt8(ascii: "/") }
    return String(decoding: Array(last.reversed()), as: UTF8.self)
  }
}
