package import DukienText

/// What a block must look like for a zone rule to hold: the conditions that need no search.
package struct ZoneGate: Sendable, BitwiseCopyable {
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

  /// False where the rule surely does not hold of the block, whose first token looks like `look`.
  package func admits(
    _ block: Block, _ marks: BlockMarks, isProse: Bool, look: Outlook
  ) -> Bool {
    let words = Int32(truncatingIfNeeded: block.wordCount)
    let features = UInt32(block.features.rawValue)
    return words >= fewestWords && words <= mostWords && features & wanted == wanted
      && features & unwanted == 0 && (tags.isEmpty || tags.meets(marks.tags))
      && (own.isEmpty || own.meets(marks.own)) && (around.isEmpty || around.meets(marks.around))
      && (isProse ? !refusesProse : !needsProse)
      && first.meets(look)
  }
}
