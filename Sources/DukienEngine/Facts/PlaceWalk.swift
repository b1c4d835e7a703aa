internal import DukienRules
internal import DukienText

/// A stretch of tokens in which a role is looked for.
struct Place {
  var segment: Segment
  var range: Range<Int>
  /// True where the hit nearest to the end is the nearest one.
  var isBackward: Bool
}

/// The stretches in which a way to find a role looks, one after the other.
struct PlaceWalk {
  /// How many earlier sentences a paragraph or document search looks back over.
  private static let sentencesBack = 12

  private let side: Side
  private let scope: Scope
  private let hit: TriggerHit
  private let region: Range<Int>
  private let segment: Segment
  /// The earlier segment to look at next.
  private var at: Int
  /// How many stretches were passed.
  private var step = 0

  /// Begins the walk from a trigger in segment `index`, between whose neighbours `region` lies.
  init(
    _ side: Side, _ scope: Scope, _ hit: TriggerHit, _ region: Range<Int>, _ segment: Segment,
    _ index: Int
  ) {
    self.side = side
    self.scope = scope
    self.hit = hit
    self.region = region
    self.segment = segment
    at = index - 1
  }

  /// The next stretch; `nil` after the last.
  mutating func next(_ work: inout Workspace, _ titleSegments: [Int]) -> Place? {
    switch scope {
    case .sentence, .clause: besides(&work)
    case .previousSentence: earlier(&work, limit: 1, sameBlock: true)
    case .paragraph: earlier(&work, limit: Self.sentencesBack, sameBlock: true)
    case .document: earlier(&work, limit: Self.sentencesBack, sameBlock: false)
    case .title: title(&work, titleSegments)
    }
  }

  /// Behind the trigger, then before it.
  private mutating func besides(_ work: inout Workspace) -> Place? {
    while step < 2 {
      step += 1
      if side == (step == 1 ? .before : .after) { continue }
      let own = scope == .clause ? clause(&work) : region
      if step == 1, hit.end <= own.upperBound {
        return Place(
          segment: segment, range: max(hit.end, own.lowerBound)..<own.upperBound,
          isBackward: false)
      }
      if step == 2, hit.begin >= own.lowerBound {
        return Place(
          segment: segment, range: own.lowerBound..<min(hit.begin, own.upperBound),
          isBackward: true)
      }
    }
    return nil
  }

  /// The part of the region around the trigger between semicolons.
  private func clause(_ work: inout Workspace) -> Range<Int> {
    var low = region.lowerBound
    var high = region.upperBound
    for position in region where work.endsClause(position) {
      if position < hit.begin { low = position + 1 }
      if position >= hit.end {
        high = position
        break
      }
    }
    return low..<max(low, high)
  }

  private mutating func earlier(_ work: inout Workspace, limit: Int, sameBlock: Bool) -> Place? {
    guard step < limit else { return nil }
    while at >= 0 {
      let other = work.segments[at]
      at -= 1
      if sameBlock, other.block != segment.block {
        at = -1
        return nil
      }
      guard other.context == 0 || other.context == segment.context,
        other.end <= segment.sentenceBegin
      else { continue }
      step += 1
      return Place(segment: other, range: Int(other.begin)..<Int(other.end), isBackward: true)
    }
    return nil
  }

  private mutating func title(_ work: inout Workspace, _ titleSegments: [Int]) -> Place? {
    guard step < titleSegments.count else { return nil }
    let segment = work.segments[titleSegments[step]]
    step += 1
    return Place(
      segment: segment, range: Int(segment.begin)..<Int(segment.end), isBackward: false)
  }
}

extension Workspace {
  /// True where the token parts clauses.
  @inline(__always)
  func endsClause(_ position: Int) -> Bool {
    shapes[position].contains(.punctuation)
      && text[Int(tokens.begin[position])] == UInt8(ascii: ";")
  }
}
