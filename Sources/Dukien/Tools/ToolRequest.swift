internal import CDukien
internal import DukienEngine
internal import DukienRules

/// The options of a tool: a JSON object, which is read as the YAML it also is.
struct ToolRequest {
  private let tree: YamlTree?

  /// An empty text stands for no options; anything else that is no object is refused.
  init(_ text: String) throws(Failure) {
    guard !text.isEmpty else {
      tree = nil
      return
    }
    var problems: [Diagnostic] = []
    var limits = YamlLimits()
    limits.maxBytes = 1 << 30
    limits.maxScalar = 1 << 30
    let file = SourceFile(label: "request", bytes: Array(text.utf8))
    let tree = parseYaml(file, limits: limits, diagnostics: &problems)
    if let problem = problems.first {
      throw Failure(DUKIEN_E_ARGUMENT, "tool.request", problem.message, hint: problem.hint)
    }
    guard let tree, tree[tree.root].kind == .mapping else {
      throw Failure(DUKIEN_E_ARGUMENT, "tool.request", "the request is no JSON object")
    }
    self.tree = tree
  }

  /// The text under a key, or `nil`.
  func text(_ key: String) -> String? {
    guard let tree, let node = tree.value(of: tree.root, under: key), tree[node].kind == .scalar
    else { return nil }
    return tree[node].text
  }

  /// The text under a key that the tool cannot do without.
  func needed(_ key: String) throws(Failure) -> String {
    guard let text = text(key), !text.isEmpty else {
      throw Failure(DUKIEN_E_ARGUMENT, "tool.request", "the request has no `\(key)`")
    }
    return text
  }

  /// The date under `published`, or "".
  func published() throws(Failure) -> String {
    guard let text = text("published"), !text.isEmpty else { return "" }
    guard Engine.isDate(text) else {
      throw Failure(
        DUKIEN_E_ARGUMENT, "argument.published", "\"\(text)\" is no date",
        hint: "write the day of publication as YYYY-MM-DD")
    }
    return text
  }

  /// The whole number under a key, or `nil`.
  func number(_ key: String) -> Int? { text(key).flatMap { Int($0) } }

  /// True where the key is `true`.
  func flag(_ key: String) -> Bool { text(key) == "true" }

  /// The objects of the list under a key, as the texts of their keys.
  func objects(_ key: String) -> [[String: String]] {
    guard let tree, let list = tree.value(of: tree.root, under: key) else { return [] }
    return tree.children(of: list).map { item in
      var object: [String: String] = [:]
      for entry in tree.entries(of: item) { object[tree[entry.key].text] = tree[entry.value].text }
      return object
    }
  }
}
