extension Compiler {
  /// Reads every fact type, each after the one that it `is`.
  func compileFacts() {
    var pending: [Declaration] = []
    for declaration in declared(.facts) {
      guard program.facts.count < CompileLimits.facts else {
        report(
          "rule.too-many", "more than \(CompileLimits.facts) types of facts", at: declaration.key)
        break
      }
      let index = program.facts.count
      guard factTable.declare(declaration.name, in: declaration.set, as: index) == nil else {
        continue
      }
      pending.append(declaration)
      program.facts.append(FactType(name: name(declaration.name)))
    }
    for declaration in pending { warnOfHidden(declaration, in: factTable) }
    var states = [FactState](repeating: .new, count: pending.count)
    for index in pending.indices { compileFact(index, pending, &states) }
  }

  private enum FactState { case new, open, done }

  private func compileFact(_ index: Int, _ all: [Declaration], _ states: inout [FactState]) {
    guard states[index] == .new else { return }
    states[index] = .open
    defer { states[index] = .done }
    let declaration = all[index]
    let keys = fields(declaration.body, of: "`\(declaration.name)`", as: .fact)
    var fact = FactType(name: name(declaration.name))
    if let parent = keys["is"], let text = scalar(parent, "is"),
      let base = self.fact(text, at: parent)
    {
      if states[base] == .open {
        report(
          "rule.cycle", "`\(declaration.name)` is its own kind through `is:`", at: parent)
      } else {
        compileFact(base, all, &states)
        fact = program.facts[base]
        fact.name = name(declaration.name)
        fact.parent = base
      }
    }
    fact.about = scalar(keys["about"], "about") ?? ""
    for (key, value) in pairs(keys["roles"], "roles") {
      guard fact.roles.count < CompileLimits.roles else {
        report("rule.too-many", "a fact has at most \(CompileLimits.roles) roles", at: key)
        break
      }
      addRole(text(key), value, to: &fact)
    }
    if fact.roles.isEmpty {
      report("rule.missing-key", "`\(declaration.name)` has no roles", at: declaration.key)
    }
    if let required = keys["required"] {
      fact.required = roleGroups(required, "required", of: fact)
    }
    if let identity = keys["identity"] { readIdentity(identity, into: &fact) }
    if let speaker = keys["speaker"], let text = scalar(speaker, "speaker") {
      fact.speaker = role(text, of: fact, at: speaker) ?? -1
    }
    switch choice(keys["keep"], "keep", ["most_complete", "first", "merge", "all"]) {
    case 0: fact.keep = .mostComplete
    case 1: fact.keep = .first
    case 2: fact.keep = .merge
    case 3: fact.keep = .all
    default: break
    }
    program.facts[index] = fact
  }

  /// A list of roles, in which an inner list stands for any one of its roles.
  private func roleGroups(_ ref: NodeRef?, _ what: String, of fact: FactType, rule: String = "")
    -> [[Int]]
  {
    listed(ref).map { item in
      texts(item, what).compactMap { role($0.text, of: fact, at: $0.at, rule: rule) }
    }
  }

  /// A type of fact and all that `is` it.
  func kinds(ofFact fact: Int) -> [Int] {
    program.facts.indices.filter { index in
      var at = index
      while at >= 0 {
        if at == fact { return true }
        at = program.facts[at].parent
      }
      return false
    }
  }

  /// One key, or a list of keys that are alternatives.
  private func readIdentity(_ ref: NodeRef, into fact: inout FactType) {
    let whole = listed(ref)
    fact.hasAlternativeKeys = whole.contains { kind($0) == .sequence }
    let keys = fact.hasAlternativeKeys ? whole : [ref]
    fact.identity = []
    for key in keys {
      fact.identity.append(texts(key, "identity").compactMap { role($0.text, of: fact, at: $0.at) })
    }
  }

