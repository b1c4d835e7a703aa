internal import DukienRules
internal import DukienText

/// How far a pattern came from one token.
struct Attempt {
  var pattern: Int
  var start: Int
  /// Where its last piece ended, and how many tokens pieces other than gaps took.
  var end: Int
  var taken: Int
  /// Where the stretch ends in which it was matched.
  var limit: Int
  /// The instructions that wait there, with the gap before each or -1.
  var waiting: [(pc: Int32, gap: Int32)]
}

extension Workspace {
  /// The attempts of a pattern at the tokens of `starts`, the farthest first, at most so many; an
  /// attempt that took nothing is given only where there is no other.
  ///
  /// - Complexity: O(code × tokens).
  mutating func attempts(
    _ pattern: Int, _ program: Program, starts: Range<Int>, low: Int, limit: Int, context: Int32,
    most: Int = 3
  ) -> [Attempt] {
    var probe = Probe(pattern, low: low, limit: limit, context: context)
    var position = starts.lowerBound
    while position < starts.upperBound {
      probe.explore(&self, program, from: position)
      position = cover[position] > 0 ? Int(cover[position]) : position + 1
    }
    var found: [Attempt] = []
    for index in probe.stuck {
      let state = probe.states[Int(index)]
      guard isExpectation(state, program) else { continue }
      let wait = (pc: state.pc, gap: state.gap)
      let new = Attempt(
        pattern: pattern, start: Int(state.start), end: Int(state.solid), taken: Int(state.taken),
        limit: limit, waiting: [wait])
      guard let at = found.lastIndex(where: { $0.start == new.start }) else {
        found.append(new)
        continue
      }
      if (found[at].end, found[at].taken) == (new.end, new.taken) {
        if !found[at].waiting.contains(where: { $0.pc == wait.pc }) {
          found[at].waiting.append(wait)
        }
      } else if (new.end, new.taken) > (found[at].end, found[at].taken) {
        found[at] = new
      }
    }
    found.sort { a, b in
      if a.taken != b.taken { return a.taken > b.taken }
      return a.end - a.start != b.end - b.start
        ? a.end - a.start > b.end - b.start : a.start < b.start
    }
    return Array(found.prefix { $0.taken > 0 || found[0].taken == 0 }.prefix(most))
  }

  /// False for a gap that merely came to its end.
  private func isExpectation(_ state: Probe.State, _ program: Program) -> Bool {
    guard let part = program.map?.part(of: Int(state.pc)) else { return false }
    return part.kind != .gap || part.isNeeded && state.gap < 0 && state.solid == state.position
  }
}

extension Program {
  /// What the attempt waits for, as the pattern card writes it, in the order of the pattern.
  func expectations(_ attempt: Attempt) -> [String] {
    var texts: [String] = []
    for wait in attempt.waiting.sorted(by: { $0.pc < $1.pc }) {
      guard let part = map?.part(of: Int(wait.pc)) else { continue }
      let gap = wait.gap >= 0 ? map?.part(of: Int(wait.gap)) : nil
      let text = gap.map { "\($0.text) \(part.text)" } ?? part.text
      if !texts.contains(text) { texts.append(text) }
    }
    return texts
  }
}
