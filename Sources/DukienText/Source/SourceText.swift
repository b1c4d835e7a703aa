/// Something in the input that is not plain UTF-8 text.
package struct TextProblem: Equatable, Sendable {
  package enum Code: Sendable {
    /// Bytes that are no UTF-8; each maximal invalid sequence became U+FFFD.
    case invalidUTF8
    /// A NUL byte; it stays in the text and counts as white space.
    case nul
    /// The input is longer than `SourceText.maximumBytes`; the rest was not read.
    case tooLong
  }

  package var code: Code
  /// The first place, in offsets of the input.
  package var at: Span
  /// How many places there are; for `tooLong`, how many bytes were left out.
  package var count: Int

  package init(code: Code, at: Span, count: Int) {
    self.code = code
    self.at = at
    self.count = count
  }
}

/// The text of a page: valid UTF-8 without byte order mark.
package struct SourceText: Sendable {
  /// The longest input that is read; the rest of a longer one is left out and reported.
  ///
  /// A quarter of what a `UInt32` can address, because one invalid byte becomes three.
  package static var maximumBytes: Int { 1 << 30 }

  /// Valid UTF-8, each maximal invalid sequence replaced by U+FFFD.
  package let bytes: [UInt8]
  /// From offsets of `bytes` to offsets of the input.
  package let offsets: OffsetMap
  /// What was wrong, at most one entry a code.
  package let problems: [TextProblem]

  package init(bytes: [UInt8], offsets: OffsetMap, problems: [TextProblem]) {
    self.bytes = bytes
    self.offsets = offsets
    self.problems = problems
  }
}
