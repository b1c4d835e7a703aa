/// The elements that the reader or its users know by name.
package enum HtmlTag: UInt8, CaseIterable, Sendable, BitwiseCopyable {
  /// No element: the document or text.
  case none
  /// An element of any other name.
  case other
  case a, abbr, address, ampImg, applet, area, article, aside, audio, b
  case base, basefont, bgsound, blockquote, body, br, button, canvas, caption, center
  case cite, code, col, colgroup, data, datalist, dd, del, desc, details
  case dialog, dir, div, dl, dt, em, embed, fieldset, figcaption, figure
  case font, footer, foreignObject, form, frame, frameset, h1, h2, h3, h4
  case h5, h6, head, header, hgroup, hr, html, i, iframe, image
  case img, input, ins, keygen, label, legend, li, link, listing, main
  case map, mark, marquee, math, menu, meta, nav, nobr, noembed, noframes
  case noscript, object, ol, optgroup, option, p, param, picture, plaintext, pre
  case q, rp, rt, ruby, s, script, search, section, select, small
  case source, span, strike, strong, style, sub, summary, sup, svg, table
  case tbody, td, template, textarea, tfoot, th, thead, time, title, tr
  case track, u, ul, video, wbr, xmp, big, tt, acronym, rb
  case rtc, dfn, kbd, samp, `var`

  /// The names of all tags from `a` on, in the order of the cases, in lower case.
  static let names: [StaticString] = [
    "a", "abbr", "address", "amp-img", "applet", "area", "article", "aside", "audio", "b",
    "base", "basefont", "bgsound", "blockquote", "body", "br", "button", "canvas", "caption",
    "center", "cite", "code", "col", "colgroup", "data", "datalist", "dd", "del", "desc",
    "details", "dialog", "dir", "div", "dl", "dt", "em", "embed", "fieldset", "figcaption",
    "figure", "font", "footer", "foreignobject", "form", "frame", "frameset", "h1", "h2", "h3",
    "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html", "i", "iframe", "image", "img",
    "input", "ins", "keygen", "label", "legend", "li", "link", "listing", "main", "map", "mark",
    "marquee", "math", "menu", "meta", "nav", "nobr", "noembed", "noframes", "noscript",
    "object", "ol", "optgroup", "option", "p", "param", "picture", "plaintext", "pre", "q", "rp",
    "rt", "ruby", "s", "script", "search", "section", "select", "small", "source", "span",
    "strike", "strong", "style", "sub", "summary", "sup", "svg", "table", "tbody", "td",
    "template", "textarea", "tfoot", "th", "thead", "time", "title", "tr", "track", "u", "ul",
    "video", "wbr", "xmp", "big", "tt", "acronym", "rb", "rtc", "dfn", "kbd", "samp", "var",
  ]

  /// The name in lower case; empty for `none` and `other`.
  package var name: StaticString {
    rawValue < HtmlTag.a.rawValue ? "" : HtmlTag.names[Int(rawValue &- HtmlTag.a.rawValue)]
  }
}

/// A set of tags.
package struct HtmlTagSet: Equatable, Sendable, BitwiseCopyable {
  private var low: UInt64 = 0
  private var middle: UInt64 = 0
  private var high: UInt64 = 0

  /// The empty set.
  package init() {}

  package init(_ tags: HtmlTag...) {
    for tag in tags { insert(tag) }
  }

  package mutating func insert(_ tag: HtmlTag) {
    let bit: UInt64 = 1 << UInt64(tag.rawValue & 63)
    switch tag.rawValue >> 6 {
    case 0: low |= bit
    case 1: middle |= bit
    default: high |= bit
    }
  }

  package func contains(_ tag: HtmlTag) -> Bool {
    let bit: UInt64 = 1 << UInt64(tag.rawValue & 63)
    switch tag.rawValue >> 6 {
    case 0: return low & bit != 0
    case 1: return middle & bit != 0
    default: return high & bit != 0
    }
  }

  /// Keeps the tags that are in both sets.
  package mutating func formIntersection(_ other: HtmlTagSet) {
    low &= other.low
    middle &= other.middle
    high &= other.high
  }

  /// Whether both sets share a tag.
  package func intersects(_ other: HtmlTagSet) -> Bool {
    low & other.low | middle & other.middle | high & other.high != 0
  }
}
