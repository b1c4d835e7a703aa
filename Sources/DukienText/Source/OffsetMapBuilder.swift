extension OffsetMap {
  /// Notes that from `text` on the text stands for the input from `input` on, in pieces of `width`
  /// and `replaced` bytes.
  ///
  /// Offsets must not descend. What continues the last run adds nothing; pieces of as many bytes in
  /// both count as copied.
  ///
  /// - Complexity: O(1).
  @inline(__always)
  mutating func add(text: Int, input: Int, width: Int = 1, replaced: Int = 1) {
    let isCopy = width == replaced
    let run = Run(
      text: UInt32(truncatingIfNeeded: text), input: UInt32(truncatingIfNeeded: input),
      width: isCopy ? 1 : UInt32(truncatingIfNeeded: width),
      replaced: isCopy ? 1 : UInt32(truncatingIfNeeded: replaced))
    if let last = runs.last {
      if last.width == run.width, last.replaced == run.replaced,
        last.input(run.text) == run.input
      {
        return
      }
      if last.text == run.text { runs.removeLast() }
    } else if run.isCopy, run.text == run.input {
      return
    } else if run.text > 0 {
      runs.append(Run(text: 0, input: 0))
    }
    runs.append(run)
  }
}
