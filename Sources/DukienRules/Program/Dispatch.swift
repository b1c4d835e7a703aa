/// Where the seats begin that a word wakes, and those that can begin with it.
package struct WordSeats: BitwiseCopyable, Sendable {
  package var wakes: UInt32
  package var starts: UInt32
}

/// Finds the patterns of one stage that a sentence can hold, and where they can begin.
///
/// Who matches has a seat: seats are in the order of the levels, and within a level in the order of
/// the files. A seat is awake in a sentence that holds a word or type of each need of its pattern.
/// The needs that are met are bits, in a row of `rowWords` words for the first needs of all seats,
/// one for the second and so on: `met` are those of seats that need no more; word `w` meets
/// `wakeParts[words[w].wakes..<words[w + 1].wakes]`, type `t` meets
/// `wakeParts[wakeTypeStart[t]..<wakeTypeStart[t + 1]]`. With word `w` can begin
/// `seats[words[w].starts..<words[w + 1].starts]`, with class `classes[i]`
/// `seats[classStart[i]..<classStart[i + 1]]`; the types are those of the pattern's first set.
package final class Dispatch: @unchecked Sendable {
  package let wordCount: Int
  package let words: UnsafeMutablePointer<WordSeats>
  package let wakeTypeStart: UnsafeMutablePointer<UInt32>
  package let wakeParts: UnsafeMutablePointer<BitPart>
  package let rowWords: Int
  package let met: UnsafeMutablePointer<UInt64>
  /// True where some seat needs nothing.
  package let hasSleepless: Bool
  package let classCount: Int
  package let classes: UnsafeMutablePointer<Int32>
  package let classStart: UnsafeMutablePointer<UInt32>
  /// What the tokens of each class look like.
  package let classLooks: UnsafeMutablePointer<Outlook>
  package let seats: UnsafeMutablePointer<UInt16>
  /// For each place of `seats`, what the token behind its word, or the token of its class, must
  /// look like.
  package let after: UnsafeMutablePointer<Outlook>
  /// Meets every token that meets the first need of a seat.
  package let wakes: Outlook
  package let seatCount: Int
  /// The production or rule of each seat, and its pattern.
  package let users: UnsafeMutablePointer<UInt16>
  package let patterns: UnsafeMutablePointer<Int32>
  /// True for the seats that begin where the segment does, and nowhere else.
  package let beginsSegment: UnsafeMutablePointer<Bool>
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
    wordCount = max(0, draft.wordStart.count - 1)
    words = fixed(
      zip(draft.wakeWordStart, draft.wordStart).map { WordSeats(wakes: $0, starts: $1) })
    wakeTypeStart = fixed(draft.wakeTypeStart)
    wakeParts = fixed(draft.wakeParts)
    rowWords = Self.rowWords(seats: draft.users.count)
    met = fixed(Self.metBeforehand(draft))
    hasSleepless = draft.needs.contains(0)
    classCount = classes.count
    self.classes = fixed(classes)
    self.classStart = fixed(classStart)
    classLooks = fixed(classes.map { Outlook(of: program.classes[Int($0)]) })
    self.seats = fixed(seats)
    seatCount = draft.users.count
    after = fixed(Self.outlooksBehind(draft, seats, classes, classStart, program, tables))
    wakes = Self.waking(draft)
    users = fixed(draft.users)
    patterns = fixed(draft.patterns)
    beginsSegment = fixed(draft.patterns.map { Self.beginsSegment(Int($0), program) })
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
    wakeParts.deallocate()
    met.deallocate()
    classes.deallocate()
    classStart.deallocate()
    classLooks.deallocate()
    seats.deallocate()
    after.deallocate()
    users.deallocate()
    patterns.deallocate()
    beginsSegment.deallocate()
    levelStart.deallocate()
  }
}

extension Dispatch {
  /// The words of bits that a row for so many seats takes.
  static func rowWords(seats: Int) -> Int { seats >> 6 + 1 }

  /// The rows of a sentence without words: the needs that seats do not have are met.
  private static func metBeforehand(_ draft: DispatchDraft) -> [UInt64] {
    let rowWords = rowWords(seats: draft.users.count)
    var bits = [UInt64](repeating: 0, count: Need.most * rowWords)
    for (seat, needs) in draft.needs.enumerated() {
      for row in Int(needs)..<Need.most {
        bits[row * rowWords + seat >> 6] |= 1 << UInt64(seat & 63)
      }
    }
    return bits
  }

  private static func waking(_ draft: DispatchDraft) -> Outlook {
    let rowWords = rowWords(seats: draft.users.count)
    var wakes = Outlook()
    func meetsFirstNeed(_ starts: [UInt32], _ key: Int) -> Bool {
      starts[key] < starts[key + 1] && draft.wakeParts[Int(starts[key])].word < rowWords
    }
    for word in 0..<max(0, draft.wakeWordStart.count - 1)
    where meetsFirstNeed(draft.wakeWordStart, word) {
      wakes.tokens |= Outlook.bit(ofWord: UInt32(word))
    }
    for type in 0..<max(0, draft.wakeTypeStart.count - 1)
    where meetsFirstNeed(draft.wakeTypeStart, type) {
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
  var wakeParts: [BitPart] = []
  /// How many needs each seat has.
  var needs: [UInt8] = []
  var seats: [UInt16] = []
  var classSeats: [(classID: Int, seat: UInt16)] = []
  /// The user, pattern and level of each seat, by level.
  var users: [UInt16] = []
  var patterns: [Int32] = []
  var levels: [UInt8] = []
  /// The types that the stage makes, by type; empty where it makes none.
  var makes: [Bool] = []
}