  private func addRole(_ role: String, _ value: NodeRef, to fact: inout FactType) {
    var info = RoleInfo(name: name(role), kind: .text)
    var kindNode = value
    if kind(value) == .sequence, let first = items(value).first {
      info.isList = true
      kindNode = first
    }
    if kind(kindNode) == .mapping {
      let keys = fields(kindNode, of: "a role", as: .roleKind)
      let words = texts(keys["one_of"], "one_of").map { $0.text }
      let isOpen = choice(keys["open"], "open", ["yes", "no"]) == 0
      info.kind = .oneOf(words.map { symbol($0) }, open: isOpen)
      info.kindText = "one of " + words.joined(separator: ", ")
    } else if let word = scalar(kindNode, "kind") {
      info.kindText = word
      switch word {
      case "text": info.kind = .text
      case "flag": info.kind = .flag
      default:
        // A role of an unknown type stays one, so that only the type is told.
        info.kind = findHole(word, at: kindNode).map { .typed($0) } ?? .text
      }
    }
    if let index = fact.roles.firstIndex(where: { $0.name == info.name }) {
      fact.roles[index] = info
    } else {
      fact.roles.append(info)
    }
  }

  /// Index of a role by name; `nil` with a report.
  func role(_ text: String, of fact: FactType, at ref: NodeRef, rule: String = "") -> Int? {
    if let index = fact.roles.firstIndex(where: { program.names[Int($0.name)] == text }) {
      return index
    }
    guard !hasGivenUp else { return nil }
    let known = fact.roles.map { program.names[Int($0.name)] }
    let near = nearest(text, among: known)
    report(
      "rule.unknown-role", "`\(program.names[Int(fact.name)])` has no role `\(text)`",
      hint: near.map { "did you mean `\($0)`?" } ?? "roles: \(known.joined(separator: ", "))",
      at: ref, rule: rule)
    return nil
  }

  /// Index of a fact type by name; `nil` with a report.
  func fact(_ text: String, at ref: NodeRef, rule: String = "") -> Int? {
    find(text, "type of fact", code: "rule.unknown-fact", in: factTable, at: ref, rule: rule)
  }

  private static let mostRules = 20_000

  /// Reads every rule.
  func compileRules() {
    var seen: [String: NodeRef] = [:]
    for declaration in declared(.rules) {
      let keys = fields(declaration.body, of: "a rule", as: .rule)
      guard kind(declaration.body) == .mapping else { continue }
      guard program.rules.count < Self.mostRules else {
        report("rule.too-many", "more than \(Self.mostRules) rules", at: declaration.body)
        return
      }
      guard let nameAt = keys["rule"], let id = scalar(nameAt, "rule") else {
        report(
          "rule.missing-key", "a rule needs a name", hint: "begin with `rule: NAME`",
          at: declaration.body)
        continue
      }
      let full = "\(declaration.set)/\(id)"
      if let first = seen[full] {
        report(
          "rule.duplicate", "rule `\(id)` is declared twice",
          hint: "first declared at \(place(first))",
          at: nameAt, rule: id)
        continue
      }
      seen[full] = nameAt
      compileRule(id, keys, at: nameAt, set: declaration.set)
    }
  }

