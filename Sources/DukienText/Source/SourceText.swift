/// Something in the input that is not plain text of one known encoding.
package struct TextProblem: Equatable, Sendable {
  package enum Code: Sendable {
    /// Bytes that are no UTF-8; each maximal invalid sequence became U+FFFD.
    case invalidUTF8
    /// Bytes that stand for nothing in another encoding; each became U+FFFD.
    case invalidBytes
    /// A NUL character; it stays in the text and counts as white space.
    case nul
    /// The input is longer than `SourceText.maximumBytes`; the rest was not read.
    case tooLong
    /// `label` names no encoding that is known here; the bytes told which one to read.
    case encodingUnknown
    /// The bytes are not in the encoding that `label` declares.
    case encodingNotBelieved
  }

  package var code: Code
  /// The first place, in offsets of the input; for a hint of the host, empty at 0.
  package var at: Span
  /// How many places there are; for `tooLong`, how many bytes were left out.
  package var count: Int
  /// The label of an encoding as it was declared, in lower case, maybe no UTF-8; else empty.
  package var label: [UInt8]

  package init(code: Code, at: Span, count: Int, label: [UInt8] = []) {
    self.code = code
    self.at = at
    self.count = count
    self.label = label
  }

  /// Counts one more place.
  mutating func add(_ place: Span) {
    if count == 0 { at = place }
    count &+= 1
  }
}

/// The text of a page: valid UTF-8 without byte order mark.
package struct SourceText: Sendable {
  /// What told the encoding, strongest first.
  package enum Evidence: UInt8, Sendable {
    /// A byte order mark.
    case mark
    /// The host.
    case hint
    /// The page itself, in `<meta>` or `<?xml?>`.
    case declared
    /// The bytes.
    case content
  }

  /// The longest input that is read; the rest of a longer one is left out and reported.
  ///
  /// A quarter of what a `UInt32` can address, because one byte may become three.
  package static var maximumBytes: Int { 1 << 30 }

  /// Valid UTF-8, each maximal invalid sequence replaced by U+FFFD.
  package let bytes: [UInt8]
  /// From offsets of `bytes` to offsets of the input.
  package let offsets: OffsetMap
  /// What was wrong, at most one entry a code.
  package let problems: [TextProblem]
  /// The encoding that the input was read in.
  package let encoding: TextEncoding
  /// What told that encoding.
  package let evidence: Evidence

  package init(
    bytes: [UInt8], offsets: OffsetMap, problems: [TextProblem],
    encoding: TextEncoding = .utf8, evidence: Evidence = .content
  ) {
    self.bytes = bytes
    self.offsets = offsets
    self.problems = problems
    self.encoding = encoding
    self.evidence = evidence
  }
}
