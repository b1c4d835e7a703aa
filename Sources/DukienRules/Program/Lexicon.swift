package import DukienText

/// All lexicons of a program as one trie over word ids.
///
/// Looking up every position of a text costs one step a token where no entry starts.
package struct LexiconTrie: Sendable {
  /// Child nodes of node `n` are `edgeWord/edgeTarget[edgeStart[n]..<edgeStart[n + 1]]`, by word id.
  package var edgeStart: [UInt32] = [0]
  package var edgeWord: [UInt32] = []
  package var edgeTarget: [UInt32] = []
  /// Entries that end at node `n` are `entryOf[entryStart[n]..<entryStart[n + 1]]`.
  package var entryStart: [UInt32] = [0]
  package var entryOf: [UInt32] = []
  /// Root's child by word id: a direct table, 0 for none.
  package var rootChild: [UInt32] = []
  package var entries: [LexiconEntry] = []
  package var numbers: [Decimal] = []

  package init() {}

  /// The value column of an entry as a number.
  package func number(of entry: Int) -> Decimal? {
    let index = Int(entries[entry].number)
    return index < 0 ? nil : numbers[index]
  }

  /// The child of `node` by `word`, or 0.
  @inlinable
  package func child(of node: UInt32, word: UInt32) -> UInt32 {
    var low = Int(edgeStart[Int(node)])
    var high = Int(edgeStart[Int(node) + 1])
    while low < high {
      let middle = (low + high) / 2
      let found = edgeWord[middle]
      if found == word { return edgeTarget[middle] }
      if found < word { low = middle + 1 } else { high = middle }
    }
    return 0
  }
}

/// One surface form of a lexicon and what it stands for.
package struct LexiconEntry: Sendable, BitwiseCopyable {
  package var type: UInt16
  /// Number of words.
  package var length: UInt16
  /// The value column as an index into `Program.symbols`, or 0 for none.
  package var symbol: UInt32
  /// The value column as an index into `LexiconTrie.numbers` where it is a number, or -1.
  package var number: Int32
  /// First of the exact spellings of the entry's words, or -1 where case is folded.
  package var exact: Int32
}

/// A closed description of single tokens by their shape.
package struct TokenClass: Sendable {
  package var required: Shape = []
  package var forbidden: Shape = []
  /// Word ids that do not belong to the class, as a bit set over the vocabulary.
  package var excluded: [UInt64] = []
  package var prefixes: [[UInt8]] = []
  package var suffixes: [[UInt8]] = []
  package var minimumBytes = 0
  package var maximumBytes = Int.max
  package var requiresLowercase = false

  package init() {}
}
