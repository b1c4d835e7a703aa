package import DukienText

/// A value of a YAML file with its place; part of a `YamlTree`.
package struct Node: Sendable {
  package enum Kind: Sendable {
    /// Nothing was written, as after `key:`.
    case null
    case scalar
    case sequence
    case mapping
  }

  /// How a value is written.
  package enum Style: Sendable {
    case plain
    case singleQuoted
    case doubleQuoted
    /// A block scalar opened by `|`.
    case literal
    /// A block scalar opened by `>`.
    case folded
    /// A collection in brackets or braces.
    case flow
    /// A collection by indentation.
    case block
  }

  package var kind: Kind
  package var style: Style
  /// Byte offsets in the file of the value as written, quotes and brackets included.
  package var span: Span
  /// The text of a scalar, without quotes, escapes resolved; empty for the other kinds.
  package var text: String
  /// The number of children: keys and values both count.
  package internal(set) var childCount: Int32 = 0
  var parent: Int32 = -1
  var firstChild: Int32 = -1
  var nextSibling: Int32 = -1
  /// In a sequence the index from 0; of a mapping's value its key, of a key the key itself.
  var place: Int32 = -1
  /// A key that is no text or that was used before: not among the entries.
  var isRefused = false

  /// Whether a scalar stands in single or double quotes.
  package var isQuoted: Bool { style == .singleQuoted || style == .doubleQuoted }
}

/// A YAML document as a flat tree: nodes in the order of the file, joined by index.
///
/// Indexes given to its functions must come from the same tree.
package final class YamlTree: Sendable {
  package let file: SourceFile
  package let nodes: [Node]
  /// The index of the outermost node; an empty file has an empty mapping there.
  package let root: Int

  init(file: SourceFile, nodes: [Node], root: Int) {
    self.file = file
    self.nodes = nodes
    self.root = root
  }

  package subscript(_ node: Int) -> Node { nodes[node] }

  /// The children in order: the items of a sequence, the keys and values of a mapping.
  ///
  /// - Complexity: O(children).
  package func children(of node: Int) -> [Int] {
    var out: [Int] = []
    out.reserveCapacity(Int(nodes[node].childCount))
    var child = Int(nodes[node].firstChild)
    while child >= 0 {
      out.append(child)
      child = Int(nodes[child].nextSibling)
    }
    return out
  }

  /// The entries of a mapping in order; none for other kinds.
  ///
  /// Every key is a scalar and no two are equal: entries that were reported with
  /// `yaml.key-not-text` or `yaml.duplicate-key` are left out.
  /// - Complexity: O(children).
  package func entries(of node: Int) -> [(key: Int, value: Int)] {
    var out: [(key: Int, value: Int)] = []
    guard nodes[node].kind == .mapping else { return out }
    out.reserveCapacity(Int(nodes[node].childCount) / 2)
    var key = Int(nodes[node].firstChild)
    while key >= 0 {
      let value = Int(nodes[key].nextSibling)
      if value < 0 { break }
      if !nodes[key].isRefused { out.append((key, value)) }
      key = Int(nodes[value].nextSibling)
    }
    return out
  }

  /// The value of a mapping under a key, or nil.
  ///
  /// - Complexity: O(children).
  package func value(of node: Int, under name: String) -> Int? {
    for entry in entries(of: node) where nodes[entry.key].text == name { return entry.value }
    return nil
  }

  /// The value as written in the file, quotes and brackets included.
  package func source(of node: Int) -> String { file.text(at: nodes[node].span) }

  /// The way from the root to a node, such as `rules[3].trigger`; empty for the root.
  ///
  /// A key has the path of its value.
  /// - Complexity: O(depth).
  package func path(of node: Int) -> String { DukienRules.path(of: node, in: nodes) }

  /// A diagnostic at a node, with place, excerpt and path filled in.
  package func diagnostic(
    _ code: String,
    at node: Int,
    _ message: String,
    severity: Severity = .error,
    hint: String = "",
    rule: String = ""
  ) -> Diagnostic {
    file.diagnostic(
      code, at: nodes[node].span, message, severity: severity, hint: hint, rule: rule,
      path: path(of: node))
  }

  /// A diagnostic at a range of byte offsets in a scalar's text, such as a part of a pattern.
  package func diagnostic(
    _ code: String,
    inScalar node: Int,
    _ range: Range<Int>,
    _ message: String,
    severity: Severity = .error,
    hint: String = "",
    rule: String = ""
  ) -> Diagnostic {
    let span = Span(
      byteOffset(inScalar: node, of: range.lowerBound),
      byteOffset(inScalar: node, of: range.upperBound))
    return file.diagnostic(
      code, at: span, message, severity: severity, hint: hint, rule: rule, path: path(of: node))
  }
}

func path(of node: Int, in nodes: [Node]) -> String {
  var steps: [String] = []
  var current = node
  while nodes[current].parent >= 0 {
    let parent = Int(nodes[current].parent)
    let place = Int(nodes[current].place)
    if nodes[parent].kind == .sequence {
      steps.append("[\(place)]")
    } else {
      let name = place >= 0 ? shortened(nodes[place].text) : ""
      steps.append(nodes[parent].parent >= 0 ? ".\(name)" : name)
    }
    current = parent
  }
  var out = ""
  for step in steps.reversed() { out += step }
  return out
}
