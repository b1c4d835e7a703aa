import DukienRules
import Foundation
import Testing

@Suite("The schema of rule files")
struct SchemaTests {
  private static let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("rules")

  static let shipped: [String] = {
    let names = FileManager.default.subpaths(atPath: rules.path) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  private func schema() throws -> [String: Any] { try #require(try toolAnswer("schema").answer) }

  private func tree(_ bytes: [UInt8]) throws -> YamlTree {
    var problems: [Diagnostic] = []
    return try #require(
      parseYaml(SourceFile(label: "test.yaml", bytes: bytes), diagnostics: &problems))
  }

  @Test("all shipped rule files are valid by it", arguments: shipped)
  func shippedFile(name: String) throws {
    let bytes = try Data(contentsOf: Self.rules.appendingPathComponent(name))
    let tree = try tree(Array(bytes))
    let check = SchemaCheck(schema: try schema(), tree: tree)
    #expect(try check.problem(at: tree.root, by: check.schema) == nil)
  }

  @Test(
    "what is no rule file is not valid by it",
    arguments: [
      "nonsense: 1\n", "rules: [{rule: a, emit: b}]\n", "lexicons: {a: {case: loud}}\n",
      "zones: [{zone: [a]}]\n", "facts: [a]\n", "zones: {zone: a, when: {words: three}}\n",
    ])
  func invalid(text: String) throws {
    let tree = try tree(Array(text.utf8))
    let check = SchemaCheck(schema: try schema(), tree: tree)
    #expect(try check.problem(at: tree.root, by: check.schema) != nil)
  }

  @Test("it has a definition for every kind of mapping, with a description of every key")
  func definitions() throws {
    let definitions = try #require(try schema()["$defs"] as? [String: [String: Any]])
    for place in Grammar.Place.allCases {
      let definition = try #require(definitions[place.name])
      #expect(definition["additionalProperties"] as? Bool == false)
      let properties = try #require(definition["properties"] as? [String: [String: Any]])
      #expect(properties.keys.sorted() == Grammar.keys(of: place).sorted())
      #expect(properties.values.allSatisfy { $0["description"] is String })
    }
  }
}

/// The part of JSON Schema that the schema of rule files uses. Texts of plain YAML count as numbers
/// where a number is wanted.
private struct SchemaCheck {
  let schema: [String: Any]
  let tree: YamlTree

  /// The path of what is wrong first below a node, or nil.
  func problem(at node: Int, by schema: [String: Any]) throws -> String? {
    let known: Set<String> = [
      "$schema", "$ref", "$defs", "title", "description", "type", "enum", "anyOf", "items",
      "properties", "additionalProperties", "pattern", "minimum",
    ]
    #expect(known.isSuperset(of: schema.keys))
    let here = "\(tree.path(of: node)): \(tree.source(of: node).prefix(40))"
    if let reference = schema["$ref"] as? String {
      let name = try #require(reference.wholeMatch(of: /#\/\$defs\/(\w+)/)).output.1
      let definitions = try #require(self.schema["$defs"] as? [String: [String: Any]])
      if let found = try problem(at: node, by: try #require(definitions[String(name)])) {
        return found
      }
    }
    if let types = schema["type"].map({ $0 as? [String] ?? [$0 as? String ?? ""] }),
      !types.contains(where: { fits(node, $0) })
    {
      return here
    }
    if let words = schema["enum"] as? [String], !words.contains(tree[node].text) { return here }
    if let pattern = schema["pattern"] as? String,
      try Regex(pattern).wholeMatch(in: tree[node].text) == nil
    {
      return here
    }
    if let ways = schema["anyOf"] as? [[String: Any]],
      try ways.allSatisfy({ try problem(at: node, by: $0) != nil })
    {
      return here
    }
    if let items = schema["items"] as? [String: Any] {
      for item in tree.children(of: node) {
        if let found = try problem(at: item, by: items) { return found }
      }
    }
    return try problemOfEntries(of: node, by: schema)
  }

  private func problemOfEntries(of node: Int, by schema: [String: Any]) throws -> String? {
    let properties = schema["properties"] as? [String: [String: Any]]
    guard properties != nil || schema["additionalProperties"] != nil else { return nil }
    for entry in tree.entries(of: node) {
      let property =
        properties?[tree[entry.key].text] ?? schema["additionalProperties"] as? [String: Any]
      guard let property else { return tree.path(of: entry.value) }
      if let found = try problem(at: entry.value, by: property) { return found }
    }
    return nil
  }

  private func fits(_ node: Int, _ type: String) -> Bool {
    switch type {
    case "object": tree[node].kind == .mapping
    case "array": tree[node].kind == .sequence
    case "integer": tree[node].kind == .scalar && Int(tree[node].text) != nil
    case "string", "number", "boolean": tree[node].kind == .scalar
    default: tree[node].kind == .null
    }
  }
}
