package import DukienRules
internal import DukienText

/// What running one test of a rule file gave.
package struct TestOutcome: Sendable {
  package enum Kind: Sendable { case passed, missing, noisy, different }

  /// A role that came out otherwise, or, without a role, a fact or value that has no partner.
  package struct Difference: Sendable {
    package var role = ""
    package var expected = ""
    package var got = ""
  }

  /// The roles of a fact as an expectation writes them.
  package typealias Roles = [(role: String, values: [String])]

  package var kind: Kind
  package var expected = ""
  package var got = ""
  package var differences: [Difference] = []
  /// What the test would have to expect: norms of values, or facts.
  package var norms: [String] = []
  package var facts: [Roles] = []
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
      guard program.isKind(record.type, of: test.type) || listedAlike(record.type, test.type),
        Int(work.span(Int(record.begin), Int(record.end)).begin) >= from,
        let norm = printer.norm(Int32(index), &work)
      else { continue }
      got.append(String(decoding: norm, as: UTF8.self))
    }
    return compare(test.expectedValues, got)
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
    var outcome = TestOutcome(
      kind: kind, expected: expected.joined(separator: "; "), got: got.joined(separator: "; "))
    outcome.norms = got
    var left = got
    for norm in expected {
      if let index = left.firstIndex(of: norm) {
        left.remove(at: index)
      } else {
        outcome.differences.append(TestOutcome.Difference(expected: norm))
      }
    }
    outcome.differences += left.map { TestOutcome.Difference(got: $0) }
    return outcome
  }

  private func factOutcome(_ test: RuleTest, _ result: Extraction, _ from: Int) -> TestOutcome {
    func string(_ span: Span) -> String {
      String(decoding: result.storage[span.range], as: UTF8.self)
    }
    var facts: [FoundFact] = []
    for (fact, draft) in zip(result.facts, work.found.allDrafts.filter({ !$0.isDropped })) {
      let rules = work.found.rules(of: draft)
      guard rules.contains(where: { program.rules[$0].name == test.owner }), Int(fact.at.end) > from
      else { continue }
      let roles = result.roles[Int(fact.firstRole)..<Int(fact.firstRole + fact.roleCount)]
      var found = FoundFact(
        roles: roles.map {
          (string($0.name), [string($0.norm), string($0.text)].filter { !$0.isEmpty })
        })
      for (name, value) in zip(FactType.attributes, [fact.polarity, fact.saidBy])
      where !value.isEmpty {
        found.roles.append((name, [string(value)]))
      }
      facts.append(found)
    }
    return FactComparison(test.expectedFacts, facts).outcome
  }
}
