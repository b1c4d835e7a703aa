internal import DukienText

/// A place in a rule file.
struct NodeRef {
  var tree: Int
  var node: Int
}

/// A named declaration and its body. Names in the body are looked up from the file it stands in.
struct Declaration {
  var name: String
  var key: NodeRef
  var body: NodeRef
  /// The set whose name it is.
  var set: Int
  /// For lexicons: what other sets change of its entries.
  var changes: [EntryChange] = []
}

/// Checks the trees of all loaded sets and lays out one `Program`, reporting every problem.
///
/// One instance compiles once. Each section has a file of its own.
final class Compiler {
  var program = ProgramDraft()
  var diagnostics: [Diagnostic] = []
  let trees: [YamlTree]
  /// Index of the set that each tree belongs to.
  let setOfTree: [Int]

  /// Declarations by `Section.index`.
  var declarations = [[Declaration]](repeating: [], count: Section.allCases.count)
  /// By set, what it says under `extends`.
  var extensions: [[NodeRef]]
  let scopes: Scopes
  let origins: [SetOrigin]
  /// True for sets that were asked for, not only used.
  let isRoot: [Bool]
  let reader: SourceReader
  /// Sets in the order in which their extensions apply.
  let setOrder: [Int]
  var nameIndex: [String: UInt16] = ["": 0]
  var typeTable: NameTable
  var factTable: NameTable
  /// Named patterns, as indexes into `namedPatterns`.
  var patternTable: NameTable
  var namedPatterns: [NamedPattern] = []
  /// Where each type is declared.
  var typePlaces: [UInt16: NodeRef] = [:]
  let words = WordCompiler()
  /// Holes by the types they were asked for.
  var holeIndex: [[UInt16]: Int] = [:]
  var holeTypes: [[UInt16]] = []
  /// By set, what the names in holes that have been looked up stand for.
  var holeTargets: [[String: HoleTarget]]
  /// The types each hole takes, with their subtypes, once all holes are known.
  var holeKinds: [[UInt16]] = []
  var forms = LexiconForms()
  /// Marks of elements by what they stand for, such as `tag p`.
  var markIndex: [String: Int] = [:]
  /// Declared groups of page_words, in order.
  var wordGroups: [String] = []
  /// The files that lexicons are read from.
  var dataFiles: [SourceFile] = []
  /// Lexicons of abbreviations, whose full stop ends no sentence.
  var abbreviations: [UInt16] = []
  var knownPatterns: [KnownPattern: Int] = [:]
  /// Class by type.
  var classIndex: [UInt16: Int] = [:]
  /// Lexicon types left out of each class.
  var classExclusions: [[UInt16]] = []
  /// Types that each production's pattern refers to, for ordering.
  var references: [[UInt16]] = []
  /// Where each production is declared.
  var productionPlaces: [NodeRef] = []
  /// Level of each production within its stage.
  var levels: [Int] = []
  var beats: [(winner: UInt16, loser: UInt16)] = []
  /// Groups that may span several sentences of a block.
  var blockGroups: [UInt16] = []
  var hasTooManyTypes = false
  var hasNumberFormat = false
  private var keysOfPlaces: [Grammar.Place: [String]] = [:]
  var notes = SourceNotes()
  /// Children of each type by `is:`, and the lists of `kinds(of:)` that were asked for.
  var childTypes: [[UInt16]] = []
  var kindLists: [UInt16: [UInt16]] = [:]
  var errorCount = 0
  var lesserCount = 0
  var remedyCount = 0
  var hasTooManySteps = false
  var hasTooManyNames = false
  var hasTooManyEntries = false

  init(_ collector: SetCollector, _ reader: SourceReader) {
    trees = collector.trees
    setOfTree = collector.setOfTree
    origins = collector.origins
    setOrder = collector.order
    isRoot = collector.isRoot
    scopes = Scopes(collector.sets, collector.uses, lacksUses: collector.lacksUses)
    let count = collector.sets.count
    extensions = [[NodeRef]](repeating: [], count: count)
    holeTargets = [[String: HoleTarget]](repeating: [:], count: count)
    typeTable = NameTable(sets: count)
    factTable = NameTable(sets: count)
    patternTable = NameTable(sets: count)
    self.reader = reader
    program.sets = collector.sets
  }

  /// Runs all steps; the program is usable only where no diagnostic is an error.
  func compile() -> ProgramDraft {
    collectDeclarations()
    applyExtensions()
    declareTypes()
    declarePatterns()
    compileLexicons()
    compileClasses()
    compileProductions()
    orderProductions()
    compileFacts()
    compilePageWords()
    compileRoot()
    compileZones()
    compileArticle()
    compileResolve()
    compileLinks()
    compileRules()
    compileAssertions()
    compileConflicts()
    finishPatterns()
    finishHoles()
    finishLexicons()
    finishClasses()
    finishDispatch()
    if hasTooManyNames, let tree = trees.indices.first {
      report(
        "rule.too-many", "rule sets use more than \(CompileLimits.names) names and meanings",
        at: NodeRef(tree: tree, node: trees[tree].root))
    }
    program.vocabulary = words.vocabulary
    program.exactSpellings = words.exactSpellings
    return program
  }

  // MARK: Names

  func name(_ text: String) -> UInt16 {
    if let index = nameIndex[text] { return index }
    guard program.names.count < CompileLimits.names else {
      hasTooManyNames = true
      return 0
    }
    let index = UInt16(program.names.count)
    program.names.append(text)
    nameIndex[text] = index
    return index
  }

  /// The id of a text that entries, expressions and roles stand for.
  func symbol(_ text: String) -> UInt32 {
    var text = text
    return text.withUTF8 { $0.isEmpty ? 0 : program.symbols.intern(folded: $0) }
  }

