internal import DukienRules

/// Explores how far a pattern gets in a segment: the states (instruction, token) that its code can
/// reach, each once, in the matcher's order.
///
/// - Complexity: O(code × tokens of the segment) for any number of starts.
struct Probe {
  /// A state of the exploration and how it was reached.
  struct State {
    var pc: Int32
    var position: Int32
    /// The state before, or -1.
    var parent: Int32
    /// The token at which the attempt began.
    var start: Int32
    /// Where the last piece ended that is no gap, and how many tokens such pieces took.
    var solid: Int32
    var taken: Int32
    /// The gap that was entered since then, as an instruction of it, or -1.
    var gap: Int32
  }

  let pattern: Int
  let low: Int
  let limit: Int
  let context: Int32
  let endingAt: Int
  private(set) var states: [State] = []
  /// States that found no way on, and those that accept.
  private(set) var stuck: [Int32] = []
  private(set) var accepted: [Int32] = []
  private var open: [Int32] = []
  private var visited: [UInt64] = []

  init(_ pattern: Int, low: Int, limit: Int, context: Int32, endingAt: Int = -1) {
    self.pattern = pattern
    self.low = low
    self.limit = limit
    self.context = context
    self.endingAt = endingAt
  }

  /// Explores from one token what no earlier start has explored.
  mutating func explore(
    _ work: inout Workspace, _ program: Program, from start: Int, untilMatch: Bool = false
  ) {
    let entry = Int(program.tables.entries[pattern])
    let width = limit - low + 1
    if visited.isEmpty {
      let bits = (Int(program.tables.ends[pattern]) - entry) * width
      visited = [UInt64](repeating: 0, count: bits / 64 + 1)
    }
    let begin = Int32(start)
    push(
      State(
        pc: Int32(entry), position: begin, parent: -1, start: begin, solid: begin, taken: 0,
        gap: -1))
    while let index = open.popLast() {
      let state = states[Int(index)]
      let bit = (Int(state.pc) - entry) * width + Int(state.position) - low
      let mask: UInt64 = 1 << UInt64(bit & 63)
      if visited[bit >> 6] & mask != 0 { continue }
      visited[bit >> 6] |= mask
      if step(index, state, &work, program), untilMatch {
        open.removeAll()
        return
      }
    }
  }

  /// The instructions on the way to the first match, last first.
  func path() -> [Int] {
    var path: [Int] = []
    var at = accepted.first ?? -1
    while at >= 0 {
      path.append(Int(states[Int(at)].pc))
      at = states[Int(at)].parent
    }
    return path
  }

  private mutating func push(_ state: State) {
    open.append(Int32(states.count))
    states.append(state)
  }

  /// Runs one instruction; true where it accepts.
  private mutating func step(
    _ index: Int32, _ state: State, _ work: inout Workspace, _ program: Program
  ) -> Bool {
    let instruction = program.tables.code[Int(state.pc)]
    let position = Int(state.position)
    var next = state
    next.parent = index
    next.pc += 1
    switch instruction.operation {
    case .word, .exact, .classToken:
      guard takes(instruction, position, &work, program) else { break }
      push(next.taking(position + 1))
      return false
    case .hole:
      let types = work.tables.types(ofHole: Int(instruction.a))
      var ends: [Int32] = []
      var at = position < limit ? work.head[position] : -1
      while at >= 0 {
        let edge = work.edges[Int(at)]
        if work.canTake(edge, types, work.cover[position], limit, context) {
          ends.append(edge.end)
        }
        at = edge.next
      }
      // The longest comes off the stack first.
      for end in ends.reversed() { push(next.taking(Int(end))) }
      if !ends.isEmpty { return false }
    case .anyInGap, .anyInRun:
      let after = work.stepOver(position, limit, isRun: instruction.operation == .anyInRun)
      guard after > 0 else { break }
      next.position = Int32(after)
      next.gap = state.pc
      push(next)
      return false
    case .split:
      let isGap = startsGap(instruction.a, program) || startsGap(instruction.b, program)
      if isGap, next.gap < 0 { next.gap = state.pc }
      next.pc = instruction.b
      push(next)
      next.pc = instruction.a
      push(next)
      return false
    case .jump:
      next.pc = instruction.a
      push(next)
      return false
    case .open, .close, .mentionOpen, .mentionClose:
      push(next)
      return false
    case .atStart where position == low, .atEnd where position == limit:
      push(next)
      return false
    case .atStart, .atEnd: break
    case .accept:
      if endingAt < 0 || position == endingAt {
        accepted.append(index)
        return true
      }
    }
    stuck.append(index)
    return false
  }

  private func takes(
    _ instruction: Instruction, _ position: Int, _ work: inout Workspace, _ program: Program
  ) -> Bool {
    guard position < limit, work.cover[position] == 0 else { return false }
    switch instruction.operation {
    case .classToken: return work.belongs(position, Int(instruction.a), program)
    case .exact where !work.isSpelled(position, Int(instruction.b)):
      return false
    default: return work.words[position] == UInt32(bitPattern: instruction.a)
    }
  }

  private func startsGap(_ pc: Int32, _ program: Program) -> Bool {
    let operation = program.tables.code[Int(pc)].operation
    return operation == .anyInGap || operation == .anyInRun
  }
}

extension Probe.State {
  /// The state after a piece that ends before token `end`.
  fileprivate func taking(_ end: Int) -> Probe.State {
    var next = self
    next.taken += Int32(end) - position
    next.position = Int32(end)
    next.solid = Int32(end)
    next.gap = -1
    return next
  }
}
