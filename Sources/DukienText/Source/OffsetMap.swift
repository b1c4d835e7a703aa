/// Leads from offsets of a text back to offsets of the input that it was made of.
package struct OffsetMap: Sendable {
  /// A stretch of the text whose pieces of `width` bytes stand for `replaced` input bytes each.
  ///
  /// Copied bytes have 1 and 1. U+FFFD for two bad bytes has 3 and 2, an `é` for `&eacute;` 2 and 8,
  /// a separator that the input does not have 1 and 0.
  package struct Run: Sendable, BitwiseCopyable {
    package var text: UInt32
    package var input: UInt32
    package var width: UInt32
    package var replaced: UInt32

    package init(text: UInt32, input: UInt32, width: UInt32 = 1, replaced: UInt32 = 1) {
      self.text = text
      self.input = input
      self.width = width
      self.replaced = replaced
    }

    /// Whether the bytes are those of the input.
    @inline(__always)
    package var isCopy: Bool { width == 1 && replaced == 1 }

    /// The input offset of a text offset in or at the end of the run; inside a piece, of its begin.
    @inline(__always)
    package func input(_ offset: UInt32) -> UInt32 {
      let distance = offset &- text
      return input &+ (isCopy ? distance : distance / width &* replaced)
    }
  }

  /// Sorted by both offsets, the first at text offset 0; empty where text and input are the same.
  package var runs: [Run] = []

  package init() {}

  package init(runs: [Run]) {
    self.runs = runs
  }

  /// The map of a text that is its input.
  package static var identity: OffsetMap { OffsetMap() }

  /// Whether every offset maps to itself.
  package var isIdentity: Bool { runs.isEmpty }

  /// The input offset of a text offset; inside a replaced character, of its first byte.
  ///
  /// - Complexity: O(1) for the identity, else O(log n) in the number of runs.
  package func input(_ textOffset: UInt32) -> UInt32 {
    runs.isEmpty ? textOffset : runs[run(at: textOffset)].input(textOffset)
  }

  /// The input bytes behind a span of the text that begins and ends between characters.
  ///
  /// The end is where the last character's bytes end, whatever the input holds after them.
  ///
  /// - Complexity: as for an offset.
  package func input(_ span: Span) -> Span {
    if runs.isEmpty { return span }
    let begin = input(span.begin)
    guard span.end > span.begin else { return Span(begin, begin) }
    return Span(begin, runs[run(at: span.end &- 1)].input(span.end))
  }

  /// The index of the run that holds a text offset; there must be runs.
  private func run(at textOffset: UInt32) -> Int {
    var low = 0
    var high = runs.count
    while high &- low > 1 {
      let middle = (low &+ high) >> 1
      if runs[middle].text <= textOffset { low = middle } else { high = middle }
    }
    return low
  }
}
