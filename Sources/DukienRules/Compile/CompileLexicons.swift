internal import DukienText

/// What a lexicon entry stands for: its value column as `LexiconEntry` keeps it.
struct Meaning {
  var symbol: UInt32 = 0
  var number: Int32 = -1
}

extension Compiler {
  /// Entries have fewer words than this.
  static let longestEntry = 40

  /// Reads every lexicon into entries over interned words.
  func compileLexicons() {
    for declaration in declared(.lexicons) {
      guard let type = type(of: declaration) else { continue }
      let first = forms.count
      var exact = false
      var isEmpty = false
      if kind(declaration.body) == .mapping {
        let keys = fields(
          declaration.body, of: "a lexicon",
          as: .lexicon)
        program.types[Int(type)].about = scalar(keys["about"], "about") ?? ""
        exact = choice(keys["case"], "case", ["any", "exact"]) == 1
        if choice(keys["ends_sentence"], "ends_sentence", ["yes", "no"]) == 1 {
          abbreviations.append(type)
        }
        for file in listed(keys["file"]) { readEntries(ofFile: file, type: type, exact: exact) }
        if let list = keys["entries"] { readEntries(list, type: type, exact: exact) }
        isEmpty = keys["file"] == nil && keys["entries"] == nil
      } else {
        readEntries(declaration.body, type: type, exact: exact)
      }
      apply(declaration.changes, from: first, type: type, exact: exact)
      if isEmpty, forms.count == first {
        report("lexicon.empty", "lexicon `\(declaration.name)` has no entries", at: declaration.key)
      }
    }
  }

  private func readEntries(_ list: NodeRef, type: UInt16, exact: Bool) {
    for (form, value) in entryNodes(list) where !hasTooManyEntries {
      let meaning = value.flatMap { scalar($0, "value") }
      if value != nil, meaning == nil { continue }
      let text = text(form)
      let ids = words.intern(text)
      guard !ids.isEmpty, ids.count < Self.longestEntry else {
        reportEntryLength(at: .node(form))
        continue
      }
      addEntry(
        ids, spelling: exact ? text : nil, meaning: self.meaning(meaning), type: type,
        at: .node(form))
    }
  }

  /// The forms of a list or mapping of entries, with their values.
  private func entryNodes(_ list: NodeRef) -> [(form: NodeRef, value: NodeRef?)] {
    switch kind(list) {
    case .sequence:
      return items(list).compactMap { item in scalar(item, "entry").map { _ in (item, nil) } }
    case .mapping: return entries(list).map { ($0.key, $0.value) }
    default:
      report("rule.wrong-type", "entries must be a list or a mapping", at: list)
      return []
    }
  }

  /// Adds one entry; `spelling` is how it must be written where case counts.
  func addEntry(
    _ form: [UInt32], spelling: String?, meaning: Meaning, type: UInt16,
    at place: LexiconForms.Place
  ) {
    guard forms.count < CompileLimits.lexiconEntries else {
      if !hasTooManyEntries {
        hasTooManyEntries = true
        report(
          "rule.too-many",
          "lexicons hold more than \(CompileLimits.lexiconEntries) entries together",
          severity: .error, at: place)
      }
      return
    }
    var exact: Int32 = -1
    if let spelling {
      exact = Int32(program.exactRuns.count)
      program.exactRuns += words.internExact(spelling)
    }
    forms.append(form, at: place)
    program.lexicon.entries.append(
      LexiconEntry(
        type: type, length: UInt16(form.count), symbol: meaning.symbol, number: meaning.number,
        exact: exact))
  }

  /// What the text of a value column stands for.
  func meaning(_ value: UnsafeBufferPointer<UInt8>) -> Meaning {
    guard let first = value.first else { return Meaning() }
    var meaning = Meaning(symbol: program.symbols.intern(folded: value))
    if first == UInt8(ascii: "-") || first >= 0x30 && first <= 0x39,
      let number = Decimal(parsing: String(decoding: value, as: UTF8.self))
    {
      meaning.number = Int32(program.lexicon.numbers.count)
      program.lexicon.numbers.append(number)
    }
    return meaning
  }

  private func meaning(_ value: String?) -> Meaning {
    guard var value else { return Meaning() }
    return value.withUTF8 { meaning($0) }
  }

  func reportEntryLength(at place: LexiconForms.Place) {
    report(
      "lexicon.entry", "an entry has 1 to \(Self.longestEntry - 1) words", severity: .error,
      at: place)
  }

  private func report(
    _ code: String, _ message: String, hint: String = "", severity: Severity,
    at place: LexiconForms.Place
  ) {
    switch place {
    case .node(let ref): report(code, message, hint: hint, severity: severity, at: ref)
    case .data(let file, let offset):
      report(severity) {
        dataFiles[Int(file)].diagnostic(
          code, at: Span(offset, offset + 1), message, severity: severity, hint: hint)
      }
    }
  }

  // MARK: Changes by other sets