  // MARK: Nodes

  func text(_ ref: NodeRef) -> String { trees[ref.tree].nodes[ref.node].text }

  func kind(_ ref: NodeRef) -> Node.Kind { trees[ref.tree].nodes[ref.node].kind }

  func items(_ ref: NodeRef) -> [NodeRef] {
    trees[ref.tree].children(of: ref.node).map { NodeRef(tree: ref.tree, node: $0) }
  }

  func entries(_ ref: NodeRef) -> [(key: NodeRef, value: NodeRef)] {
    trees[ref.tree].entries(of: ref.node).map {
      (NodeRef(tree: ref.tree, node: $0.key), NodeRef(tree: ref.tree, node: $0.value))
    }
  }

  /// The entries of a mapping by key; reports keys that the place does not have and other shapes.
  func fields(_ ref: NodeRef, of what: String, as place: Grammar.Place) -> [String: NodeRef] {
    let keys = keysOfPlaces[place] ?? Grammar.keys(of: place)
    keysOfPlaces[place] = keys
    return fields(ref, of: what, allowed: keys)
  }

  /// The entries of a mapping by key; reports keys that are not `allowed` and other shapes.
  func fields(_ ref: NodeRef, of what: String, allowed: [String]) -> [String: NodeRef] {
    var found: [String: NodeRef] = [:]
    guard kind(ref) == .mapping else {
      if kind(ref) != .null || !allowed.isEmpty {
        report("rule.wrong-type", "\(what) must be a mapping", at: ref)
      }
      return found
    }
    for (key, value) in entries(ref) {
      let name = text(key)
      guard allowed.contains(name) else {
        let near = nearest(name, among: allowed)
        report(
          "rule.unknown-key", "unknown key `\(name)` in \(what)",
          hint: near.map { "did you mean `\($0)`?" }
            ?? "known keys: \(allowed.joined(separator: ", "))",
          at: key)
        continue
      }
      found[name] = value
    }
    return found
  }

  /// The text of a scalar, or `nil` with a report.
  func scalar(_ ref: NodeRef?, _ what: String) -> String? {
    guard let ref else { return nil }
    guard kind(ref) == .scalar else {
      report("rule.wrong-type", "`\(what)` must be a text", at: ref)
      return nil
    }
    return text(ref)
  }

  /// The items of a list, or the one node that stands for a list of one.
  func listed(_ ref: NodeRef?) -> [NodeRef] {
    guard let ref else { return [] }
    return kind(ref) == .sequence ? items(ref) : [ref]
  }

  /// A scalar or a list of scalars, as texts.
  func texts(_ ref: NodeRef?, _ what: String) -> [(text: String, at: NodeRef)] {
    listed(ref).compactMap { item in scalar(item, what).map { ($0, item) } }
  }

  /// One of a closed set of words.
  func choice(_ ref: NodeRef?, _ what: String, _ allowed: [String]) -> Int? {
    guard let ref, let word = scalar(ref, what) else { return nil }
    if let index = allowed.firstIndex(of: word) { return index }
    let near = nearest(word, among: allowed)
    report(
      "rule.unknown-word", "`\(what)` cannot be `\(word)`",
      hint: near.map { "did you mean `\($0)`?" } ?? "one of: \(allowed.joined(separator: ", "))",
      at: ref)
    return nil
  }

  func integer(_ ref: NodeRef?, _ what: String) -> Int? {
    guard let ref, let word = scalar(ref, what) else { return nil }
    guard let value = Decimal(parsing: word)?.integer, value >= 0, value < 1_000_000 else {
      report("rule.wrong-type", "`\(what)` must be a whole number", at: ref)
      return nil
    }
    return Int(value)
  }

  /// `..5`, `3..`, `3..5` or `4`.
  func range(_ ref: NodeRef?, _ what: String) -> ClosedRange<Int>? {
    guard let ref, let word = scalar(ref, what) else { return nil }
    let bytes = Array(word.utf8)
    var numbers: [Int?] = [nil, nil]
    var part = 0
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x2E, index + 1 < bytes.count, bytes[index + 1] == 0x2E, part == 0 {
        part = 1
        index += 2
        continue
      }
      guard bytes[index] >= 0x30, bytes[index] <= 0x39, (numbers[part] ?? 0) < 100_000 else {
        report("rule.wrong-type", "`\(what)` must be a range such as `3..5`", at: ref)
        return nil
      }
      numbers[part] = (numbers[part] ?? 0) * 10 + Int(bytes[index] - 0x30)
      index += 1
    }
    let low = numbers[0] ?? 0
    let high = part == 0 ? low : numbers[1] ?? Int.max
    guard low <= high else {
      report("rule.wrong-type", "`\(what)` goes from high to low", at: ref)
      return nil
    }
    return low...high
  }

  // MARK: Reports

  func report(
    _ code: String, _ message: String, hint: String = "", severity: Severity = .error,
    at ref: NodeRef, offset: Int? = nil, rule: String = ""
  ) {
    let tree = trees[ref.tree]
    report(severity) {
      if let offset {
        tree.diagnostic(
          code, inScalar: ref.node, offset..<offset + 1, message, severity: severity, hint: hint,
          rule: rule)
      } else {
        tree.diagnostic(code, at: ref.node, message, severity: severity, hint: hint, rule: rule)
      }
    }
  }

  /// Reports what `finding` makes, while findings of its weight are reported at all.
  func report(_ severity: Severity, _ finding: () -> Diagnostic) {
    guard mayReport(severity) else { return }
    diagnostics.append(finding())
    markLast(severity)
  }

  func report(_ problem: PatternProblem, at ref: NodeRef, rule: String = "") {
    report(
      problem.code, problem.message, hint: problem.hint, at: ref, offset: problem.at, rule: rule)
  }
}
