/// The head of a set, and the sections of its files.
extension Grammar {
  static var header: [Key] {
    [
      Key("name", .text, "The name of the set, by which others use it"),
      Key("version", .text, "The version of the set, such as 1.0.0"),
      Key("engine", .text, "The versions of the engine that the set is written for, such as >=1.0"),
      Key("about", .text, "What the set is for"),
      Key("license", .text, "The licence of the set"),
      Key(
        "uses", .oneOrMore(.either([.text, .place(.use)])),
        "The sets whose names this one may use"),
      Key("extends", .place(.extensions), "What this set changes of those it uses"),
      Key("timezone", .text, "The offset from UTC of times on the pages, such as +07:00"),
      Key("numbers", .place(.numbers), "How numbers are written in digits"),
    ]
  }

  static var sections: [Key] {
    [
      Key("facts", .named(.place(.fact)), "Types of facts with their roles"),
      Key(
        "lexicons",
        .named(
          .either([.place(.lexicon), .list(.text)])),
        "Lists of words and phrases, each maybe with what it stands for"),
      Key("classes", .named(.place(.tokenClass)), "Kinds of single words, told by their shape"),
      Key(
        "patterns", .named(.either([.pattern, .place(.namedPattern)])),
        "Patterns that others use by name"),
      Key(
        "values", .named(.place(.production)),
        "Numbers, dates, amounts: what is computed from words"),
      Key("groups", .named(.place(.production)), "Pieces of text that patterns see as one word"),
      Key("entities", .named(.place(.production)), "Things with a name: places, people, bodies"),
      Key(
        "zones", .oneOrMore(.place(.zone)),
        "Labels of blocks of the page; the first rule that holds gives the label"),
      Key(
        "page_words", .named(.either([.place(.pageWords), .list(.text)])),
        "Groups of words in attributes of HTML elements, such as class"),
      Key("root", .place(.root), "The element of an HTML page that holds the article"),
      Key(
        "article", .named(.either([.place(.articleField), .named(.place(.articleField))])),
        "The fields of the article, from the labels of blocks and what they kept"),
      Key("resolve", .place(.resolve), "Where an incomplete date takes its year from"),
      Key("links", .oneOrMore(.place(.link)), "Which short mentions stand for which full ones"),
      Key(
        "assertions", .named(.place(.assertion)),
        "Words that say how a fact is meant, such as a plan or an estimate"),
      Key("rules", .oneOrMore(.place(.rule)), "Sentences with holes that state facts"),
      Key("conflicts", .oneOrMore(.place(.conflict)), "Facts that cannot both be true"),
    ]
  }

  /// Sections whose declarations another set may change.
  static var extensions: [Key] {
    sections.filter { !["zones", "page_words", "root", "article", "resolve"].contains($0.name) }.map
    { section in
      Key(
        section.name, .place(section.name == "lexicons" ? .entryChanges : .changes),
        "Changes of \(section.name) that a used set declares")
    }
  }

  static var changes: [Key] {
    [
      Key("replace", .any, "Declarations that stand in place of those of the same name"),
      Key("remove", .oneOrMore(.text), "Names of what is taken away"),
    ]
  }

  static var entryChanges: [Key] {
    [
      Key(
        "add", .named(.either([.list(.text), .named(.text)])),
        "Entries that a lexicon gets, by its name"),
      Key("replace", .named(.named(.text)), "Entries of a lexicon that get another value"),
      Key("remove", .named(.oneOrMore(.text)), "Entries that a lexicon loses"),
    ]
  }

  static var numbers: [Key] {
    [
      Key("decimal", .text, "The sign before the decimals"),
      Key("group", .text, "The sign between groups of three digits"),
    ]
  }

  static var use: [Key] {
    [
      Key("set", .text, "The name of the set that is used"),
      Key("version", .text, "The versions that will do, such as >=1.2 <2"),
      Key("as", .text, "The name that it goes by here"),
    ]
  }

  static var test: [Key] {
    [
      Key("text", .text, "The text that is read"),
      Key("context", .place(.context), "What is known beside the text"),
      Key(
        "expect", .oneOrMore(.either([.text, .named(.oneOrMore(.text))])),
        "What must be found: values as printed, or facts by their roles; [] for nothing"),
      Key("todo", .text, "Why the test fails for now; it does not count"),
    ]
  }

  static var context: [Key] {
    [
      Key("published", .text, "The day of publication, such as 2024-01-31"),
      Key("before", .text, "The text right before"),
    ]
  }
}
