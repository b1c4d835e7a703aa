internal import DukienRules
internal import DukienText

extension Workspace {
  /// The longest quotation, in tokens.
  private static let longestQuotation = 600
  /// The longest stretch that is matched as one sentence, in tokens.
  static let longestSentence = 256
  /// The longest bracket, in tokens.
  private static let longestBracket = 300

  /// Finds lexicon entries, brackets, quotations and stop words in every block, and lexicon entries
  /// in what the page tells.
  ///
  /// - Complexity: linear in the tokens.
  mutating func findStructure(_ program: Program, quotedType: UInt16) {
    for block in blocks {
      pairMarks(block.tokens, quotedType: quotedType)
    }
    for block in blocks where mayGoOn() {
      findLexiconEntries(block.tokens, program)
    }
    for value in told { findLexiconEntries(value.block.tokens, program) }
  }

  private mutating func findLexiconEntries(_ range: Range<Int>, _ program: Program) {
    let nodes = tables.lexiconNodes
    let leaves = tables.lexiconLeaves
    let children = tables.lexiconChildren
    let known = tables.lexiconRootCount
    let words = self.words.base
    for start in range {
      let word = Int(words[start])
      guard word < known else { continue }
      var node = Int(tables.lexiconRoots[word])
      var position = start &+ 1
      while node != 0 {
        let lastLeaf = Int(nodes[node &+ 1].firstLeaf)
        var leaf = Int(nodes[node].firstLeaf)
        while leaf < lastLeaf {
          addEntry(leaves[leaf], start, position, program)
          leaf &+= 1
        }
        guard position < range.upperBound else { break }
        let following = words[position]
        guard nodes[node].words & (1 << UInt64(following & 63)) != 0 else { break }
        node = child(nodes[node].firstChild, nodes[node &+ 1].firstChild, by: following, children)
        position &+= 1
      }
    }
  }

  /// The node that a word leads to from one whose children are `first..<last`, or 0.
  @inline(__always)
  private func child(
    _ first: UInt32, _ last: UInt32, by word: UInt32, _ words: UnsafeMutablePointer<UInt32>
  ) -> Int {
    var low = Int(first)
    var high = Int(last)
    while low < high {
      let middle = (low &+ high) >> 1
      let found = words[middle]
      if found == word { return middle &+ 1 }
      if found < word { low = middle &+ 1 } else { high = middle }
    }
    return 0
  }

  @inline(__always)
  private mutating func addEntry(
    _ leaf: LexiconTrie.Leaf, _ begin: Int, _ end: Int, _ program: Program
  ) {
    if leaf.exact >= 0 {
      for offset in 0..<Int(leaf.length) {
        let spelling = tables.exactRuns[Int(leaf.exact) &+ offset]
        guard isSpelled(begin &+ offset, Int(spelling)) else { return }
      }
    }
    if program.stopHole >= 0, tables.takes(program.stopHole, leaf.type) {
      stops.base[begin] = true
    }
    addEdge(
      type: leaf.type, begin: begin, end: end, payload: Int32(truncatingIfNeeded: leaf.entry))
  }

  /// Pairs brackets and quotation marks; a quotation may close with another kind of mark.
  private mutating func pairMarks(_ range: Range<Int>, quotedType: UInt16) {
    var open: [Int] = []
    var quote = -1
    var quoteMark: UInt8 = 0
    for position in range {
      let shape = shapes[position]
      guard shape.contains(.punctuation) else { continue }
      if shape.contains(.opensBracket) {
        if open.count < 16 { open.append(position) }
      } else if shape.contains(.closesBracket) {
        if let begin = open.popLast(), position - begin <= Self.longestBracket {
          bracketEnd[begin] = Int32(position + 1)
        }
      }
      let mark = text[Int(tokens.begin[position])]
      let isApostrophe = mark == UInt8(ascii: "'")
      if shape.contains(.opensQuote) || shape.contains(.plainQuote) && quote < 0 && !isApostrophe {
        quote = position
        quoteMark = mark
      } else if quote >= 0, shape.contains(.closesQuote) || shape.contains(.plainQuote),
        !isApostrophe || quoteMark == mark
      {
        if position - quote <= Self.longestQuotation, position > quote + 1 {
          addEdge(type: quotedType, begin: quote, end: position + 1, payload: -1)
        }
        quote = -1
      }
    }
  }

