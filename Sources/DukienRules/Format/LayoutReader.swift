internal import DukienText

/// Puts the nodes of a tree together with the comments between them, in one pass over the file.
///
/// Lines end with `\n`, and the file has no byte order mark. Complexity: O(bytes).
struct LayoutReader {
  private let tree: YamlTree
  private let bytes: [UInt8]
  private var cursor = 0
  /// Comments that were passed and belong to nothing yet.
  private var held: [LayoutComment] = []
  private var heldBlank = false
  /// Whether something was met that is not where the tree has it.
  private var isLost = false

  init(_ tree: YamlTree) {
    self.tree = tree
    bytes = tree.file.bytes
  }

  /// The whole file as the value of an entry without key; nil where it is written in a way that
  /// the layout does not know.
  mutating func read() -> LayoutEntry? {
    var whole = LayoutEntry()
    skip()
    if startsWith("---") {
      cursor += 3
      skip()
    }
    let root = tree[tree.root]
    if root.style == .block, root.kind != .scalar {
      if root.childCount > 0 { readChildren(of: tree.root, into: &whole) }
    } else {
      let first = release()
      whole.leading = first.comments
      readValue(tree.root, into: &whole)
    }
    skip()
    if startsWith("...") {
      cursor += 3
      skip()
    }
    whole.tail += release().comments
    return isLost || cursor < bytes.count ? nil : whole
  }

  private mutating func readChildren(of node: Int, into entry: inout LayoutEntry) {
    entry.value = node
    entry.isSequence = tree[node].kind == .sequence
    let children = tree.children(of: node)
    var index = 0
    while index < children.count, !isLost {
      skip()
      var child = LayoutEntry()
      let above = release()
      (child.leading, child.followsBlank) = (above.comments, above.endsBlank)
      child.column = column(of: cursor)
      if entry.isSequence {
        take(UInt8(ascii: "-"))
        readValue(children[index], into: &child)
        index += 1
      } else {
        readKey(children[index], into: &child)
        if index + 1 < children.count { readValue(children[index + 1], into: &child) }
        index += 2
      }
      entry.children.append(child)
    }
    readTail(of: &entry)
  }

  private mutating func readKey(_ node: Int, into entry: inout LayoutEntry) {
    entry.key = node
    if cursor < bytes.count, cursor < Int(tree[node].span.begin) {
      take(UInt8(ascii: "?"))
      skip()
    }
    if cursor != Int(tree[node].span.begin) { isLost = true }
    cursor = Int(tree[node].span.end)
    skip()
    take(UInt8(ascii: ":"))
  }

  private mutating func readValue(_ node: Int, into entry: inout LayoutEntry) {
    let value = tree[node]
    switch value.kind {
    case .null:
      entry.beside = commentOfLine()
    case .sequence where value.style == .block, .mapping where value.style == .block:
      if entry.key >= 0 { entry.beside = commentOfLine() }
      readChildren(of: node, into: &entry)
    default:
      skip()
      entry.leading += release().comments
      if cursor != Int(value.span.begin) { isLost = true }
      entry.value = node
      cursor = tree.writtenEnd(of: node)
      entry.beside = commentOfLine()
    }
  }

  /// Leaves comments to a collection that has ended where they are indented like its children and
  /// deeper than what follows.
  private mutating func readTail(of entry: inout LayoutEntry) {
    skip()
    guard let first = entry.children.first else { return }
    let next = cursor < bytes.count ? column(of: cursor) : -1
    let count = held.prefix { $0.column >= first.column && $0.column > next }.count
    entry.tail = Array(held[..<count])
    held.removeFirst(count)
  }

  /// Goes to the next byte that is neither blank nor comment, and holds the comments.
  private mutating func skip() {
    var breaks = cursor == 0 || bytes[cursor - 1] == 0x0A ? 1 : 0
    while cursor < bytes.count {
      switch bytes[cursor] {
      case 0x20, 0x09:
        cursor += 1
      case 0x0A:
        breaks += 1
        cursor += 1
      case UInt8(ascii: "#"):
        held.append(
          LayoutComment(
            range: comment(at: cursor), column: column(of: cursor), followsBlank: breaks > 1))
        while cursor < bytes.count, bytes[cursor] != 0x0A { cursor += 1 }
        breaks = 0
      default:
        if breaks > 1 { heldBlank = true }
        return
      }
    }
  }

  private mutating func release() -> (comments: [LayoutComment], endsBlank: Bool) {
    defer { (held, heldBlank) = ([], false) }
    return (held, heldBlank)
  }

  /// The comment at the end of the line, passed; nil where there is none.
  private mutating func commentOfLine() -> Range<Int>? {
    guard cursor > 0, cursor < bytes.count, bytes[cursor - 1] != 0x0A else { return nil }
    var next = cursor
    while next < bytes.count, bytes[next] == 0x20 || bytes[next] == 0x09 { next += 1 }
    guard next < bytes.count, bytes[next] == UInt8(ascii: "#") else { return nil }
    let found = comment(at: next)
    cursor = found.upperBound
    return found
  }

  private func comment(at offset: Int) -> Range<Int> {
    var end = offset
    while end < bytes.count, bytes[end] != 0x0A { end += 1 }
    while bytes[end - 1] == 0x20 || bytes[end - 1] == 0x09 { end -= 1 }
    return offset..<end
  }

  private mutating func take(_ byte: UInt8) {
    if cursor < bytes.count, bytes[cursor] == byte { cursor += 1 } else { isLost = true }
  }

  private func startsWith(_ marker: StaticString) -> Bool {
    marker.withUTF8Buffer { bytes[cursor...].starts(with: $0) }
  }

  private func column(of offset: Int) -> Int {
    var start = offset
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    return offset - start
  }
}

extension YamlTree {
  /// The end of a value as written. The empty lines below a block scalar are no part of it, unless
  /// it keeps them.
  func writtenEnd(of node: Int) -> Int {
    let value = nodes[node]
    let begin = Int(value.span.begin)
    var end = min(Int(value.span.end), file.bytes.count)
    guard value.style == .literal || value.style == .folded else { return end }
    if keepsLines(node) { return end }
    if end > begin, file.bytes[end - 1] == 0x0A { end -= 1 }
    while true {
      var start = end
      while start > begin, file.bytes[start - 1] == 0x20 { start -= 1 }
      guard start > begin, file.bytes[start - 1] == 0x0A else { return end }
      end = start - 1
    }
  }

  /// Whether a value is a block scalar to which the empty lines below it belong.
  func keepsLines(_ node: Int) -> Bool {
    let value = nodes[node]
    guard value.style == .literal || value.style == .folded else { return false }
    for byte in file.bytes[Int(value.span.begin)...] {
      switch byte {
      case UInt8(ascii: "+"): return true
      case 0x0A, 0x20, 0x09, UInt8(ascii: "#"): return false
      default: continue
      }
    }
    return false
  }
}
