package import DukienText

/// The compiled form of a rule set and all it uses: immutable, shared by every engine.
package final class Program: Sendable {
  /// `name@version` of the first rule set that was loaded.
  package let name: String
  /// 16 hexadecimal digits over the content of every source and the engine's version.
  package let fingerprint: String
  package let timezone: String
  package let numberFormat: NumberFormat
  /// Interned names of types, fields, roles and labels; index 0 is "".
  package let names: [String]
  /// Texts that lexicon entries and expressions stand for, by id from 1.
  package let symbols: Vocabulary
  package let vocabulary: Vocabulary
  package let lexicon: Lexicon
  package let classes: [TokenClass]
  package let types: [TypeInfo]
  package let patterns: [Pattern]
  package let expressions: [ExpressionNode]
  package let productions: [Production]
  package let values: Dispatch
  package let blockGroups: Dispatch
  package let groups: Dispatch
  package let entities: Dispatch
  package let zones: [ZoneRule]
  package let zoneGates: ZoneGates
  package let elements: ElementMarks
  package let root: RootRule
  /// True where some zone asks whether a block is hidden, so that hidden ones are read at all.
  package let asksHidden: Bool
  package let contentLabels: [Bool]
  package let bodyLabels: [BodyPart]
  /// True where some zone says what the text of the article is.
  private let hasBody: Bool
  package let article: ArticleMap
  package let resolve: ResolveRule
  package let links: [LinkRule]
  package let facts: [FactType]
  package let rules: [Rule]
  package let ruleDispatch: Dispatch
  package let assertions: [AssertionRule]
  package let conflicts: [ConflictRule]
  package let assertionDispatch: Dispatch
  package let tests: [RuleTest]
  package let sets: [SetInfo]
  /// Hole that takes the words at which a running text ends, or -1.
  package let stopHole: Int
  /// Hole that takes abbreviations whose full stop ends no sentence, or -1.
  package let abbreviationHole: Int
  /// Where the code was written, where the compilation was asked for it.
  package let map: CodeMap?
  /// The parts that the matcher reads, at fixed addresses.
  package let tables: MatchTables
  /// Rules and types of facts, and what is printed, at fixed addresses.
  package let factTables: FactTables
  package let textTables: TextTables

  init(_ draft: ProgramDraft) {
    let tables = MatchTables(draft)
    name = draft.name
    fingerprint = draft.fingerprint
    timezone = draft.timezone
    numberFormat = draft.numberFormat
    names = draft.names
    symbols = draft.symbols
    vocabulary = draft.vocabulary
    lexicon = draft.lexicon
    classes = draft.classes
    types = draft.types
    patterns = draft.patterns
    expressions = draft.expressions
    productions = draft.productions
    values = Dispatch(draft.values, draft, tables)
    blockGroups = Dispatch(draft.blockGroups, draft, tables)
    groups = Dispatch(draft.groups, draft, tables)
    entities = Dispatch(draft.entities, draft, tables)
    zones = draft.zones
    zoneGates = ZoneGates(draft.zones, tables)
    elements = draft.elements
    root = draft.root
    asksHidden = draft.asksHidden
    contentLabels = draft.contentLabels
    bodyLabels = draft.bodyLabels
    hasBody = draft.bodyLabels.contains { $0 != .none }
    article = draft.article
    resolve = draft.resolve
    links = draft.links
    facts = draft.facts
    rules = draft.rules
    ruleDispatch = Dispatch(draft.ruleDispatch, draft, tables)
    assertions = draft.assertions
    conflicts = draft.conflicts
    assertionDispatch = Dispatch(draft.assertionDispatch, draft, tables)
    tests = draft.tests
    sets = draft.sets
    stopHole = draft.stopHole
    abbreviationHole = draft.abbreviationHole
    map = draft.map
    self.tables = tables
    var templates = TemplateList()
    factTables = FactTables(draft, &templates)
    textTables = TextTables(draft, templates)
  }

  /// True where blocks with this label are the article's own text; without zone rules all are.
  package func isContent(_ label: UInt16) -> Bool {
    zones.isEmpty || Int(label) < contentLabels.count && contentLabels[Int(label)]
  }

  /// What blocks with this label are to the article; where no zone tells, all content is its text.
  package func bodyPart(_ label: UInt16) -> BodyPart {
    guard hasBody else { return isContent(label) ? .text : .none }
    return Int(label) < bodyLabels.count ? bodyLabels[Int(label)] : .none
  }

  /// True for a type and all that `is` it.
  package func isKind(_ type: UInt16, of wanted: UInt16) -> Bool {
    var at = type
    while at != 0 {
      if at == wanted { return true }
      at = types[Int(at)].parent
    }
    return false
  }

  /// The text of a symbol; "" for 0.
  package func symbol(_ id: UInt32) -> String {
    String(decoding: symbols.text(id), as: UTF8.self)
  }
}

