/// Where the seats begin that a word wakes, and those that can begin with it.
package struct WordSeats: BitwiseCopyable, Sendable {
  package var wakes: UInt32
  package var starts: UInt32
}

/// Finds the patterns of one stage that a sentence can hold, and where they can begin.
///
/// Who matches has a seat: seats are in the order of the levels, and within a level in the order of
/// the files. A seat is awake in a sentence that holds a word or type which every match of its
/// pattern needs. The seats that word `w` wakes are `seats[words[w].wakes..<words[w + 1].wakes]`, those
/// that can begin with it `seats[words[w].starts..<words[w + 1].starts]`; type `t` wakes
/// `seats[wakeTypeStart[t]..<wakeTypeStart[t + 1]]`; with class `classes[i]` can begin
/// `seats[classStart[i]..<classStart[i + 1]]`; the types are those of the pattern's first set.
package final class Dispatch: @unchecked Sendable {
  package let wordCount: Int
  package let words: UnsafeMutablePointer<WordSeats>
  package let wakeTypeStart: UnsafeMutablePointer<UInt32>
  /// The seats that are always awake: `seats[alwaysStart[0]..<alwaysStart[1]]`.
  package let alwaysStart: UnsafeMutablePointer<UInt32>
  package let classCount: Int
  package let classes: UnsafeMutablePointer<Int32>
  package let classStart: UnsafeMutablePointer<UInt32>
  /// What the tokens of each class look like.
  package let classLooks: UnsafeMutablePointer<Outlook>
  package let seats: UnsafeMutablePointer<UInt16>
  /// What the token behind word `w` must look like for each of the seats that begin with it, and
  /// anything for all other places of `seats`.
  package let after: UnsafeMutablePointer<Outlook>
  /// Meets every token that wakes a seat.
  package let wakes: Outlook
  package let seatCount: Int
  /// The production or rule of each seat, and its pattern.
  package let users: UnsafeMutablePointer<UInt16>
  package let patterns: UnsafeMutablePointer<Int32>
  /// The seats of level `l` are `levelStart[l]..<levelStart[l + 1]`: a level uses only what earlier
  /// ones made.
  package let levelStart: UnsafeMutablePointer<Int32>
  package let levelCount: Int

  package var isEmpty: Bool { seatCount == 0 }

  init(_ draft: DispatchDraft, _ program: ProgramDraft, _ tables: MatchTables) {
    var seats = draft.seats
    var classes: [Int32] = []
    var classStart: [UInt32] = []
    for classID in Set(draft.classSeats.map { $0.classID }).sorted() {
      classes.append(Int32(classID))
      classStart.append(UInt32(seats.count))
      seats += draft.classSeats.filter { $0.classID == classID }.map { $0.seat }
    }
    classStart.append(UInt32(seats.count))
    let alwaysBegin = UInt32(seats.count)
    seats += draft.always
    alwaysStart = fixed([alwaysBegin, UInt32(seats.count)])
    wordCount = max(0, draft.wordStart.count - 1)
    words = fixed(
      zip(draft.wakeWordStart, draft.wordStart).map { WordSeats(wakes: $0, starts: $1) })
    wakeTypeStart = fixed(draft.wakeTypeStart)
    classCount = classes.count
    self.classes = fixed(classes)
    self.classStart = fixed(classStart)
    classLooks = fixed(classes.map { Outlook(of: program.classes[Int($0)]) })
    self.seats = fixed(seats)
    seatCount = draft.users.count
    after = fixed(Self.outlooksBehindWords(draft, program, tables, count: seats.count))
    wakes = Self.waking(draft)
    users = fixed(draft.users)
    patterns = fixed(draft.patterns)
    var starts: [Int32] = [0]
    for (seat, level) in draft.levels.enumerated() {
      while starts.count <= Int(level) { starts.append(Int32(seat)) }
    }
    starts.append(Int32(seatCount))
    levelStart = fixed(starts)
    levelCount = starts.count - 1
  }

  deinit {
    words.deallocate()
    wakeTypeStart.deallocate()
    alwaysStart.deallocate()
    classes.deallocate()
    classStart.deallocate()
    classLooks.deallocate()
    seats.deallocate()
    after.deallocate()
    users.deallocate()
    patterns.deallocate()
    levelStart.deallocate()
  }
}

