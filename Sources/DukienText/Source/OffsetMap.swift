/// Leads from offsets of the decoded text back to offsets of the input.
package struct OffsetMap: Sendable {
  /// A stretch of the text: copied bytes, or U+FFFD characters that replace equally many bytes.
  struct Run: Sendable {
    var text: UInt32
    var input: UInt32
    /// The input bytes behind each U+FFFD; zero for copied bytes.
    var replaced: UInt32
  }

  /// Sorted by both offsets, the first at text offset 0; empty where text and input are the same.
  var runs: [Run] = []

  /// The map of a text that is its input.
  package static var identity: OffsetMap { OffsetMap() }

  /// Whether every offset maps to itself.
  package var isIdentity: Bool { runs.isEmpty }

  /// The input offset of a text offset; inside a replaced character, of its first byte.
  ///
  /// - Complexity: O(1) for the identity, else O(log n) in the number of runs.
  package func input(_ textOffset: UInt32) -> UInt32 {
    if runs.isEmpty { return textOffset }
    var low = 0
    var high = runs.count
    while high &- low > 1 {
      let middle = (low &+ high) >> 1
      if runs[middle].text <= textOffset { low = middle } else { high = middle }
    }
    let run = runs[low]
    let distance = textOffset &- run.text
    return run.input &+ (run.replaced == 0 ? distance : distance / 3 &* run.replaced)
  }

  /// The input bytes behind a span of the text that begins and ends between characters.
  ///
  /// - Complexity: as for an offset.
  package func input(_ span: Span) -> Span {
    Span(input(span.begin), input(span.end))
  }
}
