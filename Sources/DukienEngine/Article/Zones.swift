internal import DukienRules
internal import DukienText

/// What a zone pattern kept of a block; a `rest` of which nothing is left is empty.
struct ZoneCapture {
  var block: Int32
  var name: UInt16
  var value: FieldValue
}

/// Names under which the remainder of a block and the sentence before a match are kept, resolved
/// once a program; 0 where no field asks for them.
struct ZoneNames {
  let rest, before: UInt16

  init(_ program: Program) {
    rest = UInt16(program.names.firstIndex(of: "rest") ?? 0)
    before = UInt16(program.names.firstIndex(of: "before") ?? 0)
  }
}

/// Gives every block a label by the program's zone rules, in one pass down the page.
struct ZoneLabeller {
  /// A block of at least so many words that ends like a sentence reads as running text.
  private static let proseWords = 14
  /// A block of so many words is running text whatever it ends with.
  private static let longProseWords = 45

  private let program: Program
  private var prose: [Bool] = []
  /// Running text that counts for the place of other blocks: on an HTML page, that of the article.
  private var running: [Bool] = []
  private var firstProse = Int.max
  /// The last block of running text so far, and the last on the page.
  private var lastProse = -1
  private var finalProse = -1
  /// The labels that were given so far, and the first block of each.
  private var seen: [UInt16] = []
  private var firstBlocks: [Int] = []
  private var holding: ZoneRule?
  /// The words of what the page tells, without signs; read when a rule first asks.
  private var toldWords: [[UInt32]] = []
  private(set) var captures: [ZoneCapture] = []

  private let names: ZoneNames

  init(program: Program, names: ZoneNames) {
    self.program = program
    self.names = names
  }

  /// Labels all blocks of `work`; returns what the zone patterns captured.
  mutating func label(_ work: inout Workspace) -> [ZoneCapture] {
    prose = work.blocks.map(Self.isProse)
    running = work.blocks.indices.map { prose[$0] && isArticle($0, &work) }
    firstProse = running.firstIndex(of: true) ?? Int.max
    finalProse = running.lastIndex(of: true) ?? -1
    for block in work.blocks.indices {
      _ = work.mayGoOn()
      if work.isCancelled { break }
      labelBlock(block, &work)
    }
    return captures
  }

  private static func isProse(_ block: Block) -> Bool {
    block.wordCount >= proseWords && block.features.contains(.endsSentence)
      || block.wordCount >= longProseWords
  }

  /// False for blocks outside of the root, or in elements that do not count for it.
  private func isArticle(_ block: Int, _ work: inout Workspace) -> Bool {
    guard work.page.root >= 0 else { return true }
    return work.blocks[block].features.contains(.insideRoot)
      && !work.page.marks[block].around.meets(program.root.ignored)
  }

  private mutating func labelBlock(_ block: Int, _ work: inout Workspace) {
    let look = work.looks[work.blocks[block].tokens.lowerBound]
    let marks = work.page.isHtml ? work.page.marks[block] : BlockMarks()
    let gates = program.zoneGates
    let view = BlockView(work.blocks[block], marks, isProse: prose[block], look: look)
    var next = gates.next(from: 0, view)
    while next < gates.count {
      let rule = program.zones[next]
      next = gates.next(from: next + 1, view)
      if holding != nil, !rule.interrupts { continue }
      let fields = work.fields.count
      let kept = captures.count
      var holds = true
      for condition in rule.conditions {
        guard test(condition.test, block, &work) else {
          holds = false
          break
        }
      }
      guard holds else {
        work.fields.cut(to: fields)
        captures.removeLast(captures.count - kept)
        continue
      }
      apply(rule, block, &work)
      return
    }
    if let holding { apply(holding, block, &work) }
  }

  private mutating func apply(_ rule: ZoneRule, _ block: Int, _ work: inout Workspace) {
    work.labels[block] = rule.label
    work.reasons[block] = rule.reason
    if !seen.contains(rule.label) {
      seen.append(rule.label)
      firstBlocks.append(block)
    }
    if rule.holdsOn { holding = rule } else if rule.interrupts { holding = nil }
    if program.isContent(rule.label), running[block] { lastProse = block }
  }

