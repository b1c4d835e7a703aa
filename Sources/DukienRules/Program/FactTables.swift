/// A rule as the engine reads it; each pair of numbers is a run of the table that is named.
package struct FlatRule: BitwiseCopyable, Sendable {
  /// The type of fact whose roles it fills.
  package var emits: Int
  package var trigger: Int
  package var guards: Guards
  /// True where it adds roles to facts that other rules emit.
  package var addsToOthers: Bool
  package var hasList: Bool
  /// Of `outside`.
  package var firstOutside: Int32
  package var lastOutside: Int32
  /// Of `groups`: of each one role must be filled.
  package var firstNeed: Int32
  package var lastNeed: Int32
  /// The roles of all these, and those of them that something beside the trigger can fill.
  package var needed: RoleSet
  package var fillable: RoleSet
  /// Of `given`.
  package var firstGiven: Int32
  package var lastGiven: Int32
  /// Of `templates`.
  package var firstSet: Int32
  package var lastSet: Int32
  /// Of `searches`.
  package var firstSearch: Int32
  package var lastSearch: Int32
}

/// A role and the expression or template that fills it.
package struct FlatFilling: BitwiseCopyable, Sendable {
  package var role: Int32
  package var expression: Int32 = -1
  package var template = FlatTemplate()
}

/// The ways to find one role: `ways[firstWay..<lastWay]`.
package struct FlatSearch: BitwiseCopyable, Sendable {
  package var role: Int
  package var unless: RoleSet
  package var needs: RoleSet
  package var firstWay: Int
  package var lastWay: Int
  /// Of `due`: of each one role must be filled when the search is over, as nothing later fills them.
  package var firstDue: Int32
  package var lastDue: Int32
}

/// One way to find a role; `RoleWay` says what the kinds are.
package struct FlatWay: BitwiseCopyable, Sendable {
  package enum Kind: UInt8, BitwiseCopyable, Sendable { case search, same, constant }

  package var kind: Kind
  package var side = Side.after
  package var scope = Scope.sentence
  package var pick = Pick.nearest
  /// The pattern of a search, or the role of an earlier fact.
  package var subject: Int = 0
  /// The roles that the earlier fact must share.
  package var sharing = RoleSet()
  package var template = FlatTemplate()
}

/// A type of fact as the engine reads it.
package struct FlatFact: BitwiseCopyable, Sendable {
  package var name: UInt16
  /// Of `roles`.
  package var firstRole: Int
  package var roleCount: Int
  /// Of `groups`: of each one role must be filled.
  package var firstRequired: Int32
  package var lastRequired: Int32
  /// Of `keys`; none where facts of the type are not merged.
  package var firstKey: Int32
  package var lastKey: Int32
  /// The roles of all these.
  package var identity: RoleSet
  package var hasAlternativeKeys: Bool
  package var keep: FactType.Keep
  package var speaker: Int
}

/// A role as the engine reads it.
package struct FlatRole: BitwiseCopyable, Sendable {
  package var name: UInt16
  package var isList: Bool
  package var isText: Bool
  package var isFlag: Bool
  /// True where it takes the symbols `words[firstWord..<lastWord]` only.
  package var isClosed: Bool
  package var firstWord: Int32
  package var lastWord: Int32
}

/// A key of a type of fact: `keyRoles[first..<last]`.
package struct FlatKey: BitwiseCopyable, Sendable {
  package var first: Int32
  package var last: Int32
}

