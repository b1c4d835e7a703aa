internal import DukienRules

/// The facts of a page and what they are made of. Reused from page to page.
struct FoundFacts: ~Copyable {
  var drafts = Buffer<FactDraft>()
  /// What rules that add to the facts of others found.
  var additions = Buffer<FactDraft>()
  /// The values of all drafts, each a chain of its own.
  var fills = Buffer<RoleFill>()
  var united = Buffer<UnitedRule>()
  var sentences = Buffer<SentenceRef>()
  /// The last fact of each type, or -1.
  var previous = Buffer<Int32>()

  // Of the segment at hand.
  var hits = Buffer<TriggerHit>()
  /// Values that fill a needed role.
  var claims = Buffer<Claim>()
  /// What one way to find a role gives.
  var candidates = Buffer<RoleFill>()
  /// What the members of a list hold on to.
  var carried = Buffer<RoleFill>()

  mutating func reset(types: Int) {
    drafts.removeAll()
    additions.removeAll()
    fills.removeAll()
    united.removeAll()
    sentences.removeAll()
    previous.fill(-1, types)
  }

  /// The bytes that the facts take.
  var bytes: Int {
    drafts.bytes + additions.bytes + fills.bytes + united.bytes + sentences.bytes
  }

  /// Adds a value to a draft.
  @inline(__always)
  mutating func append(_ fill: RoleFill, to draft: inout FactDraft) {
    let place = Int32(truncatingIfNeeded: fills.count)
    fills.append(fill)
    fills.base[Int(place)].next = -1
    if draft.lastFill >= 0 { fills.base[Int(draft.lastFill)].next = place }
    if draft.firstFill < 0 { draft.firstFill = place }
    draft.lastFill = place
    draft.fillCount &+= 1
    draft.filled.insert(fill.role)
  }

  /// Notes that a fact of another rule was united with a draft.
  mutating func append(rule: Int, to draft: inout FactDraft) {
    let place = Int32(truncatingIfNeeded: united.count)
    united.append(UnitedRule(rule: rule))
    if draft.lastUnited >= 0 { united.base[Int(draft.lastUnited)].next = place }
    if draft.firstUnited < 0 { draft.firstUnited = place }
    draft.lastUnited = place
  }

  /// Notes a further sentence that supports a draft, unless it is known.
  mutating func append(_ sentence: SentenceRef, to draft: inout FactDraft) {
    guard sentence != draft.sentence else { return }
    var at = draft.firstSentence
    while at >= 0 {
      if sentences[Int(at)] == sentence { return }
      at = sentences[Int(at)].next
    }
    let place = Int32(truncatingIfNeeded: sentences.count)
    sentences.append(sentence)
    sentences.base[Int(place)].next = -1
    if draft.lastSentence >= 0 { sentences.base[Int(draft.lastSentence)].next = place }
    if draft.firstSentence < 0 { draft.firstSentence = place }
    draft.lastSentence = place
  }

  /// The first value of a role of a draft.
  func first(_ role: Int, of draft: FactDraft) -> FieldValue {
    guard draft.has(role) else { return .none }
    var at = draft.firstFill
    while at >= 0 {
      let fill = fills[Int(at)]
      if fill.role == role { return fill.value }
      at = fill.next
    }
    return .none
  }
}

extension FoundFacts {
  /// All drafts, for the tools.
  var allDrafts: [FactDraft] { Array(drafts.elements) }

  /// The values of a draft, for the tools.
  func fills(of draft: FactDraft) -> [RoleFill] {
    var all: [RoleFill] = []
    var at = draft.firstFill
    while at >= 0 {
      all.append(fills[Int(at)])
      at = fills[Int(at)].next
    }
    return all
  }

  /// The rule of a draft and those of the facts that were united with it, for the tools.
  func rules(of draft: FactDraft) -> [Int] {
    var all = [draft.rule]
    var at = draft.firstUnited
    while at >= 0 {
      all.append(united[Int(at)].rule)
      at = united[Int(at)].next
    }
    return all
  }
}
