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
      where isLive(index) && program.takes(rule.to, records[index].type) {
        guard let key = linkKey(Int32(index), rule.equal.map { $0.to }, program) else { continue }
        candidates[key, default: []].append(Int32(index))
      }
      for index in records.indices
      where isLive(index) && records[index].link < 0
        && program.takes(rule.from, records[index].type)
      {
        if let key = linkKey(Int32(index), rule.equal.map { $0.from }, program),
          let found = candidates[key]
        {
          records[index].link = choose(Int32(index), found, rule.pick)
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

  private func choose(_ from: Int32, _ found: [Int32], _ pick: LinkRule.Pick) -> Int32 {
    let own = records[Int(from)]
    switch pick {
    case .nearestBefore:
      var low = 0
      var high = found.count
      while low < high {
        let middle = (low + high) / 2
        if records[Int(found[middle])].begin < own.begin { low = middle + 1 } else { high = middle }
      }
      return low > 0 ? found[low - 1] : -1
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

  /// A hash of the folded texts of the expressions; `nil` where one is missing.
  private mutating func linkKey(_ record: Int32, _ expressions: [Int], _ program: Program)
    -> UInt64?
  {
    var key: UInt64 = 0xcbf2_9ce4_8422_2325
    for expression in expressions {
      let value = evaluate(expression, frame(of: record), program)
      switch value {
      case .none: return nil
      case .entry(let entry, _, _) where program.lexicon.entries[Int(entry)].symbol != 0:
        key = (key ^ UInt64(program.lexicon.entries[Int(entry)].symbol)) &* 0x100_0000_01b3
      case .symbol(let symbol):
        key = (key ^ UInt64(symbol)) &* 0x100_0000_01b3
      default:
        guard let (begin, end) = tokenRange(value) else { return nil }
        for position in begin..<end {
          key = (key ^ UInt64(words[Int(position)])) &* 0x100_0000_01b3
        }
      }
      key = (key ^ 0xFF) &* 0x100_0000_01b3
    }
    return key
  }

}