/// What the engine reads of rules and types of facts, at fixed addresses.
package final class FactTables: @unchecked Sendable {
  package let rules: UnsafeMutablePointer<FlatRule>
  package let outside: UnsafeMutablePointer<Int32>
  package let groups: UnsafeMutablePointer<RoleSet>
  package let given: UnsafeMutablePointer<FlatFilling>
  package let templates: UnsafeMutablePointer<FlatFilling>
  package let searches: UnsafeMutablePointer<FlatSearch>
  package let ways: UnsafeMutablePointer<FlatWay>
  package let due: UnsafeMutablePointer<RoleSet>
  package let factCount: Int
  package let facts: UnsafeMutablePointer<FlatFact>
  package let roles: UnsafeMutablePointer<FlatRole>
  package let words: UnsafeMutablePointer<UInt32>
  package let keys: UnsafeMutablePointer<FlatKey>
  package let keyRoles: UnsafeMutablePointer<Int32>

  init(_ program: ProgramDraft, _ templateList: inout TemplateList) {
    var lists = RuleLists()
    rules = fixed(program.rules.map { lists.add($0, program, &templateList) })
    var factLists = FactLists()
    facts = fixed(program.facts.map { factLists.add($0, &lists.groups) })
    factCount = program.facts.count
    outside = fixed(lists.outside)
    groups = fixed(lists.groups)
    given = fixed(lists.given)
    templates = fixed(lists.templates)
    searches = fixed(lists.searches)
    ways = fixed(lists.ways)
    due = fixed(lists.due)
    roles = fixed(factLists.roles)
    words = fixed(factLists.words)
    keys = fixed(factLists.keys)
    keyRoles = fixed(factLists.keyRoles)
  }

  deinit {
    rules.deallocate()
    outside.deallocate()
    groups.deallocate()
    given.deallocate()
    templates.deallocate()
    searches.deallocate()
    ways.deallocate()
    due.deallocate()
    facts.deallocate()
    roles.deallocate()
    words.deallocate()
    keys.deallocate()
    keyRoles.deallocate()
  }

  /// The role of a type of fact that has a name, or -1.
  ///
  /// - Complexity: O(roles of the type).
  @inlinable
  package func role(named name: UInt16, of fact: Int) -> Int {
    let first = facts[fact].firstRole
    for role in 0..<facts[fact].roleCount where roles[first &+ role].name == name { return role }
    return -1
  }
}

/// The parts of all rules, laid out flat.
private struct RuleLists {
  var outside: [Int32] = []
  var groups: [RoleSet] = []
  var given: [FlatFilling] = []
  var templates: [FlatFilling] = []
  var searches: [FlatSearch] = []
  var ways: [FlatWay] = []
  var due: [RoleSet] = []

  mutating func add(_ rule: Rule, _ program: ProgramDraft, _ templateList: inout TemplateList)
    -> FlatRule
  {
    var flat = FlatRule(
      emits: rule.emits, trigger: rule.trigger, guards: rule.guards,
      addsToOthers: rule.fills != nil, hasList: rule.list != nil,
      firstOutside: Int32(outside.count), lastOutside: 0, firstNeed: Int32(groups.count),
      lastNeed: 0, needed: RoleSet(rule.needs.flatMap { $0 }),
      fillable: Self.fillable(rule, program), firstGiven: Int32(given.count), lastGiven: 0,
      firstSet: Int32(templates.count), lastSet: 0,
      firstSearch: Int32(searches.count), lastSearch: 0)
    outside += rule.outside.map { Int32($0) }
    groups += rule.needs.map { RoleSet($0) }
    given += rule.gives.map {
      FlatFilling(role: Int32($0.role), expression: Int32($0.expression))
    }
    for set in rule.sets {
      templates.append(
        FlatFilling(role: Int32(set.role), template: templateList.add(set.pieces)))
    }
    let needsBySearch = Self.needsBySearch(rule, program)
    for (index, search) in rule.searches.enumerated() {
      let firstWay = ways.count
      let firstDue = due.count
      due += needsBySearch[index].map { RoleSet($0) }
      for way in search.ways { ways.append(self.flat(way, &templateList)) }
      searches.append(
        FlatSearch(
          role: search.role, unless: RoleSet(search.unless), needs: RoleSet(search.needs),
          firstWay: firstWay, lastWay: ways.count, firstDue: Int32(firstDue),
          lastDue: Int32(due.count)))
    }
    flat.lastOutside = Int32(outside.count)
    flat.lastNeed = Int32(groups.count)
    flat.lastGiven = Int32(given.count)
    flat.lastSet = Int32(templates.count)
    flat.lastSearch = Int32(searches.count)
    return flat
  }