  /// Cuts `range` into sentences in one context; covering groups in it are stepped over.
  ///
  /// Appends segments of at most `longestSentence` tokens and counts those that were cut short.
  mutating func splitSentences(
    _ range: Range<Int>, context: Int32, block: Int, abbreviation: Int,
    _ program: Program, sentence: Range<Int>? = nil
  ) {
    var begin = range.lowerBound
    var position = begin
    while position < range.upperBound {
      let isGroup = cover[position] != 0
      var next = isGroup ? min(Int(cover[position]), range.upperBound) : position + 1
      let ends =
        isGroup
        ? quotationEndsSentence(position, next, range.upperBound)
        : endsSentence(position, next, range.upperBound, abbreviation, program)
      if ends, !isGroup { next = afterClosers(next, range.upperBound) }
      if ends || next - begin >= Self.longestSentence {
        if !ends {
          if cuts == 0 { firstCut = next }
          cuts += 1
        }
        appendSegment(begin, next, context, block, sentence)
        begin = next
      }
      position = next
    }
    if begin < range.upperBound { appendSegment(begin, range.upperBound, context, block, sentence) }
  }

  private mutating func appendSegment(
    _ begin: Int, _ end: Int, _ context: Int32, _ block: Int, _ sentence: Range<Int>?
  ) {
    segments.append(
      Segment(
        begin: Int32(begin), end: Int32(end), context: context, block: Int32(block),
        sentenceBegin: Int32(sentence?.lowerBound ?? begin),
        sentenceEnd: Int32(sentence?.upperBound ?? end)))
  }

  /// The token after the closing brackets and quotation marks that stand at `position`.
  private mutating func afterClosers(_ position: Int, _ limit: Int) -> Int {
    var after = position
    while after < limit, cover[after] == 0,
      !shapes[after].isDisjoint(with: Shape.closesQuote | .closesBracket)
        || shapes[after].isSuperset(of: Shape.plainQuote | .glued)
    {
      after += 1
    }
    return after
  }

  private mutating func endsSentence(
    _ position: Int, _ next: Int, _ limit: Int, _ abbreviation: Int, _ program: Program
  ) -> Bool {
    let shape = shapes[position]
    guard shape.contains(.terminal) else { return false }
    let after = afterClosers(next, limit)
    guard after < limit else { return true }
    if shapes[after].contains(.glued) { return false }
    guard startsSentence(after) else { return false }
    return !isAbbreviation(position, abbreviation, program)
  }

  /// Where the sentence around the tokens before `position` begins, at most 80 tokens back and not
  /// before `low`; a sentence that ends right there counts, an opening bracket is stepped over.
  mutating func sentenceStart(
    before position: Int, low: Int, abbreviation: Int, _ program: Program
  ) -> Range<Int>? {
    var end = position
    while end > low, shapes[end - 1].contains(.opensBracket) { end -= 1 }
    guard end > low else { return nil }
    var begin = end - 1
    let lowest = max(low, end - 80)
    while begin > lowest, !endsSentence(begin - 1, begin, position + 1, abbreviation, program) {
      begin -= 1
    }
    return begin..<end
  }

  private mutating func startsSentence(_ position: Int) -> Bool {
    let shape = shapes[position]
    return !shape.isDisjoint(
      with: Shape.capital | .number | .opensQuote | .plainQuote | .opensBracket | .dash | .url)
  }

  /// True where the full stop at `position` ends an abbreviation, or stands within one.
  private mutating func isAbbreviation(
    _ position: Int, _ abbreviation: Int, _ program: Program
  ) -> Bool {
    guard abbreviation >= 0 else { return false }
    for start in stride(from: position, through: max(0, position - 7), by: -1) {
      var at = head[start]
      while at >= 0 {
        let edge = edges[Int(at)]
        if Int(edge.end) > position, program.tables.takes(abbreviation, edge.type) {
          return true
        }
        at = edge.next
      }
    }
    return false
  }

  private mutating func quotationEndsSentence(_ begin: Int, _ end: Int, _ limit: Int) -> Bool {
    guard end < limit, end - begin > 2 else { return false }
    let last = shapes[end - 1]
    let inner = last.isDisjoint(with: Shape.closesQuote | .plainQuote) ? end - 1 : end - 2
    return shapes[inner].contains(.terminal) && shapes[end].contains(.capital)
  }
}
