internal import DukienRules

/// A mention that a rule of links looks for or looks among.
struct LinkMention: BitwiseCopyable {
  /// Hash of the texts that must be equal, or 0 where one is missing.
  var key: UInt64
  var record: Int32
}

/// A record that a rule of links may join.
struct Joinable: BitwiseCopyable {
  var begin: Int32
  var record: Int32
  var type: UInt16
}

/// The records that rules of links may join. Reused from page to page.
struct LinkTable: ~Copyable {
  /// In reading order.
  private var order = Buffer<Joinable>()
  /// The types of records that any rule takes, and those that the page has of them, as bits.
  private var wanted = Buffer<UInt64>()
  private var present = Buffer<UInt64>()
  /// Of one rule: short mentions in reading order, and full ones by key, then in reading order.
  var short = Buffer<LinkMention>()
  var full = Buffer<LinkMention>()

  var count: Int { order.count }

  /// The index of a record by its place in reading order.
  func record(_ place: Int) -> Int32 { order[place].record }

  /// The first place from `place` on whose record has one of the types, given as bits; `count` for
  /// none.
  @inline(__always)
  func next(_ place: Int, _ types: UnsafeMutablePointer<UInt64>) -> Int {
    var place = place
    while place < order.count {
      let type = order.base[place].type
      if types[Int(type >> 6)] & (1 << UInt64(type & 63)) != 0 { return place }
      place &+= 1
    }
    return place
  }

  /// Begins a page.
  mutating func reset(_ program: Program) {
    let tables = program.tables
    order.removeAll()
    present.fill(0, tables.typeWords)
    wanted.fill(0, tables.typeWords)
    for index in program.links.indices {
      let from = tables.holeBits + program.links[index].from &* tables.typeWords
      let to = tables.holeBits + program.links[index].to &* tables.typeWords
      for word in 0..<tables.typeWords { wanted[word] |= from[word] | to[word] }
    }
  }

  /// Adds a record, unless no rule takes it.
  @inline(__always)
  mutating func add(_ index: Int, _ record: Record) {
    let bit: UInt64 = 1 << UInt64(record.type & 63)
    let word = Int(record.type >> 6)
    guard wanted.base[word] & bit != 0 else { return }
    present.base[word] |= bit
    order.append(
      Joinable(
        begin: record.begin, record: Int32(truncatingIfNeeded: index), type: record.type))
  }

  mutating func sort() { order.sort(from: 0) { ($0.begin, $0.record) < ($1.begin, $1.record) } }

  /// True where the page has a record of a type that a hole takes.
  func has(_ hole: Int, _ tables: MatchTables) -> Bool {
    let bits = tables.holeBits + hole &* tables.typeWords
    for word in 0..<tables.typeWords where bits[word] & present[word] != 0 { return true }
    return false
  }

  /// Sorts the full mentions, which stand in reading order, by key.
  mutating func sortFull() {
    full.sort(from: 0) { ($0.key, $0.record) < ($1.key, $1.record) }
  }

  /// Where the full mentions of a key stand.
  func places(of key: UInt64) -> Range<Int> {
    let first = place(of: key)
    var last = first
    if first < full.count, full[first].key == key {
      last = key == .max ? full.count : place(of: key + 1)
    }
    return first..<last
  }

  /// How many full mentions have a lower key.
  private func place(of key: UInt64) -> Int {
    var low = 0
    var high = full.count
    while low < high {
      let middle = (low + high) / 2
      if full[middle].key < key { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
