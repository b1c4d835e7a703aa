internal import DukienText

extension Compiler {
  /// Finds tests that contradict or repeat another of their owner, and days that are none.
  func lintTests() {
    var firsts: [String: Int] = [:]
    for (index, test) in program.tests.enumerated() where index < notes.tests.count {
      lintDay(of: index)
      if test.isTodo { continue }
      let key = "\(test.owner)\n\(test.text)\n\(test.published)\n\(test.before)"
      guard let first = firsts[key] else {
        firsts[key] = index
        continue
      }
      let place = "the other is at \(place(notes.tests[first]))"
      if contradict(program.tests[first], test) {
        report(
          "test.contradiction", "two tests of the same text expect different things",
          hint: place, at: notes.tests[index], rule: test.owner)
      } else {
        report(
          "test.duplicate", "the same text is tested twice", hint: place, severity: .warning,
          at: notes.tests[index], rule: test.owner)
      }
    }
  }

  private func contradict(_ a: RuleTest, _ b: RuleTest) -> Bool {
    if a.isValue { return a.expectedValues.sorted() != b.expectedValues.sorted() }
    guard a.expectedFacts.count == b.expectedFacts.count else { return true }
    return a.expectedFacts.contains { one in !b.expectedFacts.contains { agree(one, $0) } }
      || b.expectedFacts.contains { one in !a.expectedFacts.contains { agree(one, $0) } }
  }

  /// True where no role is named by both with different values.
  private func agree(
    _ a: [(role: String, value: String)], _ b: [(role: String, value: String)]
  ) -> Bool {
    a.allSatisfy { pair in
      let other = b.filter { $0.role == pair.role }.map { $0.value }
      return other.isEmpty || other.contains(pair.value)
    }
  }

  private func lintDay(of index: Int) {
    let published = program.tests[index].published
    guard !published.isEmpty, !Self.isDay(Array(published.utf8)) else { return }
    let context = trees[notes.tests[index].tree].value(
      of: notes.tests[index].node, under: "context")
    let place = context.flatMap { trees[notes.tests[index].tree].value(of: $0, under: "published") }
    report(
      "test.published", "`\(shortened(published))` is no date",
      hint: "write it as 2024-03-31, with or without a time behind it",
      at: NodeRef(tree: notes.tests[index].tree, node: place ?? notes.tests[index].node),
      rule: program.tests[index].owner)
  }

  /// `yyyy-mm-dd`, alone or before `T` or a space.
  private static func isDay(_ bytes: [UInt8]) -> Bool {
    guard bytes.count >= 10 else { return false }
    if bytes.count > 10, bytes[10] != UInt8(ascii: "T"), bytes[10] != 0x20 { return false }
    var numbers = [0, 0, 0]
    for (index, byte) in bytes.prefix(10).enumerated() {
      if index == 4 || index == 7 {
        guard byte == UInt8(ascii: "-") else { return false }
      } else {
        guard byte >= 0x30, byte <= 0x39 else { return false }
        let part = index < 4 ? 0 : index < 7 ? 1 : 2
        numbers[part] = numbers[part] * 10 + Int(byte - 0x30)
      }
    }
    let isLeap = numbers[0] % 4 == 0 && (numbers[0] % 100 != 0 || numbers[0] % 400 == 0)
    let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return (1...12).contains(numbers[1]) && (1...lengths[numbers[1] - 1]).contains(numbers[2])
  }

  /// A rule is tried by a text in which it finds something, and by one in which it does not.
  func lintUntested() {
    var finds: Set<String> = []
    var refuses: Set<String> = []
    for test in program.tests where !test.isValue {
      if test.expectedFacts.isEmpty { refuses.insert(test.owner) } else { finds.insert(test.owner) }
    }
    for (rule, written) in zip(program.rules, notes.rules) {
      let lacksFind = !finds.contains(rule.name)
      let lacksRefusal = !refuses.contains(rule.name)
      guard lacksFind || lacksRefusal else { continue }
      let what =
        lacksFind && lacksRefusal
        ? "no test" : lacksFind ? "no test that finds something" : "no test that finds nothing"
      report(
        "test.missing", "rule `\(rule.name)` has \(what)",
        hint: lacksFind
          ? "add `tests: [{text: …, expect: [{role: …}]}]`" : "add a test with `expect: []`",
        severity: .warning, at: written.name, rule: rule.name)
    }
  }
}
