// What the seats of a stage begin with, read from the code of their patterns.
extension Dispatch {
  /// True where every match of a pattern begins at the start of the segment.
  static func beginsSegment(_ pattern: Int, _ program: ProgramDraft) -> Bool {
    let range = program.patterns[pattern].entry..<program.patterns[pattern].end
    var open = [range.lowerBound]
    var seen: Set<Int> = []
    while let at = open.popLast() {
      guard seen.insert(at).inserted else { continue }
      let instruction = program.code[at]
      switch instruction.operation {
      case .atStart: break
      case .split: open += [Int(instruction.b), Int(instruction.a)]
      case .jump: open.append(Int(instruction.a))
      case .open, .close, .mentionOpen, .mentionClose: open.append(at + 1)
      default: return false
      }
    }
    return true
  }

  /// For each place of `seats`, what the token behind its word, or the token of its class, must look
  /// like; those of the words of `draft` come first, then those of `classes`.
  static func outlooksBehind(
    _ draft: DispatchDraft, _ seats: [UInt16], _ classes: [Int32], _ classStart: [UInt32],
    _ program: ProgramDraft, _ tables: MatchTables
  ) -> [Outlook] {
    var behind = [Outlook](repeating: .anything, count: seats.count)
    var bySeat: [Openings] = []
    var makes = [UInt64](repeating: 0, count: tables.typeWords)
    for type in draft.makes.indices where draft.makes[type] {
      makes[type / 64] |= 1 << UInt64(type % 64)
    }
    for pattern in draft.patterns {
      bySeat.append(openings(Int(pattern), makes, program, tables))
    }
    for word in 0..<max(0, draft.wordStart.count - 1) {
      for index in Int(draft.wordStart[word])..<Int(draft.wordStart[word + 1]) {
        behind[index] = bySeat[Int(seats[index])].words[UInt32(word)] ?? .anything
      }
    }
    for (place, tokenClass) in classes.enumerated() {
      for index in Int(classStart[place])..<Int(classStart[place + 1]) {
        behind[index] = bySeat[Int(seats[index])].classes[tokenClass] ?? .anything
      }
    }
    return behind
  }

  /// The words and classes that a pattern may begin with, and the outlook behind each.
  private struct Openings {
    var words: [UInt32: Outlook] = [:]
    var classes: [Int32: Outlook] = [:]
  }

  /// What a pattern may begin with; behind it comes anything where an edge may stand there that the
  /// stage itself makes.
  private static func openings(
    _ pattern: Int, _ makes: [UInt64], _ program: ProgramDraft, _ tables: MatchTables
  ) -> Openings {
    let range = program.patterns[pattern].entry..<program.patterns[pattern].end
    let waits = waiting(range, makes, program, tables)
    var found = Openings()
    func outlook(behind at: Int) -> Outlook {
      waits[at + 1 - range.lowerBound] ? .anything : tables.outlook(at + 1)
    }
    var open = [range.lowerBound]
    var seen = [Bool](repeating: false, count: range.count)
    while let at = open.popLast() {
      if seen[at - range.lowerBound] { continue }
      seen[at - range.lowerBound] = true
      let instruction = program.code[at]
      switch instruction.operation {
      case .word, .exact:
        let word = UInt32(bitPattern: instruction.a)
        found.words[word] = outlook(behind: at).union(found.words[word] ?? Outlook())
      case .classToken:
        found.classes[instruction.a] =
          outlook(behind: at).union(found.classes[instruction.a] ?? Outlook())
      case .split: open += [Int(instruction.b), Int(instruction.a)]
      case .jump: open.append(Int(instruction.a))
      case .open, .close, .mentionOpen, .mentionClose, .atStart, .atEnd: open.append(at + 1)
      case .hole, .anyInGap, .anyInRun, .accept: break
      }
    }
    return found
  }

  /// For each instruction of a pattern, whether a match may go on there with an edge of one of the
  /// types that the stage makes, as bits.
  private static func waiting(
    _ range: Range<Int>, _ makes: [UInt64], _ program: ProgramDraft, _ tables: MatchTables
  ) -> [Bool] {
    var waits = [Bool](repeating: false, count: range.count)
    for at in range.reversed() {
      let instruction = program.code[at]
      let own = at - range.lowerBound
      switch instruction.operation {
      case .hole:
        let row = tables.holeBits + Int(instruction.a) * tables.typeWords
        waits[own] = makes.indices.contains { makes[$0] & row[$0] != 0 }
      case .split:
        waits[own] =
          waits[Int(instruction.a) - range.lowerBound]
          || waits[Int(instruction.b) - range.lowerBound]
      case .jump: waits[own] = waits[Int(instruction.a) - range.lowerBound]
      case .open, .close, .mentionOpen, .mentionClose, .atStart, .atEnd: waits[own] = waits[own + 1]
      case .word, .exact, .classToken, .anyInGap, .anyInRun, .accept: break
      }
    }
    return waits
  }
}
