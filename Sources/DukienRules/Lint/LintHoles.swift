internal import DukienText

extension Compiler {
  /// Holes that nothing can ever fill: families without members, lexicons without entries.
  ///
  /// A rule whose trigger needs one is an error, since it can find nothing.
  func lintHoles() {
    let isAlive = liveHoles()
    var ofTrigger: [Int: String] = [:]
    for rule in program.rules { ofTrigger[rule.trigger] = rule.name }
    for index in program.patterns.indices {
      guard let written = notes.patterns[index] else { continue }
      let dead: (HoleSyntax) -> Bool = { hole in
        if case .types(let index)? = hole.target { return !isAlive[index] }
        return false
      }
      let canMatch = written.phrases.contains { $0.syntax.canMatch(dead) }
      let rule = ofTrigger[index]
      for phrase in written.phrases {
        phrase.syntax.forEachWritten { part in
          guard case .hole(let hole) = part, dead(hole) else { return }
          let type = hole.types.joined(separator: "|")
          self.report(
            "pattern.never-matches",
            rule == nil || canMatch
              ? "nothing is ever a `\(type)`"
              : "rule `\(rule ?? "")` finds nothing: nothing is ever a `\(type)`",
            hint: "a family needs a value or entity with `is: \(type)`, a lexicon needs entries",
            severity: rule == nil || canMatch ? .warning : .error, at: phrase.at, offset: hole.at,
            rule: rule ?? "")
        }
      }
    }
  }

  private func liveHoles() -> [Bool] {
    var isAlive = program.types.map { $0.kind == .builtin || $0.production >= 0 }
    for entry in program.lexicon.entries { isAlive[Int(entry.type)] = true }
    return (0..<program.holeCount).map { hole in
      program.types.indices.contains {
        isAlive[$0] && program.holeTypes[hole * program.types.count + $0]
      }
    }
  }

  /// Classes whose shapes exclude each other.
  func lintClasses() {
    for declaration in declared(.classes) {
      guard let type = type(of: declaration), let index = classIndex[type] else { continue }
      let shared = program.classes[index].required.intersection(program.classes[index].forbidden)
      guard !shared.isEmpty else { continue }
      let place = entries(declaration.body).first { text($0.key) == "not_shape" }?.value
      report(
        "class.empty", "no token can be a `\(declaration.name)`",
        hint: "a shape stands under both `shape` and `not_shape`", at: place ?? declaration.key)
    }
  }
}

extension PatternSyntax {
  /// False where every match needs a hole that is dead.
  func canMatch(_ isDead: (HoleSyntax) -> Bool) -> Bool {
    switch self {
    case .hole(let hole): !isDead(hole)
    case .capture(_, let inner), .mention(let inner), .named(let inner, _): inner.canMatch(isDead)
    case .sequence(let parts): parts.allSatisfy { $0.canMatch(isDead) }
    case .choice(let parts): parts.contains { $0.canMatch(isDead) }
    case .repeated(let inner, let range, let separator):
      range.lowerBound == 0
        || inner.canMatch(isDead)
          && (range.lowerBound == 1 || separator?.canMatch(isDead) ?? true)
    case .literal, .gap, .run, .start, .end: true
    }
  }
}