  private func compileRule(_ id: String, _ keys: [String: NodeRef], at nameAt: NodeRef, set: Int) {
    guard (keys["emits"] == nil) != (keys["fills"] == nil) else {
      report(
        "rule.missing-key",
        keys["emits"] == nil
          ? "rule `\(id)` says no type of fact" : "rule `\(id)` has both `emits` and `fills`",
        hint: keys["emits"] == nil ? "add `emits: TYPE`" : "keep one of them", at: nameAt, rule: id)
      return
    }
    let fill = keys["fills"].flatMap { fillRule($0, rule: id) }
    let emitted = keys["emits"].flatMap { ref in
      scalar(ref, "emits").flatMap { self.fact($0, at: ref, rule: id) }
    }
    guard let factType = fill?.facts.first ?? emitted else { return }
    let trigger = keys["phrase"] ?? keys["trigger"]
    guard let trigger, (keys["phrase"] == nil) != (keys["trigger"] == nil) else {
      report(
        "rule.missing-key", "rule `\(id)` needs either `phrase` or `trigger`", at: nameAt, rule: id)
      return
    }
    guard let pattern = pattern(trigger, keys["phrase"] == nil ? "trigger" : "phrase", rule: id)
    else {
      return
    }
    let fact = program.facts[factType]
    var rule = Rule(name: id, emits: factType, trigger: pattern)
    rule.about = scalar(keys["about"], "about") ?? ""
    rule.file = trees[nameAt.tree].file.label
    rule.line = line(nameAt)
    rule.fills = fill
    rule.guards = guards(keys["unless"], rule: id)
    rule.outside = texts(keys["outside"], "outside").compactMap { findHole($0.text, at: $0.at) }
    rule.needs = roleGroups(keys["needs"], "needs", of: fact, rule: id)
    for (key, value) in pairs(keys["set"], "set") {
      guard let index = role(text(key), of: fact, at: key, rule: id),
        let pieces = template(value, "set")
      else { continue }
      rule.sets.append(RoleTemplate(role: index, pieces: pieces))
    }
    for (key, value) in pairs(keys["gives"], "gives") {
      guard let index = role(text(key), of: fact, at: key, rule: id),
        let source = scalar(value, "gives"), let node = expression(source, at: value)
      else { continue }
      rule.gives.append(RoleExpression(role: index, expression: node))
    }
    for (key, value) in pairs(keys["roles"], "roles") {
      guard let index = role(text(key), of: fact, at: key, rule: id) else { continue }
      var search = RoleSearch(role: index)
      readWays(value, role: text(key), fact: fact, rule: id, into: &search)
      rule.searches.append(search)
    }
    if let list = keys["list"] { rule.list = listRule(list, fact: fact, rule: id) }
    collectTests(keys["tests"], owner: id, type: fact.name, factType: factType)
    program.sets[set].rules += 1
    program.rules.append(rule)
    notes.rules.append(WrittenRule(name: nameAt, keys: keys))
  }

  /// `fills: TYPE`, or a mapping of `fact`, `which` and `in`.
  private func fillRule(_ ref: NodeRef, rule: String) -> FillRule? {
    guard kind(ref) == .mapping else {
      guard let text = scalar(ref, "fills"), let fact = self.fact(text, at: ref, rule: rule) else {
        return nil
      }
      return FillRule(facts: kinds(ofFact: fact), which: .nearestBefore, scope: .paragraph)
    }
    let keys = fields(ref, of: "`fills`", as: .fills)
    guard let name = keys["fact"] else {
      report("rule.missing-key", "`fills` needs `fact`", at: ref, rule: rule)
      return nil
    }
    guard let text = scalar(name, "fact"), let fact = self.fact(text, at: name, rule: rule) else {
      return nil
    }
    let which =
      choice(keys["which"], "which", ["nearest before", "nearest after", "nearest"]) ?? 0
    let scope = choice(keys["in"], "in", ["sentence", "paragraph", "document"]) ?? 1
    return FillRule(
      facts: kinds(ofFact: fact), which: FillRule.Which.allCases[which],
      scope: [.sentence, .paragraph, .document][scope])
  }

  func pairs(_ ref: NodeRef?, _ what: String) -> [(key: NodeRef, value: NodeRef)] {
    guard let ref else { return [] }
    guard kind(ref) == .mapping else {
      report("rule.wrong-type", "`\(what)` must be a mapping", at: ref)
      return []
    }
    return entries(ref)
  }

