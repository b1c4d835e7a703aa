package import DukienText

/// Maps labels, captures of zone patterns and what a page tells about itself to article fields.
package struct ArticleMap: Sendable {
  /// Where a field may come from.
  package struct Source: Sendable {
    package var label: UInt16 = 0
    /// Name of a capture, or 0 for the whole block.
    package var capture: UInt16 = 0
    /// Index into `told`, or -1 for blocks of the page.
    package var told = -1
  }

  /// Something that a page or its host tells beside the text.
  package struct Told: Sendable {
    /// `nil` for the address that the host knows, and for the text of elements.
    package var kind: MetadataKind?
    /// For the text of elements, what they are marked with.
    package var marks = MarkSet()
    /// In lower case.
    package var key: [UInt8]
    /// As it is written in rules.
    package var text: String
  }

  package struct Field: Sendable {
    package enum Kind: UInt8, Sendable, CaseIterable { case text, list, flag, date, url }
    package var name: UInt16
    package var kind: Kind
    package var sources: [Source]
    package var cleaning: Cleaning?
  }

  /// What is taken away of the values of a field; patterns are indexes, -1 for none.
  package struct Cleaning: Sendable {
    /// What parts several values.
    package var split = -1
    package var before = -1
    package var after = -1
    /// Values that count for nothing.
    package var drop = -1
    /// Texts that are cut off at either end, with the signs between.
    package var cutOff: [Source] = []
    /// Texts at either end of the value that are all of it.
    package var cutTo: [Source] = []
    /// True where what is known to be an organisation counts for nothing.
    package var isPerson = false
  }

  package var fields: [Field] = []
  /// Fields of one image, in the order of the result.
  package var image: [Field] = []
  package var told: [Told] = []
  package var published = -1

  package init() {}
}
