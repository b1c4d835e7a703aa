/// A fact that a test found: its roles, each with norm and text. A fact without polarity is positive.
struct FoundFact {
  var roles: [(role: String, values: [String])]

  func holds(_ role: String, _ value: String) -> Bool {
    roles.contains { $0.role == role && $0.values.contains(value) }
      || role == "polarity" && value == "positive" && !roles.contains { $0.role == role }
  }

  func values(of role: String) -> [String] {
    roles.filter { $0.role == role }.map { $0.values.first ?? "" }
  }
}

/// Compares the facts that a test expects with those that were found.
///
/// Each expected fact takes the first found one that holds all its roles; what is left on both
/// sides is paired by likeness, to say what differs.
struct FactComparison {
  typealias Expected = [(role: String, value: String)]

  private let expected: [Expected]
  private let found: [FoundFact]
  /// The found fact of each expected one, or -1, and whether it holds all that is expected.
  private var partners: [Int]
  private var isExact: [Bool]

  init(_ expected: [Expected], _ found: [FoundFact]) {
    self.expected = expected
    self.found = found
    partners = [Int](repeating: -1, count: expected.count)
    isExact = [Bool](repeating: false, count: expected.count)
    var left = Array(found.indices)
    for (index, fact) in expected.enumerated() {
      let match = left.firstIndex { at in fact.allSatisfy { found[at].holds($0.role, $0.value) } }
      guard let match else { continue }
      partners[index] = left.remove(at: match)
      isExact[index] = true
    }
    for (index, fact) in expected.enumerated() where partners[index] < 0 {
      var best = -1
      var bestLikeness = -1
      for (place, at) in left.enumerated() {
        let likeness = fact.count { found[at].holds($0.role, $0.value) }
        if likeness > bestLikeness { (best, bestLikeness) = (place, likeness) }
      }
      if best >= 0 { partners[index] = left.remove(at: best) }
    }
  }

  private var passes: Bool { isExact.allSatisfy { $0 } && found.count == expected.count }

  var outcome: TestOutcome {
    guard !passes else { return TestOutcome(kind: .passed) }
    let kind: TestOutcome.Kind =
      found.isEmpty ? .missing : expected.isEmpty ? .noisy : .different
    var outcome = TestOutcome(
      kind: kind, expected: expected.map(Self.shown).joined(separator: "; "),
      got: found.map(Self.shown).joined(separator: "; "))
    // Where one side is empty, the lines above say it all.
    outcome.differences = found.isEmpty || expected.isEmpty ? [] : differences
    outcome.facts = facts
    return outcome
  }

  private static func shown(_ fact: Expected) -> String {
    "{" + fact.map { "\($0.role): \($0.value)" }.joined(separator: ", ") + "}"
  }

  private static func shown(_ fact: FoundFact) -> String {
    shown(fact.roles.map { ($0.role, $0.values.first ?? "") })
  }

  private var differences: [TestOutcome.Difference] {
    var all: [TestOutcome.Difference] = []
    for (index, fact) in expected.enumerated() where !isExact[index] {
      guard partners[index] >= 0 else {
        all.append(TestOutcome.Difference(expected: Self.shown(fact)))
        continue
      }
      let other = found[partners[index]]
      for (role, value) in fact where !other.holds(role, value) {
        all.append(
          TestOutcome.Difference(
            role: role, expected: value, got: other.values(of: role).joined(separator: ", ")))
      }
    }
    for index in found.indices where !partners.contains(index) {
      all.append(TestOutcome.Difference(got: Self.shown(found[index])))
    }
    return all
  }

  /// The found facts as an expectation would write them: of a fact that has a partner the roles
  /// that are expected now, of another all.
  private var facts: [TestOutcome.Roles] {
    let brief = found.indices.map { roles(of: $0, isBrief: true) }
    let asExpected: [Expected] = brief.map { fact in
      fact.flatMap { role in role.values.map { (role.role, $0) } }
    }
    if FactComparison(asExpected, found).passes { return brief }
    return found.indices.map { roles(of: $0, isBrief: false) }
  }

  private func roles(of index: Int, isBrief: Bool) -> TestOutcome.Roles {
    let partner = partners.firstIndex(of: index).map { expected[$0] }
    var roles: TestOutcome.Roles = []
    for (role, values) in found[index].roles {
      if isBrief, let partner, !partner.contains(where: { $0.role == role }) { continue }
      // A value that is expected by its text stays so.
      let kept = partner?.first { $0.role == role && values.contains($0.value) }?.value
      let value = kept ?? values.first ?? ""
      if let last = roles.last, last.role == role {
        roles[roles.count - 1].values.append(value)
      } else {
        roles.append((role, [value]))
      }
    }
    if roles.isEmpty, isBrief { return self.roles(of: index, isBrief: false) }
    return roles
  }
}
