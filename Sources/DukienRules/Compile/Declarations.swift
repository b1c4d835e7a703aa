internal import DukienText

/// A section of a rule file.
enum Section: Int, CaseIterable {
  case facts, lexicons, classes, values, groups, entities, zones, article, resolve, links
  case assertions, rules

  var index: Int { rawValue }

  var name: String {
    switch self {
    case .facts: "facts"
    case .lexicons: "lexicons"
    case .classes: "classes"
    case .values: "values"
    case .groups: "groups"
    case .entities: "entities"
    case .zones: "zones"
    case .article: "article"
    case .resolve: "resolve"
    case .links: "links"
    case .assertions: "assertions"
    case .rules: "rules"
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

  static let headerKeys = [
    "name", "version", "engine", "about", "uses", "timezone", "numbers", "license",
  ]
  /// Collects the named declarations of every section of every tree.
  func collectDeclarations() {
    for tree in trees.indices {
      let root = NodeRef(tree: tree, node: trees[tree].root)
      let found = fields(
        root, of: "a rule file", allowed: Self.headerKeys + Section.allCases.map { $0.name })
      readHeader(found)
      for section in Section.allCases {
        guard let body = found[section.name] else { continue }
        switch section {
        case .rules, .zones, .links, .article, .resolve:
          let whole = kind(body) == .sequence ? items(body) : [body]
          for item in whole {
            declarations[section.index].append(
              Declaration(name: "", key: item, body: item, set: setOfTree[tree]))
          }
        default:
          guard kind(body) == .mapping else {
            report("rule.wrong-type", "section `\(section.name)` must be a mapping", at: body)
            continue
          }
          for (key, value) in entries(body) {
            declare(
              section, Declaration(name: text(key), key: key, body: value, set: setOfTree[tree]))
          }
        }
      }
    }
  }

  private func declare(_ section: Section, _ declaration: Declaration) {
    if let earlier = declaredNames[section.index][declaration.name] {
      report(
        "rule.duplicate", "`\(declaration.name)` is declared twice in `\(section.name)`",
        hint: "first declared at \(place(earlier))", at: declaration.key)
      return
    }
    declaredNames[section.index][declaration.name] = declaration.key
    declarations[section.index].append(declaration)
  }

  func place(_ ref: NodeRef) -> String { "\(trees[ref.tree].file.label):\(line(ref))" }

  func line(_ ref: NodeRef) -> Int {
    let tree = trees[ref.tree]
    return tree.file.lineColumn(ofOffset: Int(tree.nodes[ref.node].span.begin)).line
  }

  private func readHeader(_ found: [String: NodeRef]) {
    for key in ["name", "version", "engine", "about", "license"] { _ = scalar(found[key], key) }
    if let zone = scalar(found["timezone"], "timezone") { program.timezone = zone }
    if let numbers = found["numbers"] {
      let keys = fields(numbers, of: "`numbers`", allowed: ["decimal", "group"])
      if let mark = scalar(keys["decimal"], "decimal")?.utf8.first {
        program.numberFormat.decimal = mark
      }
      if let mark = scalar(keys["group"], "group")?.utf8.first { program.numberFormat.group = mark }
    }
  }

  /// Gives every lexicon, class, value, group and entity its type.
  func declareTypes() {
    program.types = [TypeInfo(name: 0, kind: .none)]
    addType("quoted", .builtin, key: nil)
    for section in Section.allCases {
      guard let kind = section.typeKind else { continue }
      for declaration in declared(section) {
        addType(declaration.name, kind, key: declaration.key)
      }
    }
    for section in [Section.values, .entities] {
      for declaration in declared(section) where kind(declaration.body) == .mapping {
        guard let parent = entries(declaration.body).first(where: { text($0.key) == "is" }),
          let name = scalar(parent.value, "is"), let child = typeIndex[declaration.name]
        else { continue }
        guard let index = typeIndex[name] else {
          unknownType(name, at: parent.value)
          continue
        }
        guard index != child else {
          report("rule.cycle", "`\(name)` is its own kind through `is:`", at: parent.value)
          continue
        }
        program.types[Int(child)].parent = index
      }
    }
    breakParentCycles()
    knownTypes = program.types.dropFirst().map { program.names[Int($0.name)] }
  }

  private func addType(_ text: String, _ kind: TypeInfo.Kind, key: NodeRef?) {
    if typeIndex[text] != nil {
      if let key {
        report(
          "rule.duplicate", "the name `\(text)` is already taken by another section", at: key)
      }
      return
    }
    guard program.types.count < Self.mostTypes else {
      if let key, !hasTooManyTypes {
        hasTooManyTypes = true
        report(
          "rule.too-many", "rule sets declare more than \(Self.mostTypes) types", at: key)
      }
      return
    }
    typeIndex[text] = UInt16(program.types.count)
    program.types.append(TypeInfo(name: name(text), kind: kind))
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
      if let declaration = declared(.values).first(where: { $0.name == name })
        ?? declared(.entities).first(where: { $0.name == name })
      {
        report("rule.cycle", "`\(name)` is its own kind through `is:`", at: declaration.key)
      }
    }
  }

  func unknownType(_ name: String, at ref: NodeRef, offset: Int? = nil) {
    guard !hasGivenUp else { return }
    let near = nearest(
      name, among: knownTypes.isEmpty ? Array(typeIndex.keys).sorted() : knownTypes)
    report(
      "rule.unknown-type", "unknown type `\(name)`",
      hint: near.map { "did you mean `\($0)`?" } ?? "", at: ref, offset: offset)
  }

  /// The hole that takes the named type and all that `is` it.
  func hole(_ name: String) -> Int? {
    if let index = holeIndex[name] { return index }
    guard typeIndex[name] != nil else { return nil }
    holeIndex[name] = holeNames.count
    holeNames.append(name)
    return holeNames.count - 1
  }

  /// Lays out which types each hole takes.
  func finishHoles() {
    let typeCount = program.types.count
    program.holeCount = holeNames.count
    program.holeTypes = [Bool](repeating: false, count: holeNames.count * typeCount)
    for (hole, name) in holeNames.enumerated() {
      guard let wanted = typeIndex[name] else { continue }
      for type in kinds(of: wanted) { program.holeTypes[hole * typeCount + Int(type)] = true }
    }
  }
}
