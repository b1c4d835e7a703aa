/// Where on a page a piece of metadata stands.
package enum MetadataKind: UInt8, CaseIterable, Sendable, BitwiseCopyable {
  /// A member of a JSON-LD object.
  case jsonLd
  /// The content of `<meta>` under its `name`, `property` or `http-equiv`.
  case meta
  /// An element with `itemprop`.
  case microdata
  /// An element with `property` other than `<meta>`.
  case rdfa
  /// `<time>`: `pubdate` with that attribute, else `datetime`, or `text` where it has no attribute.
  case time
  /// `<link>` under the words of its `rel`, and `author.name`, the text of `<a rel=author>`.
  case link
  /// `title`, `lang` and `base` of the page.
  case document
}

/// Who is named by an entry, where the page tells.
package enum MetadataAgent: UInt8, Sendable, BitwiseCopyable {
  case unknown
  case person
  case organization
}

/// A piece of metadata of a page; part of `PageMetadata`.
package struct MetadataEntry: Sendable, BitwiseCopyable {
  package var kind: MetadataKind
  package var agent: MetadataAgent
  /// The object or item that it belongs to, counted a kind from 0; 0 where there are none.
  package var object: UInt16
  /// The element of the page.
  package var node: Int32
  /// The name in `PageMetadata.bytes`, ASCII letters in lower case.
  package var key: Span
  /// The value in `PageMetadata.bytes`: plain text, white space collapsed.
  package var value: Span
  /// Where the value stands on the page, in offsets of the tree's text.
  package var span: Span
}

/// What a page tells about itself, as a flat list.
///
/// Entries stand in the order of the page, those of JSON-LD last with the object of the article
/// first. Names of nested things are paths such as `author.name`. A thing that is no article and no
/// page, such as the site, has its type at the front: `website.name`.
package struct PageMetadata: Sendable {
  /// How many entries are kept.
  package static var maximumEntries: Int { 1000 }
  /// How many bytes of a value are kept.
  package static var maximumValueBytes: Int { 8192 }

  package internal(set) var entries: [MetadataEntry] = []
  /// The names and values that the entries point into.
  package internal(set) var bytes: [UInt8] = []
  /// What was wrong with the JSON of the page; `tooMany` also where the page has more entries than
  /// are kept.
  package internal(set) var problems: [JsonProblem] = []

  init() {}

  /// The first entry of a kind and name after another entry, or -1.
  ///
  /// - Complexity: O(entries).
  package func next(_ kind: MetadataKind, _ key: [UInt8], after entry: Int = -1) -> Int {
    key.withUnsafeBufferPointer { next(kind, $0, after: entry) }
  }

  package func next(_ kind: MetadataKind, _ key: StaticString, after entry: Int = -1) -> Int {
    next(
      kind, UnsafeBufferPointer(start: key.utf8Start, count: key.utf8CodeUnitCount), after: entry)
  }

  /// The value of the first entry of a kind and name, or nil.
  package func first(_ kind: MetadataKind, _ key: StaticString) -> ArraySlice<UInt8>? {
    let entry = next(kind, key)
    return entry < 0 ? nil : value(entry)
  }

  /// The indices of all entries of a kind and name.
  package func all(_ kind: MetadataKind, _ key: StaticString) -> [Int] {
    var out: [Int] = []
    var entry = next(kind, key)
    while entry >= 0 {
      out.append(entry)
      entry = next(kind, key, after: entry)
    }
    return out
  }

  package func value(_ entry: Int) -> ArraySlice<UInt8> { bytes[entries[entry].value.range] }

  package func key(_ entry: Int) -> ArraySlice<UInt8> { bytes[entries[entry].key.range] }

  private func next(
    _ kind: MetadataKind, _ key: UnsafeBufferPointer<UInt8>, after entry: Int
  ) -> Int {
    var index = entry &+ 1
    while index < entries.count {
      let found = entries[index]
      if found.kind == kind, found.key.count == key.count, has(key, at: Int(found.key.begin)) {
        return index
      }
      index &+= 1
    }
    return -1
  }

  private func has(_ key: UnsafeBufferPointer<UInt8>, at begin: Int) -> Bool {
    for offset in 0..<key.count where bytes[begin &+ offset] != key[offset] { return false }
    return true
  }
}
