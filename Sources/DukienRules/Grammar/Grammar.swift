/// The keys of the rule language: which a mapping may have, what each holds and what it is for.
///
/// Keys are listed in the order in which a formatted file has them.
package enum Grammar {
  /// A kind of mapping in a rule file.
  package enum Place: CaseIterable, Sendable {
    case file, extensions, changes, entryChanges, numbers, use, lexicon, tokenClass, namedPattern,
      production, guards
    case zone, condition, pageWords, root, rootChoice, elementLook, articleField, strip, resolve,
      link
    case fact, roleKind, rule, fills, role, list, assertion, conflict, test, context

    /// What the place is called in a schema.
    package var name: String {
      switch self {
      case .file: "file"
      case .extensions: "extends"
      case .changes: "changes"
      case .entryChanges: "entry_changes"
      case .numbers: "numbers"
      case .use: "use"
      case .lexicon: "lexicon"
      case .tokenClass: "class"
      case .namedPattern: "named_pattern"
      case .production: "production"
      case .guards: "unless"
      case .zone: "zone"
      case .condition: "condition"
      case .pageWords: "page_words"
      case .root: "root"
      case .rootChoice: "root_choice"
      case .elementLook: "element"
      case .articleField: "article_field"
      case .strip: "strip"
      case .resolve: "resolve"
      case .link: "link"
      case .fact: "fact"
      case .roleKind: "role_kind"
      case .rule: "rule"
      case .fills: "fills"
      case .role: "role"
      case .list: "list"
      case .assertion: "assertion"
      case .conflict: "conflict"
      case .test: "test"
      case .context: "context"
      }
    }
  }

  /// What a key holds.
  package indirect enum Shape: Sendable {
    /// Any value.
    case any
    /// A text, whatever it looks like to a reader of YAML.
    case text
    /// One of a closed set of words.
    case words([String])
    /// A whole number from 0 on.
    case number
    /// `3..5`, `..5`, `3..` or `4`.
    case range
    /// A mapping of a known kind.
    case place(Place)
    /// A list.
    case list(Shape)
    /// One, or a list of them.
    case oneOrMore(Shape)
    /// A mapping from names, which the writer chooses.
    case named(Shape)
    case either([Shape])

    /// A pattern, or a list of alternatives.
    static var pattern: Shape { .oneOrMore(.text) }
    static var yesNo: Shape { .words(["yes", "no"]) }
  }

  /// A key of a mapping.
  package struct Key: Sendable {
    package let name: String
    package let shape: Shape
    /// What the key says, in a sentence without a full stop.
    package let about: String

    init(_ name: String, _ shape: Shape, _ about: String) {
      (self.name, self.shape, self.about) = (name, shape, about)
    }
  }

  /// The names of the keys that a mapping may have, in order.
  package static func keys(of place: Place) -> [String] { table(of: place).map { $0.name } }

  /// The keys that a mapping may have, in order.
  package static func table(of place: Place) -> [Key] {
    switch place {
    case .file: header + sections
    case .extensions: extensions
    case .changes: changes
    case .entryChanges: entryChanges
    case .numbers: numbers
    case .use: use
    case .lexicon: lexicon
    case .tokenClass: tokenClass
    case .namedPattern: namedPattern
    case .production: production
    case .guards: guards
    case .zone: zone
    case .condition: condition
    case .pageWords: pageWords
    case .root: root
    case .rootChoice: rootChoice
    case .elementLook: elementLook
    case .articleField: articleField
    case .strip: strip
    case .resolve: resolve
    case .link: link
    case .fact: fact
    case .roleKind: roleKind
    case .rule: rule
    case .fills: fills
    case .role: role
    case .list: list
    case .assertion: assertion
    case .conflict: conflict
    case .test: test
    case .context: context
    }
  }
}
