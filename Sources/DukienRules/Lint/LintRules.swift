internal import DukienText

extension Compiler {
  /// A key of its own keeps facts apart; without one `keep` has nothing to choose from.
  func lintFacts() {
    for declaration in declared(.facts) {
      guard let index = factTable[declaration.name, in: declaration.set],
        program.facts[index].identity.isEmpty
      else {
        continue
      }
      for (key, value) in entries(declaration.body)
      where text(key) == "keep" && text(value) != "all" {
        report(
          "fact.keep", "`keep` has no effect without `identity`",
          hint: "add `identity: [ROLE, …]`, the roles by which two facts are one",
          severity: .warning, at: value)
      }
    }
  }

  /// Expressions, constants and captures of rules, and roles that nothing can fill.
  func lintRules(_ fields: inout FieldTable) {
    let fillable = fillableRoles()
    for (index, rule) in program.rules.enumerated() where index < notes.rules.count {
      let trigger = fields.captures(of: rule.trigger)
      var all = trigger
      if let list = rule.list {
        let kept = fields.captures(of: list.member)
        for name in kept.keys.sorted() {
          if let kinds = kept[name] { all[name, default: FieldKinds()].formUnion(kinds) }
        }
      }
      for given in rule.gives { lint(expression: given.expression, all, &fields) }
      for set in rule.sets {
        lint(template: set.pieces, all, &fields)
        lintConstant(set.pieces, role: set.role, rule, in: notes.rules[index].keys["set"])
      }
      for search in rule.searches {
        for case .constant(let pieces) in search.ways {
          lint(template: pieces, trigger, &fields)
          lintConstant(pieces, role: search.role, rule, in: notes.rules[index].keys["roles"])
        }
      }
      lintUnusedCaptures(rule)
      lintNeeds(rule, notes.rules[index], fillable[index])
    }
  }

  // MARK: Constants

  /// A constant of a role with a closed list must be on it.
  private func lintConstant(
    _ pieces: [TemplatePiece], role: Int, _ rule: Rule, in ref: NodeRef?
  ) {
    let info = program.facts[rule.emits].roles[role]
    guard case .oneOf(let allowed, open: false) = info.kind, let ref else { return }
    var bytes: [UInt8] = []
    for piece in pieces {
      guard case .literal(let literal) = piece else { return }
      bytes += literal
    }
    let word = String(decoding: bytes, as: UTF8.self)
    let known = allowed.map { String(decoding: program.symbols.text($0), as: UTF8.self) }
    guard !known.contains(word) else { return }
    let roleName = program.names[Int(info.name)]
    let value = entries(ref).first { text($0.key) == roleName }?.value ?? ref
    notOneOf(word, roleName, known, at: find(word, below: value) ?? value, rule: rule.name)
  }

  private func notOneOf(
    _ word: String, _ role: String, _ known: [String], at ref: NodeRef, rule: String = ""
  ) {
    report(
      "rule.one-of", "`\(role)` cannot be `\(shortened(word))`",
      hint: remedy(for: word, among: known, else: "one of: \(known.joined(separator: ", "))"),
      at: ref, rule: rule)
  }

  /// The first scalar with a text at or below a node.
  private func find(_ word: String, below ref: NodeRef) -> NodeRef? {
    switch kind(ref) {
    case .scalar: return text(ref) == word ? ref : nil
    case .sequence:
      for item in items(ref) { if let found = find(word, below: item) { return found } }
    case .mapping:
      for (_, value) in entries(ref) { if let found = find(word, below: value) { return found } }
    case .null: break
    }
    return nil
  }

  /// Assertions set roles to words that those may have.
  func lintAssertions() {
    for declaration in declared(.assertions) where kind(declaration.body) == .mapping {
      let keys = entries(declaration.body)
      guard let sets = keys.first(where: { text($0.key) == "sets" })?.value else { continue }
      let facts = listed(keys.first { text($0.key) == "for" }?.value).compactMap { name -> Int? in
        guard case .found(let fact) = scopes.find(text(name), in: factTable, from: set(of: name))
        else { return nil }
        return fact
      }
      for (key, value) in entries(sets) where kind(value) == .scalar {
        for fact in facts {
          let role = program.facts[fact].roles.first { program.names[Int($0.name)] == text(key) }
          guard let role, case .oneOf(let allowed, open: false) = role.kind else { continue }
          let known = allowed.map { String(decoding: program.symbols.text($0), as: UTF8.self) }
          if !known.contains(text(value)) {
            notOneOf(text(value), text(key), known, at: value)
            break
          }
        }
      }
    }
  }

  // MARK: Roles that nothing fills

  /// Of each rule the roles that something in it can fill.
  func fillableRoles() -> [[Bool]] {
    var found: [[Bool]] = []
    var ofFact = program.facts.map { [Bool](repeating: false, count: $0.roles.count) }
    for rule in program.rules {
      let own = ownRoles(rule)
      for role in own.indices where own[role] { ofFact[rule.emits][role] = true }
      found.append(own)
    }
    // A role that is taken over from the fact before it must come from somewhere.
    for index in program.rules.indices {
      for search in program.rules[index].searches {
        for case .same(let role, _, _) in search.ways where ofFact[program.rules[index].emits][role]
        {
          found[index][search.role] = true
        }
      }
    }
    return found
  }

