internal import DukienRules

/// What no test of a run reached.
package struct Unreached: Sendable {
  /// `rule`, `value`, `group`, `entity`; for parts of patterns `alternative`, `item`, `optional`.
  package var kind: String
  /// The rule, value, group or entity.
  package var name: String
  /// For parts: the pattern they belong to and their text.
  package var pattern = ""
  package var text = ""
  package var file: String
  package var line: Int
}

/// What tests reach: rules that found facts, types that have mentions, and the ways that matches
/// took through patterns.
package struct TestCoverage {
  private var rules: [Bool]
  private var types: [Bool]

  package init(_ engine: Engine) {
    rules = [Bool](repeating: false, count: engine.program.rules.count)
    types = [Bool](repeating: false, count: engine.program.types.count)
    engine.work.observes = true
    engine.work.coverage.reset(instructions: engine.program.map?.partOf.count ?? 0)
  }

  /// Notes what the test that has just run reached.
  package mutating func add(_ engine: Engine) {
    for draft in engine.work.found.allDrafts {
      for rule in engine.work.found.rules(of: draft) { rules[rule] = true }
    }
    for index in engine.work.records.indices where engine.work.isLive(index) {
      types[Int(engine.work.records[index].type)] = true
    }
  }

  /// What was not reached, in the order of the program; parts only of what was
  /// reached itself.
  package func unreached(_ engine: Engine) -> [Unreached] {
    let program = engine.program
    guard let map = program.map else { return [] }
    var found: [Unreached] = []
    var isOpen = [Bool](repeating: false, count: program.patterns.count)
    func judge(_ kind: String, _ name: String, _ isReached: Bool, _ patterns: [Int]) {
      for pattern in patterns { isOpen[pattern] = isReached }
      guard !isReached, let first = patterns.first else { return }
      let place = map.places[first]
      found.append(
        Unreached(kind: kind, name: name, file: place.file, line: place.line(of: 0)))
    }
    for production in program.productions {
      let type = program.types[Int(production.type)]
      judge(
        type.kind.word, program.names[Int(type.name)], types[Int(production.type)],
        [production.pattern] + production.guards.patterns)
    }
    for (index, rule) in program.rules.enumerated() {
      judge("rule", rule.name, rules[index], rule.patterns)
    }
    let isReached = map.branches.map {
      $0.instructions.contains(where: engine.work.coverage.isReached)
    }
    for (index, branch) in map.branches.enumerated()
    where isOpen[branch.pattern] && !isReached[index]
      && (branch.parent < 0 || isReached[branch.parent])
    {
      let place = map.places[branch.pattern]
      found.append(
        Unreached(
          kind: branch.kind.word, name: place.owner, pattern: place.what, text: branch.text,
          file: place.file, line: place.line(of: branch.instructions[0])))
    }
    return found
  }
}

extension CodeMap.Branch.Kind {
  fileprivate var word: String {
    switch self {
    case .alternative: "alternative"
    case .item: "item"
    case .optional: "optional"
    }
  }
}