  private func readWays(
    _ ref: NodeRef, role name: String, fact: FactType, rule: String, into search: inout RoleSearch
  ) {
    guard search.ways.count < 16 else {
      report("rule.too-many", "a role has at most 16 ways", at: ref, rule: rule)
      return
    }
    if kind(ref) != .mapping {
      for item in listed(ref) where kind(item) == .mapping {
        readWays(item, role: name, fact: fact, rule: rule, into: &search)
      }
      let plain = listed(ref).filter { kind($0) != .mapping }
      guard !plain.isEmpty,
        let pattern = pattern(
          plain.count == 1 ? plain[0] : ref, "role", capture: name, rule: rule)
      else { return }
      search.ways.insert(
        .search(pattern: pattern, side: .after, scope: .sentence, pick: .nearest), at: 0)
      return
    }
    let keys = fields(
      ref, of: "a role",
      as: .role)
    search.unless += texts(keys["unless"], "unless").compactMap {
      role($0.text, of: fact, at: $0.at, rule: rule)
    }
    search.needs += texts(keys["needs"], "needs").compactMap {
      role($0.text, of: fact, at: $0.at, rule: rule)
    }
    let scopes = ["clause", "sentence", "previous sentence", "paragraph", "title", "document"]
    let scope = choice(keys["in"], "in", scopes).map { Scope.allCases[$0] }
    if let same = keys["same"], let text = scalar(same, "same") {
      if let index = role(text, of: fact, at: same, rule: rule) {
        let sharing = texts(keys["sharing"], "sharing").compactMap {
          role($0.text, of: fact, at: $0.at, rule: rule)
        }
        search.ways.append(.same(role: index, scope: scope ?? .paragraph, sharing: sharing))
      }
    } else if let const = keys["const"] {
      if let pieces = template(const, "const") { search.ways.append(.constant(pieces)) }
    } else if let phrase = keys["phrase"] {
      let side = choice(keys["side"], "side", ["after", "before", "both"]) ?? 0
      let pick = choice(keys["pick"], "pick", ["nearest", "first", "fullest", "all"]) ?? 0
      if let pattern = pattern(phrase, "phrase", capture: name, rule: rule) {
        search.ways.append(
          .search(
            pattern: pattern, side: Side.allCases[side], scope: scope ?? .sentence,
            pick: Pick.allCases[pick]))
      }
    } else {
      report(
        "rule.missing-key", "a role needs `phrase`, `same` or `const`", at: ref, rule: rule)
    }
    for item in listed(keys["else"]) {
      readWays(item, role: name, fact: fact, rule: rule, into: &search)
    }
  }

  private func listRule(_ ref: NodeRef, fact: FactType, rule: String) -> ListRule? {
    let keys = fields(ref, of: "`list`", as: .list)
    for key in ["opens_with", "member", "separator"] where keys[key] == nil {
      report("rule.missing-key", "`list` needs `\(key)`", at: ref, rule: rule)
    }
    guard let opens = pattern(keys["opens_with"], "opens_with", rule: rule),
      let member = pattern(keys["member"], "member", anchored: false, rule: rule),
      let separator = pattern(keys["separator"], "separator", rule: rule)
    else { return nil }
    return ListRule(
      opensWith: opens, member: member, separator: separator,
      carry: texts(keys["carry"], "carry").compactMap {
        role($0.text, of: fact, at: $0.at, rule: rule)
      })
  }

  /// Reads the tests of a value, entity or rule.
  func collectTests(_ ref: NodeRef?, owner: String, type: UInt16, factType: Int?) {
    guard let ref else { return }
    for item in listed(ref) {
      guard program.tests.count < CompileLimits.tests else {
        report(
          "rule.too-many", "more than \(CompileLimits.tests) tests", at: item, rule: owner)
        return
      }
      let keys = fields(item, of: "a test", as: .test)
      guard let text = scalar(keys["text"], "text"), let expect = keys["expect"] else {
        report("rule.missing-key", "a test needs `text` and `expect`", at: item, rule: owner)
        continue
      }
      var test = RuleTest(
        owner: owner, isValue: factType == nil, type: type, text: text, published: "", before: "",
        isTodo: keys["todo"] != nil, expectedValues: [], expectedFacts: [],
        file: trees[item.tree].file.label,
        line: line(item))
      if let context = keys["context"] {
        let parts = fields(context, of: "`context`", as: .context)
        test.published = scalar(parts["published"], "published") ?? ""
        test.before = scalar(parts["before"], "before") ?? ""
      }
      for expected in listed(expect) {
        if let factType {
          readExpected(expected, program.facts[factType], owner, into: &test)
        } else if let value = scalar(expected, "expect") {
          test.expectedValues.append(value)
        }
      }
      test.place = expectationPlace(of: item)
      program.tests.append(test)
      notes.tests.append(item)
    }
  }

  private func readExpected(
    _ ref: NodeRef, _ fact: FactType, _ owner: String, into test: inout RuleTest
  ) {
    var expected: [(role: String, value: String)] = []
    for (key, value) in pairs(ref, "expect") {
      guard
        FactType.attributes.contains(text(key))
          || role(text(key), of: fact, at: key, rule: owner) != nil
      else { continue }
      for item in listed(value) {
        if let word = scalar(item, "expect") { expected.append((text(key), word)) }
      }
    }
    test.expectedFacts.append(expected)
  }
}