  private mutating func test(_ test: ZoneCondition.Test, _ block: Int, _ work: inout Workspace)
    -> Bool
  {
    let tokens = work.blocks[block].tokens
    switch test {
    case .startsWith(let pattern):
      return find(pattern, tokens.lowerBound...tokens.lowerBound, block, &work, rest: .after)
    case .endsWith(let pattern):
      let first = max(tokens.lowerBound, tokens.upperBound - 24)
      return first <= tokens.upperBound
        && find(pattern, first...tokens.upperBound, block, &work, atEnd: true, rest: .before)
    case .contains(let pattern):
      let last = min(tokens.upperBound, tokens.lowerBound + 200)
      return find(pattern, tokens.lowerBound...last, block, &work)
    case .every(let pattern): return findEvery(pattern, block, &work)
    case .only(let pattern):
      return find(pattern, tokens.lowerBound...tokens.lowerBound, block, &work, atEnd: true)
    case .words(let range): return range.contains(Int(work.blocks[block].wordCount))
    case .feature(let feature, let wanted):
      return work.blocks[block].features.contains(BlockFeatures(rawValue: feature)) == wanted
    case .prose(let wanted): return prose[block] == wanted
    case .position(let position): return stands(block, position, work.blocks.count)
    case .after(let labels): return block > 0 && labels.contains(work.labels[block - 1])
    case .seen(let labels, let wanted): return labels.contains(where: seen.contains) == wanted
    case .nextProse(let within): return hasRunningText(behind: block, within, &work)
    case .next(let conditions):
      return block + 1 < work.blocks.count && all(conditions, block + 1, &work)
    case .previous(let conditions): return block > 0 && all(conditions, block - 1, &work)
    case .not(let conditions): return !all(conditions, block, &work)
    case .repeats(let label): return repeats(block, label, &work)
    case .sameAs(let away): return hasWords(of: block + away, block, &work)
    case .standsIn(let sources): return isTold(block, in: sources, &work)
    case .page(let wanted, let unwanted):
      let features = work.blocks[block].features.rawValue
      return features & wanted == wanted && features & unwanted == 0
    case .tag(let marks): return work.page.isHtml && work.page.marks[block].tags.meets(marks)
    case .own(let marks): return work.page.isHtml && work.page.marks[block].own.meets(marks)
    case .around(let marks): return work.page.isHtml && work.page.marks[block].around.meets(marks)
    case .measure(let measure, let range):
      return work.page.isHtml && range.contains(work.measure(measure, of: block))
    }
  }

  /// True where one of the next `count` blocks is running text; on an HTML page, of those that
  /// count for the article.
  private func hasRunningText(
    behind block: Int, _ count: Int, _ work: inout Workspace
  ) -> Bool {
    var left = count
    var at = block + 1
    while left > 0, at < running.count {
      if running[at] { return true }
      if isArticle(at, &work) { left -= 1 }
      at += 1
    }
    return false
  }

  /// True where all conditions hold of a block; what their patterns capture is dropped.
  private mutating func all(_ conditions: [ZoneCondition], _ block: Int, _ work: inout Workspace)
    -> Bool
  {
    let fields = work.fields.count
    let kept = captures.count
    var holds = true
    for condition in conditions where holds { holds = test(condition.test, block, &work) }
    work.fields.cut(to: fields)
    captures.removeLast(captures.count - kept)
    return holds
  }

  private func stands(_ block: Int, _ position: ZoneCondition.Position, _ count: Int) -> Bool {
    switch position {
    case .first: block == 0
    case .last: block == count - 1
    case .beforeFirstParagraph: block < firstProse
    case .afterFirstParagraph: block > firstProse
    case .afterLastParagraph: lastProse >= 0 && block > finalProse
    }
  }

  /// True where the block opens with the words of the first block labelled `label`.
  private func repeats(_ block: Int, _ label: UInt16, _ work: inout Workspace) -> Bool {
    guard let place = seen.firstIndex(of: label) else { return false }
    let model = work.blocks[firstBlocks[place]].tokens
    let own = work.blocks[block].tokens
    guard model.count >= 3, own.count >= model.count else { return false }
    for (a, b) in zip(model, own) where work.words[a] != work.words[b] { return false }
    return own.count <= model.count + 4
  }