  /// Applies what other sets add to, replace in and remove from the entries from `first` on.
  private func apply(_ changes: [EntryChange], from first: Int, type: UInt16, exact: Bool) {
    guard !changes.isEmpty else { return }
    var known: [[UInt32]: [Int]] = [:]
    for index in first..<forms.count { known[Array(forms[index]), default: []].append(index) }
    for change in changes {
      if change.verb == .add {
        readEntries(change.entries, type: type, exact: exact)
        continue
      }
      for (form, value) in entryNodes(change.entries) {
        guard let found = known[words.intern(text(form))] else {
          report(
            "extends.unknown", "the lexicon has no entry `\(text(form))`",
            hint: change.verb == .replace ? "put it under `add`" : "", at: form)
          continue
        }
        guard change.verb == .replace else {
          for index in found { program.lexicon.entries[index].type = 0 }
          continue
        }
        guard let value, let meaning = scalar(value, "value") else {
          report(
            "rule.missing-key", "`replace` gives an entry another value",
            hint: "write `\(text(form)): VALUE`", at: form)
          continue
        }
        let other = self.meaning(meaning)
        for index in found {
          program.lexicon.entries[index].symbol = other.symbol
          program.lexicon.entries[index].number = other.number
        }
      }
    }
  }

  // MARK: Layout

  /// Lays out the trie once all words are known.
  func finishLexicons() {
    let live = (0..<forms.count).filter { program.lexicon.entries[$0].type != 0 }
    let order = forms.sorted(live.map { Int32($0) })
    reportRepeatedEntries(order)
    let asked = askedTypes()
    layOutTrie(order.filter { asked[Int(program.lexicon.entries[Int($0)].type)] })
  }

  /// For each type whether a match can ask for it; for tools of rule writers, any.
  private func askedTypes() -> [Bool] {
    let count = program.types.count
    guard program.map == nil else { return [Bool](repeating: true, count: count) }
    var asked = [Bool](repeating: false, count: count)
    for index in program.holeTypes.indices where program.holeTypes[index] {
      asked[index % count] = true
    }
    return asked
  }

  private func reportRepeatedEntries(_ order: [Int32]) {
    for (previous, index) in zip(order, order.dropFirst())
    where forms[Int(previous)] == forms[Int(index)] {
      let first = program.lexicon.entries[Int(previous)]
      let second = program.lexicon.entries[Int(index)]
      guard first.type == second.type, first.exact < 0 else { continue }
      report(
        "lexicon.duplicate",
        "entry stands twice in its lexicon (case and tone placement do not count)",
        hint: "first at \(place(forms.places[Int(previous)]))", severity: .warning,
        at: forms.places[Int(index)])
    }
  }

  private func place(_ place: LexiconForms.Place) -> String {
    switch place {
    case .node(let ref): return self.place(ref)
    case .data(let file, let offset):
      let source = dataFiles[Int(file)]
      return "\(source.label):\(source.lineColumn(ofOffset: Int(offset)).line)"
    }
  }

  /// Breadth-first layout: every node's children stand together, sorted by word.
  private func layOutTrie(_ order: [Int32]) {
    struct Pending { var range: Range<Int>, depth: Int }
    func wordAt(_ entry: Int32, _ depth: Int) -> UInt32 {
      let form = forms[Int(entry)]
      return form[form.startIndex + depth]
    }
    var trie = LexiconTrie()
    trie.rootChild = [UInt32](repeating: 0, count: words.vocabulary.count + 1)
    var queue = [Pending(range: 0..<order.count, depth: 0)]
    var head = 0
    while head < queue.count {
      let pending = queue[head]
      var index = pending.range.lowerBound
      while index < pending.range.upperBound, forms[Int(order[index])].count == pending.depth {
        let entry = program.lexicon.entries[Int(order[index])]
        trie.leaves.append(
          LexiconTrie.Leaf(
            entry: UInt32(order[index]), exact: entry.exact, type: entry.type,
            length: entry.length))
        index += 1
      }
      while index < pending.range.upperBound {
        let word = wordAt(order[index], pending.depth)
        let begin = index
        while index < pending.range.upperBound, wordAt(order[index], pending.depth) == word {
          index += 1
        }
        trie.childWord.append(word)
        trie.nodes[head].words |= 1 << UInt64(word & 63)
        if head == 0 { trie.rootChild[Int(word)] = UInt32(queue.count) }
        queue.append(Pending(range: begin..<index, depth: pending.depth + 1))
      }
      trie.nodes.append(
        LexiconTrie.Node(
          firstChild: UInt32(trie.childWord.count), firstLeaf: UInt32(trie.leaves.count)))
      head += 1
    }
    program.trie = trie
  }

  /// Reads every class of tokens.
  func compileClasses() {
    for declaration in declared(.classes) {
      guard let type = type(of: declaration) else { continue }
      let keys = fields(
        declaration.body, of: "a class",
        as: .tokenClass)
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
      classIndex[type] = program.classes.count
      program.classes.append(tokenClass)
    }
  }

  private func excluded(_ name: String, _ at: NodeRef) -> UInt16? {
    guard let type = findType(name, at: at) else { return nil }
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
    for (index, entry) in program.lexicon.entries.enumerated() where entry.length == 1 {
      wordsOfType[entry.type]?.append(contentsOf: forms[index])
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
