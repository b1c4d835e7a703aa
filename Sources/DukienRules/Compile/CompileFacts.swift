extension Compiler {
  /// Reads every fact type.
  func compileFacts() {
    for declaration in declared(.facts) {
      let keys = fields(
        declaration.body, of: "`\(declaration.name)`",
        allowed: ["about", "roles", "required", "identity", "keep", "speaker"])
      var fact = FactType(name: name(declaration.name))
      fact.about = scalar(keys["about"], "about") ?? ""
      if let roles = keys["roles"], kind(roles) == .mapping {
        for (key, value) in entries(roles) { addRole(text(key), value, to: &fact) }
      }
      if fact.roles.isEmpty {
        report("rule.missing-key", "`\(declaration.name)` has no roles", at: declaration.key)
      }
      for item in listed(keys["required"]) {
        fact.required.append(
          texts(item, "required").compactMap { role($0.text, of: fact, at: $0.at) })
      }
      readIdentity(keys["identity"], into: &fact)
      if let speaker = keys["speaker"], let text = scalar(speaker, "speaker") {
        fact.speaker = role(text, of: fact, at: speaker) ?? -1
      }
      switch choice(keys["keep"], "keep", ["most_complete", "first", "merge", "all"]) {
      case 1: fact.keep = .first
      case 2: fact.keep = .merge
      case 3: fact.keep = .all
      default: fact.keep = .mostComplete
      }
      factIndex[declaration.name] = program.facts.count
      program.facts.append(fact)
    }
  }

  /// One key, or a list of keys that are alternatives.
  private func readIdentity(_ ref: NodeRef?, into fact: inout FactType) {
    let whole = listed(ref)
    fact.hasAlternativeKeys = whole.contains { kind($0) == .sequence }
    let keys = fact.hasAlternativeKeys ? whole : ref.map { [$0] } ?? []
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
      let keys = fields(kindNode, of: "a role", allowed: ["one_of"])
      let words = texts(keys["one_of"], "one_of").map { $0.text }
      info.kind = .oneOf(words.map { name($0) })
      info.kindText = "one of " + words.joined(separator: ", ")
    } else if let word = scalar(kindNode, "kind") {
      info.kindText = word
      switch word {
      case "text": info.kind = .text
      case "flag": info.kind = .flag
      default:
        guard let hole = hole(word) else {
          unknownType(word, at: kindNode)
          return
        }
        info.kind = .typed(hole)
      }
    }
    fact.roles.append(info)
  }

  /// Index of a role by name; `nil` with a report.
  func role(_ text: String, of fact: FactType, at ref: NodeRef, rule: String = "") -> Int? {
    if let index = fact.roles.firstIndex(where: { program.names[Int($0.name)] == text }) {
      return index
    }
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
    if let index = factIndex[text] { return index }
    let known = program.facts.map { program.names[Int($0.name)] }
    let near = nearest(text, among: known)
    report(
      "rule.unknown-fact", "unknown type of fact `\(text)`",
      hint: near.map { "did you mean `\($0)`?" } ?? "", at: ref, rule: rule)
    return nil
  }

  private static let mostRules = 20_000

  private static let ruleKeys = [
    "rule", "about", "emits", "phrase", "trigger", "unless", "outside", "set", "gives", "roles",
    "list",
    "needs", "tests",
  ]

  /// Reads every rule.
  func compileRules() {
    var seen: [String: NodeRef] = [:]
    for declaration in declared(.rules) {
      let keys = fields(declaration.body, of: "a rule", allowed: Self.ruleKeys)
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
      if let first = seen[id] {
        report(
          "rule.duplicate", "rule `\(id)` is declared twice",
          hint: "first declared at \(place(first))",
          at: nameAt, rule: id)
        continue
      }
      seen[id] = nameAt
      compileRule(id, keys, at: nameAt, set: declaration.set)
    }
  }

  private func compileRule(_ id: String, _ keys: [String: NodeRef], at nameAt: NodeRef, set: Int) {
    guard let emits = keys["emits"], let factName = scalar(emits, "emits") else {
      report(
        "rule.missing-key", "rule `\(id)` says no type of fact", hint: "add `emits: TYPE`",
        at: nameAt, rule: id)
      return
    }
    guard let factType = fact(factName, at: emits, rule: id) else { return }
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
    rule.guards = guards(keys["unless"], rule: id)
    for (text, at) in texts(keys["outside"], "outside") {
      if let hole = hole(text) { rule.outside.append(hole) } else { unknownType(text, at: at) }
    }
    rule.needs = texts(keys["needs"], "needs").compactMap {
      role($0.text, of: fact, at: $0.at, rule: id)
    }
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
      var search = RoleSearch(role: index, unless: [], ways: [])
      readWays(value, role: text(key), fact: fact, rule: id, into: &search)
      rule.searches.append(search)
    }
    if let list = keys["list"] { rule.list = listRule(list, fact: fact, rule: id) }
    collectTests(keys["tests"], owner: id, type: fact.name, factType: factType)
    program.sets[set].rules += 1
    program.rules.append(rule)
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
      allowed: ["phrase", "side", "in", "pick", "else", "same", "const", "unless"])
    search.unless += texts(keys["unless"], "unless").compactMap {
      role($0.text, of: fact, at: $0.at, rule: rule)
    }
    let scopes = ["clause", "sentence", "previous sentence", "paragraph", "title", "document"]
    let scope = choice(keys["in"], "in", scopes).map { Scope.allCases[$0] }
    if let same = keys["same"], let text = scalar(same, "same") {
      if let index = role(text, of: fact, at: same, rule: rule) {
        search.ways.append(.same(role: index, scope: scope ?? .paragraph))
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
    let keys = fields(ref, of: "`list`", allowed: ["opens_with", "member", "separator", "carry"])
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
      let keys = fields(item, of: "a test", allowed: ["text", "context", "expect", "todo"])
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
        let parts = fields(context, of: "`context`", allowed: ["published", "before"])
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
    }
  }

  private func readExpected(
    _ ref: NodeRef, _ fact: FactType, _ owner: String, into test: inout RuleTest
  ) {
    var expected: [(role: String, value: String)] = []
    for (key, value) in pairs(ref, "expect") {
      guard let index = role(text(key), of: fact, at: key, rule: owner) else { continue }
      for item in listed(value) {
        if let word = scalar(item, "expect") {
          expected.append((program.names[Int(fact.roles[index].name)], word))
        }
      }
    }
    test.expectedFacts.append(expected)
  }
}