  /// True where two blocks have the same words, signs apart, and at least one.
  private func hasWords(of other: Int, _ block: Int, _ work: inout Workspace) -> Bool {
    guard work.blocks.indices.contains(other) else { return false }
    let own = work.blocks[block].tokens
    let theirs = work.blocks[other].tokens
    var place = own.lowerBound
    var match = theirs.lowerBound
    var words = 0
    while true {
      while place < own.upperBound, work.shapes[place].contains(.punctuation) { place += 1 }
      while match < theirs.upperBound, work.shapes[match].contains(.punctuation) { match += 1 }
      guard place < own.upperBound, match < theirs.upperBound else { break }
      guard work.words[place] == work.words[match] else { return false }
      words += 1
      place += 1
      match += 1
    }
    return words > 0 && place == own.upperBound && match == theirs.upperBound
  }

  /// True where all words of a block stand in a row in one of the values that the page tells under
  /// some names, and are at least a third of its words.
  private mutating func isTold(
    _ block: Int, in sources: [Int], _ work: inout Workspace
  ) -> Bool {
    let own = work.plainWords(work.blocks[block].tokens)
    guard !own.isEmpty else { return false }
    if toldWords.isEmpty { toldWords = work.told.map { work.plainWords($0.block.tokens) } }
    for index in work.told.indices where sources.contains(work.told[index].source) {
      let words = toldWords[index]
      guard words.count >= own.count, own.count * 3 >= words.count else { continue }
      for start in 0...words.count - own.count
      where words[start] == own[0] && words[start..<start + own.count].elementsEqual(own) {
        return true
      }
    }
    return false
  }

  private enum Rest { case none, before, after }

  private mutating func find(
    _ pattern: Int, _ starts: ClosedRange<Int>, _ block: Int, _ work: inout Workspace,
    atEnd: Bool = false, rest: Rest = .none
  ) -> Bool {
    let tokens = work.blocks[block].tokens
    for start in starts
    where
      (start == tokens.upperBound
      || work.mayBegin(pattern, at: start))
      && work.match(
        pattern, program, at: start, from: tokens.lowerBound, to: tokens.upperBound,
        endingAt: atEnd ? tokens.upperBound : -1)
    {
      let end = work.matchEnd
      keepCaptures(pattern, block, &work)
      if names.rest > 0, rest != .none {
        let left =
          rest == .before
          ? tokens.lowerBound..<start : min(end, tokens.upperBound)..<tokens.upperBound
        captures.append(
          ZoneCapture(
            block: Int32(block), name: names.rest,
            value: .text(Int32(left.lowerBound), Int32(left.upperBound))))
      }
      return true
    }
    return false
  }

  /// Keeps the captures of all matches in a block, left to right; true where there is one.
  private mutating func findEvery(_ pattern: Int, _ block: Int, _ work: inout Workspace) -> Bool {
    let tokens = work.blocks[block].tokens
    var position = tokens.lowerBound
    var found = 0
    while position < tokens.upperBound, found < 40 {
      guard work.mayBegin(pattern, at: position),
        work.match(
          pattern, program, at: position, from: tokens.lowerBound, to: tokens.upperBound)
      else {
        position += 1
        continue
      }
      let begin = position
      position = max(work.matchEnd, position + 1)
      found += 1
      let frame = work.captureFields(pattern, program)
      if !(frame.first..<frame.first + frame.count)
        .contains(where: { work.fields[$0].name == names.before })
      {
        keepSentence(before: begin, block, &work)
      }
      keep(frame, block, &work)
    }
    return found > 0
  }

  /// Keeps as `before` the sentence that a match closes or follows; for a match that keeps nothing
  /// under that name itself.
  private mutating func keepSentence(
    before position: Int, _ block: Int, _ work: inout Workspace
  ) {
    guard names.before > 0,
      let range = work.sentenceStart(
        before: position, low: work.blocks[block].tokens.lowerBound,
        abbreviation: program.abbreviationHole, program)
    else { return }
    captures.append(
      ZoneCapture(
        block: Int32(block), name: names.before,
        value: .text(Int32(range.lowerBound), Int32(range.upperBound))))
  }

  private mutating func keepCaptures(_ pattern: Int, _ block: Int, _ work: inout Workspace) {
    keep(work.captureFields(pattern, program), block, &work)
  }

  private mutating func keep(_ frame: Frame, _ block: Int, _ work: inout Workspace) {
    for index in frame.first..<frame.first + frame.count {
      let field = work.fields[index]
      captures.append(ZoneCapture(block: Int32(block), name: field.name, value: field.value))
    }
  }
}

extension Workspace {
  /// The words among tokens, without signs.
  fileprivate func plainWords(_ tokens: Range<Int>) -> [UInt32] {
    tokens.filter { !shapes[$0].contains(.punctuation) }.map { words[$0] }
  }
}
