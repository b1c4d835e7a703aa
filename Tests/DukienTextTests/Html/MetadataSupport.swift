import DukienText

/// What a page tells about itself.
func metadata(_ html: String) -> PageMetadata {
  PageMetadata(readHtml(decoded(Array(html.utf8))))
}

/// The page of one JSON-LD script after a head.
func linked(_ json: String, head: String = "") -> PageMetadata {
  metadata("<html><head>\(head)<script type=\"application/ld+json\">\(json)</script></head></html>")
}

extension PageMetadata {
  /// `name=value` of all entries of a kind, in order; the agent behind the name, where told.
  func written(_ kind: MetadataKind) -> [String] {
    entries.indices.filter { entries[$0].kind == kind }.map { entry in
      let agent =
        switch entries[entry].agent {
        case .unknown: ""
        case .person: "(person)"
        case .organization: "(organization)"
        }
      return "\(string(key(entry)))\(agent)=\(string(value(entry)))"
    }
  }

  /// The values of all entries of a kind and name.
  func values(_ kind: MetadataKind, _ key: StaticString) -> [String] {
    all(kind, key).map { string(value($0)) }
  }
}
