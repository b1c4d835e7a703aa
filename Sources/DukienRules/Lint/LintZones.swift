extension Compiler {
  /// Labels that conditions ask for must be given by some zone.
  func lintZones() {
    let known = zoneLabels()
    for declaration in declared(.zones) where kind(declaration.body) == .mapping {
      for (key, value) in entries(declaration.body) where text(key) == "when" {
        for item in listed(value) { lintCondition(item, known) }
      }
    }
  }

  private func zoneLabels() -> Set<String> {
    Set(program.zones.map { program.names[Int($0.label)] })
  }

  private func lintCondition(_ ref: NodeRef, _ known: Set<String>) {
    for (key, value) in entries(ref) {
      switch text(key) {
      case "after", "seen", "not_seen", "repeats":
        for item in listed(value) where !known.contains(text(item)) {
          report(
            "zone.unknown-label", "no zone gives the label `\(text(item))`",
            hint: remedy(
              for: text(item), among: known.sorted(),
              else: list(known.sorted(), after: "labels: ")), at: item)
        }
      case "next", "previous", "not": lintCondition(value, known)
      default: break
      }
    }
  }

  /// Sources of the article's fields: a label, and what its zones keep.
  ///
  /// What is near a known name is taken for a mistake. Other names may be those of sets that use
  /// this one, so they are noted only in a set that itself uses others.
  func lintArticle() {
    let known = zoneLabels()
    guard !known.isEmpty else { return }
    let captures = zoneCaptures()
    let sure = setsWithUses()
    for declaration in declared(.article) {
      let isSure = sure.contains(declaration.set)
      for (key, value) in entries(declaration.body) {
        let whole = text(key) == "images" ? entries(value).map { $0.value } : [value]
        for field in whole {
          for (key, from) in entries(field)
          where ["from", "cut_off", "cut_to"].contains(text(key)) {
            for source in listed(from) { lintSource(source, known, captures, isSure) }
          }
        }
      }
    }
  }

  private func setsWithUses() -> Set<Int> {
    var found: Set<Int> = []
    for tree in trees.indices {
      let root = NodeRef(tree: tree, node: trees[tree].root)
      if entries(root).contains(where: { text($0.key) == "uses" }) { found.insert(setOfTree[tree]) }
    }
    return found
  }

  private func lintSource(
    _ ref: NodeRef, _ known: Set<String>, _ captures: [String: Set<String>], _ isSure: Bool
  ) {
    let parts = text(ref).split(separator: ".").map { String($0) }
    guard let label = parts.first, parts.count <= 2, !Self.isTold(label) else { return }
    guard known.contains(label) else {
      let near = nearest(label, among: known.sorted())
      guard near != nil || isSure else { return }
      report(
        "zone.unknown-label", "no zone gives the label `\(label)`",
        hint: near.map { "did you mean `\($0)`?" } ?? "",
        severity: near == nil ? .note : .warning, at: ref, offset: 0)
      return
    }
    guard parts.count == 2 else { return }
    let kept = captures[label] ?? []
    guard !kept.contains(parts[1]) else { return }
    let near = nearest(parts[1], among: kept.sorted())
    guard near != nil || isSure else { return }
    report(
      "zone.unknown-capture", "no zone `\(label)` keeps `\(parts[1])`",
      hint: near.map { "did you mean `\($0)`?" } ?? list(kept.sorted(), after: "it keeps: "),
      severity: near == nil ? .note : .warning, at: ref, offset: label.utf8.count + 1)
  }

  /// What the patterns of each label keep, with what the engine keeps beside them.
  private func zoneCaptures() -> [String: Set<String>] {
    var found: [String: Set<String>] = [:]
    for zone in program.zones {
      let label = program.names[Int(zone.label)]
      for condition in zone.conditions {
        switch condition.test {
        case .startsWith(let pattern), .endsWith(let pattern):
          found[label, default: []].insert("rest")
          found[label, default: []].formUnion(captureNames(of: pattern))
        case .every(let pattern):
          found[label, default: []].insert("before")
          found[label, default: []].formUnion(captureNames(of: pattern))
        case .contains(let pattern), .only(let pattern):
          found[label, default: []].formUnion(captureNames(of: pattern))
        default: break
        }
      }
    }
    return found
  }

  private func captureNames(of pattern: Int) -> [String] {
    program.patterns[pattern].slots.map { program.names[Int($0)] }
  }
}
