/// The open elements while a page is read.
///
/// Each entry knows the nearest open element of its name and of each kind that bounds a search, so
/// that what an end tag closes is found in O(1).
struct HtmlStack {
  struct Entry {
    var node: Int32
    /// The tag's number, or one past 255 for an element of another name.
    var name: Int32
    /// The entry below that has the same name, or -1.
    var previous: Int32
    /// The nearest entries, itself included, of each kind that bounds a search; 0 where none does.
    var special: Int32
    /// Special, but no `address`, `div` or `p`: what ends the search for an open list item.
    var item: Int32
    var scope: Int32
    var buttonScope: Int32
    var listScope: Int32
    var table: Int32
    /// The nearest entry that is HTML and not SVG or MathML.
    var html: Int32
    var tag: HtmlTag
    var isForeign: Bool
    /// A foreign element whose content is HTML.
    var holdsHtml: Bool
    /// Its end tag came inside a block that it holds: it ends with that block.
    var isEnded: Bool
  }

  private(set) var entries: [Entry] = []
  /// The nearest open entry of each name, or -1.
  private var lastOpen = [Int32](repeating: -1, count: 256)

  @inline(__always)
  var count: Int { entries.count }

  @inline(__always)
  var top: Entry { entries[entries.count &- 1] }

  @inline(__always)
  subscript(place: Int) -> Entry { entries[place] }

  /// The place of the nearest open element of a tag, or -1.
  @inline(__always)
  func last(_ tag: HtmlTag) -> Int { Int(lastOpen[Int(tag.rawValue)]) }

  /// The place of the nearest open element of a name, or -1.
  @inline(__always)
  func last(name: Int32) -> Int { Int(name) < lastOpen.count ? Int(lastOpen[Int(name)]) : -1 }

  /// Opens an element.
  @inline(__always)
  mutating func push(
    node: Int, tag: HtmlTag, name: Int32, traits: HtmlTraits, isForeign: Bool = false,
    holdsHtml: Bool = false
  ) {
    while Int(name) >= lastOpen.count { lastOpen.append(-1) }
    let place = Int32(truncatingIfNeeded: entries.count)
    var entry =
      entries.last
      ?? Entry(
        node: 0, name: 0, previous: -1, special: 0, item: 0, scope: 0, buttonScope: 0, listScope: 0,
        table: 0, html: 0, tag: .none, isForeign: false, holdsHtml: false, isEnded: false)
    entry.node = Int32(truncatingIfNeeded: node)
    entry.name = name
    entry.previous = lastOpen[Int(name)]
    entry.tag = tag
    entry.isForeign = isForeign
    entry.holdsHtml = holdsHtml
    entry.isEnded = false
    if !isForeign { entry.html = place }
    if holdsHtml || !isForeign && traits.contains(.special) {
      entry.special = place
      if tag != .div, tag != .p, tag != .address { entry.item = place }
      if holdsHtml || traits.contains(.scope) {
        entry.scope = place
        entry.buttonScope = place
        entry.listScope = place
        if tag == .table || tag == .template || tag == .html { entry.table = place }
      } else if tag == .button {
        entry.buttonScope = place
      } else if tag == .ul || tag == .ol {
        entry.listScope = place
      }
    }
    entries.append(entry)
    lastOpen[Int(name)] = place
  }

  /// Closes the topmost element and returns its node.
  @inline(__always)
  mutating func pop() -> Int {
    let entry = entries.removeLast()
    if !entry.isEnded { lastOpen[Int(entry.name)] = entry.previous }
    return Int(entry.node)
  }

  /// Marks the nearest open element of a tag as ended: it is not found again.
  mutating func end(_ tag: HtmlTag) {
    let place = last(tag)
    guard place >= 0 else { return }
    entries[place].isEnded = true
    lastOpen[Int(tag.rawValue)] = entries[place].previous
  }
}
