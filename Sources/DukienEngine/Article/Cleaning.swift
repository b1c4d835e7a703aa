internal import DukienRules
internal import DukienText

/// Taking away what does not belong to a value: words around a name, the name of the site.
extension ArticleReader {
  /// How often the words at the ends of a value are taken away.
  private static let mostRounds = 4

  /// The values without what the field takes away; those of which nothing is left are gone.
  func clean(
    _ values: [Found], _ field: ArticleMap.Field, _ captures: [ZoneCapture],
    _ work: inout Workspace
  ) -> [Found] {
    guard let cleaning = field.cleaning else { return values }
    var cleaned: [Found] = []
    let ends = texts(of: cleaning.cutOff, captures, &work)
    let wholes = texts(of: cleaning.cutTo, captures, &work)
    for value in values {
      if cleaning.isPerson, value.told >= 0, work.told[value.told].isOrganization { continue }
      for part in parts(of: tokens(of: value, &work), cleaning.split, &work) {
        var tokens = strip(part, cleaning, &work)
        for whole in wholes { tokens = work.cut(tokens, to: whole.tokens) }
        for end in ends {
          let isPart = end.line >= 0 && end.line == value.block
          tokens = work.cut(tokens, off: end.tokens, isPart: isPart)
        }
        guard !tokens.isEmpty, !isDropped(tokens, cleaning.drop, &work) else { continue }
        var value = value
        value.tokens = tokens
        cleaned.append(value)
      }
    }
    return cleaned
  }

  private func tokens(of value: Found, _ work: inout Workspace) -> Range<Int> {
    value.tokens ?? work.blocks[value.block].tokens
  }

  /// What is cut off at the ends of values, or that to which they are cut.
  private struct End {
    var tokens: Range<Int>
    /// For the text of an element, the block that it stands in; else -1.
    var line = -1
  }

  /// The tokens of what sources give.
  private func texts(
    of sources: [ArticleMap.Source], _ captures: [ZoneCapture], _ work: inout Workspace
  ) -> [End] {
    var found: [End] = []
    for source in sources {
      if source.told >= 0 {
        for value in work.told where value.source == source.told {
          found.append(End(tokens: value.block.tokens, line: value.line))
        }
        continue
      }
      for block in work.blocks.indices where work.labels[block] == source.label {
        guard source.capture > 0 else {
          found.append(End(tokens: work.blocks[block].tokens))
          continue
        }
        for capture in captures
        where Int(capture.block) == block && capture.name == source.capture {
          guard let (begin, end) = work.tokenRange(capture.value) else { continue }
          found.append(End(tokens: Int(begin)..<Int(end)))
        }
      }
    }
    return found
  }

  /// What stands between the matches of a pattern.
  private func parts(
    of tokens: Range<Int>, _ pattern: Int, _ work: inout Workspace
  ) -> [Range<Int>] {
    guard pattern >= 0 else { return [tokens] }
    var parts: [Range<Int>] = []
    var begin = tokens.lowerBound
    var at = begin
    while at < tokens.upperBound {
      if work.mayBegin(pattern, at: at),
        work.match(pattern, program, at: at, from: tokens.lowerBound, to: tokens.upperBound),
        work.matchEnd > at
      {
        parts.append(begin..<at)
        at = work.matchEnd
        begin = at
      } else {
        at += 1
      }
    }
    parts.append(begin..<max(begin, tokens.upperBound))
    return parts.filter { !$0.isEmpty }
  }

  private func strip(
    _ tokens: Range<Int>, _ cleaning: ArticleMap.Cleaning, _ work: inout Workspace
  ) -> Range<Int> {
    var low = tokens.lowerBound
    var high = tokens.upperBound
    for _ in 0..<Self.mostRounds {
      let before = low..<high
      if cleaning.before >= 0, low < high, work.mayBegin(cleaning.before, at: low),
        work.match(cleaning.before, program, at: low, from: low, to: high)
      {
        low = work.matchEnd
      }
      if cleaning.after >= 0 {
        for start in low..<max(low, high)
        where work.mayBegin(cleaning.after, at: start)
          && work.match(cleaning.after, program, at: start, from: low, to: high, endingAt: high)
        {
          high = start
          break
        }
      }
      if low..<max(low, high) == before { break }
    }
    return low..<max(low, high)
  }

