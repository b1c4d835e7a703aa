internal import DukienRules

/// A trigger or draft that gave no fact, and why; kept for the tools only.
struct Refusal {
  enum Reason {
    /// The rule stays out of the group around the segment; its trigger was not matched.
    case keptOut
    /// An earlier match of the same trigger covers it.
    case overlaps
    /// `unless` of the rule holds.
    case forbidden
    /// None of these roles was found.
    case lacks([Int])
    /// A needed value belongs to another fact.
    case claimed(RoleFill)
    /// The list is not opened, or has no member at this token.
    case noList
    case noMember(Int)
  }

  var hit: TriggerHit
  /// Where roles were looked for.
  var region: Range<Int>
  /// The segment's index.
  var segment: Int
  var draft: FactDraft?
  var reason: Reason
}

extension FactFinder {
  /// Notes a draft that was not kept.
  mutating func refuse(
    _ hit: TriggerHit, _ region: Range<Int>, _ segment: Int, _ draft: FactDraft,
    _ reason: Refusal.Reason
  ) {
    journal?.append(
      Refusal(hit: hit, region: region, segment: segment, draft: draft, reason: reason))
  }

  /// Notes a trigger that matched in vain.
  mutating func refuse(_ hit: TriggerHit, _ segment: Int, _ reason: Refusal.Reason) {
    journal?.append(
      Refusal(hit: hit, region: hit.begin..<hit.end, segment: segment, draft: nil, reason: reason))
  }

  /// Notes a rule that was not tried at a token.
  mutating func refuse(_ rule: Int, at position: Int, _ segment: Int) {
    guard journal != nil else { return }
    let hit = TriggerHit(
      rule: rule, start: position, begin: position, end: position + 1, matchEnd: position + 1,
      frame: Frame(first: 0, count: 0))
    refuse(hit, segment, .keptOut)
  }
}
