internal import DukienText

/// A set that another one uses, and the name it goes by there.
struct SetUse {
  var set: Int
  var alias: String
}

/// Finds and parses the files of rule sets, following `uses:`.
struct SetCollector {
  private let reader: SourceReader
  private let searchPath: [String]
  /// Whether the sets that a set uses are loaded with it.
  private let followsUses: Bool
  private(set) var trees: [YamlTree] = []
  private(set) var setOfTree: [Int] = []
  private(set) var sets: [SetInfo] = []
  private(set) var origins: [SetOrigin] = []
  /// The sets that each set uses.
  private(set) var uses: [[SetUse]] = []
  /// True for sets of which a set that they use was not found.
  private(set) var lacksUses: [Bool] = []
  /// True for sets that were asked for, not only used.
  private(set) var isRoot: [Bool] = []
  /// All sets, each after those that it uses.
  private(set) var order: [Int] = []
  private var loaded: [String: Int] = [:]
  private var open: [String] = []
  /// The bundle whose sets are being loaded, and what it is called.
  private var bundle: (content: RuleBundle, label: String)?

  init(reader: SourceReader, searchPath: [String], followsUses: Bool = true) {
    self.reader = reader
    self.searchPath = searchPath
    self.followsUses = followsUses
  }

  mutating func loadFile(_ path: String) {
    guard let bytes = reader.read(path) else { return }
    load(path, bytes, .folder(Self.folder(of: path) ?? "."))
  }

  mutating func loadMemory(_ label: String, _ bytes: [UInt8]) { load(label, bytes, .memory) }

  /// Loads a rule file, or the sets of a bundle.
  private mutating func load(_ label: String, _ bytes: [UInt8], _ origin: SetOrigin) {
    if RuleBundle.opens(bytes) {
      loadBundle(label, bytes)
    } else {
      loadSource(label, bytes, origin)
    }
  }

  private mutating func loadBundle(_ label: String, _ bytes: [UInt8]) {
    guard let content = RuleBundle(bytes) else {
      reader.diagnostics.append(
        Diagnostic.plain(
          "bundle.damaged", "`\(label)` is no whole bundle that this library reads",
          hint: "make it anew with a library of this version or an older one", file: label))
      return
    }
    bundle = (content, label)
    for index in content.sets.indices where content.sets[index].isRoot {
      _ = loadArchived(index, root: true)
    }
    bundle = nil
  }

  /// Loads a set of the bundle at hand.
  private mutating func loadArchived(_ index: Int, root: Bool) -> Int? {
    guard let (content, label) = bundle else { return nil }
    let set = content.sets[index]
    let origin = SetOrigin.archived(
      place: "\(label) \(set.folder)", content.folders[set.folder])
    return loadSet(
      set.source, set.files.map { ($0.name, $0.bytes) }, origin, root: root)
  }

  private mutating func loadSource(_ label: String, _ bytes: [UInt8], _ origin: SetOrigin) {
    var isOnDisk = false
    if case .folder = origin { isOnDisk = true }
    guard let tree = parse(label, bytes, isOnDisk: isOnDisk) else { return }
    _ = finishSet(
      [tree], source: label, fallbackName: Self.lastComponent(label), origin, beside: nil,
      root: true)
  }

  mutating func loadFolder(_ folder: String) {
    let path = Self.withoutTrailingSlashes(folder)
    guard !isLoaded(path) else { return }
    guard let files = reader.list(path) else { return }
    _ = loadSet(path, files.map { ("\(path)/\($0)", nil) }, .folder(path), root: true)
  }

  /// Loads a set by name: a folder on the search path, else one inside the library. Returns its
  /// number, or `nil` with a report.
  @discardableResult
  mutating func loadName(_ name: String, usedBy user: NodeRef?, beside: String? = nil) -> Int? {
    if open.contains(name) {
      report(
        "set.cycle", "rule set `\(name)` uses itself",
        hint: "through \(open.joined(separator: " → "))", user)
      return nil
    }
    if let known = loaded[name] { return known }
    if let index = bundle?.content.set(named: name) {
      return loadArchived(index, root: user == nil)
    }
    for folder in (beside.map { [$0] } ?? []) + searchPath {
      let path = "\(folder)/\(name)"
      if reader.finds("\(path)/set.yaml"), let files = reader.list(path) {
        return loadSet(
          path, files.map { ("\(path)/\($0)", nil) }, .folder(path), root: user == nil)
      }
    }
    let files = BundledRules.files(ofSet: name).filter {
      $0.name.utf8.suffix(5).elementsEqual(".yaml".utf8)
    }
    guard !files.isEmpty else {
      let near = nearest(name, among: BundledRules.setNames)
      report(
        "set.unknown", "no rule set is named `\(name)`",
        hint: near.map { "did you mean `\($0)`?" }
          ?? "known sets: \(BundledRules.setNames.joined(separator: ", "))", user)
      return nil
    }
    return loadSet(
      name, files.map { ("\(name)/\($0.name)", $0.bytes) }, .bundled(name), root: user == nil)
  }

