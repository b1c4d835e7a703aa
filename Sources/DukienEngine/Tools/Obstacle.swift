package import DukienText

/// One step of the answer to why something was not found.
package struct Obstacle: Sendable {
  /// A stable word: `found`, `merged`, `replaced`, `matched`, `forbidden`, `outside`, `overlaps`,
  /// `missing`, `claimed`, `stopped`, `absent` or `note`.
  package var kind: String
  package var message: String
  /// What was expected, as the pattern card writes it.
  package var expected: [String] = []
  /// What stands there.
  package var here = ""
  /// The bytes of the text that it is about.
  package var at = Span(0, 0)
  /// Where the pattern stands.
  package var file = ""
  package var line = 0
  /// How deep it is nested: a step that explains the one before is one deeper.
  package var level = 0
}

/// What can be asked about by name.
package enum Subject: Sendable {
  case rule(Int)
  case type(UInt16)
}
