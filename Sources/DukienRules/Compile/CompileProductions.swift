internal import DukienText

extension Compiler {
  /// Reads every value, group and entity.
  func compileProductions() {
    for section in [Section.values, .groups, .entities] {
      for declaration in declared(section) {
        compileProduction(declaration)
      }
    }
    listFamilies()
  }

  private func compileProduction(_ declaration: Declaration) {
    guard let type = type(of: declaration) else { return }
    let what = "`\(declaration.name)`"
    let keys = fields(declaration.body, of: what, as: .production)
    program.types[Int(type)].about = scalar(keys["about"], "about") ?? ""
    if let listed = scalar(keys["lists_as"], "lists_as") {
      program.types[Int(type)].listsAs = name(listed)
    }
    if choice(keys["kind"], "kind", ["date"]) == 0 { program.types[Int(type)].isDate = true }
    program.types[Int(type)].hides = choice(keys["hides"], "hides", ["yes", "no"]) == 0
    for (text, at) in texts(keys["beats"], "beats") {
      if let beaten = findType(text, at: at) { beats.append((type, beaten)) }
    }
    guard let phrase = keys["phrase"] else {
      if program.types[Int(type)].kind == .value || program.types[Int(type)].kind == .entity {
        program.types[Int(type)].kind = .family
      } else {
        report("rule.missing-key", "\(what) has no `phrase`", at: declaration.key)
      }
      return
    }
    guard let pattern = pattern(phrase, "phrase", rule: declaration.name) else { return }
    var production = Production(type: type, pattern: pattern)
    production.guards = guards(keys["unless"], rule: declaration.name)
    production.minimumTokens = integer(keys["min_tokens"], "min_tokens") ?? 1
    if let gives = keys["gives"] {
      guard kind(gives) == .mapping else {
        report("rule.wrong-type", "`gives` must be a mapping", at: gives)
        return
      }
      for (key, value) in entries(gives) {
        guard let text = scalar(value, "gives"), let node = expression(text, at: value) else {
          continue
        }
        production.gives.append(FieldRule(name: name(self.text(key)), expression: node))
      }
    }
    production.shows = template(keys["shows"], "shows") ?? []
    if let key = keys["key"], let text = scalar(key, "key") {
      production.key = expression(text, at: key) ?? -1
    }
    if choice(keys["spans"], "spans", ["sentence", "block"]) == 1 { blockGroups.append(type) }
    if let content = keys["content"] {
      if program.types[Int(type)].kind != .group {
        report(
          "rule.unknown-key", "`content` is a key of groups and zones",
          hint: "to list no mentions, leave out `lists_as`", at: content)
      }
      program.types[Int(type)].isContent = choice(content, "content", ["yes", "no"]) != 1
    }
    program.types[Int(type)].production = program.productions.count
    program.productions.append(production)
    productionPlaces.append(declaration.key)
    references.append(referredTypes(pattern))
    collectTests(keys["tests"], owner: declaration.name, type: type, factType: nil)
  }

  /// Hands `lists_as`, `kind` and the arena down from families to their members.
  private func listFamilies() {
    for index in program.types.indices {
      var at = index
      var root = index
      while at != 0 {
        if program.types[index].listsAs == 0 {
          program.types[index].listsAs = program.types[at].listsAs
        }
        if program.types[at].isDate { program.types[index].isDate = true }
        root = at
        at = Int(program.types[at].parent)
      }
      program.types[index].arena = root
    }
    for index in program.types.indices
    where program.types[index].listsAs != 0 || program.types[index].hides {
      program.types[index].arena = 0
    }
  }

  /// The most levels of values, or entities, that are made from one another.
  private static let mostLevels = 48

  /// Sorts values and entities into levels and ranks types by `beats`, then file order.
  func orderProductions() {
    levels = [Int](repeating: 0, count: program.productions.count)
    var parts = [[Int]](repeating: [], count: program.productions.count)
    for index in program.productions.indices { parts[index] = ownParts(of: index) }
    visit(parts) { production, _ in
      let level = 1 + (parts[production].map { self.levels[$0] }.max() ?? -1)
      if level == Self.mostLevels {
        self.report(
          "rule.depth", "`\(self.productionName(production))` is made on level \(level + 1)",
          hint: "at most \(Self.mostLevels) levels", at: self.productionPlaces[production])
      }
      self.levels[production] = level
    } cycle: { circle in
      let chain = circle.map { self.productionName($0) }
      self.report(
        "rule.cycle", "`\(chain[0])` is made from itself: \(self.chain(chain))",
        at: self.productionPlaces[circle[0]])
    }
    orderByGuards(parts)
    rankTypes()
  }

