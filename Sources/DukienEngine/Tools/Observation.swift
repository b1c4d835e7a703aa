internal import DukienRules

/// What matching cost, by pattern.
struct Profile {
  struct Cost {
    var attempts: UInt64 = 0
    var hits: UInt64 = 0
    var steps: UInt64 = 0
  }

  private(set) var costs: [Cost] = []

  mutating func reset(patterns: Int) { costs = [Cost](repeating: Cost(), count: patterns) }

  mutating func add(_ pattern: Int, steps: Int, isHit: Bool) {
    guard pattern < costs.count else { return }
    costs[pattern].attempts &+= 1
    costs[pattern].hits &+= isHit ? 1 : 0
    costs[pattern].steps &+= UInt64(steps)
  }
}

/// The instructions that lay on the path of a match.
struct Coverage {
  private var reached: [Bool] = []

  mutating func reset(instructions: Int) { reached = [Bool](repeating: false, count: instructions) }

  var isOn: Bool { !reached.isEmpty }

  mutating func reach(_ instruction: Int) { reached[instruction] = true }

  func isReached(_ instruction: Int) -> Bool { reached[instruction] }
}

extension Workspace {
  /// Notes a match for the tool that watches.
  ///
  /// - Complexity: as the match, where coverage is kept.
  @inline(never)
  mutating func observeMatch(
    _ pattern: Int, _ program: Program, _ start: Int, _ low: Int, _ limit: Int, _ context: Int32,
    _ wanted: Int, _ attempt: Int
  ) {
    profile.add(pattern, steps: attempt, isHit: true)
    guard coverage.isOn else { return }
    var probe = Probe(pattern, low: low, limit: limit, context: context, endingAt: wanted)
    probe.explore(&self, program, from: start, untilMatch: true)
    for instruction in probe.path() { coverage.reach(instruction) }
  }
}
