/// An HTML page as one sees it: its visible text, one block a line.
package struct HtmlPage: Sendable {
  /// The visible text; its offsets lead back to the input.
  package var text: SourceText
  /// The lines of the text.
  package var blocks: [Block]
  /// What the tree says of each block.
  package var infos: [HtmlBlockInfo]
  package var images: [HtmlImage]
  /// How many elements were left out because the page hides them or because they hold no text to
  /// be read, such as scripts; those inside one are not counted.
  package var hiddenElements: Int
  /// How many bytes of the page they take.
  package var hiddenBytes: Int
}

/// Where a block stands in the tree, and what it is made of.
package struct HtmlBlockInfo: Sendable, BitwiseCopyable {
  package struct Flags: OptionSet, Sendable, BitwiseCopyable {
    package let rawValue: UInt16

    package init(rawValue: UInt16) {
      self.rawValue = rawValue
    }

    package static let inList = Flags(rawValue: 1 << 0)
    package static let inTable = Flags(rawValue: 1 << 1)
    package static let inQuote = Flags(rawValue: 1 << 2)
    package static let inFigure = Flags(rawValue: 1 << 3)
    package static let inFigureCaption = Flags(rawValue: 1 << 4)
    /// The first block of a list item.
    package static let startsItem = Flags(rawValue: 1 << 5)
    /// The cells of a table row in one block.
    package static let isRow = Flags(rawValue: 1 << 6)
  }

  /// The innermost block-level element that holds it; of a row its `tr`.
  package var node: Int32
  /// The nodes of its first and its last text.
  package var firstText: Int32
  package var lastText: Int32
  /// The tags of the elements that hold all of its text.
  package var tags: HtmlTagSet
  /// How many bytes of visible text it has, apart from what parts the cells of a row.
  package var textBytes: UInt32
  /// How many of them stand in links.
  package var linkBytes: UInt32
  /// How many of them stand in `b`, `strong`, `i` or `em`.
  package var emphasisBytes: UInt32
  /// How many `a` elements it has text of.
  package var links: UInt32
  package var flags: Flags
  /// From 1 to 6; 0 outside headings.
  package var headingLevel: UInt8
}

/// An image of the page.
package struct HtmlImage: Sendable, BitwiseCopyable {
  package var node: Int32
  /// The block that it stands in, else the one that follows it; past the last where none follows.
  package var block: Int32
  /// The innermost `figure` around it, or -1.
  package var figure: Int32
}
