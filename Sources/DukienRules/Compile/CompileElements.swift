internal import DukienText

/// What rules ask of the elements of HTML pages.
extension Compiler {
  /// Reads the groups of words; those of one name in several sets are one group.
  func compilePageWords() {
    for declaration in declared(.pageWords) where !wordGroups.contains(declaration.name) {
      wordGroups.append(declaration.name)
    }
    for declaration in declared(.pageWords) {
      guard let mark = mark("class " + declaration.name, at: declaration.key) else { return }
      var words = declaration.body
      if kind(declaration.body) != .sequence {
        let keys = fields(declaration.body, of: "`\(declaration.name)`", as: .pageWords)
        for (text, at) in texts(keys["not"], "not") { addWord(text, mark, true, at: at) }
        guard let own = keys["words"] else { continue }
        words = own
      }
      for (text, at) in texts(words, declaration.name) { addWord(text, mark, false, at: at) }
    }
  }

  private func addWord(_ text: String, _ mark: Int, _ isException: Bool, at ref: NodeRef) {
    guard !program.elements.words.add(text, to: mark, isException: isException) else { return }
    report(
      "page.words", "`\(text)` is no word of an attribute",
      hint: "up to \(WordMarks.longestRun) words of letters, the last maybe with * behind it",
      at: ref)
  }

  /// Reads which element holds the article; the first declaration counts.
  func compileRoot() {
    for (index, declaration) in declared(.root).enumerated() {
      let keys = fields(declaration.body, of: "`root`", as: .root)
      var root = RootRule()
      if let ignores = keys["ignores"] {
        for marks in look(fields(ignores, of: "`ignores`", as: .elementLook)) {
          root.ignored.formUnion(marks)
        }
      }
      for item in listed(keys["choose"]) {
        let keys = fields(item, of: "a choice of the root", as: .rootChoice)
        var choice = RootRule.Choice()
        choice.wanted = look(keys)
        if let not = keys["not"] {
          for marks in look(fields(not, of: "`not`", as: .elementLook)) {
            choice.unwanted.formUnion(marks)
          }
        }
        if let share = range(keys["share"], "share") { choice.share = share }
        if let words = range(keys["words"], "words") { choice.words = words }
        let picks = RootRule.Choice.Pick.allCases
        if let pick = self.choice(keys["pick"], "pick", ["most", "innermost", "first"]) {
          choice.pick = picks[pick]
        }
        root.choices.append(choice)
      }
      if index == 0 { program.root = root }
    }
  }

  /// The marks that the keys of an element's look ask for, one set a key.
  private func look(_ keys: [String: NodeRef]) -> [MarkSet] {
    var found: [MarkSet] = []
    if let tags = keys["tag"] { found.append(tagMarks(tags, "tag")) }
    if let groups = keys["class"] { found.append(groupMarks(groups, "class")) }
    if let names = keys["itemprop"] { found.append(propertyMarks(names, "itemprop")) }
    return found
  }

  // MARK: Marks

  /// The mark of what rules ask for; `nil` with a report where there are too many.
  private func mark(_ what: String, at ref: NodeRef) -> Int? {
    if let mark = markIndex[what] { return mark }
    guard markIndex.count < MarkSet.most else {
      report(
        "rule.too-many",
        "rules ask for more than \(MarkSet.most) tags, properties and groups of words", at: ref)
      return nil
    }
    markIndex[what] = markIndex.count
    return markIndex.count - 1
  }

  func tagMarks(_ ref: NodeRef, _ what: String) -> MarkSet {
    var marks = MarkSet()
    for (text, at) in texts(ref, what) {
      let known = HtmlTag.allCases.filter { $0 != .none && $0 != .other }
      guard let tag = known.first(where: { Self.name(of: $0) == text }) else {
        let near = nearest(text, among: known.map { Self.name(of: $0) })
        report(
          "page.tag", "there is no tag `\(text)` in HTML",
          hint: near.map { "did you mean `\($0)`?" } ?? "", at: at)
        continue
      }
      guard let mark = mark("tag " + text, at: at) else { break }
      program.elements.tags[Int(tag.rawValue)] = MarkSet(mark)
      marks.formUnion(MarkSet(mark))
    }
    return marks
  }

  private static func name(of tag: HtmlTag) -> String {
    tag.name.withUTF8Buffer { String(decoding: $0, as: UTF8.self) }
  }

  func groupMarks(_ ref: NodeRef, _ what: String) -> MarkSet {
    var marks = MarkSet()
    for (text, at) in texts(ref, what) { marks.formUnion(groupMarks(at, text: text)) }
    return marks
  }

  /// The mark of the group of that name.
  func groupMarks(_ at: NodeRef, text: String) -> MarkSet {
    guard wordGroups.contains(text) else {
      let near = nearest(text, among: wordGroups)
      report(
        "page.group", "`page_words` has no group `\(text)`",
        hint: near.map { "did you mean `\($0)`?" }
          ?? "declare it: `page_words: {\(text): [word, another]}`", at: at)
      return MarkSet()
    }
    return mark("class " + text, at: at).map { MarkSet($0) } ?? MarkSet()
  }

  func propertyMarks(_ ref: NodeRef, _ what: String) -> MarkSet {
    var marks = MarkSet()
    for (text, at) in texts(ref, what) {
      let name = text.utf8.map { lowerByte($0) }
      guard let mark = mark("itemprop " + String(decoding: name, as: UTF8.self), at: at) else {
        break
      }
      if !program.elements.properties.contains(where: { $0.name == name }) {
        program.elements.properties.append(
          ElementMarks.Property(name: name, mark: MarkSet(mark)))
      }
      marks.formUnion(MarkSet(mark))
    }
    return marks
  }
}
