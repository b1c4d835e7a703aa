/// Cuts blocks into tokens and gives each the id of its word.
///
/// One a thread; it remembers words from page to page.
package struct Tokenizer: Sendable {
  private var words: WordTable
  private var cache = WordCache()
  private let classes = ByteClass.table()

  /// A tokeniser for a program's vocabulary.
  ///
  /// Ids up to `vocabulary.count` are the program's; words it does not know get larger ids, which
  /// may mean other words after the next call of `tokenize`.
  package init(vocabulary: Vocabulary) {
    words = WordTable(known: vocabulary)
  }

  /// The tokens of the blocks' cores; fills in `firstToken` and `tokenCount` of each block.
  ///
  /// Stops at `limit` tokens: then the result has so many, and the remaining blocks have none.
  /// `text` should be valid UTF-8; other bytes become signs. Blocks are clipped to the text.
  ///
  /// - Complexity: O(n) in the bytes of the blocks.
  package mutating func tokenize(
    _ text: [UInt8], blocks: inout [Block], limit: Int
  ) -> Tokens {
    if words.isFull {
      words.forgetMet()
      cache.removeAll()
    }
    let limit = Swift.max(0, limit)
    // Vietnamese has a token every 4 to 6 bytes.
    var capacity = Swift.min(text.count / 4 &+ 16, limit)
    var place = Scanner.Place()
    var tokens = Tokens()
    while true {
      tokens = Tokens(capacity: capacity, from: tokens) { sink in
        withScanner(text) { scanner, words in
          place = scanner.scan(&blocks, from: place, into: &sink, words: &words)
        }
      }
      if place.block >= blocks.count || tokens.count >= limit || tokens.count < capacity { break }
      capacity = Swift.min(capacity &* 2, limit)
    }
    for index in blocks.indices[place.block...] where !place.hasBegun(index) {
      blocks[index].firstToken = UInt32(truncatingIfNeeded: tokens.count)
      blocks[index].tokenCount = 0
    }
    return tokens
  }

  /// Lends a scanner of the text, and the words.
  private mutating func withScanner(
    _ text: [UInt8], _ body: (Scanner, inout WordTable) -> Void
  ) {
    text.withUnsafeBufferPointer { bytes in
      classes.withUnsafeBufferPointer { classes in
        cache.entries.withUnsafeMutableBufferPointer { entries in
          guard let text = bytes.baseAddress, let classes = classes.baseAddress,
            let entries = entries.baseAddress
          else { return }
          let scanner = Scanner(
            text: text, textEnd: bytes.count, classes: classes, entries: entries)
          body(scanner, &words)
        }
      }
    }
  }

  /// The tokens of a whole text, as if it were one block.
  package mutating func tokenize(_ text: [UInt8]) -> Tokens {
    let whole = Span(0, text.count)
    var blocks = [Block(span: whole, core: whole, line: 1)]
    return tokenize(text, blocks: &blocks, limit: text.count)
  }
}
