/// One step of a compiled pattern. Code is a directed graph without cycles: every jump goes forward.
public struct Instruction: Sendable, BitwiseCopyable {
  public enum Operation: UInt8, Sendable, BitwiseCopyable {
    /// The token's folded word is `a`.
    case word
    /// As `word`, and the token is spelled exactly as literal number `b`.
    case exact
    /// An edge whose type is in hole set `a` starts here; captured in `slot` where that is not 0.
    case hole
    /// The token belongs to class `a`; captured in `slot` where that is not 0.
    case classToken
    /// Any token but clause marks and unbalanced brackets.
    case anyInGap
    /// As `anyInGap`, and no `stop` word starts here.
    case anyInRun
    /// Try `a`, then `b`.
    case split
    case jump
    case open
    case close
    case mentionOpen
    case mentionClose
    case atStart
    case atEnd
    case accept
  }

  public var operation: Operation
  /// 1-based capture slot of the pattern; 0 for none.
  public var slot: UInt16
  public var a: Int32
  public var b: Int32
  /// What the token must look like with which a match goes on: an index of `MatchTables.outlooks`.
  public var look: Int32 = 0

  public init(_ operation: Operation, slot: UInt16 = 0, a: Int32 = 0, b: Int32 = 0) {
    self.operation = operation
    self.slot = slot
    self.a = a
    self.b = b
  }
}

/// A compiled pattern: a run of `Program.code` and the names of its captures.
package struct Pattern: Sendable {
  package var entry: Int
  package var end: Int
  /// Name of capture slot `i + 1`, as an index into `Program.names`.
  package var slots: [UInt16]
  /// Path into what a slot keeps (`<Share.amount>`), empty for the thing itself.
  package var paths: [[UInt16]]
  /// What a match may begin with.
  package var first: FirstSet
  /// What every match holds, rarest first: of each need at least one word or hole.
  package var needs: [Need] = []

  package init(
    entry: Int, end: Int, slots: [UInt16], paths: [[UInt16]], first: FirstSet
  ) {
    self.entry = entry
    self.end = end
    self.slots = slots
    self.paths = paths
    self.first = first
  }
}

/// Words and holes of which a match must hold one; a sentence without any has no match.
package struct Need: Sendable {
  package var words: [UInt32] = []
  package var holes: [Int] = []

  /// The most needs that are kept of a pattern.
  package static let most = 4

  /// True where it is worth looking for in every sentence.
  package var isNarrow: Bool { words.count + holes.count <= 24 }
}

/// What the first token of a match can be: the pattern's anchors.
package struct FirstSet: Sendable {
  package var words: [UInt32] = []
  package var holes: [Int] = []
  package var classes: [Int] = []
  /// True where the pattern may begin with any token: it has no anchor.
  package var any = false
  /// True where the pattern can match nothing at all.
  package var nullable = true

  package init() {}

  package mutating func formUnion(_ other: FirstSet) {
    words += other.words
    holes += other.holes
    classes += other.classes
    any = any || other.any
  }
}
