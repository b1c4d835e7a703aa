/// Leads from offsets of the decoded text back to offsets of the input.
package struct OffsetMap: Sendable {
  /// A stretch of the text whose characters all take the same bytes in both, or copied bytes.
  struct Run: Sendable {
    var text: UInt32
    var input: UInt32
    /// The bytes of one character in the text and in the input; one and one for copied bytes.
    var textUnit: UInt16 = 1
    var inputUnit: UInt16 = 1
  }

  /// Sorted by both offsets, the first at text offset 0; empty where text and input are the same.
  var runs: [Run] = []

  /// The map of a text that is its input.
  package static var identity: OffsetMap { OffsetMap() }

  /// Whether every offset maps to itself.
  package var isIdentity: Bool { runs.isEmpty }

  /// The input offset of a text offset; inside a character that was not copied, of its first byte.
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
    return runs[low].input(textOffset)
  }

  /// The input bytes behind a span of the text that begins and ends between characters.
  ///
  /// - Complexity: as for an offset.
  package func input(_ span: Span) -> Span {
    Span(input(span.begin), input(span.end))
  }

  /// Notes that from `text` on, the text stands for the input from `input` on, in characters of
  /// `textUnit` and `inputUnit` bytes.
  ///
  /// Offsets must not descend. What continues the last run adds nothing.
  ///
  /// - Complexity: O(1).
  mutating func add(text: Int, input: Int, textUnit: Int = 1, inputUnit: Int = 1) {
    let isCopied = textUnit == inputUnit
    let run = Run(
      text: UInt32(truncatingIfNeeded: text), input: UInt32(truncatingIfNeeded: input),
      textUnit: isCopied ? 1 : UInt16(truncatingIfNeeded: textUnit),
      inputUnit: isCopied ? 1 : UInt16(truncatingIfNeeded: inputUnit))
    let last = runs.last ?? Run(text: 0, input: 0)
    if last.textUnit == run.textUnit, last.inputUnit == run.inputUnit,
      last.input(run.text) == run.input
    {
      return
    }
    if last.text < run.text {
      if runs.isEmpty { runs.append(last) }
    } else if !runs.isEmpty {
      runs.removeLast()
    }
    runs.append(run)
  }
}

extension OffsetMap.Run {
  /// The input offset of a text offset in this run.
  @inline(__always)
  fileprivate func input(_ textOffset: UInt32) -> UInt32 {
    let distance = textOffset &- text
    return input
      &+ (textUnit == inputUnit ? distance : distance / UInt32(textUnit) &* UInt32(inputUnit))
  }
}
