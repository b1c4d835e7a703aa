/// Gives ids to folded tokens: those of a program's vocabulary, and larger ones to all others.
struct WordTable: Sendable {
  private let known: Vocabulary
  /// Words that the program does not know; their ids follow those of `known`.
  private var met = Vocabulary()
  private var folded: [UInt8] = []

  init(known: Vocabulary) {
    self.known = known
  }

  /// Whether words met on earlier pages take more room than they save time.
  var isFull: Bool { met.count > 1 << 16 || met.byteCount > 1 << 22 }

  /// Forgets the words that the program does not know.
  mutating func forgetMet() { met = Vocabulary() }

  /// The id of a token that is folded first.
  mutating func id(of token: UnsafeBufferPointer<UInt8>) -> UInt32 {
    fold(token, keepCase: false, into: &folded)
    return folded.withUnsafeBufferPointer { id(folded: $0) }
  }

  /// The id of a token that is its own key.
  mutating func id(folded token: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let id = known.find(folded: token)
    if id != 0 { return id }
    let later = met.intern(folded: token)
    return later == 0 ? 0 : later &+ UInt32(truncatingIfNeeded: known.count)
  }
}
