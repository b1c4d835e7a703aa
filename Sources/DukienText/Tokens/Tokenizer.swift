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
    var sink = TokenSink(textBytes: text.count, limit: limit)
    defer { sink.deallocate() }
    text.withUnsafeBufferPointer { bytes in
      classes.withUnsafeBufferPointer { classes in
        cache.entries.withUnsafeMutableBufferPointer { entries in
          guard let text = bytes.baseAddress, let classes = classes.baseAddress,
            let entries = entries.baseAddress
          else { return }
          let scanner = Scanner(
            text: text, textEnd: bytes.count, classes: classes, entries: entries)
          for index in blocks.indices {
            let first = sink.count
            let end = Swift.min(Int(blocks[index].core.end), bytes.count)
            scanner.scan(Int(blocks[index].core.begin), end, into: &sink, words: &words)
            blocks[index].firstToken = UInt32(truncatingIfNeeded: first)
            blocks[index].tokenCount = UInt32(truncatingIfNeeded: sink.count &- first)
          }
        }
      }
    }
    return sink.tokens()
  }

  /// The tokens of a whole text, as if it were one block.
  package mutating func tokenize(_ text: [UInt8]) -> Tokens {
    let whole = Span(0, text.count)
    var blocks = [Block(span: whole, core: whole, line: 1)]
    return tokenize(text, blocks: &blocks, limit: text.count)
  }

  /// The id that `tokenize` gives a token, of whatever kind, with these bytes.
  package mutating func word(_ token: UnsafeBufferPointer<UInt8>) -> UInt32 {
    words.id(of: token)
  }
}