  /// The needed roles that a rule searches, gives or sets.
  private static func fillable(_ rule: Rule, _ program: ProgramDraft) -> RoleSet {
    let late = late(rule)
    return RoleSet(
      rule.needs.flatMap { $0 }.filter { role in
        late.contains(role)
          || rule.searches.contains { fills($0, role, of: rule.emits, program) }
      })
  }

  /// The roles that are given or set once all searches are over.
  private static func late(_ rule: Rule) -> Set<Int> {
    Set(rule.gives.map { $0.role } + rule.sets.map { $0.role })
  }

  /// For each search of a rule, the groups of needed roles of which it is the last that can fill one.
  private static func needsBySearch(_ rule: Rule, _ program: ProgramDraft) -> [[[Int]]] {
    var needs = [[[Int]]](repeating: [], count: rule.searches.count)
    guard !needs.isEmpty else { return needs }
    let late = late(rule)
    for group in rule.needs where !group.contains(where: late.contains) {
      let last = rule.searches.lastIndex { search in
        group.contains { fills(search, $0, of: rule.emits, program) }
      }
      needs[last ?? 0].append(group)
    }
    return needs
  }

  private static func fills(
    _ search: RoleSearch, _ role: Int, of fact: Int, _ program: ProgramDraft
  ) -> Bool {
    if search.role == role { return true }
    let name = program.facts[fact].roles[role].name
    return search.ways.contains { way in
      guard case .search(let pattern, _, _, _) = way else { return false }
      return program.patterns[pattern].slots.contains(name)
    }
  }

  private func flat(_ way: RoleWay, _ templateList: inout TemplateList) -> FlatWay {
    switch way {
    case .search(let pattern, let side, let scope, let pick):
      FlatWay(kind: .search, side: side, scope: scope, pick: pick, subject: pattern)
    case .same(let role, let scope, let sharing):
      FlatWay(kind: .same, scope: scope, subject: role, sharing: RoleSet(sharing))
    case .constant(let pieces): FlatWay(kind: .constant, template: templateList.add(pieces))
    }
  }
}

/// The parts of all types of facts, laid out flat.
private struct FactLists {
  var roles: [FlatRole] = []
  var words: [UInt32] = []
  var keys: [FlatKey] = []
  var keyRoles: [Int32] = []

  mutating func add(_ fact: FactType, _ groups: inout [RoleSet]) -> FlatFact {
    let firstRole = roles.count
    for role in fact.roles { add(role) }
    let firstRequired = groups.count
    groups += fact.required.map { RoleSet($0) }
    let firstKey = keys.count
    let identity = fact.keep == .all ? [] : fact.identity
    for key in identity {
      let first = Int32(keyRoles.count)
      keyRoles += key.map { Int32($0) }
      keys.append(FlatKey(first: first, last: Int32(keyRoles.count)))
    }
    return FlatFact(
      name: fact.name, firstRole: firstRole, roleCount: fact.roles.count,
      firstRequired: Int32(firstRequired),
      lastRequired: Int32(groups.count), firstKey: Int32(firstKey), lastKey: Int32(keys.count),
      identity: RoleSet(identity.flatMap { $0 }), hasAlternativeKeys: fact.hasAlternativeKeys,
      keep: fact.keep, speaker: fact.speaker)
  }

  private mutating func add(_ role: RoleInfo) {
    var flat = FlatRole(
      name: role.name, isList: role.isList, isText: false, isFlag: false, isClosed: false,
      firstWord: Int32(words.count), lastWord: 0)
    switch role.kind {
    case .typed: break
    case .text: flat.isText = true
    case .flag: flat.isFlag = true
    case .oneOf(let listed, let open):
      flat.isClosed = !open
      words += listed
    }
    flat.lastWord = Int32(words.count)
    roles.append(flat)
  }
}
