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

  /// The map of a text over the input of this map, where `outer` leads from that text, `end` bytes
  /// long, to the text of this map.
  ///
  /// - Complexity: O(n) in the runs of both, and in the pieces of runs that replace several.
  func composed(with outer: [Run], end: Int) -> OffsetMap {
    if runs.isEmpty { return OffsetMap(runs: outer) }
    var composed: [Run] = []
    composed.reserveCapacity(outer.count &+ runs.count)
    var place = 0
    func advance(to offset: UInt32) {
      while place &+ 1 < runs.count, runs[place &+ 1].text <= offset { place &+= 1 }
    }
    for index in outer.indices {
      let run = outer[index]
      let stop = index &+ 1 < outer.count ? outer[index &+ 1].text : UInt32(truncatingIfNeeded: end)
      var text = run.text
      while text < stop {
        let offset = run.input(text)
        advance(to: offset)
        let inner = runs[place]
        if run.isCopy {
          composed.append(
            Run(
              text: text, input: inner.input(offset), width: inner.width, replaced: inner.replaced))
          guard place &+ 1 < runs.count else { break }
          text &+= runs[place &+ 1].text &- offset
        } else {
          let begin = inner.input(offset)
          let replaced =
            run.replaced == 0 ? 0 : input(Span(offset, offset &+ run.replaced)).end &- begin
          composed.append(Run(text: text, input: begin, width: run.width, replaced: replaced))
          text = run.replaced == 0 ? stop : text &+ run.width
        }
      }
    }
    return OffsetMap(runs: composed)
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
