/// The tokens of a page in reading order, as parallel arrays.
package struct Tokens: Sendable {
  /// Where each token begins, a byte offset of the text.
  package var begin: [UInt32]
  /// Where each token ends, a byte offset of the text.
  package var end: [UInt32]
  /// The id of the folded token; equal ids are equal folded tokens.
  package var word: [UInt32]
  package var shape: [Shape]

  package init() {
    begin = []
    end = []
    word = []
    shape = []
  }

  package var count: Int { begin.count }

  /// The bytes that a token covers.
  package func span(_ index: Int) -> Span { Span(begin[index], end[index]) }
}

/// Room for tokens while they are being found; grows by doubling.
struct TokenSink {
  private(set) var count = 0
  let limit: Int
  private var capacity: Int
  private var begin: UnsafeMutablePointer<UInt32>
  private var end: UnsafeMutablePointer<UInt32>
  private var word: UnsafeMutablePointer<UInt32>
  private var shape: UnsafeMutablePointer<Shape>

  init(textBytes: Int, limit: Int) {
    self.limit = Swift.max(0, limit)
    // Vietnamese has a token every 4 to 6 bytes.
    capacity = Swift.max(1, Swift.min(textBytes / 4 &+ 16, self.limit))
    begin = .allocate(capacity: capacity)
    end = .allocate(capacity: capacity)
    word = .allocate(capacity: capacity)
    shape = .allocate(capacity: capacity)
  }

  func deallocate() {
    begin.deallocate()
    end.deallocate()
    word.deallocate()
    shape.deallocate()
  }

  /// Adds a token; the caller has seen that `count` is below `limit`.
  @inline(__always)
  mutating func append(begin first: Int, end last: Int, word id: UInt32, shape look: Shape) {
    if count == capacity { grow() }
    begin[count] = UInt32(truncatingIfNeeded: first)
    end[count] = UInt32(truncatingIfNeeded: last)
    word[count] = id
    shape[count] = look
    count &+= 1
  }

  /// The shape of a token already added.
  @inline(__always)
  func shape(at index: Int) -> Shape { shape[index] }

  func tokens() -> Tokens {
    var tokens = Tokens()
    tokens.begin = Array(UnsafeBufferPointer(start: begin, count: count))
    tokens.end = Array(UnsafeBufferPointer(start: end, count: count))
    tokens.word = Array(UnsafeBufferPointer(start: word, count: count))
    tokens.shape = Array(UnsafeBufferPointer(start: shape, count: count))
    return tokens
  }

  @inline(never)
  private mutating func grow() {
    let larger = capacity &* 2
    begin = moved(begin, to: larger)
    end = moved(end, to: larger)
    word = moved(word, to: larger)
    shape = moved(shape, to: larger)
    capacity = larger
  }

  private func moved<Element>(
    _ old: UnsafeMutablePointer<Element>, to larger: Int
  ) -> UnsafeMutablePointer<Element> {
    let new = UnsafeMutablePointer<Element>.allocate(capacity: larger)
    new.moveInitialize(from: old, count: count)
    old.deallocate()
    return new
  }
}
