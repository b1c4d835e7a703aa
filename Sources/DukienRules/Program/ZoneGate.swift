package import DukienText

/// What the gates of zone rules see of a block.
package struct BlockView: BitwiseCopyable {
  fileprivate let words: Int32
  fileprivate let features: UInt32
  fileprivate let marks: BlockMarks
  fileprivate let isProse: Bool
  /// What its first token looks like.
  fileprivate let look: Outlook

  package init(_ block: Block, _ marks: BlockMarks, isProse: Bool, look: Outlook) {
    words = Int32(truncatingIfNeeded: block.wordCount)
    features = UInt32(block.features.rawValue)
    self.marks = marks
    self.isProse = isProse
    self.look = look
  }
}

/// The gates of all zone rules, in the order of the rules.
package final class ZoneGates: @unchecked Sendable {
  private let gates: UnsafeMutablePointer<ZoneGate>
  package let count: Int

  init(_ rules: [ZoneRule], _ tables: MatchTables) {
    gates = fixed(rules.map { ZoneGate($0, tables) })
    count = rules.count
  }

  deinit { gates.deallocate() }

  /// The first rule from `index` on that may hold of a block; `count` for none.
  package func next(from index: Int, _ block: BlockView) -> Int {
    var index = index
    while index < count, !gates[index].admits(block) { index &+= 1 }
    return index
  }
}

/// What a block must look like for a zone rule to hold: the conditions that need no search.
private struct ZoneGate: BitwiseCopyable {
  private var fewestWords: Int32 = 0
  private var mostWords = Int32.max
  /// Features that the block must have, and must not have.
  private var wanted: UInt32 = 0
  private var unwanted: UInt32 = 0
  /// What the first token must look like.
  private var first = Outlook.anything
  private var needsProse = false
  private var refusesProse = false
  /// One of these marks is needed, where the set is not empty.
  private var tags = MarkSet()
  private var own = MarkSet()
  private var around = MarkSet()

  init(_ rule: ZoneRule, _ tables: MatchTables) {
    for condition in rule.conditions {
      switch condition.test {
      case .words(let range):
        fewestWords = max(fewestWords, Int32(clamping: range.lowerBound))
        mostWords = min(mostWords, Int32(clamping: range.upperBound))
      case .feature(let feature, true): wanted |= feature
      case .feature(let feature, false): unwanted |= feature
      case .prose(true): needsProse = true
      case .prose(false): refusesProse = true
      case .page(let some, let others):
        wanted |= some
        unwanted |= others
      case .tag(let marks): tags = marks
      case .own(let marks): own = marks
      case .around(let marks): around = marks
      case .startsWith(let pattern), .only(let pattern):
        first = tables.outlook(Int(tables.entries[pattern]))
      default: break
      }
    }
  }

  /// False where the rule surely does not hold of the block.
  @inline(__always)
  func admits(_ block: BlockView) -> Bool {
    first.meets(block.look) && block.words >= fewestWords && block.words <= mostWords
      && block.features & wanted == wanted && block.features & unwanted == 0
      && (block.isProse ? !refusesProse : !needsProse)
      && (tags.isEmpty || tags.meets(block.marks.tags))
      && (own.isEmpty || own.meets(block.marks.own))
      && (around.isEmpty || around.meets(block.marks.around))
  }
}