/// What a block is to the text of the article.
package enum BodyPart: UInt8, Sendable, BitwiseCopyable { case none, text, heading }

/// How a language writes numbers.
package struct NumberFormat: Sendable {
  package var decimal: UInt8 = 0x2E
  package var group: UInt8 = 0x2C

  package init() {}
}

/// A declared name that a hole can take.
package struct TypeInfo: Sendable {
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    case none, builtin, family, lexicon, tokenClass, value, group, entity
  }

  package var name: UInt16
  package var kind: Kind
  /// The type named by `is:`, or 0.
  package var parent: UInt16 = 0
  /// Its type in the output's `values`, or 0 where it is not listed.
  package var listsAs: UInt16 = 0
  /// Types of one arena replace each other where they overlap.
  package var arena: Int = 0
  /// Order among matches of equal length: smaller wins.
  package var rank: Int = 0
  /// True where it competes with listed values but is not listed itself.
  package var hides = false
  /// True where the fields are those of a date.
  package var isDate = false
  /// False for groups in which nothing is looked for.
  package var isContent = true
  /// Index into `Program.productions`, or -1.
  package var production = -1
  package var about = ""

  package init(name: UInt16, kind: Kind) {
    self.name = name
    self.kind = kind
  }
}

/// A value, group or entity: what it matches and what it gives.
package struct Production: Sendable {
  package var type: UInt16
  package var pattern: Int
  package var guards = Guards()
  package var gives: [FieldRule] = []
  package var shows: [TemplatePiece] = []
  /// For entities: the expression whose text makes two mentions one entity, or -1.
  package var key = -1
  /// The fewest tokens a match covers.
  package var minimumTokens = 1

  package init(type: UInt16, pattern: Int) {
    self.type = type
    self.pattern = pattern
  }
}

/// Context that forbids a match; pattern indexes, -1 for none.
package struct Guards: Sendable, BitwiseCopyable {
  package var before = -1
  package var after = -1
  package var inside = -1

  package init() {}

  package var isEmpty: Bool { before < 0 && after < 0 && inside < 0 }
}

package struct FieldRule: Sendable, BitwiseCopyable {
  package var name: UInt16
  package var expression: Int
}

package enum TemplatePiece: Sendable {
  case literal([UInt8])
  case expression(Int)
}

/// A node of an expression; children are indexes into `Program.expressions`.
package enum ExpressionNode: Sendable {
  case number(Decimal)
  case symbol(UInt32)
  case path([UInt16])
  case call(Function, [Int])
  /// A path into what an expression gives.
  case member(Int, [UInt16])
  case multiply(Int, Int)
  case add(Int, Int)
  case subtract(Int, Int)
}

/// The closed set of functions that an expression may call.
package enum Function: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  case text, lower, inside, first, last, firstWord, lastWord, firstWords, digits, piece, either
  case count

  package var name: String {
    switch self {
    case .text: "text"
    case .lower: "lower"
    case .inside: "inside"
    case .first: "first"
    case .last: "last"
    case .firstWord: "first_word"
    case .lastWord: "last_word"
    case .firstWords: "first_words"
    case .digits: "digits"
    case .piece: "piece"
    case .either: "either"
    case .count: "count"
    }
  }

  package var arity: ClosedRange<Int> {
    switch self {
    case .either: 2...4
    case .piece, .firstWords: 2...2
    default: 1...1
    }
  }
}

/// A test that stands in a rule file.
package struct RuleTest: Sendable {
  package var owner: String
  /// Type or fact type the test looks at; for rules, only facts of this rule count.
  package var isValue: Bool
  package var type: UInt16
  package var text: String
  package var published: String
  package var before: String
  package var isTodo: Bool
  /// Expected norms of a value test, or facts as role → text pairs of a rule test.
  package var expectedValues: [String]
  package var expectedFacts: [[(role: String, value: String)]]
  package var file: String
  package var line: Int
  /// Where the expectation stands, from the end of its key on; only in a mapped program.
  package var place: ExpectationPlace?
}

/// The bytes of a test's expectation in its file, from behind the colon on.
package struct ExpectationPlace: Sendable {
  package var begin: Int
  package var end: Int
  package var source: String
  /// The column, from 0, of the items where they stand below one another, else -1.
  package var indent: Int
}

/// What `rules list` and `rules show` say of one loaded set.
package struct SetInfo: Sendable {
  package var name: String
  package var version: String
  package var about: String
  package var source: String
  package var rules = 0
  package var lexicons = 0
  package var facts = 0
}
