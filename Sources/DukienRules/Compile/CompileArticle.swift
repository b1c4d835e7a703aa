internal import DukienText

/// Fields of the article.
extension Compiler {
  private struct SourceKind {
    let name: String
    /// `nil` for what the host tells, and for elements.
    let kind: MetadataKind?
    /// The one name behind the full stop, and what it is; `nil` where there are many.
    let only: (name: String, meaning: String)?

    init(
      _ name: String, _ kind: MetadataKind?, only: (name: String, meaning: String)? = nil
    ) {
      self.name = name
      self.kind = kind
      self.only = only
    }
  }

  /// What sources that are no labels begin with.
  private static let kinds = [
    SourceKind("json_ld", .jsonLd), SourceKind("meta", .meta), SourceKind("itemprop", .microdata),
    SourceKind("property", .rdfa), SourceKind("time", .time), SourceKind("link", .link),
    SourceKind("html", .document), SourceKind("class", nil),
    SourceKind("input", nil, only: ("url", "the address of the page")),
    SourceKind("img", nil, only: ("src", "the address of an image")),
  ]

  /// Whether a source is one of metadata by the first word of it.
  static func isTold(_ word: String) -> Bool { kinds.contains { $0.name == word } }

  /// Reads the map to article fields; of two fields of one name, the one of the set that comes first
  /// counts.
  func compileArticle() {
    for declaration in declared(.article) {
      let known = program.article.fields.map { $0.name }
      let hasImages = !program.article.image.isEmpty
      for (key, value) in pairs(declaration.body, "article") {
        if text(key) == "images" {
          for (field, source) in pairs(value, "images") {
            guard let field = articleField(field, source), !hasImages else { continue }
            program.article.image.append(field)
          }
        } else if let field = articleField(key, value), !known.contains(field.name) {
          if text(key) == "published_at" {
            program.article.published = program.article.fields.count
          }
          program.article.fields.append(field)
        }
      }
    }
  }

  private func articleField(_ key: NodeRef, _ value: NodeRef) -> ArticleMap.Field? {
    let keys = fields(value, of: "a field", as: .articleField)
    let kind = choice(keys["kind"], "kind", ["text", "list", "flag", "date", "url"]) ?? 0
    return ArticleMap.Field(
      name: name(text(key)), kind: ArticleMap.Field.Kind.allCases[kind],
      sources: sources(keys["from"], "from"), cleaning: cleaning(keys))
  }

  private func cleaning(_ keys: [String: NodeRef]) -> ArticleMap.Cleaning? {
    let names = ["split", "strip", "drop", "cut_off", "cut_to", "people"]
    guard names.contains(where: { keys[$0] != nil }) else { return nil }
    var cleaning = ArticleMap.Cleaning()
    cleaning.split = keys["split"].flatMap { pattern($0, "split") } ?? -1
    cleaning.drop = keys["drop"].flatMap { pattern($0, "drop", anchored: false) } ?? -1
    if let strip = keys["strip"] {
      let sides = fields(strip, of: "`strip`", as: .strip)
      cleaning.before = sides["before"].flatMap { pattern($0, "before") } ?? -1
      cleaning.after = sides["after"].flatMap { pattern($0, "after") } ?? -1
    }
    cleaning.cutOff = sources(keys["cut_off"], "cut_off")
    cleaning.cutTo = sources(keys["cut_to"], "cut_to")
    cleaning.isPerson = choice(keys["people"], "people", ["yes", "no"]) == 0
    return cleaning
  }

  func sources(_ ref: NodeRef?, _ what: String) -> [ArticleMap.Source] {
    texts(ref, what).compactMap { source($0.text, at: $0.at) }
  }

  private func source(_ text: String, at ref: NodeRef) -> ArticleMap.Source? {
    let parts = text.split(separator: ".", maxSplits: 1).map { String($0) }
    guard let first = parts.first else {
      report("rule.wrong-type", "a source is `label`, `label.capture` or `meta.name`", at: ref)
      return nil
    }
    if let kind = Self.kinds.first(where: { $0.name == first }), !isLabel(first, at: ref) {
      if first == "class", parts.count == 2 {
        return ArticleMap.Source(told: told(groupMarks(ref, text: parts[1]), text))
      }
      guard parts.count == 2, kind.only.map({ $0.name == parts[1] }) ?? true else {
        report(
          "rule.wrong-type", "`\(text)` names nothing that a page tells",
          hint: kind.only.map { "`\(first).\($0.name)` is \($0.meaning)" }
            ?? "write what it is called behind a full stop: `\(first).name`", at: ref)
        return nil
      }
      return ArticleMap.Source(told: told(kind.kind, parts[1], text))
    }
    guard parts.count < 2 || !parts[1].utf8.contains(UInt8(ascii: ".")) else {
      report("rule.wrong-type", "a source is `label` or `label.capture`", at: ref)
      return nil
    }
    return ArticleMap.Source(label: name(first), capture: parts.count == 2 ? name(parts[1]) : 0)
  }

  /// Whether a zone of the set that asks has a label.
  private func isLabel(_ label: String, at ref: NodeRef) -> Bool {
    let set = setOfTree[ref.tree]
    return declared(.zones).contains { $0.set == set && $0.name == label }
  }

  private func told(_ marks: MarkSet, _ text: String) -> Int {
    if let index = program.article.told.firstIndex(where: { $0.text == text }) { return index }
    program.article.told.append(ArticleMap.Told(kind: nil, marks: marks, key: [], text: text))
    return program.article.told.count - 1
  }

  private func told(_ kind: MetadataKind?, _ key: String, _ text: String) -> Int {
    let key = key.utf8.map { lowerByte($0) }
    if let index = program.article.told.firstIndex(where: { $0.kind == kind && $0.key == key }) {
      return index
    }
    program.article.told.append(ArticleMap.Told(kind: kind, key: key, text: text))
    return program.article.told.count - 1
  }
}
