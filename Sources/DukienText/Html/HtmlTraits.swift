/// What the reader must know of a tag.
struct HtmlTraits: OptionSet {
  let rawValue: UInt32

  /// Has no content.
  static let void = HtmlTraits(rawValue: 1 << 0)
  /// "Special" in the words of the standard: stops the search for an ordinary open element.
  static let special = HtmlTraits(rawValue: 1 << 1)
  /// Bounds what an end tag inside it can close.
  static let scope = HtmlTraits(rawValue: 1 << 2)
  /// Its start tag closes an open paragraph.
  static let closesParagraph = HtmlTraits(rawValue: 1 << 3)
  /// Its end tag closes it wherever it is in scope, with all that is open inside it.
  static let closesAll = HtmlTraits(rawValue: 1 << 4)
  /// Formats text; an end tag outside its block ends it where the block ends.
  static let formatting = HtmlTraits(rawValue: 1 << 5)
  /// May stand in the head.
  static let head = HtmlTraits(rawValue: 1 << 6)
  /// Holds nothing but text.
  static let raw = HtmlTraits(rawValue: 1 << 7)
  /// Holds text in which character references are decoded, but no tags.
  static let rawWithReferences = HtmlTraits(rawValue: 1 << 8)
  /// Ends SVG and MathML that it stands in.
  static let leavesForeign = HtmlTraits(rawValue: 1 << 9)
  /// A part of a table.
  static let tablePart = HtmlTraits(rawValue: 1 << 10)
  /// Has rules of its own about what its start tag closes, or how it is kept.
  static let ownStart = HtmlTraits(rawValue: 1 << 11)
  /// Has rules of its own about what its end tag closes.
  static let ownEnd = HtmlTraits(rawValue: 1 << 12)
  /// Closes where its parent's end tag comes.
  static let impliedEnd = HtmlTraits(rawValue: 1 << 13)
  static let heading = HtmlTraits(rawValue: 1 << 14)
  /// Stands on lines of its own.
  static let block = HtmlTraits(rawValue: 1 << 15)
  /// Is set off by a blank line.
  static let margin = HtmlTraits(rawValue: 1 << 16)
  /// Its content is not part of the visible text.
  static let unseen = HtmlTraits(rawValue: 1 << 17)

  /// The traits of all tags, to be indexed by tag.
  static let table: [HtmlTraits] = (0...255).map { of(HtmlTag(rawValue: $0) ?? .none) }

  private static func of(_ tag: HtmlTag) -> HtmlTraits {
    var traits: HtmlTraits = []
    for group in groups where group.tags.contains(tag) { traits.formUnion(group.traits) }
    return traits
  }

  private struct Group {
    var traits: HtmlTraits
    var tags: HtmlTagSet

    init(_ traits: HtmlTraits, _ tags: HtmlTagSet) {
      self.traits = traits
      self.tags = tags
    }
  }

  private static let headings = HtmlTagSet(.h1, .h2, .h3, .h4, .h5, .h6)

  private static let groups: [Group] = [
    Group([.heading, .special, .closesParagraph, .ownStart, .ownEnd, .block, .margin], headings),
    Group(
      [.special, .closesParagraph, .closesAll, .block],
      HtmlTagSet(
        .address, .article, .aside, .blockquote, .center, .details, .dialog, .dir, .div, .dl,
        .fieldset, .figcaption, .figure, .footer, .header, .hgroup, .listing, .main, .menu, .nav,
        .ol, .pre, .search, .section, .summary, .ul)),
    Group(
      .void,
      HtmlTagSet(
        .area, .base, .basefont, .bgsound, .br, .col, .embed, .frame, .hr, .image, .img, .input,
        .keygen, .link, .meta, .param, .source, .track, .wbr)),
    Group(
      .special,
      HtmlTagSet(
        .applet, .area, .base, .basefont, .bgsound, .body, .br, .button, .caption, .col, .colgroup,
        .dd, .dt, .embed, .form, .frame, .frameset, .head, .hr, .html, .iframe, .img, .input,
        .keygen, .li, .link, .marquee, .meta, .noembed, .noframes, .noscript, .object, .p, .param,
        .plaintext, .script, .select, .source, .style)),
    Group(
      .special,
      HtmlTagSet(
        .table, .tbody, .td, .template, .textarea, .tfoot, .th, .thead, .title, .tr, .track, .wbr,
        .xmp)),
    Group(
      .scope,
      HtmlTagSet(.applet, .caption, .html, .table, .td, .th, .marquee, .object, .template)),
    Group(.closesParagraph, HtmlTagSet(.p, .form, .hr, .plaintext, .xmp, .table, .li, .dd, .dt)),
    Group(.closesAll, HtmlTagSet(.applet, .marquee, .object, .button, .select, .dd, .dt)),
    Group(
      .formatting,
      HtmlTagSet(
        .a, .b, .big, .code, .em, .font, .i, .nobr, .s, .small, .strike, .strong, .tt, .u)),
    Group(
      .head,
      HtmlTagSet(
        .base, .basefont, .bgsound, .link, .meta, .noframes, .noscript, .script, .style, .template,
        .title)),
    Group(.raw, HtmlTagSet(.iframe, .noembed, .noframes, .plaintext, .script, .style, .xmp)),
    Group(.rawWithReferences, HtmlTagSet(.textarea, .title)),
    Group(
      .leavesForeign,
      HtmlTagSet(
        .b, .big, .blockquote, .body, .br, .center, .code, .dd, .div, .dl, .dt, .em, .embed, .h1,
        .h2, .h3, .h4, .h5, .h6, .head, .hr, .i, .img, .li, .listing, .menu, .meta, .nobr, .ol, .p,
        .pre, .ruby, .s, .small, .span, .strong, .strike, .sub, .sup, .table, .tt, .u, .ul, .var)),
    Group(
      [.tablePart, .ownEnd],
      HtmlTagSet(.caption, .colgroup, .tbody, .td, .tfoot, .th, .thead, .tr)),
    Group(.tablePart, HtmlTagSet(.col)),
    Group(
      .ownStart,
      HtmlTagSet(
        .a, .body, .button, .dd, .dt, .form, .frame, .frameset, .head, .html, .image, .li, .listing,
        .math, .nobr, .optgroup, .option, .pre, .rb, .rp, .rt, .rtc, .svg, .table)),
    Group(
      .ownEnd,
      HtmlTagSet(.body, .br, .form, .head, .html, .li, .optgroup, .option, .p, .table, .template)),
    Group(
      .impliedEnd, HtmlTagSet(.dd, .dt, .li, .optgroup, .option, .p, .rb, .rp, .rt, .rtc)),
    Group(
      .block,
      HtmlTagSet(
        .body, .button, .caption, .dd, .dt, .form, .hr, .html, .legend, .li, .option, .optgroup, .p,
        .plaintext, .table, .tbody, .td, .tfoot, .th, .thead, .tr, .xmp, .marquee)),
    Group(
      .margin,
      HtmlTagSet(
        .p, .ul, .ol, .dl, .menu, .dir, .blockquote, .figure, .pre, .listing, .xmp, .plaintext, .hr,
        .table, .fieldset)),
    Group(
      .unseen,
      HtmlTagSet(
        .applet, .area, .audio, .base, .canvas, .datalist, .head, .iframe, .math, .noembed,
        .noframes, .object, .optgroup, .option, .script, .select, .style, .svg, .template,
        .textarea, .title, .video)),
  ]
}
