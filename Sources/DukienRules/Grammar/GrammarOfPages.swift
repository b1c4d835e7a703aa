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
        "stands_in", .oneOrMore(.text),
        "What the page tells that has its words in a row, at least a third of its own"),
      Key(
        "next", .either([.words(features.map { $0.name }), .place(.condition)]),
        "What holds of the next block"),
      Key("previous", .place(.condition), "What holds of the block before"),
      Key("not", .place(.condition), "What does not hold"),
    ]
    return own + features + ofHtml
  }

  /// Conditions on blocks of HTML pages; all but `format` hold of no other block.
  private static var ofHtml: [Key] {
    [
      Key("format", .words(["html", "text"]), "What the page is"),
      Key("tag", .oneOrMore(.text), "Tags of which its element has one"),
      Key(
        "class", .oneOrMore(.text),
        "Groups of page_words of which an element that holds the block alone has a word"),
      Key("itemprop", .oneOrMore(.text), "Properties of which such an element has one"),
      Key(
        "inside", .oneOrMore(.text),
        "Tags of which an element around it, with at most half of the prose, has one"),
      Key(
        "inside_class", .oneOrMore(.text),
        "Groups of page_words of which such an element has a word"),
      Key("root", .words(["inside", "before", "after"]), "Where it stands by the root"),
      Key("heading", .range, "The level of a heading"),
      Key("links", .range, "Percent of its text in links"),
      Key("bold", .range, "Percent of its text in bold"),
      Key("chars", .range, "How many characters it has"),
      Key("commas", .range, "How many commas it has"),
      Key("hidden", .yesNo, "Whether the page hides it"),
    ]
  }

  static var pageWords: [Key] {
    [
      Key(
        "words", .oneOrMore(.text),
        "Words; with * behind, what begins so; several words stand behind one another"),
      Key("not", .oneOrMore(.text), "Words beside which a word of the group does not count"),
    ]
  }

  static var root: [Key] {
    [
      Key("ignores", .place(.elementLook), "Elements whose prose does not count"),
      Key(
        "choose", .oneOrMore(.place(.rootChoice)), "Elements that may be it, the best first"),
    ]
  }

  static var elementLook: [Key] {
    [
      Key("tag", .oneOrMore(.text), "Tags of which it has one"),
      Key("class", .oneOrMore(.text), "Groups of page_words of which it has a word"),
      Key("itemprop", .oneOrMore(.text), "Properties of which it has one"),
    ]
  }

  static var rootChoice: [Key] {
    elementLook + [
      Key("not", .place(.elementLook), "Of all this it has nothing"),
      Key("share", .range, "Percent of the page's prose that it holds"),
      Key("words", .range, "How many words of prose it holds"),
      Key(
        "pick", .words(["most", "innermost", "first"]),
        "Which of several: that with most prose, with least around it, the first"),
    ]
  }

  static var articleField: [Key] {
    [
      Key(
        "from", .oneOrMore(.text),
        "Labels, label.capture, or what the page tells: json_ld.headline, in order of preference"),
      Key("kind", .words(["text", "list", "flag", "date", "url"]), "How the field is read"),
      Key("split", .pattern, "What parts several values"),
      Key("strip", .place(.strip), "What is taken away at the ends"),
      Key("drop", .pattern, "What a value is that counts for nothing"),
      Key("cut_off", .oneOrMore(.text), "Sources whose text is cut off at the ends"),
      Key("cut_to", .oneOrMore(.text), "Sources whose text at an end is all that is kept"),
      Key("people", .yesNo, "Whether what is told to be an organisation counts for nothing"),
    ]
  }

  static var strip: [Key] {
    [
      Key("before", .pattern, "What stands before the value"),
      Key("after", .pattern, "What stands behind it"),
    ]
  }
}
