/// Writes entries in the layout of the house.
struct LayoutPrinter {
  private let tree: YamlTree
  private var text: ScalarWriter
  /// Whether the last value keeps the empty lines below it.
  private var keepsLines = false

  init(_ tree: YamlTree) {
    self.tree = tree
    text = ScalarWriter(tree)
  }

  /// The bytes of a file; nil where it is written in a way that the layout does not know.
  mutating func write(_ whole: LayoutEntry) -> [UInt8]? {
    write(whole.leading, at: 0)
    if whole.children.isEmpty, whole.value >= 0 {
      text.write(whole.value, from: 0, to: 0)
      endLine(whole.beside)
      write(whole.tail, at: 0)
    } else {
      writeChildren(of: whole, at: 0)
    }
    return text.isLost ? nil : text.out
  }

  /// Writes the children of a block collection; `isInline` where the dash of the first stands
  /// already, with all comments above it.
  private mutating func writeChildren(of entry: LayoutEntry, at column: Int, isInline: Bool = false)
  {
    for (index, child) in ordered(entry).enumerated() {
      if index > 0 || !isInline {
        write(child.leading, at: column)
        if child.followsBlank { writeBlank() }
        write(commentsInside(child), at: column)
        text.indent(column)
      }
      if entry.isSequence { writeItem(child, at: column) } else { writePair(child, at: column) }
    }
    write(entry.tail, at: column)
  }

  private mutating func writeItem(_ item: LayoutEntry, at column: Int) {
    text.append("-")
    if !item.children.isEmpty {
      text.append(" ")
      writeChildren(of: item, at: column + 2, isInline: true)
    } else {
      writeValue(of: item, at: column)
    }
  }

  private mutating func writePair(_ entry: LayoutEntry, at column: Int) {
    text.writeScalar(entry.key, shift: 0)
    text.append(":")
    guard !entry.children.isEmpty else {
      writeValue(of: entry, at: column)
      return
    }
    endLine(entry.beside)
    writeChildren(of: entry, at: entry.isSequence ? column : column + 2)
  }

  private mutating func writeValue(of entry: LayoutEntry, at column: Int) {
    if entry.value >= 0 {
      text.append(" ")
      text.write(entry.value, from: entry.column, to: column)
    }
    endLine(entry.beside)
    keepsLines = entry.value >= 0 && tree.keepsLines(entry.value)
  }

  /// The comments above the first things on the line of an item, which go above the item.
  private func commentsInside(_ item: LayoutEntry) -> [LayoutComment] {
    guard item.key < 0, let first = ordered(item).first else { return [] }
    var comments: [LayoutComment] = []
    for comment in first.leading + commentsInside(first) {
      var comment = comment
      comment.followsBlank = false
      comments.append(comment)
    }
    return comments
  }

  private func ordered(_ entry: LayoutEntry) -> [LayoutEntry] {
    guard !entry.isSequence, entry.value >= 0 else { return entry.children }
    return tree.keyOrder(of: entry.value).sorted(entry.children) { tree[$0.key].text }
  }

  private mutating func write(_ comments: [LayoutComment], at column: Int) {
    for comment in comments {
      if comment.followsBlank { writeBlank() }
      text.indent(column)
      endLine(comment.range, gap: false)
    }
  }

  /// One empty line, but none at the beginning of the file, nor where it would belong to a text.
  private mutating func writeBlank() {
    if !text.out.isEmpty, !keepsLines { text.endLine() }
  }

  private mutating func endLine(_ comment: Range<Int>?, gap: Bool = true) {
    if let comment {
      if gap { text.append("  ") }
      text.append(comment)
    }
    text.endLine()
    keepsLines = false
  }
}
