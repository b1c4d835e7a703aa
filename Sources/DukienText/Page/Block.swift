/// What a block looks like on the page.
package struct BlockFeatures: OptionSet, Sendable {
  package let rawValue: UInt32

  package init(rawValue: UInt32) {
    self.rawValue = rawValue
  }

  /// Opens with a bullet, or with `-`, `–`, `—`, `*` or `+` and white space.
  package static let listMark = BlockFeatures(rawValue: 1 << 0)
  package static let opensWithPipe = BlockFeatures(rawValue: 1 << 1)
  package static let closesWithPipe = BlockFeatures(rawValue: 1 << 2)
  /// Nothing but pipes, `![…](…)` and names of image files.
  package static let imageResidue = BlockFeatures(rawValue: 1 << 3)
  /// Holds `http://`, `https://`, or `www.` at the start of a word.
  package static let containsURL = BlockFeatures(rawValue: 1 << 4)
  /// The last character, apart from quotation marks, brackets and pipes, is one of `. ? ! …`.
  package static let endsSentence = BlockFeatures(rawValue: 1 << 5)
  /// The line before is blank; the edge of the page is no line.
  package static let blankBefore = BlockFeatures(rawValue: 1 << 6)
  /// The line after is blank; the edge of the page is no line.
  package static let blankAfter = BlockFeatures(rawValue: 1 << 7)
  /// White space stands before the block on its line.
  package static let indented = BlockFeatures(rawValue: 1 << 8)
}

/// A line of the page that is not blank.
package struct Block: Sendable {
  /// The line without the white space around it, in text offsets.
  package var span: Span
  /// The span without leading list mark and pipes, and without trailing pipes.
  package var core: Span
  /// The number of its line, from 1.
  package var line: UInt32
  package var features: BlockFeatures
  /// How many words white space separates in the core.
  package var wordCount: UInt32
  /// The index of its first token, once tokenised.
  package var firstToken: UInt32
  /// How many tokens it has, once tokenised.
  package var tokenCount: UInt32

  package init(
    span: Span, core: Span, line: UInt32, features: BlockFeatures = [], wordCount: UInt32 = 0
  ) {
    self.span = span
    self.core = core
    self.line = line
    self.features = features
    self.wordCount = wordCount
    self.firstToken = 0
    self.tokenCount = 0
  }

  /// The indices of its tokens.
  package var tokens: Range<Int> {
    Int(firstToken)..<Int(firstToken) &+ Int(tokenCount)
  }
}
