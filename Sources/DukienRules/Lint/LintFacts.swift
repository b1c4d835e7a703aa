extension Compiler {
  /// Types of facts, and roles of theirs, that no rule gives; in sets that were asked for and have
  /// rules. A set that is still being mended has such gaps: they are told where nothing else is.
  func lintUnfilledFacts() {
    guard diagnostics.isEmpty else { return }
    let filled = filledRoles()
    for declaration in declared(.facts) where isRoot[declaration.set] {
      guard program.sets[declaration.set].rules > 0,
        let fact = factTable[declaration.name, in: declaration.set]
      else { continue }
      let kinds = kinds(ofFact: fact)
      guard program.rules.contains(where: { kinds.contains($0.emits) }) else {
        report(
          "fact.never", "no rule states a `\(declaration.name)`",
          hint: "add a rule with `emits: \(declaration.name)`", severity: .warning,
          at: declaration.key)
        continue
      }
      for (key, _) in pairsOfRoles(declaration) {
        guard
          let role = program.facts[fact].roles.firstIndex(where: {
            program.names[Int($0.name)] == text(key)
          }), !kinds.contains(where: { filled[$0][role] })
        else { continue }
        report(
          "fact.role-never", "nothing fills the role `\(text(key))` of `\(declaration.name)`",
          hint: "keep something as `<\(text(key)):…>` in a rule, or take the role away",
          severity: .warning, at: key)
      }
    }
  }

  private func pairsOfRoles(_ declaration: Declaration) -> [(key: NodeRef, value: NodeRef)] {
    guard kind(declaration.body) == .mapping,
      let roles = entries(declaration.body).first(where: { text($0.key) == "roles" })?.value,
      kind(roles) == .mapping
    else { return [] }
    return entries(roles)
  }

  /// By type of fact, the roles that some rule or assertion fills.
  private func filledRoles() -> [[Bool]] {
    var filled = program.facts.map { [Bool](repeating: false, count: $0.roles.count) }
    for (index, own) in fillableRoles().enumerated() {
      let fact = program.rules[index].emits
      for role in own.indices where own[role] { filled[fact][role] = true }
    }
    for assertion in program.assertions {
      for (fact, role) in zip(assertion.facts, assertion.roles) where role >= 0 {
        filled[fact][role] = true
      }
    }
    return filled
  }
}
