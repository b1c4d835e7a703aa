/// A half-open range of UTF-8 byte offsets into one named text.
package struct Span: Equatable, Sendable, BitwiseCopyable {
  package var begin: UInt32
  package var end: UInt32

  package init(_ begin: UInt32, _ end: UInt32) {
    self.begin = begin
    self.end = end
  }

  package init(_ begin: Int, _ end: Int) {
    self.init(UInt32(truncatingIfNeeded: begin), UInt32(truncatingIfNeeded: end))
  }

  /// The number of bytes covered.
  package var count: Int { Int(end) - Int(begin) }

  package var isEmpty: Bool { end <= begin }

  /// The covered offsets as a range for slicing.
  package var range: Range<Int> { Int(begin)..<Int(Swift.max(begin, end)) }
}
