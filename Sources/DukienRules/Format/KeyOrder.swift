/// The order in which the entries of a mapping are laid out.
struct KeyOrder {
  /// Keys that go before all others; empty where the order is the writer's.
  private let keys: [String]

  init(_ keys: [String]) { self.keys = keys }

  /// The entries in order; those with other keys come last, as they stand.
  ///
  /// - Complexity: O(entries · keys).
  func sorted<Entry>(_ entries: [Entry], key: (Entry) -> String) -> [Entry] {
    guard !keys.isEmpty else { return entries }
    var sorted: [Entry] = []
    for wanted in keys { sorted += entries.filter { key($0) == wanted } }
    return sorted + entries.filter { !keys.contains(key($0)) }
  }
}

extension YamlTree {
  /// The order of a mapping: that of the language for rules, values, groups and entities by
  /// indentation, the writer's for all others.
  func keyOrder(of node: Int) -> KeyOrder {
    let writers = KeyOrder([])
    let mapping = nodes[node]
    guard mapping.kind == .mapping, mapping.style == .block, mapping.parent >= 0 else {
      return writers
    }
    let list = nodes[Int(mapping.parent)]
    guard list.parent == Int32(root), list.place >= 0 else { return writers }
    switch (nodes[Int(list.place)].text, list.kind) {
    case ("rules", .sequence): return KeyOrder(Grammar.keys(of: .rule))
    case ("values", .mapping), ("groups", .mapping), ("entities", .mapping):
      return KeyOrder(Grammar.keys(of: .production))
    default: return writers
    }
  }
}
