/// Facts and the rules that state them.
extension Grammar {
  static var fact: [Key] {
    [
      Key("about", .text, "What the fact says"),
      Key("is", .text, "The wider type of fact that this one belongs to"),
      Key(
        "roles",
        .named(.oneOrMore(.either([.text, .place(.roleKind)]))),
        "Its roles: text, flag, a type, [a type] for a list, or {one_of: [words]}"),
      Key(
        "required", .oneOrMore(.oneOrMore(.text)),
        "Roles without which it is none; of an inner list, one"),
      Key(
        "identity", .oneOrMore(.oneOrMore(.text)),
        "Roles that make two facts the same; lists of roles are alternatives"),
      Key(
        "keep", .words(["most_complete", "first", "merge", "all"]),
        "Which of several equal facts is kept"),
      Key("speaker", .text, "The role that takes the speaker of a quotation"),
    ]
  }

  static var roleKind: [Key] {
    [
      Key("one_of", .oneOrMore(.text), "The words that the role may hold"),
      Key("open", .yesNo, "Whether it may hold other words too"),
    ]
  }

  static var rule: [Key] {
    [
      Key("rule", .text, "The name of the rule"),
      Key("about", .text, "What it recognises, in a sentence"),
      Key("emits", .text, "The type of the facts that it states"),
      Key(
        "fills", .either([.text, .place(.fills)]), "The fact found elsewhere whose roles it fills"),
      Key("phrase", .pattern, "The whole sentence with its holes, in fixed order"),
      Key("trigger", .pattern, "The words that tell the fact; roles are looked for around them"),
      Key("unless", .place(.guards), "Words around or inside the trigger that rule it out"),
      Key("outside", .oneOrMore(.text), "Groups inside which the rule does not apply"),
      Key("set", .named(.text), "Roles with a constant text, maybe with {captures}"),
      Key("gives", .named(.text), "Roles computed from what was kept"),
      Key(
        "roles", .named(.oneOrMore(.either([.text, .place(.role)]))),
        "Roles looked for around the trigger"),
      Key("list", .place(.list), "A list whose members state one fact each"),
      Key(
        "needs", .oneOrMore(.oneOrMore(.text)), "Roles that must be filled; of an inner list, one"),
      Key("tests", .oneOrMore(.place(.test)), "Texts with the facts that must come out of them"),
    ]
  }

  static var fills: [Key] {
    [
      Key("fact", .text, "The type of the fact"),
      Key(
        "which", .words(["nearest before", "nearest after", "nearest"]), "Which fact of the type"),
      Key("in", .words(["sentence", "paragraph", "document"]), "How far it is looked for"),
    ]
  }

  private static var scopes: [String] {
    ["clause", "sentence", "previous sentence", "paragraph", "title", "document"]
  }

  static var role: [Key] {
    [
      Key("phrase", .pattern, "What the role looks like"),
      Key("same", .text, "The role of the fact before that it is taken from"),
      Key("sharing", .oneOrMore(.text), "Roles that the fact before must share for `same`"),
      Key("const", .text, "A text that the role has always, maybe with {captures}"),
      Key("side", .words(["after", "before", "both"]), "On which side of the trigger"),
      Key("in", .words(scopes), "How far it is looked for"),
      Key("pick", .words(["nearest", "first", "fullest", "all"]), "Which of several is taken"),
      Key("unless", .oneOrMore(.text), "Roles that make this one needless where they are filled"),
      Key("needs", .oneOrMore(.text), "Roles that must be filled for this one to be looked for"),
      Key(
        "else", .oneOrMore(.either([.text, .place(.role)])),
        "Where to look when nothing was found"),
    ]
  }

  static var list: [Key] {
    [
      Key("opens_with", .pattern, "What stands before the first member"),
      Key("member", .pattern, "A member"),
      Key("separator", .pattern, "What stands between members"),
      Key("carry", .oneOrMore(.text), "Roles that hold on until they are named anew"),
    ]
  }

  static var assertion: [Key] {
    [
      Key("about", .text, "What the words say of a fact"),
      Key("cues", .pattern, "The words"),
      Key(
        "where", .text,
        "Where they stand: inside fact, same sentence, same clause before, up to 8 tokens before or "
          + "after"),
      Key("for", .oneOrMore(.text), "The types of facts that are meant"),
      Key("sets", .named(.text), "Roles and what they get; polarity: negative turns a fact around"),
    ]
  }

  static var conflict: [Key] {
    [
      Key("conflict", .text, "The name of the conflict"),
      Key("about", .text, "What cannot be"),
      Key("facts", .oneOrMore(.text), "The types of facts that are compared"),
      Key("differ", .oneOrMore(.text), "Roles that must be equal in facts of equal identity"),
      Key("report", .text, "What is reported, with {roles}"),
    ]
  }
}
