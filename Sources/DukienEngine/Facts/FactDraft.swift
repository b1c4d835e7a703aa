internal import DukienRules

/// One value of one role.
struct RoleFill: BitwiseCopyable {
  enum Origin: UInt8, BitwiseCopyable { case found, constant, previousFact, assertion }
  var role: Int
  var value: FieldValue
  var origin = Origin.found
  /// The way of a role's search that gave it, or one of the constants below.
  var way: Int8 = RoleFill.captured
  /// The role whose search it was, or -1.
  var search: Int16 = -1
  /// The rule of the united fact that brought it, or -1.
  var rule: Int32 = -1
  /// The next fill of the same fact, or -1.
  var next: Int32 = -1
  /// What it is compared by, or 0 where that was not asked for yet.
  var key: UInt64 = 0

  static let captured: Int8 = -1
  static let given: Int8 = -2
}

/// A fact that is being put together. What it holds of several is a chain in `FoundFacts`.
struct FactDraft: BitwiseCopyable {
  var type: Int
  var rule: Int
  var block: Int32
  /// Token range of the words that state it.
  var begin: Int32
  var end: Int32
  var sentenceBegin: Int32
  var sentenceEnd: Int32
  var context: Int32
  /// The roles that are filled.
  var filled = RoleSet()
  /// Its first and last fill, or -1, and how many there are.
  var firstFill: Int32 = -1
  var lastFill: Int32 = -1
  var fillCount = 0
  /// The first and last fact that was united with it, or -1.
  var firstUnited: Int32 = -1
  var lastUnited: Int32 = -1
  /// The first and last further sentence that supports it, or -1.
  var firstSentence: Int32 = -1
  var lastSentence: Int32 = -1
  var polarity: UInt32 = 0
  /// Who says it, where it stands in a quotation that another fact holds.
  var saidBy = FieldValue.none
  var isDropped = false
  /// The fact that stands for a dropped one, or -1.
  var mergedInto = -1
  /// Tokens and captures of the trigger, or of the list's member.
  var triggerBegin: Int32
  var triggerEnd: Int32
  var captures: Frame

  init(_ type: Int, _ hit: TriggerHit, _ segment: Segment) {
    self.type = type
    rule = hit.rule
    block = segment.block
    begin = Int32(truncatingIfNeeded: hit.begin)
    end = Int32(truncatingIfNeeded: hit.end)
    sentenceBegin = segment.sentenceBegin
    sentenceEnd = segment.sentenceEnd
    context = segment.context
    triggerBegin = begin
    triggerEnd = end
    captures = hit.frame
  }

  @inline(__always)
  func has(_ role: Int) -> Bool { filled.contains(role) }

  /// The sentence that states it.
  var sentence: SentenceRef {
    SentenceRef(block: block, begin: sentenceBegin, end: sentenceEnd)
  }
}

/// A sentence and its block.
struct SentenceRef: Equatable, BitwiseCopyable {
  var block: Int32
  var begin: Int32
  var end: Int32
  /// The next sentence of the same fact, or -1.
  var next: Int32 = -1

  static func == (a: SentenceRef, b: SentenceRef) -> Bool {
    a.block == b.block && a.begin == b.begin && a.end == b.end
  }
}

/// The rule of a fact that was united with another.
struct UnitedRule: BitwiseCopyable {
  var rule: Int
  /// The next one of the same fact, or -1.
  var next: Int32 = -1
}

/// A trigger or phrase that matched.
struct TriggerHit: BitwiseCopyable {
  var rule: Int
  /// Where the match begins, context included.
  var start: Int
  var begin: Int
  var end: Int
  /// Where the whole match ends, context included.
  var matchEnd: Int
  var frame: Frame
  /// False once it is known that no fact came of it.
  var gave = true
}

/// A value and the type of fact that it belongs to.
struct Claim: BitwiseCopyable {
  var type: Int
  var record: Int32
}