  private mutating func loadSet(
    _ source: String, _ files: [(label: String, bytes: [UInt8]?)], _ origin: SetOrigin, root: Bool
  ) -> Int {
    let fallback = Self.lastComponent(source)
    open.append(fallback)
    defer { open.removeLast() }
    var found: [YamlTree] = []
    for (label, bytes) in files {
      guard let content = bytes ?? reader.read(label),
        let tree = parse(label, content, isOnDisk: bytes == nil)
      else { continue }
      found.append(tree)
    }
    if files.isEmpty {
      reader.diagnostics.append(
        Diagnostic.plain(
          "set.empty", "`\(source)` holds no rule files", hint: "add a file NAME.yaml"))
    }
    var beside: String?
    if case .folder = origin { beside = Self.folder(of: source) ?? "." }
    return finishSet(
      found, source: source, fallbackName: fallback, origin, beside: beside, root: root)
  }

  /// Registers the set and loads what it uses.
  private mutating func finishSet(
    _ found: [YamlTree], source: String, fallbackName: String, _ origin: SetOrigin,
    beside: String?, root: Bool
  ) -> Int {
    var info = SetInfo(name: fallbackName, version: "0", about: "", source: source)
    var wanted: [NodeRef] = []
    let set = sets.count
    sets.append(info)
    origins.append(origin)
    uses.append([])
    lacksUses.append(false)
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
          wanted += items.map { NodeRef(tree: index, node: $0) }
        default: break
        }
      }
    }
    sets[set] = info
    loaded[info.name] = set
    for item in wanted.prefix(reader.limits.maxSets) where followsUses {
      guard sets.count < reader.limits.maxSets else { break }
      addUse(item, of: set, beside: beside)
    }
    order.append(set)
    return set
  }

  /// Loads what one item of `uses` names: `SET`, `SET >=1.2 <2`, or a mapping of `set`, `version`
  /// and `as`.
  private mutating func addUse(_ item: NodeRef, of set: Int, beside: String?) {
    let tree = trees[item.tree]
    var name = tree[item.node].text
    var range: (text: String, at: NodeRef)?
    var alias: String?
    if tree[item.node].kind == .mapping {
      name = ""
      for entry in tree.entries(of: item.node) {
        let text = tree[entry.value].text
        switch tree[entry.key].text {
        case "set": name = text
        case "version": range = (text, NodeRef(tree: item.tree, node: entry.value))
        case "as": alias = text
        case let other:
          let known = Grammar.keys(of: .use)
          let near = nearest(other, among: known)
          report(
            "rule.unknown-key", "unknown key `\(other)` in `uses`",
            hint: near.map { "did you mean `\($0)`?" }
              ?? "known keys: \(known.joined(separator: ", "))",
            NodeRef(tree: item.tree, node: entry.key))
        }
      }
    } else if let space = name.utf8.firstIndex(of: 0x20) {
      range = (String(name[space...]), item)
      name = String(name[..<space])
    }
    guard let used = loadName(name, usedBy: item, beside: beside) else {
      lacksUses[set] = true
      return
    }
    uses[set].append(SetUse(set: used, alias: alias ?? sets[used].name))
    guard let range else { return }
    guard let wanted = VersionRange(range.text) else {
      report(
        "set.version-range", "`\(range.text)` is no range of versions",
        hint: "write `>=1.2 <2`", range.at)
      return
    }
    if let version = Version(sets[used].version), !wanted.contains(version) {
      report(
        "set.version", "`\(sets[used].name)` is version \(sets[used].version), not \(range.text)",
        hint: "install another version, or widen the range", range.at)
    }
  }

  /// All sets as a bundle, once they were compiled.
  func makeBundle() -> RuleBundle {
    var bundle = RuleBundle()
    for set in sets.indices {
      let files = trees.indices.filter { setOfTree[$0] == set }.map {
        RuleBundle.File(name: trees[$0].file.label, bytes: trees[$0].file.bytes)
      }
      bundle.sets.append(
        RuleBundle.Set(
          name: sets[set].name, source: sets[set].source, isRoot: isRoot[set], folder: set,
          files: files))
      bundle.folders.append(reader.files(besideSetOf: origins[set]))
    }
    return bundle
  }

  private func isLoaded(_ path: String) -> Bool {
    sets.contains { $0.source == path }
  }

  private func parse(_ label: String, _ bytes: [UInt8], isOnDisk: Bool) -> YamlTree? {
    guard let file = reader.source(label, bytes, isOnDisk: isOnDisk) else { return nil }
    var yaml = YamlLimits()
    yaml.maxDepth = reader.limits.maxDepth
    yaml.maxNodes = reader.limits.maxNodes
    return parseYaml(file, limits: yaml, diagnostics: &reader.diagnostics)
  }

  private func report(_ code: String, _ message: String, hint: String, _ user: NodeRef?) {
    guard let user else {
      reader.diagnostics.append(Diagnostic.plain(code, message, hint: hint))
      return
    }
    reader.diagnostics.append(trees[user.tree].diagnostic(code, at: user.node, message, hint: hint))
  }

  private static func withoutTrailingSlashes(_ path: String) -> String {
    var bytes = Array(path.utf8)
    while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// What stands before the last slash of a path.
  private static func folder(of path: String) -> String? {
    path.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(path[..<$0]) }
  }

  static func lastComponent(_ path: String) -> String {
    let trimmed = path.utf8.reversed().drop { $0 == UInt8(ascii: "/") }
    let last = trimmed.prefix { $0 != UInt8(ascii: "/") }
    return String(decoding: Array(last.reversed()), as: UTF8.self)
  }
}