  private func ownRoles(_ rule: Rule) -> [Bool] {
    let roles = program.facts[rule.emits].roles
    var filled = [Bool](repeating: false, count: roles.count)
    func fill(from pattern: Int) {
      for (role, info) in roles.enumerated()
      where program.patterns[pattern].slots.contains(info.name) {
        filled[role] = true
      }
    }
    fill(from: rule.trigger)
    if let list = rule.list { fill(from: list.member) }
    for set in rule.sets { filled[set.role] = true }
    for given in rule.gives { filled[given.role] = true }
    for search in rule.searches {
      for way in search.ways {
        switch way {
        case .search(let pattern, _, _, _):
          filled[search.role] = true
          fill(from: pattern)
        case .constant: filled[search.role] = true
        case .same: break
        }
      }
    }
    return filled
  }

  private func lintNeeds(_ rule: Rule, _ written: WrittenRule, _ filled: [Bool]) {
    let fact = program.facts[rule.emits]
    var reported: Set<Int> = []
    for item in listed(written.keys["needs"]) {
      let name = text(item)
      guard let role = fact.roles.firstIndex(where: { program.names[Int($0.name)] == name }),
        !filled[role]
      else { continue }
      reported.insert(role)
      report(
        "rule.never-filled", "nothing in rule `\(rule.name)` can fill the role `\(name)` it needs",
        hint: "keep something as `<\(name):…>`, or add it under `roles`", at: item,
        rule: rule.name)
    }
    // A rule that fills adds to a fact that has what its type requires.
    guard rule.fills == nil else { return }
    for group in fact.required
    where !group.isEmpty && !group.contains(where: { filled[$0] || reported.contains($0) }) {
      let names = group.map { "`\(program.names[Int(fact.roles[$0].name)])`" }
      report(
        "rule.never-filled",
        "rule `\(rule.name)` finds no `\(program.names[Int(fact.name)])`: nothing in it can fill "
          + "the required \(names.joined(separator: " or "))",
        hint: "keep something under that name, or add it under `roles`, `gives` or `set`",
        at: written.keys["emits"] ?? written.name, rule: rule.name)
    }
  }

  // MARK: Captures that nothing uses

  private func lintUnusedCaptures(_ rule: Rule) {
    let roles = program.facts[rule.emits].roles.map { program.names[Int($0.name)] }
    var named = Set(roles)
    for given in rule.gives { addRoots(of: given.expression, to: &named) }
    for set in rule.sets { addRoots(of: set.pieces, to: &named) }
    for search in rule.searches {
      for case .constant(let pieces) in search.ways { addRoots(of: pieces, to: &named) }
    }
    lintUnusedCaptures(rule.trigger, used: named, rule.name)
    if let list = rule.list { lintUnusedCaptures(list.member, used: named, rule.name) }
    for search in rule.searches {
      for case .search(let pattern, _, _, _) in search.ways {
        lintUnusedCaptures(pattern, used: Set(roles), rule.name)
      }
    }
  }

  private func addRoots(of pieces: [TemplatePiece], to names: inout Set<String>) {
    for case .expression(let node) in pieces { addRoots(of: node, to: &names) }
  }

  private func addRoots(of expression: Int, to names: inout Set<String>) {
    notes.expressions[expression]?.syntax.forEachRoot { names.insert($0) }
  }

  private func lintUnusedCaptures(_ pattern: Int, used: Set<String>, _ rule: String) {
    guard let written = notes.patterns[pattern], lesserCount < CompileLimits.problems else {
      return
    }
    var seen: Set<String> = []
    for phrase in written.phrases {
      var names: [String] = []
      func note(_ name: String) {
        if !name.isEmpty, !used.contains(name), seen.insert(name).inserted { names.append(name) }
      }
      phrase.syntax.forEachWritten { part in
        switch part {
        case .hole(let hole): note(hole.capture)
        case .capture(let name, _), .run(_, let name): note(name)
        case .gap(_, let name):
          // A gap with a name takes at least one token, which is a use of the name.
          if !name.isEmpty, !used.contains(name), !seen.contains(name),
            DukienRules.nearest(name, among: used.sorted()) != nil
          {
            seen.insert(name)
            names.append(name)
          }
        default: break
        }
      }
      for name in names {
        report(
          "pattern.unused-capture", "nothing uses what is kept as `\(name)`",
          hint: remedy(for: name, among: used.sorted(), else: "remove the name"),
          severity: .warning, at: phrase.at, offset: captureOffset(name, in: text(phrase.at)),
          rule: rule)
      }
    }
  }

  /// Where a capture's name stands in a pattern.
  private func captureOffset(_ name: String, in text: String) -> Int {
    let bytes = Array(text.utf8)
    let wanted = Array(name.utf8)
    for open in bytes.indices where bytes[open] == UInt8(ascii: "<") {
      var at = open + 1
      while at < bytes.count, bytes[at] == 0x20 { at += 1 }
      guard bytes[at...].starts(with: wanted) else { continue }
      let begin = at
      at += wanted.count
      while at < bytes.count, bytes[at] == 0x20 { at += 1 }
      if at < bytes.count, bytes[at] == UInt8(ascii: ":") || bytes[at] == UInt8(ascii: "=") {
        return begin
      }
    }
    return 0
  }
}

extension ExpressionSyntax {
  /// Calls `body` with the first name of every path.
  func forEachRoot(_ body: (String) -> Void) {
    switch self {
    case .path(let path, _): body(path[0])
    case .member(let inner, _, _): inner.forEachRoot(body)
    case .call(_, let arguments): for argument in arguments { argument.forEachRoot(body) }
    case .multiply(let a, let b), .add(let a, let b), .subtract(let a, let b):
      a.forEachRoot(body)
      b.forEachRoot(body)
    case .number, .symbol: break
    }
  }
}
