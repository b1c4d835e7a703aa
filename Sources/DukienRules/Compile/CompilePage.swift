internal import DukienText

/// Zones, article fields, resolve, links and assertions.
extension Compiler {
  /// Names of the bits of `BlockFeatures`, lowest first.
  private static let featureNames = [
    "list_mark", "opens_with_pipe", "closes_with_pipe", "image_residue", "contains_url",
    "ends_sentence", "blank_before", "blank_after", "indented",
  ]

  /// Reads zone rules in order.
  func compileZones() {
    for declaration in declared(.zones) {
      let keys = fields(
        declaration.body, of: "a zone",
        as: .zone)
      guard kind(declaration.body) == .mapping else { continue }
      guard let labelAt = keys["zone"], let label = scalar(labelAt, "zone") else {
        report(
          "rule.missing-key", "a zone needs a label", hint: "begin with `zone: LABEL`",
          at: declaration.body)
        continue
      }
      let index = name(label)
      while program.contentLabels.count <= Int(index) { program.contentLabels.append(false) }
      if choice(keys["content"], "content", ["yes", "no"]) == 0 {
        program.contentLabels[Int(index)] = true
      }
      while program.bodyLabels.count <= Int(index) { program.bodyLabels.append(.none) }
      switch choice(keys["body"], "body", ["yes", "no", "heading"]) {
      case 0: program.bodyLabels[Int(index)] = .text
      case 2: program.bodyLabels[Int(index)] = .heading
      default: break
      }
      for item in listed(keys["when"]) {
        var rule = ZoneRule(
          label: index, reason: name(reason(item, set: declaration.set)), conditions: [],
          holdsOn: choice(keys["holds_on"], "holds_on", ["yes", "no"]) == 0,
          interrupts: choice(keys["interrupts"], "interrupts", ["yes", "no"]) == 0)
        guard program.zones.count < CompileLimits.zoneRules else {
          report(
            "rule.too-many", "more than \(CompileLimits.zoneRules) conditions of zones", at: item)
          return
        }
        rule.conditions = conditions(item)
        program.zones.append(rule)
      }
    }
  }

  /// `set/file.yaml:line`, wherever the set was loaded from.
  private func reason(_ ref: NodeRef, set: Int) -> String {
    let file = SetCollector.lastComponent(trees[ref.tree].file.label)
    return "\(program.sets[set].name)/\(file):\(line(ref))"
  }

  private func conditions(_ ref: NodeRef) -> [ZoneCondition] {
    let keys = fields(ref, of: "`when`", as: .condition)
    var found: [ZoneCondition] = []
    for (key, value) in pairs(kind(ref) == .mapping ? ref : nil, "when") {
      let word = text(key)
      guard keys[word] != nil, let test = condition(word, value) else { continue }
      found.append(ZoneCondition(test: test))
    }
    return found
  }

