/// Blocks of the page and fields of the article.
extension Grammar {
  static var zone: [Key] {
    [
      Key("zone", .text, "The label that the block gets"),
      Key("content", .yesNo, "Whether facts are read from such blocks"),
      Key(
        "body", .words(["yes", "no", "heading"]),
        "Whether such blocks are the text of the article, or a heading in it"),
      Key("about", .text, "What such blocks are"),
      Key(
        "when", .oneOrMore(.place(.condition)),
        "Conditions that must all hold, or a list of alternatives"),
      Key("holds_on", .yesNo, "Whether all blocks behind get the label too"),
      Key("interrupts", .yesNo, "Whether it may end a zone that holds on"),
    ]
  }

  private static var features: [Key] {
    [
      Key("list_mark", .yesNo, "Whether it begins like an item of a list"),
      Key("opens_with_pipe", .yesNo, "Whether it begins with |"),
      Key("closes_with_pipe", .yesNo, "Whether it ends with |"),
      Key("image_residue", .yesNo, "Whether it is what an image left"),
      Key("contains_url", .yesNo, "Whether it contains an address"),
      Key("ends_sentence", .yesNo, "Whether it ends like a sentence"),
      Key("blank_before", .yesNo, "Whether an empty line stands before it"),
      Key("blank_after", .yesNo, "Whether an empty line stands behind it"),
      Key("indented", .yesNo, "Whether it is indented"),
    ]
  }

  static var condition: [Key] {
    let positions = [
      "first", "last", "before first paragraph", "after first paragraph", "after last paragraph",
    ]
    let own = [
      Key("starts_with", .pattern, "What the block begins with"),
      Key("ends_with", .pattern, "What the block ends with"),
      Key("contains", .pattern, "What stands anywhere in the block"),
      Key("every", .pattern, "What the whole block is made of, over and over"),
      Key("only", .pattern, "What the whole block is"),
      Key("words", .range, "How many words the block has"),
      Key("prose", .yesNo, "Whether the block is long enough for running text"),
      Key("position", .words(positions), "Where the block stands"),
      Key("after", .oneOrMore(.text), "Labels of the block right before"),
      Key("seen", .oneOrMore(.text), "Labels of which one stands above"),
      Key("not_seen", .oneOrMore(.text), "Labels of which none stands above"),
      Key("next_prose", .number, "Within how many blocks running text follows"),
      Key("repeats", .text, "The label whose first block opens with the same words"),
      Key(
        "same_as", .words(["next", "previous"]), "The neighbour that has the same words"),
      Key(
        "next", .either([.words(features.map { $0.name }), .place(.condition)]),
        "What holds of the next block"),
      Key("previous", .place(.condition), "What holds of the block before"),
      Key("not", .place(.condition), "What does not hold"),
    ]
    return own + features
  }

  static var articleField: [Key] {
    [
      Key("from", .oneOrMore(.text), "Labels, or label.capture, in order of preference"),
      Key("kind", .words(["text", "list", "flag", "date", "url"]), "How the field is read"),
    ]
  }
}
