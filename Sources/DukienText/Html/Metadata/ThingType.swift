/// What the type of an object of the schema.org vocabulary says about the object.
enum ThingType: UInt8, Sendable, BitwiseCopyable {
  case article
  /// Something else that a page may be about, such as a recipe.
  case work
  /// The page itself.
  case page
  case person
  case organization
  case site
  case breadcrumbs
  case other

  /// The agent that an object of the type is.
  var agent: MetadataAgent {
    switch self {
    case .person: .person
    case .organization: .organization
    default: .unknown
    }
  }

  /// Whether names of members stand for the page, without the type before them.
  var isOfPage: Bool { self == .article || self == .work || self == .page }

  /// The type of a name such as `NewsArticle`, `schema:NewsArticle` or
  /// `https://schema.org/NewsArticle`.
  init(_ bytes: UnsafePointer<UInt8>, _ name: Span) {
    let span = localName(bytes, name)
    if ends(bytes, span, "article") || ends(bytes, span, "blogposting")
      || isOne(bytes, span, ["socialmediaposting", "discussionforumposting", "report"])
    {
      self = .article
    } else if ends(bytes, span, "page") {
      self = .page
    } else if isOne(bytes, span, ["person"]) {
      self = .person
    } else if ends(bytes, span, "organization") || isOne(bytes, span, ["corporation"]) {
      self = .organization
    } else if isOne(bytes, span, ["website"]) {
      self = .site
    } else if isOne(bytes, span, ["breadcrumblist"]) {
      self = .breadcrumbs
    } else if isOne(
      bytes, span,
      ["creativework", "recipe", "howto", "videoobject", "podcastepisode", "event", "course"])
    {
      self = .work
    } else {
      self = .other
    }
  }
}

/// The part of a type's name after the last `/`, `#` or `:`.
func localName(_ bytes: UnsafePointer<UInt8>, _ name: Span) -> Span {
  var index = Int(name.end)
  while index > Int(name.begin) {
    switch bytes[index &- 1] {
    case UInt8(ascii: "/"), UInt8(ascii: "#"), UInt8(ascii: ":"): return Span(index, Int(name.end))
    default: index &-= 1
    }
  }
  return name
}

private func ends(_ bytes: UnsafePointer<UInt8>, _ span: Span, _ lower: StaticString) -> Bool {
  let begin = Int(span.end) &- lower.utf8CodeUnitCount
  return begin >= Int(span.begin) && startsLike(lower, bytes, begin, Int(span.end))
}

private func isOne(
  _ bytes: UnsafePointer<UInt8>, _ span: Span, _ names: [StaticString]
) -> Bool {
  for name in names where spanEquals(name, bytes, span) { return true }
  return false
}
