internal import DukienRules
internal import DukienText

extension Workspace {
  /// Joins short mentions to full ones by the program's link rules.
  ///
  /// Conditions are equalities, so each rule is one pass to sort the full mentions by key and one
  /// to look the short ones up.
  /// - Complexity: O(n log n) in the entities for each rule.
  mutating func link(_ program: Program) {
    linking.reset(program)
    for index in records.indices where isLive(index) { linking.add(index, records[index]) }
    linking.sort()
    var folded = Buffer<UInt8>()
    for index in program.links.indices where linking.has(program.links[index].from, tables) {
      link(by: program.links[index], &folded, program)
    }
  }

  private mutating func link(by rule: LinkRule, _ folded: inout Buffer<UInt8>, _ program: Program) {
    linking.short.removeAll()
    linking.full.removeAll()
    var hasKey = false
    let from = tables.holeBits + rule.from &* tables.typeWords
    var place = linking.next(0, from)
    while place < linking.count {
      let index = linking.record(place)
      place = linking.next(place + 1, from)
      guard isLive(Int(index)), records[Int(index)].link < 0 else { continue }
      var key: UInt64 = 1
      for pair in rule.equal { addText(pair.from, of: index, to: &key, &folded, program) }
      hasKey = hasKey || key != 0
      linking.short.append(LinkMention(key: key, record: index))
    }
    if hasKey, linking.has(rule.to, tables) {
      let to = tables.holeBits + rule.to &* tables.typeWords
      var next = linking.next(0, to)
      while next < linking.count {
        place = next
        let index = linking.record(place)
        next = linking.next(place + 1, to)
        guard isLive(Int(index)) else { continue }
        var key: UInt64 = 1
        for pair in rule.equal { addText(pair.to, of: index, to: &key, &folded, program) }
        // Reading order is kept by place until keys are sorted.
        if key != 0 { linking.full.append(LinkMention(key: key, record: Int32(place))) }
      }
      linking.sortFull()
    }
    for place in linking.short.indices {
      let short = linking.short[place]
      if short.key != 0 {
        let found = near(linking.places(of: short.key), short.record, rule.look)
        records[Int(short.record)].link = choose(short.record, found, rule.pick)
      }
      if rule.dropsUnlinked, records[Int(short.record)].link < 0 { kill(Int(short.record)) }
    }
  }

  func isLive(_ index: Int) -> Bool { !records[index].isDead }

  /// The full mention that a record stands for: itself where no link leads on.
  func resolved(_ record: Int32) -> Int32 {
    var at = record
    for _ in 0..<8 {
      let next = records[Int(at)].link
      if next < 0 || next == at { return at }
      at = next
    }
    return at
  }

  /// The record of a full mention.
  private func full(_ place: Int) -> Int32 { linking.record(Int(linking.full[place].record)) }

  /// Those of the full mentions that stand where the rule looks.
  private func near(_ found: Range<Int>, _ record: Int32, _ look: Scope) -> Range<Int> {
    guard look == .paragraph, !found.isEmpty,
      let block = block(of: Int(records[Int(record)].begin))
    else { return found }
    let range = blocks[block].tokens
    let first = count(found, before: range.lowerBound)
    return first..<count(first..<found.upperBound, before: range.upperBound)
  }

  /// The first of the full mentions that does not begin before a token.
  private func count(_ found: Range<Int>, before token: Int) -> Int {
    var low = found.lowerBound
    var high = found.upperBound
    while low < high {
      let middle = (low + high) / 2
      if Int(records[Int(full(middle))].begin) < token { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func choose(_ from: Int32, _ found: Range<Int>, _ pick: LinkRule.Pick) -> Int32 {
    switch pick {
    case .nearestBefore:
      let before = count(found, before: Int(records[Int(from)].begin))
      return before > found.lowerBound ? full(before - 1) : -1
    case .fullest:
      var best: Int32 = -1
      for place in found.prefix(64) {
        let candidate = full(place)
        guard candidate != from else { continue }
        if best < 0 || length(candidate) > length(best) { best = candidate }
      }
      return best >= 0 && length(best) > length(from) ? best : -1
    }
  }

  private func length(_ record: Int32) -> Int32 {
    records[Int(record)].end - records[Int(record)].begin
  }

  // MARK: Keys

  /// Adds the text of an expression of a record to a key, without case and with single blanks; makes
  /// the key 0 where it is missing.
  private mutating func addText(
    _ expression: Int, of record: Int32, to key: inout UInt64, _ folded: inout Buffer<UInt8>,
    _ program: Program
  ) {
    guard key != 0 else { return }
    let value = evaluate(expression, frame(of: record), program)
    let symbols = program.textTables.symbols
    switch value {
    case .none:
      key = 0
      return
    case .flag:
      let text: StaticString = "true"
      let bytes = UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
      addPieces(of: bytes, to: &key, &folded)
    case .generated(let index): addPieces(of: generatedText(index), to: &key, &folded)
    case .symbol(let symbol): addPieces(of: symbols[Int(symbol)], to: &key, &folded)
    case .number(let number):
      var text: [UInt8] = []
      number.write(into: &text)
      text.withUnsafeBufferPointer { addPieces(of: $0, to: &key, &folded) }
    case .entry(let entry, let begin, let end):
      let symbol = program.textTables.entrySymbols[Int(entry)]
      if symbol != 0 {
        addPieces(of: symbols[Int(symbol)], to: &key, &folded)
      } else {
        withPrinted(begin, end) { addPieces(of: $0, to: &key, &folded) }
      }
    case .text(let begin, let end):
      withPrinted(begin, end) { addPieces(of: $0, to: &key, &folded) }
    case .record(let inner):
      let own = records[Int(inner)]
      withPrinted(own.begin, own.end) { addPieces(of: $0, to: &key, &folded) }
    }
    // Parts the texts of two expressions.
    key = max(1, hash(key, then: 0xFF))
  }
}

/// Adds what stands between blanks to a key.
private func addPieces(
  of text: UnsafeBufferPointer<UInt8>, to key: inout UInt64, _ folded: inout Buffer<UInt8>
) {
  var begin = 0
  while begin < text.count {
    guard text[begin] > 0x20 else {
      begin &+= 1
      continue
    }
    var end = begin &+ 1
    while end < text.count, text[end] > 0x20 { end &+= 1 }
    key = hash(key, then: folded.foldedHash(of: UnsafeBufferPointer(rebasing: text[begin..<end])))
    begin = end
  }
}
