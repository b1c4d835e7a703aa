internal import DukienText

extension Compiler {
  /// Reads every lexicon into entries over interned words.
  func compileLexicons() {
    for declaration in declared(.lexicons) {
      guard let type = typeIndex[declaration.name] else { continue }
      var about = ""
      var exact = false
      var endsSentence = true
      var list: NodeRef? = declaration.body
      if kind(declaration.body) == .mapping {
        let keys = fields(
          declaration.body, of: "a lexicon", allowed: ["about", "case", "ends_sentence", "entries"])
        about = scalar(keys["about"], "about") ?? ""
        exact = choice(keys["case"], "case", ["any", "exact"]) == 1
        endsSentence = choice(keys["ends_sentence"], "ends_sentence", ["yes", "no"]) != 1
        list = keys["entries"]
      }
      program.types[Int(type)].about = about
      if !endsSentence { program.abbreviationHole = hole(declaration.name) ?? -1 }
      guard let list else {
        report("lexicon.empty", "lexicon `\(declaration.name)` has no entries", at: declaration.key)
        continue
      }
      readEntries(list, type: type, exact: exact)
    }
  }

  private func readEntries(_ list: NodeRef, type: UInt16, exact: Bool) {
    switch kind(list) {
    case .sequence:
      for item in items(list) where !hasTooManyEntries {
        guard let form = scalar(item, "entry") else { continue }
        addEntry(form, value: nil, type: type, exact: exact, at: item)
      }
    case .mapping:
      for (key, value) in entries(list) where !hasTooManyEntries {
        guard let meaning = scalar(value, "value") else { continue }
        addEntry(text(key), value: meaning, type: type, exact: exact, at: key)
      }
    default:
      report("rule.wrong-type", "entries must be a list or a mapping", at: list)
    }
  }

  private func addEntry(_ form: String, value: String?, type: UInt16, exact: Bool, at ref: NodeRef)
  {
    guard lexiconForms.count < CompileLimits.lexiconEntries else {
      if !hasTooManyEntries {
        hasTooManyEntries = true
        report(
          "rule.too-many",
          "lexicons hold more than \(CompileLimits.lexiconEntries) entries together", at: ref)
      }
      return
    }
    let parts = words.split(form)
    guard !parts.isEmpty, parts.count < 40 else {
      report("lexicon.entry", "an entry has 1 to 39 words", at: ref)
      return
    }
    let ids = parts.map { words.intern($0) }
    var spelling: Int32 = -1
    if exact {
      let spellings = parts.map { words.internExact($0) }
      spelling = Int32(exactRuns.count)
      exactRuns += spellings
    }
    lexiconForms.append(ids)
    program.lexicon.entries.append(
      LexiconEntry(
        type: type, symbol: value.map { name($0) } ?? 0,
        number: value.flatMap { Decimal(parsing: $0) },
        exact: spelling, length: UInt16(ids.count)))
    lexiconPlaces.append(ref)
  }

  /// Lays out the trie once all words are known.
  func finishLexicons() {
    var order = Array(lexiconForms.indices)
    let forms = lexiconForms
    order.sort { compare(forms[$0], forms[$1]) ?? ($0 < $1) }
    reportRepeatedEntries(order)
    layOutTrie(order)
    program.exactRuns = exactRuns
  }

  private func compare(_ a: [UInt32], _ b: [UInt32]) -> Bool? {
    for index in 0..<min(a.count, b.count) where a[index] != b[index] { return a[index] < b[index] }
    return a.count == b.count ? nil : a.count < b.count
  }

  private func reportRepeatedEntries(_ order: [Int]) {
    for (previous, index) in zip(order, order.dropFirst())
    where lexiconForms[previous] == lexiconForms[index] {
      let first = program.lexicon.entries[previous]
      let second = program.lexicon.entries[index]
      guard first.type == second.type, first.exact < 0 else { continue }
      report(
        "lexicon.duplicate",
        "entry stands twice in its lexicon (case and tone placement do not count)",
        hint: "first at \(place(lexiconPlaces[previous]))", severity: .warning,
        at: lexiconPlaces[index])
    }
  }

