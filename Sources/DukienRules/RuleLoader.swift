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
  private var searchPath: [String] = []
  private var sources: [Source] = []

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
    var collector = SetCollector(limits: limits, searchPath: searchPath)
    for source in sources {
      switch source {
      case .file(let path): collector.loadFile(path)
      case .folder(let path): collector.loadFolder(path)
      case .name(let name): collector.loadName(name, usedBy: nil)
      case .memory(let label, let bytes): collector.loadMemory(label, bytes)
      }
    }
    if sources.isEmpty {
      collector.diagnostics.append(
        Diagnostic.plain("set.none", "no rule set was named", hint: "add a file, folder or name"))
    }
    let compiler = Compiler(
      trees: collector.trees, setOfTree: collector.setOfTree, sets: collector.sets)
    if mapped { compiler.program.map = CodeMap() }
    var program = compiler.compile()
    var diagnostics = collector.diagnostics + compiler.diagnostics
    diagnostics.sort { $0.precedes($1) }
    if let first = program.sets.indices.first(where: { collector.isRoot[$0] }) {
      program.name = "\(program.sets[first].name)@\(program.sets[first].version)"
    }
    program.fingerprint = collector.fingerprint
    let worst = diagnostics.map { $0.severity.rawValue }.max() ?? 0
    let bound: Severity = limits.warningsAsErrors ? .warning : .error
    return Compilation(
      program: worst >= bound.rawValue ? nil : Program(program), diagnostics: diagnostics,
      sets: program.sets)
  }
}
