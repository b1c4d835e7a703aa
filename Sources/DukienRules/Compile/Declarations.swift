internal import DukienText

/// A section of a rule file.
enum Section: Int, CaseIterable {
  case facts, lexicons, classes, patterns, values, groups, entities, zones, article, resolve, links
  case pageWords, root, assertions, rules, conflicts

  var index: Int { rawValue }

  var name: String {
    switch self {
    case .facts: "facts"
    case .lexicons: "lexicons"
    case .classes: "classes"
    case .patterns: "patterns"
    case .values: "values"
    case .groups: "groups"
    case .entities: "entities"
    case .zones: "zones"
    case .article: "article"
    case .resolve: "resolve"
    case .links: "links"
    case .pageWords: "page_words"
    case .root: "root"
    case .assertions: "assertions"
    case .rules: "rules"
    case .conflicts: "conflicts"
    }
  }

  /// The key that names an item of the section, where the section is a list of items.
  var itemKey: String? {
    switch self {
    case .rules: "rule"
    case .zones: "zone"
    case .links: "link"
    case .conflicts: "conflict"
    case .article, .resolve, .root: ""
    default: nil
    }
  }

  /// The kind of type that the section's names are, where they are types.
  var typeKind: TypeInfo.Kind? {
    switch self {
    case .lexicons: .lexicon
    case .classes: .tokenClass
    case .values: .value
    case .groups: .group
    case .entities: .entity
    default: nil
    }
  }
}

extension Compiler {
  /// The declarations of a section, in the order of the files.
  func declared(_ section: Section) -> [Declaration] { declarations[section.index] }

  /// The most lexicons, classes, values, groups and entities together: tables over pairs of types
  /// stay small.
  static let mostTypes = 4_096

  /// Collects the declarations of every section of every tree.
  func collectDeclarations() {
    var seen: [[String: Int]] = []
    for _ in Section.allCases { seen.append([:]) }
    for tree in trees.indices {
      let root = NodeRef(tree: tree, node: trees[tree].root)
      let found = fields(
        root, of: "a rule file", as: .file)
      readHeader(found)
      if let body = found["extends"] { extensions[setOfTree[tree]].append(body) }
      for section in Section.allCases {
        guard let body = found[section.name] else { continue }
        if let itemKey = section.itemKey {
          for item in kind(body) == .sequence ? items(body) : [body] {
            let name = itemName(item, itemKey)
            declarations[section.index].append(
              Declaration(name: name, key: item, body: item, set: setOfTree[tree]))
          }
          continue
        }
        guard kind(body) == .mapping else {
          report("rule.wrong-type", "section `\(section.name)` must be a mapping", at: body)
          continue
        }
        for (key, value) in entries(body) {
          let declaration = Declaration(
            name: text(key), key: key, body: value, set: setOfTree[tree])
          let full = "\(declaration.set)/\(declaration.name)"
          if let earlier = seen[section.index][full] {
            report(
              "rule.duplicate", "`\(declaration.name)` is declared twice in `\(section.name)`",
              hint: "first declared at \(place(declarations[section.index][earlier].key))", at: key)
            continue
          }
          seen[section.index][full] = declarations[section.index].count
          declarations[section.index].append(declaration)
        }
      }
    }
  }

  /// The name that an item of a list gives itself, or "".
  private func itemName(_ item: NodeRef, _ key: String) -> String {
    guard kind(item) == .mapping,
      let value = trees[item.tree].value(of: item.node, under: key)
    else { return "" }
    return trees[item.tree][value].text
  }

  func place(_ ref: NodeRef) -> String { "\(trees[ref.tree].file.label):\(line(ref))" }

  func line(_ ref: NodeRef) -> Int {
    let tree = trees[ref.tree]
    return tree.file.lineColumn(ofOffset: Int(tree.nodes[ref.node].span.begin)).line
  }

  /// Reads the head of a set. Sets come before those they use, and the first word counts.
  private func readHeader(_ found: [String: NodeRef]) {
    for key in ["name", "version", "about", "license"] { _ = scalar(found[key], key) }
    if let engine = found["engine"], let text = scalar(engine, "engine") {
      if let range = VersionRange(text) {
        if !range.contains(Version.engine) {
          report(
            "set.engine", "the rules ask for engine \(text); this one is \(Version.engine.text)",
            hint: "use another version of the library", at: engine)
        }
      } else {
        report(
          "set.version-range", "`\(text)` is no range of versions", hint: "write `>=1.0`",
          at: engine)
      }
    }
    if let zone = scalar(found["timezone"], "timezone"), program.timezone.isEmpty {
      program.timezone = zone
    }
    if let numbers = found["numbers"] {
      let keys = fields(numbers, of: "`numbers`", as: .numbers)
      let decimal = scalar(keys["decimal"], "decimal")?.utf8.first
      let group = scalar(keys["group"], "group")?.utf8.first
      guard !hasNumberFormat else { return }
      hasNumberFormat = true
      if let decimal { program.numberFormat.decimal = decimal }
      if let group { program.numberFormat.group = group }
    }
  }

