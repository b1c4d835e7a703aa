internal import DukienRules
internal import DukienText

extension Workspace {
  /// Joins short mentions to full ones by the program's link rules.
  ///
  /// Conditions are equalities, so each rule is one pass to index the full mentions by key and one
  /// to look the short ones up.
  /// - Complexity: linear in the entities for each rule.
  mutating func link(_ program: Program) {
    for rule in program.links {
      var candidates: [UInt64: [Int32]] = [:]
      for index in records.indices
      where isLive(index) && program.tables.takes(rule.to, records[index].type) {
        guard let key = linkKey(Int32(index), rule.equal.map { $0.to }, program) else { continue }
        candidates[key, default: []].append(Int32(index))
      }
      for index in records.indices
      where isLive(index) && records[index].link < 0
        && program.tables.takes(rule.from, records[index].type)
      {
        if let key = linkKey(Int32(index), rule.equal.map { $0.from }, program),
          let found = candidates[key]
        {
          records[index].link = choose(Int32(index), near(found, index, rule.look), rule.pick)
        }
        if rule.dropsUnlinked, records[index].link < 0 { kill(index) }
      }
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

  /// Those of the records, which stand in reading order, that stand where the rule looks.
  private func near(_ found: [Int32], _ record: Int, _ look: Scope) -> ArraySlice<Int32> {
    let own = Int(records[record].begin)
    guard look == .paragraph, let block = block(of: own) else { return found[...] }
    let range = blocks[block].tokens
    let first = count(found[...], before: range.lowerBound)
    return found[first..<count(found[...], before: range.upperBound)]
  }

  /// How many of the records begin before a token.
  private func count(_ found: ArraySlice<Int32>, before token: Int) -> Int {
    var low = found.startIndex
    var high = found.endIndex
    while low < high {
      let middle = (low + high) / 2
      if Int(records[Int(found[middle])].begin) < token { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func choose(_ from: Int32, _ found: ArraySlice<Int32>, _ pick: LinkRule.Pick) -> Int32 {
    switch pick {
    case .nearestBefore:
      let before = count(found, before: Int(records[Int(from)].begin))
      return before > found.startIndex ? found[before - 1] : -1
    case .fullest:
      var best: Int32 = -1
      for candidate in found.prefix(64) where candidate != from {
        if best < 0 || length(candidate) > length(best) { best = candidate }
      }
      return best >= 0 && length(best) > length(from) ? best : -1
    }
  }

  private func length(_ record: Int32) -> Int32 {
    records[Int(record)].end - records[Int(record)].begin
  }

  /// A hash of the texts of the expressions, without case and with single blanks; `nil` where one
  /// is missing.
  private mutating func linkKey(_ record: Int32, _ expressions: [Int], _ program: Program)
    -> UInt64?
  {
    var key: UInt64 = 0xcbf2_9ce4_8422_2325
    for expression in expressions {
      let value = evaluate(expression, frame(of: record), program)
      guard let text = linkText(value, program) else { return nil }
      for piece in text.split(whereSeparator: { $0 <= 0x20 }) {
        var folded: [UInt8] = []
        Array(piece).withUnsafeBufferPointer { fold($0, keepCase: false, into: &folded) }
        for byte in folded + [0x20] { key = (key ^ UInt64(byte)) &* 0x100_0000_01b3 }
      }
      key = (key ^ 0xFF) &* 0x100_0000_01b3
    }
    return key
  }

  /// What a value is compared by: what an entry stands for, else what is printed.
  private func linkText(_ value: FieldValue, _ program: Program) -> [UInt8]? {
    switch value {
    case .none: return nil
    case .flag: return Array("true".utf8)
    case .generated(let index): return generated[Int(index)]
    case .symbol(let symbol): return program.symbols.text(symbol)
    case .number(let number):
      var text: [UInt8] = []
      number.write(into: &text)
      return text
    case .entry(let entry, _, _) where program.lexicon.entries[Int(entry)].symbol != 0:
      return program.symbols.text(program.lexicon.entries[Int(entry)].symbol)
    case .entry, .text, .record:
      return tokenRange(value).map { Array(printed(Int($0.0), Int($0.1))) }
    }
  }
}
