package import DukienRules

/// What the patterns of a rule, value, group or entity cost over some pages.
package struct OwnerProfile: Sendable {
  /// `rule`, `value`, `group`, `entity`, or `other` for zones, assertions and the like.
  package var kind: String
  package var name: String
  package var file: String
  package var line: Int
  /// How often its trigger or phrase was tried, and how often that matched.
  package var attempts: UInt64 = 0
  package var hits: UInt64 = 0
  /// The facts it found or the mentions that were left of it at the end.
  package var kept: UInt64 = 0
  /// The steps of all its patterns, those of roles and conditions too.
  package var steps: UInt64 = 0
}

extension Engine {
  /// Reads pages one after the other and counts what each pattern costs. Counts are repeatable.
  ///
  /// The program must be mapped.
  /// - Complexity: that of reading the pages.
  package func profile(_ pages: [[UInt8]]) -> [OwnerProfile] {
    var (owners, ownerOfPattern) = self.owners()
    var ruleOwners: [Int] = []
    var typeOwners = [Int](repeating: -1, count: program.types.count)
    for rule in program.rules { ruleOwners.append(ownerOfPattern[rule.trigger]) }
    for production in program.productions {
      typeOwners[Int(production.type)] = ownerOfPattern[production.pattern]
    }
    work.observes = true
    work.profile.reset(patterns: program.patterns.count)
    for page in pages {
      _ = page.withUnsafeBytes { run($0, RunOptions()) }
      for draft in work.found.allDrafts where !draft.isDropped {
        for rule in work.found.rules(of: draft) { owners[ruleOwners[rule]].kept += 1 }
      }
      for index in work.records.indices where work.isLive(index) {
        let owner = typeOwners[Int(work.records[index].type)]
        if owner >= 0 { owners[owner].kept += 1 }
      }
    }
    work.observes = false
    for (pattern, cost) in work.profile.costs.enumerated() {
      let owner = ownerOfPattern[pattern]
      owners[owner].steps += cost.steps
      guard isMain(pattern) else { continue }
      owners[owner].attempts += cost.attempts
      owners[owner].hits += cost.hits
    }
    return owners
  }

  private func isMain(_ pattern: Int) -> Bool {
    let what = program.map?.places[pattern].what ?? ""
    return what == "phrase" || what == "trigger"
  }

  /// Everybody who has patterns, in the order of the program, and the owner of each pattern.
  private func owners() -> ([OwnerProfile], [Int]) {
    var owners: [OwnerProfile] = []
    var ownerOf = [Int](repeating: -1, count: program.patterns.count)
    func add(_ kind: String, _ name: String, _ patterns: [Int]) {
      guard let first = patterns.first, let place = program.map?.places[first] else { return }
      for pattern in patterns where pattern >= 0 { ownerOf[pattern] = owners.count }
      owners.append(
        OwnerProfile(kind: kind, name: name, file: place.file, line: place.line(of: 0)))
    }
    for production in program.productions {
      let type = program.types[Int(production.type)]
      add(
        type.kind.word, program.names[Int(type.name)],
        [production.pattern] + production.guards.patterns)
    }
    for rule in program.rules { add("rule", rule.name, rule.patterns) }
    for pattern in ownerOf.indices where ownerOf[pattern] < 0 {
      let place = program.map?.places[pattern]
      add("other", place?.what ?? "", [pattern])
    }
    return (owners, ownerOf)
  }
}

extension Guards {
  var patterns: [Int] { [before, after, inside].filter { $0 >= 0 } }
}

extension Rule {
  /// The patterns of the rule, its trigger first.
  var patterns: [Int] {
    var all = [trigger] + guards.patterns
    for search in searches {
      for case .search(let pattern, _, _, _) in search.ways { all.append(pattern) }
    }
    if let list { all += [list.opensWith, list.member, list.separator] }
    return all
  }
}

extension TypeInfo.Kind {
  /// The word that tools use for it.
  package var word: String {
    switch self {
    case .none, .builtin: "builtin"
    case .family: "family"
    case .lexicon: "lexicon"
    case .tokenClass: "class"
    case .value: "value"
    case .group: "group"
    case .entity: "entity"
    }
  }
}
