package import DukienText

/// All lexicons of a program as one trie over word ids, laid out breadth first.
///
/// Looking up every position of a text costs one step a token where no entry starts.
package struct LexiconTrie: Sendable {
  /// A node; its children and entries end where those of the next node begin.
  public struct Node: Sendable, BitwiseCopyable {
    public var firstChild: UInt32
    public var firstLeaf: UInt32
    /// The low bits of the words of its children, as a set.
    public var words: UInt64 = 0
  }

  /// An entry where it ends, with what must be known of it there.
  public struct Leaf: Sendable, BitwiseCopyable {
    /// Index into `Lexicon.entries`.
    public var entry: UInt32
    public var exact: Int32
    public var type: UInt16
    public var length: UInt16
  }

  /// The nodes, and one more that ends the last. Child `i` of a node is node `i + 1`.
  package var nodes: [Node] = [Node(firstChild: 0, firstLeaf: 0)]
  /// The word that leads to each child, sorted within a node.
  package var childWord: [UInt32] = []
  /// Entries that end at node `n` are `leaves[nodes[n].firstLeaf..<nodes[n + 1].firstLeaf]`.
  package var leaves: [Leaf] = []
  /// Root's child by word id: a direct table, 0 for none.
  package var rootChild: [UInt32] = []

  package init() {}
}

/// What the entries of all lexicons stand for.
package struct Lexicon: Sendable {
  package var entries: [LexiconEntry] = []
  package var numbers: [Decimal] = []

  package init() {}

  /// The value column of an entry as a number.
  package func number(of entry: Int) -> Decimal? {
    let index = Int(entries[entry].number)
    return index < 0 ? nil : numbers[index]
  }
}

/// One surface form of a lexicon and what it stands for.
package struct LexiconEntry: Sendable, BitwiseCopyable {
  package var type: UInt16
  /// Number of words.
  package var length: UInt16
  /// The value column as an index into `Program.symbols`, or 0 for none.
  package var symbol: UInt32
  /// The value column as an index into `Lexicon.numbers` where it is a number, or -1.
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