extension Dispatch {
  private static func outlooksBehindWords(
    _ draft: DispatchDraft, _ program: ProgramDraft, _ tables: MatchTables, count: Int
  ) -> [Outlook] {
    var behind = [Outlook](repeating: .anything, count: count)
    var bySeat: [[UInt32: Outlook]] = []
    var makes = [UInt64](repeating: 0, count: tables.typeWords)
    for type in draft.makes.indices where draft.makes[type] {
      makes[type / 64] |= 1 << UInt64(type % 64)
    }
    for pattern in draft.patterns {
      bySeat.append(openings(Int(pattern), makes, program, tables))
    }
    for word in 0..<max(0, draft.wordStart.count - 1) {
      for index in Int(draft.wordStart[word])..<Int(draft.wordStart[word + 1]) {
        behind[index] = bySeat[Int(draft.seats[index])][UInt32(word)] ?? .anything
      }
    }
    return behind
  }

  /// The words that a pattern may begin with, and the outlook behind each: anything where an edge
  /// may stand there that the stage itself makes.
  private static func openings(
    _ pattern: Int, _ makes: [UInt64], _ program: ProgramDraft, _ tables: MatchTables
  ) -> [UInt32: Outlook] {
    let range = program.patterns[pattern].entry..<program.patterns[pattern].end
    let waits = waiting(range, makes, program, tables)
    var found: [UInt32: Outlook] = [:]
    var open = [range.lowerBound]
    var seen = [Bool](repeating: false, count: range.count)
    while let at = open.popLast() {
      if seen[at - range.lowerBound] { continue }
      seen[at - range.lowerBound] = true
      let instruction = program.code[at]
      switch instruction.operation {
      case .word, .exact:
        let word = UInt32(bitPattern: instruction.a)
        let next = waits[at + 1 - range.lowerBound] ? .anything : tables.outlook(at + 1)
        found[word] = next.union(found[word] ?? Outlook())
      case .split: open += [Int(instruction.b), Int(instruction.a)]
      case .jump: open.append(Int(instruction.a))
      case .open, .close, .mentionOpen, .mentionClose, .atStart, .atEnd: open.append(at + 1)
      case .hole, .classToken, .anyInGap, .anyInRun, .accept: break
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

  private static func waking(_ draft: DispatchDraft) -> Outlook {
    guard draft.always.isEmpty else { return .anything }
    var wakes = Outlook()
    for word in 0..<max(0, draft.wakeWordStart.count - 1)
    where draft.wakeWordStart[word] < draft.wakeWordStart[word + 1] {
      wakes.tokens |= Outlook.bit(ofWord: UInt32(word))
    }
    for type in 0..<max(0, draft.wakeTypeStart.count - 1)
    where draft.wakeTypeStart[type] < draft.wakeTypeStart[type + 1] {
      wakes.types |= Outlook.bit(ofType: UInt16(type))
    }
    return wakes
  }
}

/// A dispatch table while it is compiled.
struct DispatchDraft {
  var wordStart: [UInt32] = []
  var wakeWordStart: [UInt32] = []
  var wakeTypeStart: [UInt32] = []
  /// Seats that no word or type wakes.
  var always: [UInt16] = []
  var seats: [UInt16] = []
  var classSeats: [(classID: Int, seat: UInt16)] = []
  /// The user, pattern and level of each seat, by level.
  var users: [UInt16] = []
  var patterns: [Int32] = []
  var levels: [UInt8] = []
  /// The types that the stage makes, by type; empty where it makes none.
  var makes: [Bool] = []
}