  private func isDropped(
    _ tokens: Range<Int>, _ pattern: Int, _ work: inout Workspace
  ) -> Bool {
    pattern >= 0
      && work.match(
        pattern, program, at: tokens.lowerBound, from: tokens.lowerBound, to: tokens.upperBound,
        endingAt: tokens.upperBound)
  }
}

extension Workspace {
  /// Tokens without the words of a text at their end or begin, where a sign parts them; a part of
  /// the same line that is an element of its own needs none.
  fileprivate func cut(_ tokens: Range<Int>, off text: Range<Int>, isPart: Bool) -> Range<Int> {
    if let end = begin(of: text, atEndOf: tokens) {
      let rest = trimmed(tokens.lowerBound..<end)
      if isPart || rest.upperBound < end, hasWord(rest) { return rest }
    }
    if let begin = end(of: text, atBeginOf: tokens) {
      let rest = trimmed(begin..<tokens.upperBound)
      if isPart || rest.lowerBound > begin, hasWord(rest) { return rest }
    }
    return tokens
  }

  /// The words of a text that stand at the begin or end of tokens, where a sign parts them from the
  /// rest; else the tokens.
  fileprivate func cut(_ tokens: Range<Int>, to text: Range<Int>) -> Range<Int> {
    guard hasWord(text) else { return tokens }
    if let end = end(of: text, atBeginOf: tokens), end < tokens.upperBound,
      shapes[end].contains(.punctuation)
    {
      return tokens.lowerBound..<end
    }
    if let begin = begin(of: text, atEndOf: tokens), begin > tokens.lowerBound,
      shapes[begin - 1].contains(.punctuation)
    {
      return begin..<tokens.upperBound
    }
    return tokens
  }

  /// Where the words of a text end that tokens begin with, or nil; signs do not count.
  private func end(of text: Range<Int>, atBeginOf tokens: Range<Int>) -> Int? {
    var at = tokens.lowerBound
    var isFirst = true
    for wanted in text where !shapes[wanted].contains(.punctuation) {
      while at < tokens.upperBound, shapes[at].contains(.punctuation) { at += 1 }
      guard at < tokens.upperBound, words[at] == words[wanted] else { return nil }
      at += 1
      isFirst = false
    }
    return isFirst ? nil : at
  }

  /// Where the words of a text begin that tokens end with, or nil.
  private func begin(of text: Range<Int>, atEndOf tokens: Range<Int>) -> Int? {
    var at = tokens.upperBound
    var isFirst = true
    for wanted in text.reversed() where !shapes[wanted].contains(.punctuation) {
      while at > tokens.lowerBound, shapes[at - 1].contains(.punctuation) { at -= 1 }
      guard at > tokens.lowerBound, words[at - 1] == words[wanted] else { return nil }
      at -= 1
      isFirst = false
    }
    return isFirst ? nil : at
  }

  private func hasWord(_ tokens: Range<Int>) -> Bool {
    tokens.contains { !shapes[$0].contains(.punctuation) }
  }

  /// Tokens without the dashes, bars, colons and the like at their ends.
  private func trimmed(_ tokens: Range<Int>) -> Range<Int> {
    var low = tokens.lowerBound
    var high = tokens.upperBound
    while low < high, parts(low) { low += 1 }
    while high > low, parts(high - 1) { high -= 1 }
    return low..<high
  }

  /// True for a sign that parts a title from a name; not for the end of a sentence or quotation.
  private func parts(_ token: Int) -> Bool {
    let shape = shapes[token]
    return shape.contains(.punctuation)
      && shape.isDisjoint(with: [
        .terminal, .opensQuote, .closesQuote, .plainQuote, .opensBracket, .closesBracket,
      ])
  }
}
