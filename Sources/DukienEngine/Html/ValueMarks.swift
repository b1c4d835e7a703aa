internal import DukienRules
internal import DukienText

/// The marks of values of attributes; those of frequent values are kept from page to page.
struct ValueMarks: ~Copyable {
  private var keys = Buffer<UInt64>()
  private var marks = Buffer<MarkSet>()
  private var words = WordMarks.Words()
  private static let size = 8192

  init() {
    keys.fill(0, Self.size)
    marks.fill(MarkSet(), Self.size)
  }

  mutating func marks(
    of value: UnsafeBufferPointer<UInt8>, _ elements: ElementMarks
  ) -> MarkSet {
    guard !value.isEmpty, !elements.words.isEmpty else { return MarkSet() }
    let key = hash(of: value) | 1
    let place = Int(truncatingIfNeeded: key >> 32) & (Self.size - 1)
    if keys.base[place] == key { return marks.base[place] }
    let found = elements.words.marks(of: value, &words)
    keys.base[place] = key
    marks.base[place] = found
    return found
  }
}