  /// Breadth-first layout: every node's children stand together, sorted by word.
  private func layOutTrie(_ order: [Int]) {
    struct Pending { var range: Range<Int>, depth: Int }
    var trie = LexiconTrie()
    trie.entries = program.lexicon.entries
    trie.rootChild = [UInt32](repeating: 0, count: words.vocabulary.count + 1)
    var queue = [Pending(range: 0..<order.count, depth: 0)]
    var head = 0
    while head < queue.count {
      let pending = queue[head]
      var index = pending.range.lowerBound
      while index < pending.range.upperBound, lexiconForms[order[index]].count == pending.depth {
        trie.entryOf.append(UInt32(order[index]))
        index += 1
      }
      while index < pending.range.upperBound {
        let word = lexiconForms[order[index]][pending.depth]
        let begin = index
        while index < pending.range.upperBound, lexiconForms[order[index]][pending.depth] == word {
          index += 1
        }
        trie.edgeWord.append(word)
        trie.edgeTarget.append(UInt32(queue.count))
        if head == 0 { trie.rootChild[Int(word)] = UInt32(queue.count) }
        queue.append(Pending(range: begin..<index, depth: pending.depth + 1))
      }
      trie.edgeStart.append(UInt32(trie.edgeWord.count))
      trie.entryStart.append(UInt32(trie.entryOf.count))
      head += 1
    }
    program.lexicon = trie
  }

  /// Reads every class of tokens.
  func compileClasses() {
    for declaration in declared(.classes) {
      guard let type = typeIndex[declaration.name] else { continue }
      let keys = fields(
        declaration.body, of: "a class",
        allowed: ["about", "shape", "not_shape", "prefix", "suffix", "length", "not"])
      guard program.classes.count < CompileLimits.classes else {
        report("rule.too-many", "more than \(CompileLimits.classes) classes", at: declaration.key)
        return
      }
      var tokenClass = TokenClass()
      program.types[Int(type)].about = scalar(keys["about"], "about") ?? ""
      for (word, at) in texts(keys["shape"], "shape") {
        if word == "lower" {
          tokenClass.requiresLowercase = true
        } else if let shape = shape(word, at) {
          tokenClass.required.formUnion(shape)
        }
      }
      for (word, at) in texts(keys["not_shape"], "not_shape") {
        if let shape = shape(word, at) { tokenClass.forbidden.formUnion(shape) }
      }
      tokenClass.prefixes = texts(keys["prefix"], "prefix").map { folded($0.text) }
      tokenClass.suffixes = texts(keys["suffix"], "suffix").map { folded($0.text) }
      if let length = range(keys["length"], "length") {
        tokenClass.minimumBytes = length.lowerBound
        tokenClass.maximumBytes = length.upperBound
      }
      classExclusions.append(texts(keys["not"], "not").compactMap { excluded($0.text, $0.at) })
      classIndex[declaration.name] = program.classes.count
      program.classes.append(tokenClass)
    }
  }

  private func excluded(_ name: String, _ at: NodeRef) -> UInt16? {
    guard let type = typeIndex[name] else {
      unknownType(name, at: at)
      return nil
    }
    guard program.types[Int(type)].kind == .lexicon else {
      report("rule.wrong-type", "`not` names lexicons; `\(name)` is none", at: at)
      return nil
    }
    return type
  }

  private func folded(_ text: String) -> [UInt8] {
    var result: [UInt8] = []
    Array(text.utf8).withUnsafeBufferPointer { fold($0, keepCase: false, into: &result) }
    return result
  }

  private func shape(_ word: String, _ at: NodeRef) -> Shape? {
    if let index = Self.shapeNames.firstIndex(of: word) {
      return Shape(rawValue: 1 << UInt16(index))
    }
    let known = Self.shapeNames + ["lower"]
    let near = nearest(word, among: known)
    report(
      "rule.unknown-word", "unknown shape `\(word)`",
      hint: near.map { "did you mean `\($0)`?" } ?? "one of: \(known.joined(separator: ", "))",
      at: at)
    return nil
  }

  /// Names of the bits of `Shape`, lowest first.
  private static let shapeNames = [
    "word", "number", "punctuation", "url", "capital", "all_caps", "glued", "code", "terminal",
    "opens_bracket", "closes_bracket", "opens_quote", "closes_quote", "plain_quote", "dash",
  ]

  /// Resolves the lexicons a class leaves out to word ids, once the vocabulary is whole.
  func finishClasses() {
    var wordsOfType: [UInt16: [UInt32]] = [:]
    for types in classExclusions { for type in types { wordsOfType[type] = [] } }
    for (entry, form) in zip(program.lexicon.entries, lexiconForms) where form.count == 1 {
      wordsOfType[entry.type]?.append(form[0])
    }
    // Classes that leave out the same lexicons share their bits.
    var known: [[UInt16]: [UInt64]] = [:]
    for (index, types) in classExclusions.enumerated() where !types.isEmpty {
      if let bits = known[types] {
        program.classes[index].excluded = bits
        continue
      }
      var bits = [UInt64](repeating: 0, count: words.vocabulary.count / 64 + 1)
      for type in types {
        for word in wordsOfType[type] ?? [] { bits[Int(word) / 64] |= 1 << UInt64(word % 64) }
      }
      known[types] = bits
      program.classes[index].excluded = bits
    }
  }
}
