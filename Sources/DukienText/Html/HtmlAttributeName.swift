/// The attributes that the reader or its users know by name.
package enum HtmlAttributeName: UInt8, CaseIterable, Sendable, BitwiseCopyable {
  /// An attribute of any other name.
  case other
  /// Any other name that begins with `aria-`.
  case aria
  /// Any other name that begins with `data-`.
  case data
  case about, alt, ariaExpanded, ariaHidden, ariaLabel, border, charset, cite
  case `class`, colspan, content, dataComponent, dataId, dataLazySrc, dataName, dataOriginal
  case dataSrc, dataSrcset, dataTestid, dataType, datatype, datetime, dir, headers
  case height, hidden, href, hreflang, httpEquiv, id, itemid, itemprop
  case itemref, itemscope, itemtype, lang, loading, media, name, open
  case placeholder, poster, property, pubdate, rel, resource, role, rowspan
  case scope, sizes, src, srcset, style, title, type, typeof
  case value, vocab, width, xmlLang

  /// The names of all attributes from `about` on, in the order of the cases, in lower case.
  static var names: [StaticString] {
    [
      "about", "alt", "aria-expanded", "aria-hidden", "aria-label", "border", "charset", "cite",
      "class", "colspan", "content", "data-component", "data-id", "data-lazy-src", "data-name",
      "data-original", "data-src", "data-srcset", "data-testid", "data-type", "datatype",
      "datetime", "dir", "headers", "height", "hidden", "href", "hreflang", "http-equiv", "id",
      "itemid", "itemprop", "itemref", "itemscope", "itemtype", "lang", "loading", "media",
      "name", "open", "placeholder", "poster", "property", "pubdate", "rel", "resource", "role",
      "rowspan", "scope", "sizes", "src", "srcset", "style", "title", "type", "typeof", "value",
      "vocab", "width", "xml:lang",
    ]
  }

  /// The name in lower case; empty for `other`, `aria` and `data`.
  package var name: StaticString {
    rawValue < HtmlAttributeName.about.rawValue
      ? "" : HtmlAttributeName.names[Int(rawValue &- HtmlAttributeName.about.rawValue)]
  }
}