  private func condition(_ word: String, _ value: NodeRef) -> ZoneCondition.Test? {
    switch word {
    case "starts_with": return pattern(value, word).map { .startsWith($0) }
    case "ends_with": return pattern(value, word).map { .endsWith($0) }
    case "contains": return pattern(value, word).map { .contains($0) }
    case "every": return pattern(value, word).map { .every($0) }
    case "only": return pattern(value, word, anchored: false).map { .only($0) }
    case "words": return range(value, word).map { .words($0) }
    case "prose": return choice(value, word, ["yes", "no"]).map { .prose($0 == 0) }
    case "position":
      let words = [
        "first", "last", "before first paragraph", "after first paragraph", "after last paragraph",
      ]
      return choice(value, word, words).map { .position(ZoneCondition.Position.allCases[$0]) }
    case "after": return .after(texts(value, word).map { name($0.text) })
    case "seen": return .seen(texts(value, word).map { name($0.text) }, true)
    case "not_seen": return .seen(texts(value, word).map { name($0.text) }, false)
    case "next_prose": return integer(value, word).map { .nextProse(within: $0) }
    case "repeats": return scalar(value, word).map { .repeats(name($0)) }
    case "same_as": return choice(value, word, ["next", "previous"]).map { .sameAs(1 - 2 * $0) }
    case "stands_in":
      return .standsIn(sources(value, word).compactMap { $0.told < 0 ? nil : $0.told })
    case "format":
      return choice(value, word, ["html", "text"]).map {
        $0 == 0
          ? .page(wanted: BlockFeatures.html.rawValue, unwanted: 0)
          : .page(wanted: 0, unwanted: BlockFeatures.html.rawValue)
      }
    case "hidden":
      program.asksHidden = true
      let html = BlockFeatures.html.rawValue
      let hidden = BlockFeatures.hidden.rawValue
      return choice(value, word, ["yes", "no"]).map {
        $0 == 0
          ? .page(wanted: html | hidden, unwanted: 0) : .page(wanted: html, unwanted: hidden)
      }
    case "root":
      let places: [BlockFeatures] = [.insideRoot, .beforeRoot, .afterRoot]
      return choice(value, word, ["inside", "before", "after"]).map {
        .page(wanted: places[$0].rawValue, unwanted: 0)
      }
    case "tag": return .tag(tagMarks(value, word))
    case "class": return .own(groupMarks(value, word))
    case "itemprop": return .own(propertyMarks(value, word))
    case "inside": return .around(tagMarks(value, word))
    case "inside_class": return .around(groupMarks(value, word))
    case "links", "bold", "chars", "commas", "heading":
      let measures: [String: BlockMeasure] = [
        "links": .links, "bold": .bold, "chars": .characters, "commas": .commas,
        "heading": .heading,
      ]
      guard let measure = measures[word] else { return nil }
      return range(value, word).map { .measure(measure, $0) }
    case "next" where kind(value) == .scalar:
      return choice(value, word, Self.featureNames).map {
        .next([ZoneCondition(test: .feature(1 << UInt32($0), true))])
      }
    case "next": return .next(conditions(value))
    case "previous": return .previous(conditions(value))
    case "not": return .not(conditions(value))
    default:
      guard let feature = Self.featureNames.firstIndex(of: word) else { return nil }
      return choice(value, word, ["yes", "no"]).map { .feature(1 << UInt32(feature), $0 == 0) }
    }
  }

  /// Reads where an incomplete date takes its year from.
  func compileResolve() {
    for declaration in declared(.resolve) {
      let keys = fields(declaration.body, of: "`resolve`", as: .resolve)
      program.resolve.latest = typeHole(keys["latest"], "latest")
      program.resolve.unless = typeHole(keys["unless"], "unless")
      program.resolve.compared.before = pattern(keys["compared"], "compared") ?? -1
    }
  }

  private func typeHole(_ ref: NodeRef?, _ what: String) -> Int {
    guard let ref, let name = scalar(ref, what) else { return -1 }
    return findHole(name, at: ref) ?? -1
  }

  /// Reads links from short mentions to full ones.
  func compileLinks() {
    for declaration in declared(.links) {
      let keys = fields(
        declaration.body, of: "a link",
        as: .link)
      guard kind(declaration.body) == .mapping else { continue }
      let from = typeHole(keys["from"], "from")
      let to = typeHole(keys["to"], "to")
      guard from >= 0, to >= 0 else {
        if keys["from"] == nil || keys["to"] == nil {
          report("rule.missing-key", "a link needs `from` and `to`", at: declaration.body)
        }
        continue
      }
      var rule = LinkRule(from: from, to: to, equal: [], pick: .nearestBefore)
      if choice(keys["pick"], "pick", ["nearest before", "fullest"]) == 1 { rule.pick = .fullest }
      let look = choice(keys["look"], "look", ["document", "paragraph"]) ?? 0
      rule.look = look == 1 ? .paragraph : .document
      rule.dropsUnlinked = choice(keys["unlinked"], "unlinked", ["keep", "drop"]) == 1
      for (text, at) in texts(keys["when"], "when") {
        guard let equals = text.utf8.firstIndex(of: UInt8(ascii: "=")) else {
          report("link.equality", "a condition is an equality `from.a = to.b`", at: at)
          continue
        }
        let left = String(text[..<equals])
        let right = String(text[text.index(after: equals)...])
        guard let a = side(left, of: "from", at: at, offset: 0),
          let b = side(right, of: "to", at: at, offset: left.utf8.count + 1)
        else { continue }
        rule.equal.append((a, b))
      }
      program.links.append(rule)
    }
  }

