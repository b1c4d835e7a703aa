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

extension Tokens {
  /// The tokens of `start`, followed by those that `fill` adds, in arrays with room for `capacity`.
  ///
  /// The arrays are written in place: copying them, or growing them with every token, would take
  /// longer than finding the tokens.
  init(capacity: Int, from start: Tokens, fill: (inout TokenSink) -> Void) {
    self.init()
    var ends: [UInt32] = []
    var words: [UInt32] = []
    var shapes: [Shape] = []
    begin = Array(unsafeUninitializedCapacity: capacity) { beginRoom, beginCount in
      ends = Array(unsafeUninitializedCapacity: capacity) { endRoom, endCount in
        words = Array(unsafeUninitializedCapacity: capacity) { wordRoom, wordCount in
          shapes = Array(unsafeUninitializedCapacity: capacity) { shapeRoom, shapeCount in
            guard let begin = beginRoom.baseAddress, let end = endRoom.baseAddress,
              let word = wordRoom.baseAddress, let shape = shapeRoom.baseAddress
            else { return }
            var sink = TokenSink(
              begin: begin, end: end, word: word, shape: shape, capacity: capacity)
            for index in 0..<Swift.min(start.count, capacity) {
              sink.append(
                begin: Int(start.begin[index]), end: Int(start.end[index]),
                word: start.word[index], shape: start.shape[index])
            }
            fill(&sink)
            beginCount = sink.count
            endCount = sink.count
            wordCount = sink.count
            shapeCount = sink.count
          }
        }
      }
    }
    end = ends
    word = words
    shape = shapes
  }
}

/// Room for tokens that are being found.
struct TokenSink {
  private let begin: UnsafeMutablePointer<UInt32>
  private let end: UnsafeMutablePointer<UInt32>
  private let word: UnsafeMutablePointer<UInt32>
  private let shape: UnsafeMutablePointer<Shape>
  private let capacity: Int
  private(set) var count = 0

  init(
    begin: UnsafeMutablePointer<UInt32>, end: UnsafeMutablePointer<UInt32>,
    word: UnsafeMutablePointer<UInt32>, shape: UnsafeMutablePointer<Shape>, capacity: Int
  ) {
    self.begin = begin
    self.end = end
    self.word = word
    self.shape = shape
    self.capacity = capacity
  }

  @inline(__always)
  var isFull: Bool { count >= capacity }

  /// Adds a token; the caller has seen that there is room.
  @inline(__always)
  mutating func append(begin first: Int, end last: Int, word id: UInt32, shape look: Shape) {
    (begin + count).initialize(to: UInt32(truncatingIfNeeded: first))
    (end + count).initialize(to: UInt32(truncatingIfNeeded: last))
    (word + count).initialize(to: id)
    (shape + count).initialize(to: look)
    count &+= 1
  }

  /// The shape of a token already added.
  @inline(__always)
  func shape(at index: Int) -> Shape { shape[index] }
}
