import DukienRules
import DukienText

/// A text with one span marked by `«` and `»`, or one place marked by `«»`.
struct MarkedText {
  let text: String
  let span: Span

  init(_ marked: String) {
    var bytes: [UInt8] = []
    var bounds: [Int] = []
    for scalar in marked.unicodeScalars {
      if scalar == "«" || scalar == "»" {
        bounds.append(bytes.count)
      } else {
        bytes += Array(String(scalar).utf8)
      }
    }
    precondition(bounds.count == 2, "two marks in \(marked)")
    text = String(decoding: bytes, as: UTF8.self)
    span = Span(bounds[0], bounds[1])
  }
}

/// A tree, or nil, and all that was reported.
struct Reading {
  let tree: YamlTree?
  let diagnostics: [Diagnostic]

  init(_ bytes: [UInt8], limits: YamlLimits = YamlLimits()) {
    var diagnostics: [Diagnostic] = []
    let file = SourceFile(label: "test.yaml", bytes: bytes)
    tree = parseYaml(file, limits: limits, diagnostics: &diagnostics)
    self.diagnostics = diagnostics
  }

  init(_ text: String, limits: YamlLimits = YamlLimits()) {
    self.init(Array(text.utf8), limits: limits)
  }

  var codes: [String] { diagnostics.map(\.code) }

  /// The tree on one line; see `YamlTree.outline`.
  var outline: String { tree.map { $0.outline($0.root) } ?? "nil" }
}

extension YamlTree {
  /// A node and what is below it in flow style: texts in quotes, nothing as `-`.
  func outline(_ node: Int) -> String {
    switch nodes[node].kind {
    case .null: return "-"
    case .scalar: return "\"\(nodes[node].text)\""
    case .sequence: return "[" + children(of: node).map(outline).joined(separator: ", ") + "]"
    case .mapping:
      let entries = entries(of: node).map { "\(nodes[$0.key].text): \(outline($0.value))" }
      return "{" + entries.joined(separator: ", ") + "}"
    }
  }

  /// The scalar with a text, keys included.
  func scalar(_ text: String) -> Int? { nodes.firstIndex { $0.kind == .scalar && $0.text == text } }
}

/// A small seeded generator (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
