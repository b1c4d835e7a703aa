/// A set of marks: tags, groups of words and names of properties that rules ask elements for.
package struct MarkSet: Equatable, Sendable, BitwiseCopyable {
  /// How many marks all rules together may ask for.
  package static let most = 128

  private var low: UInt64 = 0
  private var high: UInt64 = 0

  /// The empty set.
  package init() {}

  init(_ mark: Int) {
    if mark < 64 { low = 1 << UInt64(mark) } else { high = 1 << UInt64(mark & 63) }
  }

  package var isEmpty: Bool { low | high == 0 }

  /// Whether both sets share a mark.
  @inline(__always)
  package func meets(_ other: MarkSet) -> Bool { low & other.low | high & other.high != 0 }

  @inline(__always)
  package mutating func formUnion(_ other: MarkSet) {
    low |= other.low
    high |= other.high
  }

  @inline(__always)
  package func subtracting(_ other: MarkSet) -> MarkSet {
    var rest = self
    rest.low &= ~other.low
    rest.high &= ~other.high
    return rest
  }
}