  /// The most steps that are spent on which productions may come before which.
  private static let mostOrderSteps = 2_000_000

  /// Makes the levels such that what the guards of a production look at is made before it, where
  /// that does not itself need the production.
  ///
  /// - Complexity: O(guards × parts), at most `mostOrderSteps`; what is left then keeps its level.
  private func orderByGuards(_ parts: [[Int]]) {
    guard errorCount == 0 else { return }
    var needs = parts
    var steps = 0
    for production in program.productions.indices {
      for guarded in guardParts(of: production) where !needs[production].contains(guarded) {
        guard !reaches(guarded, production, needs, &steps) else { continue }
        guard steps < Self.mostOrderSteps else { return }
        needs[production].append(guarded)
      }
    }
    var ordered = levels
    visit(needs) { production, _ in
      ordered[production] = 1 + (needs[production].map { ordered[$0] }.max() ?? -1)
    } cycle: { _ in
    }
    if ordered.max() ?? 0 < 255 { levels = ordered }
  }

  /// The productions of the same stage that the guards of a production look at.
  private func guardParts(of production: Int) -> [Int] {
    let own = program.productions[production]
    let kind = program.types[Int(own.type)].kind
    var parts: [Int] = []
    for pattern in [own.guards.before, own.guards.after, own.guards.inside] where pattern >= 0 {
      for type in referredTypes(pattern) where program.types[Int(type)].kind == kind {
        let other = program.types[Int(type)].production
        if other >= 0, other != production, !parts.contains(other) { parts.append(other) }
      }
    }
    return parts
  }

  /// True where `from` is made from `to`, or looks at it, through any number of others.
  private func reaches(_ from: Int, _ to: Int, _ needs: [[Int]], _ steps: inout Int) -> Bool {
    var open = [from]
    var seen: Set<Int> = [from]
    while let at = open.popLast() {
      if at == to { return true }
      steps += 1 + needs[at].count
      guard steps < Self.mostOrderSteps else { return true }
      for next in needs[at] where seen.insert(next).inserted { open.append(next) }
    }
    return false
  }

  /// The productions of the same stage that a production is made from; reports later stages.
  private func ownParts(of production: Int) -> [Int] {
    let own = program.types[Int(program.productions[production].type)].kind
    var parts: [Int] = []
    for type in references[production] {
      let other = program.types[Int(type)]
      guard other.production >= 0 else { continue }
      if other.kind == own {
        parts.append(other.production)
      } else if other.kind.stage > own.stage {
        report(
          "rule.stage", "`\(program.names[Int(other.name)])` is made in a later stage",
          hint: "values come first, then groups, then entities", at: productionPlaces[production])
      }
    }
    return parts
  }

  private func productionName(_ production: Int) -> String {
    program.names[Int(program.types[Int(program.productions[production].type)].name)]
  }

  private func rankTypes() {
    var winners = [[Int]](repeating: [], count: program.types.count)
    for (winner, loser) in beats { winners[Int(loser)].append(Int(winner)) }
    visit(winners) { type, order in
      self.program.types[type].rank = order
    } cycle: { circle in
      let production = self.program.types[circle[0]].production
      guard production >= 0 else { return }
      self.report(
        "rule.cycle", "`\(self.productionName(production))` beats itself in a circle",
        at: self.productionPlaces[production])
    }
  }

