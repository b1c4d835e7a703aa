/// A type of fact and its roles.
package struct FactType: Sendable {
  package enum Keep: UInt8, Sendable, BitwiseCopyable { case mostComplete, first, merge, all }

  /// What tests may expect of a fact beside its roles.
  package static let attributes = ["polarity", "said_by"]

  package var name: UInt16
  package var about = ""
  /// The type of fact that this one `is`, whose roles it has too; -1 for none.
  package var parent = -1
  package var roles: [RoleInfo] = []
  /// Every inner list needs at least one of its roles.
  package var required: [[Int]] = []
  /// Keys: facts that share one are one fact. A key counts where all its roles are filled, or,
  /// for a single plain key, as far as they are.
  package var identity: [[Int]] = []
  /// True where the keys are alternatives, each of which must be filled.
  package var hasAlternativeKeys = false
  package var keep = Keep.mostComplete
  /// The role that says what stands in a group which another role of the fact fills, or -1.
  package var speaker = -1

  package init(name: UInt16) {
    self.name = name
  }
}

/// A role of a fact type.
package struct RoleInfo: Sendable {
  package enum Kind: Sendable {
    /// A value or entity that hole `Int` takes; printed by its `norm`.
    case typed(Int)
    case text
    /// One of these symbols, or, where `open`, any other word too.
    case oneOf([UInt32], open: Bool)
    case flag
  }

  package var name: UInt16
  package var kind: Kind
  package var isList = false
  /// How `rules show` prints the kind.
  package var kindText = ""
}

/// A rule that emits facts of one type, or adds roles to facts that others emit.
package struct Rule: Sendable {
  package var name: String
  package var about = ""
  /// The type whose roles it fills.
  package var emits: Int
  /// Which facts its roles are added to; `nil` for a rule that emits facts of its own.
  package var fills: FillRule?
  package var trigger: Int
  package var guards = Guards()
  /// Holes of groups inside which the rule does not run.
  package var outside: [Int] = []
  /// Of every inner list one role must be filled.
  package var needs: [[Int]] = []
  package var sets: [RoleTemplate] = []
  package var gives: [RoleExpression] = []
  package var searches: [RoleSearch] = []
  package var list: ListRule?
  package var file = ""
  package var line = 0

  package init(name: String, emits: Int, trigger: Int) {
    self.name = name
    self.emits = emits
    self.trigger = trigger
  }
}

/// Which fact a rule adds its roles to.
package struct FillRule: Sendable {
  package enum Which: UInt8, Sendable, CaseIterable { case nearestBefore, nearestAfter, nearest }

  /// A type of fact and all that `is` it, itself first.
  package var facts: [Int]
  package var which: Which
  package var scope: Scope
}

package struct RoleTemplate: Sendable {
  package var role: Int
  package var pieces: [TemplatePiece]
}

package struct RoleExpression: Sendable {
  package var role: Int
  package var expression: Int
}

/// The ways to find one role, tried in order.
package struct RoleSearch: Sendable {
  package var role: Int
  /// Roles that make the search needless where one of them is filled.
  package var unless: [Int] = []
  /// Roles that must all be filled for the search.
  package var needs: [Int] = []
  package var ways: [RoleWay] = []
}

package enum RoleWay: Sendable {
  case search(pattern: Int, side: Side, scope: Scope, pick: Pick)
  /// The same role of the previous fact of this type, from `scope` on: the block, the previous
  /// sentence or the same sentence; only where both facts have the same mentions in the roles
  /// `sharing`.
  case same(role: Int, scope: Scope, sharing: [Int])
  case constant([TemplatePiece])
}

package enum Side: UInt8, Sendable, CaseIterable, BitwiseCopyable { case after, before, both }

package enum Scope: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  case clause, sentence, previousSentence, paragraph, title, document
}

package enum Pick: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  case nearest, first, fullest, all
}

/// One fact a member of a list that follows the trigger.
package struct ListRule: Sendable {
  package var opensWith: Int
  package var member: Int
  package var separator: Int
  /// Roles that hold on until a member names them anew.
  package var carry: [Int]
}

/// Joins a short mention to a full one.
package struct LinkRule: Sendable {
  package enum Pick: UInt8, Sendable { case nearestBefore, fullest }

  package var from: Int
  package var to: Int
  /// Pairs of expressions that must give the same text.
  package var equal: [(from: Int, to: Int)]
  package var pick: Pick
  /// Where the full mention may stand: in the document, or in the same paragraph.
  package var look = Scope.document
  /// True where a short mention without a full one counts for nothing.
  package var dropsUnlinked = false
}

/// Where the year of an incomplete date comes from.
package struct ResolveRule: Sendable {
  /// Hole of the date types whose latest year is the reference where the page has no date, or -1.
  package var latest = -1
  /// Hole of words that mark a plan: a sentence with one gives no reference, or -1.
  package var unless = -1
  /// What stands right before a date that others are measured by: they count from none such.
  package var compared = Guards()

  package init() {}
}

/// Words around a fact that say how it is meant.
package struct AssertionRule: Sendable {
  package enum Place: Sendable {
    case insideFact, sameSentence
    /// Before the fact, in the same clause.
    case clauseBefore
    /// At most so many tokens before or after the fact.
    case before(Int)
    case after(Int)
  }

  package var cues: Int
  package var place: Place
  package var facts: [Int]
  /// Role index by fact (parallel to `facts`; -1 sets the attribute `polarity`).
  package var roles: [Int]
  package var value: UInt32
}

/// Facts that agree in their identity and differ in a role contradict each other.
package struct ConflictRule: Sendable {
  package var name: String
  package var fact: Int
  /// The roles of which one must differ.
  package var differ: [Int]
  /// What is said of such facts.
  package var report: [TemplatePiece] = []
}

/// Gives blocks a label where all its conditions hold.
package struct ZoneRule: Sendable {
  package var label: UInt16
  /// Where it stands: `page.yaml:12`.
  package var reason: UInt16
  package var conditions: [ZoneCondition]
  /// True where all later blocks get the label too, until a rule that `interrupts` holds.
  package var holdsOn: Bool
  package var interrupts: Bool
}

package struct ZoneCondition: Sendable {
  package enum Test: Sendable {
    case startsWith(Int)
    case endsWith(Int)
    case contains(Int)
    case every(Int)
    case only(Int)
    case words(ClosedRange<Int>)
    case feature(UInt32, Bool)
    case prose(Bool)
    case position(Position)
    case after([UInt16])
    case seen([UInt16], Bool)
    case nextProse(within: Int)
    case next([ZoneCondition])
    case previous([ZoneCondition])
    case not([ZoneCondition])
    case repeats(UInt16)
    /// The page and the block have all of these features, and none of those.
    case page(wanted: UInt32, unwanted: UInt32)
    /// The block's own element has one of these tags.
    case tag(MarkSet)
    /// Elements that hold the block alone have one of these marks; elements around it have.
    case own(MarkSet)
    case around(MarkSet)
    case measure(BlockMeasure, ClosedRange<Int>)
    /// The neighbour so many blocks below has the same words.
    case sameAs(Int)
    /// The words stand in one of these that the page tells, and are a good part of it.
    case standsIn([Int])
  }

  package enum Position: UInt8, Sendable, CaseIterable {
    case first, last, beforeFirstParagraph, afterFirstParagraph, afterLastParagraph
  }

  package var test: Test
}
