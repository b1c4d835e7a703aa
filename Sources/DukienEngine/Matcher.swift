internal import DukienRules
internal import DukienText

extension Workspace {
  /// After so many steps of one attempt, failed states are remembered.
  private static let stepsBeforeMemory = 256
  /// Failed states are remembered for so many tokens from the start of an attempt.
  private static let longestMemory = 320

  /// Matches `pattern` at token `start` of the segment `low..<limit`.
  ///
  /// On success `matchEnd`, the mention and `trail` tell of the match. The order of alternatives
  /// decides: listed order, optional parts taken, gaps shortest, runs longest.
  /// - Complexity: O(code × (limit − start)).
  mutating func match(
    _ pattern: Int, _ program: Program, at start: Int, from low: Int, to limit: Int,
    context: Int32 = 0, endingAt wanted: Int = -1
  ) -> Bool {
    let code = tables.code
    let outlooks = tables.outlooks
    let looks = self.looks.base
    let words = self.words.base
    let cover = self.cover.base
    let entry = Int(tables.entries[pattern])
    var pc = entry
    var position = start
    var remembers = false
    var attempt = 0
    let width = min(limit &- start &+ 1, Self.longestMemory)
    trail.removeAll()
    branches.removeAll()
    guard steps < stepLimit else { return false }
    while true {
      attempt &+= 1
      if attempt == Self.stepsBeforeMemory {
        remembers = true
        let bits = (Int(tables.ends[pattern]) - entry) * width
        visited.fill(0, bits / 64 + 1)
      }
      let instruction = code[pc]
      var isAlive = true
      switch instruction.operation {
      case .word:
        if position < limit, words[position] == UInt32(bitPattern: instruction.a),
          cover[position] == 0
        {
          position &+= 1
          pc &+= 1
        } else {
          isAlive = false
        }
      case .exact:
        if position < limit, words[position] == UInt32(bitPattern: instruction.a),
          cover[position] == 0,
          isSpelled(position, Int(instruction.b))
        {
          position &+= 1
          pc &+= 1
        } else {
          isAlive = false
        }
      case .classToken:
        if position < limit, cover[position] == 0,
          belongs(position, Int(instruction.a), program)
        {
          if instruction.slot > 0 {
            trail.append(
              TrailEvent(kind: .token, slot: instruction.slot, at: Int32(position)))
          }
          position &+= 1
          pc &+= 1
        } else {
          isAlive = false
        }
      case .hole:
        isAlive = false
        if position < limit, outlooks[Int(instruction.look)].meets(looks[position]) {
          if remembers, markVisited(pc, position, entry, start, width) { break }
          let edge = takeEdges(
            instruction, pc: pc, position: position, limit: limit, context: context)
          if edge >= 0 {
            if instruction.slot > 0 {
              trail.append(TrailEvent(kind: .edge, slot: instruction.slot, at: edge))
            }
            position = Int(edges.base[Int(edge)].end)
            pc &+= 1
            isAlive = true
          }
        }
      case .anyInGap, .anyInRun:
        let next = stepOver(position, limit, isRun: instruction.operation == .anyInRun)
        if next > 0 {
          position = next
          pc &+= 1
        } else {
          isAlive = false
        }
      case .split:
        if remembers, markVisited(pc, position, entry, start, width) {
          isAlive = false
        } else {
          let look = looks[position]
          let other = Int(instruction.b)
          let otherLook = outlooks[Int(code[other].look)]
          if outlooks[Int(code[Int(instruction.a)].look)].meets(look) {
            if otherLook.meets(look) {
              branches.append(
                Branch(
                  pc: instruction.b, position: Int32(truncatingIfNeeded: position),
                  trail: Int32(truncatingIfNeeded: trail.count), edge: -1, slot: 0))
            }
            pc = Int(instruction.a)
          } else if otherLook.meets(look) {
            pc = other
          } else {
            isAlive = false
          }
        }
      case .jump:
        pc = Int(instruction.a)
      case .open:
        trail.append(TrailEvent(kind: .open, slot: instruction.slot, at: Int32(position)))
        pc &+= 1
      case .close:
        trail.append(TrailEvent(kind: .close, slot: instruction.slot, at: Int32(position)))
        pc &+= 1
      case .mentionOpen:
        trail.append(TrailEvent(kind: .mentionOpen, slot: 0, at: Int32(position)))
        pc &+= 1
      case .mentionClose:
        trail.append(TrailEvent(kind: .mentionClose, slot: 0, at: Int32(position)))
        pc &+= 1
      case .atStart:
        if position == low { pc &+= 1 } else { isAlive = false }
      case .atEnd:
        if position == limit { pc &+= 1 } else { isAlive = false }
      case .accept:
        if wanted < 0 || position == wanted {
          finish(start: start, end: position)
          steps &+= UInt64(attempt)
          if observes {
            observeMatch(pattern, program, start, low, limit, context, wanted, attempt)
          }
          return true
        }
        isAlive = false
      }
      if isAlive { continue }
      guard let branch = branches.popLast() else {
        steps &+= UInt64(attempt)
        if observes { profile.add(pattern, steps: attempt, isHit: false) }
        return false
      }
      pc = Int(branch.pc)
      position = Int(branch.position)
      trail.cut(to: Int(branch.trail))
      if branch.edge >= 0, branch.slot > 0 {
        trail.append(TrailEvent(kind: .edge, slot: branch.slot, at: branch.edge))
      }
    }
  }

