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

  /// Lays out who can begin where.
  func finishDispatch() {
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
    var wakingWords: [(key: Int, bit: Int)] = []
    var wakingTypes: [(key: Int, bit: Int)] = []
    var openings = 0
    var result = DispatchDraft()
    let level: (Int) -> Int = { makes ? min(self.levels[$0], 255) : 0 }
    if makes {
      result.makes = [Bool](repeating: false, count: program.types.count)
      for user in users { result.makes[Int(program.productions[user].type)] = true }
    }
    let seated = users.sorted { (level($0), $0) < (level($1), $1) }
    let rowBits = 64 * Dispatch.rowWords(seats: seated.count)
    for (seat, user) in seated.enumerated() {
      result.users.append(UInt16(user))
      result.patterns.append(Int32(pattern(user)))
      result.levels.append(UInt8(level(user)))
      let first = program.patterns[pattern(user)].first
      for word in first.words { byWord.append((Int(word), seat)) }
      let needs = program.patterns[pattern(user)].needs
      result.needs.append(UInt8(needs.count))
      for (row, need) in needs.enumerated() {
        let bit = row * rowBits + seat
        for word in need.words { wakingWords.append((Int(word), bit)) }
        for hole in need.holes {
          for type in holeKinds[hole] { wakingTypes.append((Int(type), bit)) }
        }
      }
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
    result.wakeWordStart = bitParts(wakingWords, count: wordCount, into: &result.wakeParts)
    result.wakeTypeStart = bitParts(
      wakingTypes, count: program.types.count, into: &result.wakeParts)
    return result
  }

  /// Sets of bits by key; returns the `count + 1` bounds of their parts within `parts`.
  private func bitParts(_ pairs: [(key: Int, bit: Int)], count: Int, into parts: inout [BitPart])
    -> [UInt32]
  {
    var sorted = pairs
    sorted.sort { ($0.key, $0.bit) < ($1.key, $1.bit) }
    var starts: [UInt32] = []
    var index = 0
    for key in 0..<count {
      starts.append(UInt32(parts.count))
      while index < sorted.count, sorted[index].key == key {
        let word = Int32(sorted[index].bit >> 6)
        if parts.count == Int(starts[key]) || parts[parts.count - 1].word != word {
          parts.append(BitPart(word: word, bits: 0))
        }
        parts[parts.count - 1].bits |= 1 << UInt64(sorted[index].bit & 63)
        index += 1
      }
    }
    starts.append(UInt32(parts.count))
    return starts
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