  /// Gives every lexicon, class, value, group and entity its type.
  func declareTypes() {
    program.types = [TypeInfo(name: 0, kind: .none)]
    program.types.append(TypeInfo(name: name("quoted"), kind: .builtin))
    for set in program.sets.indices { _ = typeTable.declare("quoted", in: set, as: 1) }
    for section in Section.allCases {
      guard let kind = section.typeKind else { continue }
      for declaration in declared(section) { addType(declaration, kind) }
    }
    for section in Section.allCases where section.typeKind != nil {
      for declaration in declared(section) { warnOfHidden(declaration, in: typeTable) }
    }
    for section in [Section.values, .entities] {
      for declaration in declared(section) where kind(declaration.body) == .mapping {
        guard let parent = entries(declaration.body).first(where: { text($0.key) == "is" }),
          let name = scalar(parent.value, "is"), let child = type(of: declaration),
          let index = findType(name, at: parent.value)
        else { continue }
        guard index != child else {
          report("rule.cycle", "`\(name)` is its own kind through `is:`", at: parent.value)
          continue
        }
        program.types[Int(child)].parent = index
      }
    }
    breakParentCycles()
  }

  /// Warns of a name that hides another set's.
  func warnOfHidden(_ declaration: Declaration, in table: NameTable) {
    guard let other = scopes.hidden(declaration.name, in: table, by: declaration.set) else {
      return
    }
    report(
      "rule.hides", "`\(declaration.name)` hides the one of `\(program.sets[other].name)`",
      hint: "change that one with `extends`, or take another name", severity: .warning,
      at: declaration.key)
  }

  /// The type that a declaration has been given.
  func type(of declaration: Declaration) -> UInt16? {
    typeTable[declaration.name, in: declaration.set].map { UInt16($0) }
  }

  /// The type that a name stands for where it is written; `nil` with a report.
  func findType(_ name: String, at ref: NodeRef, offset: Int? = nil) -> UInt16? {
    find(name, "type", code: "rule.unknown-type", in: typeTable, at: ref, offset: offset)
      .map { UInt16($0) }
  }

  private func addType(_ declaration: Declaration, _ kind: TypeInfo.Kind) {
    guard program.types.count < Self.mostTypes else {
      if !hasTooManyTypes {
        hasTooManyTypes = true
        report(
          "rule.too-many", "rule sets declare more than \(Self.mostTypes) types",
          at: declaration.key)
      }
      return
    }
    let index = program.types.count
    guard typeTable.declare(declaration.name, in: declaration.set, as: index) == nil else {
      report(
        "rule.duplicate", "the name `\(declaration.name)` is already taken by another section",
        at: declaration.key)
      return
    }
    program.types.append(TypeInfo(name: name(declaration.name), kind: kind))
    typePlaces[UInt16(index)] = declaration.key
  }

  private func breakParentCycles() {
    for index in program.types.indices {
      var seen = 0
      var at = index
      while program.types[at].parent != 0, seen <= program.types.count {
        at = Int(program.types[at].parent)
        seen += 1
      }
      guard seen > program.types.count else { continue }
      let name = program.names[Int(program.types[index].name)]
      program.types[index].parent = 0
      if let place = typePlaces[UInt16(index)] {
        report("rule.cycle", "`\(name)` is its own kind through `is:`", at: place)
      }
    }
  }

  // MARK: Holes

  /// The hole that takes types and all that `is` one of them.
  func hole(_ types: [UInt16]) -> Int {
    if let index = holeIndex[types] { return index }
    holeIndex[types] = holeTypes.count
    holeTypes.append(types)
    return holeTypes.count - 1
  }

  /// The hole of the type that a name stands for; `nil` with a report.
  func findHole(_ name: String, at ref: NodeRef) -> Int? {
    findType(name, at: ref).map { hole([$0]) }
  }

  /// The hole of all lexicons of a name that the engine itself asks for, or -1.
  func builtInHole(_ name: String) -> Int {
    let types = program.sets.indices.compactMap { typeTable[name, in: $0].map { UInt16($0) } }
    return types.isEmpty ? -1 : hole(types)
  }

  /// Lays out which types each hole takes, once all holes are known.
  func finishHoles() {
    program.stopHole = builtInHole("stop")
    program.abbreviationHole = abbreviations.isEmpty ? -1 : hole(abbreviations)
    let typeCount = program.types.count
    program.holeCount = holeTypes.count
    program.holeTypes = [Bool](repeating: false, count: holeTypes.count * typeCount)
    holeKinds = holeTypes.map { kinds(of: $0) }
    for (hole, types) in holeKinds.enumerated() {
      for type in types { program.holeTypes[hole * typeCount + Int(type)] = true }
    }
  }

  /// The types that are of one of the wanted kinds, each once, in order.
  func kinds(of wanted: [UInt16]) -> [UInt16] {
    guard wanted.count != 1 else { return kinds(of: wanted[0]) }
    var found: Set<UInt16> = []
    for type in wanted { found.formUnion(kinds(of: type)) }
    return found.sorted()
  }
}