  /// The longest edge that the hole takes here, or -1; shorter ones become branches. Edges after
  /// which the match cannot go on are left out.
  @inline(__always)
  private mutating func takeEdges(
    _ instruction: Instruction, pc: Int, position: Int, limit: Int, context: Int32
  ) -> Int32 {
    let types = tables.types(ofHole: Int(instruction.a))
    let covered = cover.base[position]
    let edges = self.edges.base
    let looks = self.looks.base
    let next = tables.outlook(pc &+ 1)
    var best: Int32 = -1
    let firstBranch = branches.count
    var at = head.base[position]
    while at >= 0 {
      let edge = edges[Int(at)]
      if canTake(edge, types, covered, limit, context), next.meets(looks[Int(edge.end)]) {
        if best < 0 {
          best = at
        } else {
          branches.append(
            Branch(
              pc: Int32(truncatingIfNeeded: pc &+ 1), position: edge.end,
              trail: Int32(truncatingIfNeeded: trail.count), edge: at, slot: instruction.slot))
        }
      }
      at = edge.next
    }
    if branches.count &- firstBranch > 1 { branches.reverse(from: firstBranch) }
    return best
  }

  /// True where a hole of the types `types`, as bits, takes an edge that begins at a token which
  /// `covered` says is covered.
  @inline(__always)
  func canTake(
    _ edge: Edge, _ types: UnsafeMutablePointer<UInt64>, _ covered: Int32, _ limit: Int,
    _ context: Int32
  ) -> Bool {
    types[Int(edge.type >> 6)] & (1 << UInt64(edge.type & 63)) != 0 && edge.type != 0
      && Int(edge.end) <= limit
      && (covered == 0 ? fits(Int(edge.end), context) : edge.end == covered)
  }

  /// False where an edge would end in the middle of a covering group.
  @inline(__always)
  private func fits(_ end: Int, _ context: Int32) -> Bool {
    let inside = owner.base[end &- 1]
    if inside == context { return true }
    guard inside > 0 else { return true }
    return Int(covers[Int(inside) - 1].end) == end
  }

  /// The token after one step of a gap or run, or 0 where it may not go on.
  mutating func stepOver(_ position: Int, _ limit: Int, isRun: Bool) -> Int {
    guard position < limit else { return 0 }
    if cover.base[position] != 0 { return Int(cover.base[position]) }
    let shape = shapes.base[position]
    if isRun, stops.base[position] || shape.contains(.terminal) && position &+ 1 == limit {
      return 0
    }
    guard shape.contains(.punctuation) else { return position &+ 1 }
    if shape.contains(.closesBracket) || endsClause(position) { return 0 }
    if shape.contains(.opensBracket) {
      let end = Int(bracketEnd[position])
      return end > 0 && end <= limit ? end : 0
    }
    return position + 1
  }

  private mutating func markVisited(
    _ pc: Int, _ position: Int, _ entry: Int, _ start: Int, _ width: Int
  ) -> Bool {
    guard position - start < width else { return false }
    let bit = (pc - entry) * width + position - start
    let mask: UInt64 = 1 << UInt64(bit & 63)
    if visited[bit >> 6] & mask != 0 { return true }
    visited[bit >> 6] |= mask
    return false
  }

  private mutating func finish(start: Int, end: Int) {
    matchEnd = end
    mentionBegin = start
    mentionEnd = end
    for index in trail.indices {
      let event = trail[index]
      if event.kind == .mentionOpen { mentionBegin = Int(event.at) }
      if event.kind == .mentionClose { mentionEnd = Int(event.at) }
    }
  }

  /// True where the token is spelled, case included, as exact spelling number `spelling`.
  mutating func isSpelled(_ position: Int, _ spelling: Int) -> Bool {
    let wanted = tables.spellings[spelling]
    let range = Int(tokens.begin[position])..<Int(tokens.end[position])
    let isSame: Bool? = text.withUnsafeBufferPointer { text in
      let own = UnsafeBufferPointer(rebasing: text[range])
      // An ASCII letter never folds to another one.
      if own[0] < 0x80, wanted[0] < 0x80, own[0] != wanted[0] { return false }
      return own.elementsEqual(wanted) ? true : nil
    }
    return isSame ?? folded.fold(text, range, keepCase: true).elementsEqual(wanted)
  }

  /// True where the token belongs to class `index`.
  mutating func belongs(_ position: Int, _ index: Int, _ program: Program) -> Bool {
    let tokenClass = tables.classes[index]
    let shape = shapes[position]
    guard shape.isSuperset(of: tokenClass.required), shape.isDisjoint(with: tokenClass.forbidden)
    else { return false }
    if tokenClass.requiresLowercase, shape.contains(.capital) || !shape.contains(.word) {
      return false
    }
    let word = words[position]
    if word >> 6 < UInt32(bitPattern: tokenClass.excludedWords),
      tables.excluded[Int(tokenClass.firstExcluded) &+ Int(word >> 6)] & (1 << UInt64(word & 63))
        != 0
    {
      return false
    }
    let length = Int32(bitPattern: tokens.end[position] &- tokens.begin[position])
    guard length >= tokenClass.minimumBytes, length <= tokenClass.maximumBytes else { return false }
    return !tokenClass.hasAffixes || affixesFit(position, program.classes[index])
  }

  private mutating func affixesFit(_ position: Int, _ tokenClass: TokenClass) -> Bool {
    let range = Int(tokens.begin[position])..<Int(tokens.end[position])
    let key = folded.fold(text, range, keepCase: false)
    let prefixFits =
      tokenClass.prefixes.isEmpty || tokenClass.prefixes.contains { key.starts(with: $0) }
    let suffixFits =
      tokenClass.suffixes.isEmpty
      || tokenClass.suffixes.contains { key.suffix($0.count).elementsEqual($0) }
    return prefixFits && suffixFits
  }
}