  /// One side of an equality, an expression over the fields of `root`.
  private func side(_ text: String, of root: String, at ref: NodeRef, offset: Int) -> Int? {
    do {
      let syntax = try ExpressionSyntax.parse(text).rooted(at: root)
      let index = layOut(syntax)
      note(expression: index, syntax, at: ref, offset: offset)
      return index
    } catch {
      report(error.code, error.message, hint: error.hint, at: ref, offset: error.at + offset)
      return nil
    }
  }

  /// Reads the words that say how a fact is meant.
  func compileAssertions() {
    for declaration in declared(.assertions) {
      let keys = fields(
        declaration.body, of: "`\(declaration.name)`",
        as: .assertion)
      let cues = keys["cues"].flatMap { pattern($0, "cues") }
      guard let cues else {
        if keys["cues"] == nil {
          report("rule.missing-key", "an assertion needs `cues`", at: declaration.key)
        }
        continue
      }
      let place = place(keys["where"])
      for (key, value) in pairs(keys["sets"], "sets") {
        guard let word = scalar(value, "sets") else { continue }
        var rule = AssertionRule(
          cues: cues, place: place, facts: [], roles: [], value: symbol(word))
        for (factName, at) in texts(keys["for"], "for") {
          guard let base = fact(factName, at: at) else { continue }
          for fact in kinds(ofFact: base) {
            rule.facts.append(fact)
            rule.roles.append(
              text(key) == "polarity" ? -1 : role(text(key), of: program.facts[fact], at: key) ?? -1
            )
          }
        }
        guard program.assertions.count < CompileLimits.assertions else {
          report(
            "rule.too-many", "more than \(CompileLimits.assertions) assertions", at: key)
          return
        }
        program.assertions.append(rule)
      }
    }
  }

  /// `inside fact`, `same sentence`, `same clause before`, `up to N tokens before` or `after`.
  private func place(_ ref: NodeRef?) -> AssertionRule.Place {
    guard let ref, let text = scalar(ref, "where") else { return .insideFact }
    switch text {
    case "inside fact": return .insideFact
    case "same sentence": return .sameSentence
    case "same clause before": return .clauseBefore
    default: break
    }
    let words = text.utf8.split(separator: 0x20).map { String(decoding: Array($0), as: UTF8.self) }
    if words.count == 5, words[0] == "up", words[1] == "to", words[3] == "tokens",
      let count = Decimal(parsing: words[2])?.integer, (1...256).contains(count),
      words[4] == "before" || words[4] == "after"
    {
      return words[4] == "before" ? .before(Int(count)) : .after(Int(count))
    }
    report(
      "rule.unknown-word", "`where` cannot be `\(text)`",
      hint:
        "one of: inside fact, same sentence, same clause before, up to 8 tokens before, up to 8 "
        + "tokens after", at: ref)
    return .insideFact
  }

  /// Reads what makes two facts contradict each other.
  func compileConflicts() {
    for declaration in declared(.conflicts) {
      let keys = fields(
        declaration.body, of: "a conflict",
        as: .conflict)
      guard kind(declaration.body) == .mapping else { continue }
      for key in ["conflict", "facts", "differ"] where keys[key] == nil {
        report("rule.missing-key", "a conflict needs `\(key)`", at: declaration.body)
      }
      guard let name = scalar(keys["conflict"], "conflict") else { continue }
      for (text, at) in texts(keys["facts"], "facts") {
        guard let base = fact(text, at: at) else { continue }
        var conflict = ConflictRule(name: name, fact: base, differ: [])
        for (text, at) in texts(keys["differ"], "differ") {
          if let role = role(text, of: program.facts[base], at: at) { conflict.differ.append(role) }
        }
        conflict.report = template(keys["report"], "report") ?? []
        program.conflicts.append(conflict)
      }
    }
  }
}
