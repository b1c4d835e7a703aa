package import DukienRules
internal import DukienText

/// What running one test of a rule file gave.
package struct TestOutcome: Sendable {
  package enum Kind: Sendable { case passed, missing, noisy, different }

  package var kind: Kind
  package var expected = ""
  package var got = ""
}

extension Engine {
  /// Runs a test: its text as a paragraph of its own, after the context it names.
  ///
  /// A value test compares the norms of its type in order. A rule test compares the facts of its
  /// rule: each expected fact needs one found fact that holds all the roles it names, and no fact
  /// of the rule may be left over.
  package func outcome(of test: RuleTest) -> TestOutcome {
    var options = RunOptions()
    options.published = test.published
    options.isPlainText = true
    let before = test.before.isEmpty ? "" : test.before + "\n"
    let input = Array((before + test.text).utf8)
    let result = input.withUnsafeBytes { run($0, options) }
    let from = before.utf8.count
    if test.isValue { return valueOutcome(test, result, from) }
    return factOutcome(test, result, from)
  }

  private func valueOutcome(_ test: RuleTest, _ result: Extraction, _ from: Int)
    -> TestOutcome
  {
    var got: [String] = []
    for index in work.records.indices where work.isLive(index) {
      let record = work.records[index]
      guard isKind(record.type, of: test.type) || listedAlike(record.type, test.type),
        Int(work.span(Int(record.begin), Int(record.end)).begin) >= from,
        let norm = printer.norm(Int32(index), &work)
      else { continue }
      got.append(String(decoding: norm, as: UTF8.self))
    }
    return compare(test.expectedValues, got)
  }

  private func isKind(_ type: UInt16, of wanted: UInt16) -> Bool {
    var at = type
    while at != 0 {
      if at == wanted { return true }
      at = program.types[Int(at)].parent
    }
    return false
  }

  private func listedAlike(_ a: UInt16, _ b: UInt16) -> Bool {
    let listed = program.types[Int(a)].listsAs
    return listed != 0 && listed == program.types[Int(b)].listsAs
  }

  private func compare(_ expected: [String], _ got: [String]) -> TestOutcome {
    let isEqual = expected.sorted() == got.sorted()
    guard !isEqual else { return TestOutcome(kind: .passed) }
    let kind: TestOutcome.Kind =
      got.isEmpty ? .missing : expected.isEmpty ? .noisy : .different
    return TestOutcome(
      kind: kind, expected: expected.joined(separator: "; "), got: got.joined(separator: "; "))
  }

  private func factOutcome(_ test: RuleTest, _ result: Extraction, _ from: Int) -> TestOutcome {
    func string(_ span: Span) -> String {
      String(decoding: result.storage[span.range], as: UTF8.self)
    }
    var facts: [[(role: String, values: [String])]] = []
    for (fact, draft) in zip(result.facts, self.facts.drafts.filter { !$0.isDropped }) {
      let rules = [draft.rule] + draft.unitedRules
      guard rules.contains(where: { program.rules[$0].name == test.owner }), Int(fact.at.end) > from
      else { continue }
      let roles = result.roles[Int(fact.firstRole)..<Int(fact.firstRole + fact.roleCount)]
      facts.append(
        roles.map { (string($0.name), [string($0.norm), string($0.text)].filter { !$0.isEmpty }) })
    }
    var left = Array(facts.indices)
    var missing = 0
    for expected in test.expectedFacts {
      let found = left.firstIndex { index in
        expected.allSatisfy { role, value in
          facts[index].contains { $0.role == role && $0.values.contains(value) }
        }
      }
      if let found { left.remove(at: found) } else { missing += 1 }
    }
    guard missing > 0 || !left.isEmpty else { return TestOutcome(kind: .passed) }
    let kind: TestOutcome.Kind =
      facts.isEmpty ? .missing : test.expectedFacts.isEmpty ? .noisy : .different
    let expected = test.expectedFacts.map { fact in
      "{" + fact.map { "\($0.role): \($0.value)" }.joined(separator: ", ") + "}"
    }
    let got = facts.map { fact in
      "{" + fact.map { "\($0.role): \($0.values.first ?? "")" }.joined(separator: ", ") + "}"
    }
    return TestOutcome(
      kind: kind, expected: expected.joined(separator: "; "), got: got.joined(separator: "; "))
  }
}
