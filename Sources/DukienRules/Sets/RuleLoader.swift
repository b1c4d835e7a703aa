/// Bounds of loading; the defaults serve every real rule set.
package struct LoadLimits: Sendable {
  package var maxBytes = 64 << 20
  package var maxNodes = 2_000_000
  package var maxDepth = 64
  package var maxSets = 256
  package var warningsAsErrors = false

  package init() {}
}

/// What compiling gave: a program where nothing is an error, and all that was found.
package struct Compilation: Sendable {
  package let program: Program?
  /// Sorted by file, line and column.
  package let diagnostics: [Diagnostic]
  /// The sets that were found, those named first, then those they use.
  package let sets: [SetInfo]
  /// What was read.
  package let bundle: RuleBundle
}

/// Collects rule sets and compiles them into one program.
///
/// Nothing is read before `compile()`. A set named by `uses:` is looked for beside the set that
/// names it, then on the search path, then among the sets inside the library.
package struct RuleLoader: Sendable {
  private enum Source: Sendable {
    case file(String)
    case folder(String)
    case name(String)
    case memory(label: String, bytes: [UInt8])
  }

  private let limits: LoadLimits
  private var searchPath: [String] = [] { didSet { seen = nil } }
  private var sources: [Source] = [] { didSet { seen = nil } }
  /// What the last `load()` or `reload()` read; nil before, and where sources were added since.
  private var seen: (paths: [WatchedPath], fingerprint: String)?

  package init(limits: LoadLimits = LoadLimits()) {
    self.limits = limits
  }

  package mutating func addSearchPath(_ folder: String) { searchPath.append(folder) }
  package mutating func addFile(_ path: String) { sources.append(.file(path)) }
  package mutating func addFolder(_ path: String) { sources.append(.folder(path)) }
  package mutating func addName(_ name: String) { sources.append(.name(name)) }

  package mutating func addMemory(label: String, bytes: [UInt8]) {
    sources.append(.memory(label: label, bytes: bytes))
  }

  /// Reads, checks and compiles all sources; reports every problem of every file.
  ///
  /// A `mapped` program knows where its code was written, as the tools for rule writers need it.
  ///
  /// - Complexity: linear in the bytes of all sources, but for sorting the lexicons.
  package func compile(mapped: Bool = false) -> Compilation {
    compile(SourceReader(limits: limits), mapped: mapped)
  }

  /// As `compile()`, and notes what was read for `reload()`.
  package mutating func load() -> Compilation {
    let reader = SourceReader(limits: limits)
    let compilation = compile(reader)
    seen = (reader.watched, reader.fingerprint)
    return compilation
  }

  /// Compiles anew where the content of the sources is another than at the last `load()` or
  /// `reload()`, whether that gave a program or not; nil where it is the same.
  ///
  /// - Complexity: one look at the metadata of every path where nothing changed.
  package mutating func reload() -> Compilation? {
    guard let last = seen else { return load() }
    guard last.paths.contains(where: { $0.mayHaveChanged }) else { return nil }
    let compilation = load()
    return seen?.fingerprint == last.fingerprint ? nil : compilation
  }

  private func compile(_ reader: SourceReader, mapped: Bool = false) -> Compilation {
    let collector = collect(reader)
    let compiler = Compiler(collector, reader)
    if mapped { compiler.program.map = CodeMap() }
    var program = compiler.compile()
    if !reader.diagnostics.contains(where: { $0.severity == .error }) { compiler.lint() }
    var diagnostics = reader.diagnostics + compiler.diagnostics
    diagnostics.sort { $0.precedes($1) }
    if let first = program.sets.indices.first(where: { collector.isRoot[$0] }) {
      program.name = "\(program.sets[first].name)@\(program.sets[first].version)"
    }
    program.fingerprint = reader.fingerprint
    let worst = diagnostics.map { $0.severity.rawValue }.max() ?? 0
    let bound: Severity = limits.warningsAsErrors ? .warning : .error
    return Compilation(
      program: worst >= bound.rawValue ? nil : Program(program), diagnostics: diagnostics,
      sets: program.sets, bundle: collector.makeBundle())
  }

  /// The files of the sets that were named, without those that these use, and what stands in the
  /// way of reading them.
  package func files() -> (files: [RuleFile], diagnostics: [Diagnostic]) {
    let reader = SourceReader(limits: limits)
    let collector = collect(reader, followingUses: false)
    let files = collector.trees.indices.map { tree in
      RuleFile(
        source: collector.trees[tree].file,
        isBundled: collector.origins[collector.setOfTree[tree]].isBundled)
    }
    return (files, reader.diagnostics)
  }

  private func collect(_ reader: SourceReader, followingUses: Bool = true) -> SetCollector {
    var collector = SetCollector(
      reader: reader, searchPath: searchPath, followsUses: followingUses)
    for source in sources {
      switch source {
      case .file(let path): collector.loadFile(path)
      case .folder(let path): collector.loadFolder(path)
      case .name(let name): collector.loadName(name, usedBy: nil)
      case .memory(let label, let bytes): collector.loadMemory(label, bytes)
      }
    }
    if sources.isEmpty {
      reader.diagnostics.append(
        Diagnostic.plain("set.none", "no rule set was named", hint: "add a file, folder or name"))
    }
    return collector
  }
}

/// A file of a rule set.
package struct RuleFile: Sendable {
  package let source: SourceFile
  /// Whether it is a part of the library, not a file of the disk or of the host.
  package let isBundled: Bool
}
