/// Words, values, groups and entities.
extension Grammar {
  static var lexicon: [Key] {
    [
      Key("about", .text, "What the words have in common"),
      Key("case", .words(["any", "exact"]), "Whether capitals must be as written"),
      Key("ends_sentence", .yesNo, "no for abbreviations whose full stop ends no sentence"),
      Key("file", .text, "A file beside this one that holds the entries"),
      Key(
        "entries", .either([.list(.text), .named(.text)]),
        "Words and phrases: a list, or a mapping to what each stands for"),
    ]
  }

  private static var shapes: [String] {
    [
      "word", "number", "punctuation", "url", "capital", "all_caps", "glued", "code", "terminal",
      "opens_bracket", "closes_bracket", "opens_quote", "closes_quote", "plain_quote", "dash",
      "lower",
    ]
  }

  static var tokenClass: [Key] {
    [
      Key("about", .text, "What the words have in common"),
      Key("shape", .oneOrMore(.words(shapes)), "What the word must be, all of it"),
      Key("not_shape", .oneOrMore(.words(shapes)), "What the word may not be, none of it"),
      Key("prefix", .oneOrMore(.text), "What the word begins with, one of them"),
      Key("suffix", .oneOrMore(.text), "What the word ends with, one of them"),
      Key("length", .range, "How many bytes the word has"),
      Key("not", .oneOrMore(.text), "Lexicons whose single words are left out"),
    ]
  }

  static var namedPattern: [Key] {
    [
      Key("about", .text, "What the pattern is for"),
      Key("phrase", .pattern, "The pattern, or a list of alternatives"),
    ]
  }

  static var production: [Key] {
    [
      Key("about", .text, "What it is, and what it is not"),
      Key("is", .text, "The wider kind that this one belongs to"),
      Key("kind", .words(["date"]), "date: its fields make a date"),
      Key("phrase", .pattern, "How it is written; without a phrase it is a family of kinds"),
      Key("unless", .place(.guards), "Words around or inside it that rule it out"),
      Key("spans", .words(["sentence", "block"]), "How far a group may go"),
      Key("content", .yesNo, "no for groups in which no values, entities and facts are looked for"),
      Key("min_tokens", .number, "The fewest words that it may have"),
      Key("hides", .yesNo, "Whether what it covers is hidden from others"),
      Key("gives", .named(.text), "Its fields, computed from what the phrase kept"),
      Key("shows", .text, "Its canonical text, with {fields}"),
      Key("key", .text, "What makes two mentions the same"),
      Key("beats", .oneOrMore(.text), "Kinds that give way where both fit the same words"),
      Key("lists_as", .text, "The type it has in the output; without it, it is not listed"),
      Key("tests", .oneOrMore(.place(.test)), "Texts with the values that must come out of them"),
    ]
  }

  static var guards: [Key] {
    [
      Key("before", .pattern, "What may not stand right before"),
      Key("after", .pattern, "What may not stand right behind"),
      Key("inside", .pattern, "What may not stand inside"),
    ]
  }

  static var resolve: [Key] {
    [
      Key("about", .text, "What the choice rests on"),
      Key("latest", .text, "The type whose latest year on the page is the reference"),
      Key("unless", .text, "A lexicon of words that make a date one of the future"),
      Key("compared", .pattern, "What stands right before a date from which no other counts"),
    ]
  }

  static var link: [Key] {
    [
      Key("link", .text, "The name of the link"),
      Key("about", .text, "Which short form stands for which full one"),
      Key("from", .text, "The type of the short mention"),
      Key("to", .text, "The type of the full mention"),
      Key("when", .oneOrMore(.text), "Equalities that must hold, such as from.name = to.name"),
      Key("look", .words(["document", "paragraph"]), "Where the full mention may stand"),
      Key("pick", .words(["nearest before", "fullest"]), "Which of several is taken"),
      Key("unlinked", .words(["keep", "drop"]), "What becomes of mentions without a full one"),
    ]
  }
}