  /// Visits every node after all that it needs, in the order given; `cycle` gets each circle
  /// found, from a node back to itself.
  ///
  /// - Complexity: linear in the nodes and their needs, but for the circles.
  private func visit(
    _ needs: [[Int]], done: (_ node: Int, _ order: Int) -> Void, cycle: (_ circle: [Int]) -> Void
  ) {
    enum Mark { case new, open, done }
    var circles = 0
    var marks = [Mark](repeating: .new, count: needs.count)
    var order = 0
    for root in needs.indices where marks[root] == .new {
      var path = [(node: root, next: 0)]
      marks[root] = .open
      while let (node, next) = path.last {
        guard next < needs[node].count else {
          marks[node] = .done
          done(node, order)
          order += 1
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let needed = needs[node][next]
        switch marks[needed] {
        case .new:
          marks[needed] = .open
          path.append((needed, 0))
        case .open:
          circles += 1
          guard circles <= CompileLimits.circles else { continue }
          let begin = path.firstIndex { $0.node == needed } ?? 0
          cycle(path[begin...].map { $0.node } + [needed])
        case .done: break
        }
      }
    }
  }

  /// Lays out who can begin where, once all holes are known.
  func finishDispatch() {
    program.stopHole = builtInHole("stop")
    program.abbreviationHole = abbreviations.isEmpty ? -1 : hole(abbreviations)
    finishHoles()
    var values: [Int] = []
    var entities: [Int] = []
    var block: [Int] = []
    var sentence: [Int] = []
    for (index, production) in program.productions.enumerated() {
      switch program.types[Int(production.type)].kind {
      case .value: values.append(index)
      case .entity: entities.append(index)
      case .group where blockGroups.contains(production.type): block.append(index)
      default: sentence.append(index)
      }
    }
    let pattern: (Int) -> Int = { self.program.productions[$0].pattern }
    program.values = dispatch(values, makes: true, pattern)
    program.entities = dispatch(entities, makes: true, pattern)
    program.blockGroups = dispatch(block, makes: true, pattern)
    program.groups = dispatch(sentence, makes: true, pattern)
    program.ruleDispatch = dispatch(Array(program.rules.indices)) { self.program.rules[$0].trigger }
    program.assertionDispatch = dispatch(Array(program.assertions.indices)) {
      self.program.assertions[$0].cues
    }
  }

  /// Seats productions, which make edges, or rules and assertions, which make none.
  private func dispatch(_ users: [Int], makes: Bool = false, _ pattern: (Int) -> Int)
    -> DispatchDraft
  {
    var byWord: [(key: Int, seat: Int)] = []
    var wakingWords: [(key: Int, seat: Int)] = []
    var wakingTypes: [(key: Int, seat: Int)] = []
    var openings = 0
    var result = DispatchDraft()
    let level: (Int) -> Int = { makes ? min(self.levels[$0], 255) : 0 }
    if makes {
      result.makes = [Bool](repeating: false, count: program.types.count)
      for user in users { result.makes[Int(program.productions[user].type)] = true }
    }
    let seated = users.sorted { (level($0), $0) < (level($1), $1) }
    for (seat, user) in seated.enumerated() {
      result.users.append(UInt16(user))
      result.patterns.append(Int32(pattern(user)))
      result.levels.append(UInt8(level(user)))
      let first = program.patterns[pattern(user)].first
      for word in first.words { byWord.append((Int(word), seat)) }
      let wakes = program.patterns[pattern(user)].wakes
      for word in wakes.words { wakingWords.append((Int(word), seat)) }
      for hole in wakes.holes {
        for type in holeKinds[hole] { wakingTypes.append((Int(type), seat)) }
      }
      if wakes.words.isEmpty, wakes.holes.isEmpty { result.always.append(UInt16(seat)) }
      for hole in first.holes { openings += holeKinds[hole].count }
      if openings + wakingTypes.count > CompileLimits.openings {
        if let place = notes.patterns[pattern(user)]?.phrases.first?.at {
          report(
            "rule.too-many", "patterns may begin with too many kinds of values",
            hint: "begin with a narrower type", at: place)
        }
        break
      }
      for tokenClass in first.classes { result.classSeats.append((tokenClass, UInt16(seat))) }
    }
    result.wordStart = bucket(byWord, count: words.vocabulary.count + 1, into: &result.seats)
    let wordCount = words.vocabulary.count + 1
    result.wakeWordStart = bucket(wakingWords, count: wordCount, into: &result.seats)
    result.wakeTypeStart = bucket(
      wakingTypes, count: program.types.count, into: &result.seats)
    return result
  }

  /// Counting sort of `pairs` by key; returns the `count + 1` bucket bounds within `seats`.
  private func bucket(_ pairs: [(key: Int, seat: Int)], count: Int, into seats: inout [UInt16])
    -> [UInt32]
  {
    var sorted = pairs
    sorted.sort { $0.key != $1.key ? $0.key < $1.key : $0.seat < $1.seat }
    var starts: [UInt32] = []
    var index = 0
    for key in 0..<count {
      starts.append(UInt32(seats.count))
      var last = -1
      while index < sorted.count, sorted[index].key == key {
        if sorted[index].seat != last { seats.append(UInt16(sorted[index].seat)) }
        last = sorted[index].seat
        index += 1
      }
    }
    starts.append(UInt32(seats.count))
    return starts
  }
}

extension TypeInfo.Kind {
  /// Order of the stages: values, groups, entities.
  var stage: Int {
    switch self {
    case .group: 1
    case .entity: 2
    default: 0
    }
  }
}
