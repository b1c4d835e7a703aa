/// Names of one kind of thing, by the set that declares them.
struct NameTable {
  private var bySet: [[String: Int]]

  init(sets: Int) { bySet = [[String: Int]](repeating: [:], count: sets) }

  /// Declares a name; returns what the set has already declared under it, or `nil`.
  mutating func declare(_ name: String, in set: Int, as index: Int) -> Int? {
    if let known = bySet[set][name] { return known }
    bySet[set][name] = index
    return nil
  }

  subscript(_ name: String, in set: Int) -> Int? { bySet[set][name] }

  /// The names that a set declares, sorted.
  func names(of set: Int) -> [String] { bySet[set].keys.sorted() }
}

/// What looking a name up gave.
enum NameSearch {
  case found(Int)
  /// Declared by several sets that are equally near.
  case several([Int])
  case unknown
}

/// Which sets a set sees: itself, those it uses, those they use.
struct Scopes {
  private let sets: [SetInfo]
  private let uses: [[SetUse]]
  /// For each set the sets it sees, nearest first.
  private let visible: [[[Int]]]
  /// True for sets that do not see all they should: what they name may be there.
  let isPartial: [Bool]

  init(_ sets: [SetInfo], _ uses: [[SetUse]], lacksUses: [Bool]) {
    self.sets = sets
    self.uses = uses
    let visible = sets.indices.map { Self.rings(from: $0, uses) }
    self.visible = visible
    isPartial = visible.map { rings in rings.contains { $0.contains { lacksUses[$0] } } }
  }

  private static func rings(from set: Int, _ uses: [[SetUse]]) -> [[Int]] {
    var seen = [Bool](repeating: false, count: uses.count)
    var rings = [[set]]
    seen[set] = true
    while let last = rings.last, !last.isEmpty {
      var next: [Int] = []
      for inner in last {
        for use in uses[inner] where !seen[use.set] {
          seen[use.set] = true
          next.append(use.set)
        }
      }
      rings.append(next)
    }
    return rings
  }

  /// Looks up `Name`, nearest set first, or `set/Name`.
  func find(_ name: String, in table: NameTable, from set: Int) -> NameSearch {
    if let slash = name.utf8.firstIndex(of: UInt8(ascii: "/")) {
      let wanted = String(name[..<slash])
      let rest = String(name[name.index(after: slash)...])
      guard let other = self.set(wanted, from: set), let index = table[rest, in: other] else {
        return .unknown
      }
      return .found(index)
    }
    for ring in visible[set] {
      let holders = ring.filter { table[name, in: $0] != nil }
      if holders.count > 1 { return .several(holders) }
      if let holder = holders.first, let index = table[name, in: holder] { return .found(index) }
    }
    return .unknown
  }

  /// A set that is seen under a name: an alias of `uses`, or the name of any set seen.
  private func set(_ name: String, from set: Int) -> Int? {
    if let use = uses[set].first(where: { $0.alias == name }) { return use.set }
    for ring in visible[set] {
      if let found = ring.first(where: { sets[$0].name == name }) { return found }
    }
    return nil
  }

  /// All names that a set sees, nearest set first.
  func names(in table: NameTable, from set: Int) -> [String] {
    visible[set].flatMap { ring in ring.flatMap { table.names(of: $0) } }
  }

  /// The set among those that `set` uses which declares a name, or `nil`.
  func hidden(_ name: String, in table: NameTable, by set: Int) -> Int? {
    for ring in visible[set].dropFirst() {
      if let found = ring.first(where: { table[name, in: $0] != nil }) { return found }
    }
    return nil
  }
}

extension Compiler {
  func set(of ref: NodeRef) -> Int { setOfTree[ref.tree] }

  /// Looks a name up from where it is written; `nil` with a report.
  func find(
    _ name: String, _ what: String, code: String, in table: NameTable, at ref: NodeRef,
    offset: Int? = nil, rule: String = ""
  ) -> Int? {
    switch scopes.find(name, in: table, from: set(of: ref)) {
    case .found(let index): return index
    case .several, .unknown:
      let problem = unfound(name, what, code: code, in: table, from: set(of: ref), at: 0)
      guard !problem.isKnown else { return nil }
      report(
        problem.code, problem.message, hint: problem.hint, at: ref, offset: offset, rule: rule)
      return nil
    }
  }

  /// What to say of a name that stands for nothing, or for several things.
  func unfound(
    _ name: String, _ what: String, code: String, in table: NameTable, from set: Int, at: Int
  ) -> PatternProblem {
    if case .several(let holders) = scopes.find(name, in: table, from: set) {
      let names = holders.map { program.sets[$0].name }
      return PatternProblem(
        code: "rule.ambiguous",
        message: "\(names.joined(separator: " and ")) both declare `\(name)`",
        hint: "write `\(names[0])/\(name)`", at: at)
    }
    if scopes.isPartial[set] { return .known }
    var hint = ""
    if let near = nearest(name, among: scopes.names(in: table, from: set)) {
      hint = "did you mean `\(near)`?"
    }
    if let holder = program.sets.indices.first(where: { table[name, in: $0] != nil }) {
      hint = "`\(program.sets[holder].name)` declares it: add it to `uses`"
    }
    return PatternProblem(code: code, message: "unknown \(what) `\(name)`", hint: hint, at: at)
  }
}
