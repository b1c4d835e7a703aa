internal import DukienText

/// Lays a rule file out anew: two columns a level, lists at the column of their key, the keys of
/// rules and values in the order of the language, at most one empty line in a row, lines that end
/// with `\n`. Texts, line breaks in brackets and comments stay as they are written.
///
/// The result is read again: it holds the same texts in the same order, but for the keys that were
/// sorted, and the same comments. A file with mistakes in its YAML, or one that cannot be laid out
/// without a change of what it says, is reported and left alone.
/// - Returns: the bytes of the file in the new layout, or nil with an error among `diagnostics`.
/// - Complexity: O(bytes), but for sorting comments.
package func formatted(_ file: SourceFile, diagnostics: inout [Diagnostic]) -> [UInt8]? {
  let source = SourceFile(label: file.label, bytes: withPlainLines(file))
  var problems: [Diagnostic] = []
  guard let tree = parseYaml(source, diagnostics: &problems), problems.isEmpty else {
    diagnostics += problems
    return nil
  }
  var reader = LayoutReader(tree)
  guard let layout = reader.read() else {
    diagnostics.append(leftAlone(file, "is written in a way that has no layout"))
    return nil
  }
  var printer = LayoutPrinter(tree)
  guard let bytes = printer.write(layout) else {
    diagnostics.append(leftAlone(file, "is written in a way that has no layout"))
    return nil
  }
  let result = SourceFile(label: file.label, bytes: bytes)
  guard let copy = parseYaml(result, diagnostics: &problems), problems.isEmpty,
    isSame(tree, tree.root, copy, copy.root), comments(of: tree) == comments(of: copy)
  else {
    diagnostics.append(leftAlone(file, "would not say the same in the usual layout"))
    return nil
  }
  return bytes
}

private func leftAlone(_ file: SourceFile, _ why: String) -> Diagnostic {
  Diagnostic(
    .error, code: "fmt.left-alone", message: "the file \(why); it was left alone", file: file.label)
}

/// The text of a file without byte order mark, its lines ending with `\n`.
private func withPlainLines(_ file: SourceFile) -> [UInt8] {
  let bytes = file.bytes
  var out: [UInt8] = []
  out.reserveCapacity(bytes.count)
  for index in file.textStart..<max(file.textStart, bytes.count) {
    if bytes[index] != 0x0D {
      out.append(bytes[index])
    } else if index + 1 == bytes.count || bytes[index + 1] != 0x0A {
      out.append(0x0A)
    }
  }
  return out
}

/// Whether two nodes hold the same, the keys of the first taken in their order of layout.
private func isSame(_ a: YamlTree, _ first: Int, _ b: YamlTree, _ second: Int) -> Bool {
  guard a[first].kind == b[second].kind, a[first].text == b[second].text,
    a[first].text.utf8.count == b[second].text.utf8.count
  else { return false }
  switch a[first].kind {
  case .null, .scalar: return true
  case .sequence:
    let (items, others) = (a.children(of: first), b.children(of: second))
    guard items.count == others.count else { return false }
    return zip(items, others).allSatisfy { isSame(a, $0, b, $1) }
  case .mapping:
    let others = b.entries(of: second)
    let entries = a.keyOrder(of: first).sorted(a.entries(of: first)) { a[$0.key].text }
    guard entries.count == others.count else { return false }
    return zip(entries, others).allSatisfy {
      isSame(a, $0.key, b, $1.key) && isSame(a, $0.value, b, $1.value)
    }
  }
}

/// The comments of a file, sorted, each as often as it stands there.
package func comments(of tree: YamlTree) -> [String] {
  let bytes = tree.file.bytes
  var comments: [String] = []
  var cursor = tree.file.textStart
  var next = 0
  while cursor < bytes.count {
    while next < tree.nodes.count,
      tree[next].kind != .scalar || Int(tree[next].span.begin) < cursor
    { next += 1 }
    if next < tree.nodes.count, Int(tree[next].span.begin) == cursor {
      cursor = max(cursor + 1, Int(tree[next].span.end))
    } else if bytes[cursor] == UInt8(ascii: "#") {
      var end = cursor
      while end < bytes.count, bytes[end] != 0x0A, bytes[end] != 0x0D { end += 1 }
      var last = end
      while bytes[last - 1] == 0x20 || bytes[last - 1] == 0x09 { last -= 1 }
      comments.append(String(decoding: bytes[cursor..<last], as: UTF8.self))
      cursor = end
    } else {
      cursor += 1
    }
  }
  return comments.sorted()
}
