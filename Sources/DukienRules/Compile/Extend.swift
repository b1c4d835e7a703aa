/// What a set changes of the entries of another set's lexicon.
struct EntryChange {
  var verb: ExtensionVerb
  var entries: NodeRef
}

enum ExtensionVerb: Int, CaseIterable {
  case add, replace, remove

  var name: String {
    switch self {
    case .add: "add"
    case .replace: "replace"
    case .remove: "remove"
    }
  }
}

extension Compiler {
  private static let extensible: [Section] = [
    .facts, .lexicons, .classes, .patterns, .values, .groups, .entities, .links, .assertions,
    .rules, .conflicts,
  ]

  /// Applies what sets say under `extends` to the declarations of the sets they use: sets first
  /// that others use.
  func applyExtensions() {
    guard extensions.contains(where: { !$0.isEmpty }) else { return }
    var tables = Self.extensible.map { table(of: $0) }
    var changed: [[Int: NodeRef]] = Self.extensible.map { _ in [:] }
    for set in setOrder {
      for body in extensions[set] {
        let sections = fields(body, of: "`extends`", allowed: Self.extensible.map { $0.name })
        for (index, section) in Self.extensible.enumerated() {
          guard let change = sections[section.name] else { continue }
          extend(section, by: change, &tables[index], &changed[index])
        }
      }
    }
    for section in Self.extensible {
      declarations[section.index].removeAll { $0.name == Self.removedName }
    }
  }

  /// No declaration has this name: YAML keys hold no line break.
  private static let removedName = "\n"

  /// The declarations of a section by name, as indexes into it.
  private func table(of section: Section) -> NameTable {
    var table = NameTable(sets: program.sets.count)
    for (index, declaration) in declared(section).enumerated() where !declaration.name.isEmpty {
      _ = table.declare(declaration.name, in: declaration.set, as: index)
    }
    return table
  }

  private func extend(
    _ section: Section, by change: NodeRef, _ table: inout NameTable,
    _ changed: inout [Int: NodeRef]
  ) {
    let verbs = fields(
      change, of: "`\(section.name)`", allowed: ExtensionVerb.allCases.map { $0.name })
    for verb in ExtensionVerb.allCases {
      guard let body = verbs[verb.name] else { continue }
      if verb == .add, section != .lexicons {
        report(
          "extends.add", "only lexicons are added to",
          hint: "declare it under `\(section.name)` of the set itself", at: body)
        continue
      }
      for (name, at, new) in targets(body, verb, section) {
        guard
          let index = find(
            name, Self.noun(section), code: "extends.unknown", in: table, at: at)
        else { continue }
        if section == .lexicons, let new {
          declarations[section.index][index].changes.append(EntryChange(verb: verb, entries: new))
          continue
        }
        if let first = changed[index] {
          report(
            "extends.twice", "`\(name)` is changed twice", hint: "first at \(place(first))", at: at)
          continue
        }
        changed[index] = at
        if let new {
          declarations[section.index][index].body = new
          declarations[section.index][index].key = at
        } else {
          declarations[section.index][index].name = Self.removedName
        }
      }
    }
  }

  /// What one verb names: each name, where it stands, and the new body, if any.
  private func targets(_ body: NodeRef, _ verb: ExtensionVerb, _ section: Section)
    -> [(name: String, at: NodeRef, new: NodeRef?)]
  {
    if section == .lexicons || verb == .replace && section.itemKey == nil {
      return pairs(body, verb.name).map { (text($0.key), $0.key, $0.value) }
    }
    if verb == .remove { return texts(body, verb.name).map { ($0.text, $0.at, nil) } }
    return listed(body).compactMap { item in
      guard let key = section.itemKey, kind(item) == .mapping,
        let value = trees[item.tree].value(of: item.node, under: key)
      else {
        report(
          "rule.missing-key", "what replaces needs a name",
          hint: "begin with `\(section.itemKey ?? "name"): NAME`", at: item)
        return nil
      }
      return (trees[item.tree][value].text, item, item)
    }
  }

  private static func noun(_ section: Section) -> String {
    switch section {
    case .facts: "type of fact"
    case .lexicons: "lexicon"
    case .classes: "class"
    case .patterns: "pattern"
    case .values: "value"
    case .groups: "group"
    case .entities: "entity"
    case .links: "link"
    case .assertions: "assertion"
    case .conflicts: "conflict"
    default: "rule"
    }
  }
}
