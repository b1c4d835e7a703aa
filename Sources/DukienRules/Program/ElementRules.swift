package import DukienText

/// What rules ask the elements of an HTML page for: each tag, group of words or property that some
/// rule names has a mark.
package struct ElementMarks: Sendable {
  /// The mark of each tag, by its number; empty for tags that no rule names.
  package var tags = [MarkSet](repeating: MarkSet(), count: 256)
  package var words = WordMarks()
  /// Names of `itemprop`, in lower case.
  package var properties: [Property] = []

  package struct Property: Sendable {
    package var name: [UInt8]
    package var mark: MarkSet
  }

  package init() {}
}

/// Which element of an HTML page holds its article.
package struct RootRule: Sendable {
  /// A kind of element that may be the root.
  package struct Choice: Sendable {
    package enum Pick: UInt8, Sendable, CaseIterable {
      /// The element with most prose; of two within each other, the inner one that has nine tenths.
      case most
      /// The element with least around it.
      case innermost
      /// The first on the page.
      case first
    }

    /// Of each of these sets it has a mark.
    package var wanted: [MarkSet] = []
    /// Of these it has none.
    package var unwanted = MarkSet()
    /// Percent of the page's prose that it holds.
    package var share = 0...100
    /// Words of prose that it holds.
    package var words = 0...Int.max
    package var pick = Pick.most

    /// Whether an element with these marks may be it.
    package func fits(_ marks: MarkSet) -> Bool {
      if marks.meets(unwanted) { return false }
      for set in wanted where !marks.meets(set) { return false }
      return true
    }
  }

  /// Elements whose prose does not count.
  package var ignored = MarkSet()
  /// In order of preference.
  package var choices: [Choice] = []

  package init() {}
}

/// What is known of a block by the elements around it.
package struct BlockMarks: Sendable, BitwiseCopyable {
  /// Tags of its own element and of inline elements that hold all of it.
  package var tags = MarkSet()
  /// Marks of the elements that hold the block and no other.
  package var own = MarkSet()
  /// Marks of all elements around it that hold at most half of the prose, itself included.
  package var around = MarkSet()

  package init() {}
}

/// Figures of a block that conditions may bound.
package enum BlockMeasure: UInt8, Sendable, CaseIterable {
  /// Percent of the text in links, and in bold.
  case links, bold
  /// Characters, and commas among them.
  case characters, commas
  /// The level of a heading, 0 for none.
  case heading
}

extension BlockFeatures {
  /// A block of an HTML page.
  package static let html = BlockFeatures(rawValue: 1 << 24)
  /// Not shown, by what the page says itself.
  package static let hidden = BlockFeatures(rawValue: 1 << 25)
  /// Before, inside and after the element that holds the article.
  package static let beforeRoot = BlockFeatures(rawValue: 1 << 26)
  package static let insideRoot = BlockFeatures(rawValue: 1 << 27)
  package static let afterRoot = BlockFeatures(rawValue: 1 << 28)
}

extension ElementMarks {
  /// The marks of the names in a value of `itemprop`.
  ///
  /// - Complexity: O(n · p) in the bytes and the names that rules ask for.
  package func marks(ofProperties value: UnsafeBufferPointer<UInt8>) -> MarkSet {
    var marks = MarkSet()
    guard !properties.isEmpty else { return marks }
    for name in value.split(whereSeparator: { $0 <= 0x20 }) {
      for property in properties
      where name.count == property.name.count
        && zip(name, property.name).allSatisfy({ lowerByte($0) == $1 })
      {
        marks.formUnion(property.mark)
      }
    }
    return marks
  }
}
