package import DukienText

/// What one page gave: article fields, labelled blocks, values and facts with their evidence.
///
/// Every `Span` named `at` holds byte offsets of the input as given. Every `Str` is a range of
/// `storage`, which begins with the decoded text of the page and goes on with generated strings.
/// Tables are joined by index; an empty `Str` stands for "none".
package struct Extraction: Sendable {
  /// A string of the result: a half-open byte range of `Extraction.storage`.
  package typealias Str = Span

  /// One article field, for instance `title`; fields of one image share a `group`.
  package struct Field: Sendable {
    package var name: Str
    package var text: Str
    package var norm: Str
    package var from: Str
    package var at: Span
    /// Index of the image the field belongs to, or `none`.
    package var group: UInt32
    /// True where the field is declared as a list, also when it holds one value.
    package var isList: Bool
    /// True where `norm` is a flag (`true`), printed without quotes.
    package var isFlag: Bool
  }

  /// A block of the page with its zone label and the zone rule that gave it.
  package struct LabelledBlock: Sendable {
    package var kind: Str
    package var reason: Str
    package var text: Str
    package var at: Span
    /// The tags around it on an HTML page, the innermost last; empty on other pages.
    package var path: Str
    package var looks: BlockLooks
    /// The level of a heading of an HTML page, from 1, or 0.
    package var heading: UInt8
  }

  /// What a block is to the article, and how it is shown.
  package struct BlockLooks: OptionSet, Sendable {
    package let rawValue: UInt32
    package init(rawValue: UInt32) { self.rawValue = rawValue }

    /// Facts are looked for in it.
    package static let content = BlockLooks(rawValue: 1 << 0)
    /// Part of the article's text.
    package static let body = BlockLooks(rawValue: 1 << 1)
    /// A heading in the article's text.
    package static let heading = BlockLooks(rawValue: 1 << 2)
    /// An item of a list, part of a quotation, a row of a table.
    package static let item = BlockLooks(rawValue: 1 << 3)
    package static let quote = BlockLooks(rawValue: 1 << 4)
    package static let row = BlockLooks(rawValue: 1 << 5)
  }

  /// A normalised value.
  package struct Value: Sendable {
    package var type: Str
    package var text: Str
    package var norm: Str
    package var approx: Str
    package var at: Span
    package var block: UInt32
  }

  /// A fact; its roles and evidence are runs of `roles` and `evidence`.
  package struct Fact: Sendable {
    package var type: Str
    package var rule: Str
    package var polarity: Str
    package var saidBy: Str
    package var at: Span
    package var firstRole: UInt32
    package var roleCount: UInt32
    package var firstEvidence: UInt32
    package var evidenceCount: UInt32
  }

  /// One role value of a fact; several consecutive entries with one name make a list.
  package struct Role: Sendable {
    package var name: Str
    package var text: Str
    package var norm: Str
    package var from: Str
    package var at: Span
    /// True where the role is declared as a list, also when it holds one value.
    package var isList: Bool
    /// True where `norm` is a flag (`true`), printed without quotes.
    package var isFlag: Bool
  }

  /// A sentence that supports a fact.
  package struct Evidence: Sendable {
    package var block: UInt32
    package var at: Span
    package var quote: Str
  }

  /// A bound that was reached or a defect of the input; what was lost starts at `at`.
  package struct LimitHit: Sendable {
    package var name: Str
    package var bound: UInt64
    package var seen: UInt64
    package var at: Span
  }

  /// How long a stage took, and how much it did.
  package struct Stage: Sendable {
    package var name: Str
    package var nanoseconds: UInt64
    /// Steps of matching.
    package var steps: UInt64
  }

  /// Marks an absent index.
  package static let none = UInt32.max

  package var storage: [UInt8] = []
  package var fields: [Field] = []
  package var blocks: [LabelledBlock] = []
  package var values: [Value] = []
  package var facts: [Fact] = []
  package var roles: [Role] = []
  package var evidence: [Evidence] = []
  package var limits: [LimitHit] = []
  /// The stages of the run, in order. Their times differ from run to run; they are no part of the JSON.
  package var stages: [Stage] = []
  /// The encoding that the page was read in, and whether it is HTML.
  package var encoding = TextEncoding.utf8
  package var isHtml = false
  /// True where a bound cut the result (not where only a defect of the input was noted).
  package var isPartial = false
  /// True where the host ended the run: then nothing else is of use.
  package var isCancelled = false

  package init() {}
}
