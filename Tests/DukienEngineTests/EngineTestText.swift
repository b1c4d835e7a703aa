import DukienRules
import DukienText
import Foundation
import Testing

@testable import DukienEngine

/// Tiny rules of made-up words, or a shipped set, and what they read in a page.
struct TestRules {
  let program: Program

  /// A zone that makes every block content.
  static let everyBlock = "zones: [{zone: body, content: yes, when: {words: 0..}}]\n"

  /// Compiles one rule file; one without zones reads every block.
  init(_ yaml: String) throws {
    var loader = RuleLoader()
    let text = yaml.contains("zones:") ? yaml : yaml + "\n" + Self.everyBlock
    loader.addMemory(label: "test.yaml", bytes: Array(text.utf8))
    try self.init(loader)
  }

  init(named name: String) throws {
    var loader = RuleLoader()
    loader.addName(name)
    try self.init(loader)
  }

  private init(_ loader: RuleLoader) throws {
    let compilation = loader.compile()
    let errors = compilation.diagnostics.filter { $0.severity == .error }
    #expect(errors.map { $0.rendered() } == [])
    program = try #require(compilation.program)
  }

  func read(_ text: String, published: String = "", limits: RunLimits = RunLimits()) -> Reading {
    read(Array(text.utf8), published: published, limits: limits)
  }

  func read(_ bytes: [UInt8], published: String = "", limits: RunLimits = RunLimits()) -> Reading {
    let engine = Engine(program: program)
    return engine.read(bytes, published: published, limits: limits)
  }
}

extension Engine {
  func read(
    _ bytes: [UInt8], published: String = "", limits: RunLimits = RunLimits()
  ) -> Reading {
    let result = bytes.withUnsafeBytes { run($0, published: published, limits: limits) }
    return Reading(result, bytes)
  }
}

/// What was read in a page, as strings.
struct Reading {
  let result: Extraction
  let input: [UInt8]

  init(_ result: Extraction, _ input: [UInt8]) { (self.result, self.input) = (result, input) }

  func string(_ span: Span) -> String {
    String(decoding: result.storage[Int(span.begin)..<Int(span.end)], as: UTF8.self)
  }

  /// The norms of the values, in reading order.
  var norms: [String] { result.values.map { string($0.norm) } }

  /// `type norm` of the values, in reading order.
  var values: [String] { result.values.map { "\(string($0.type)) \(string($0.norm))" } }

  /// The input with every value between `«` and `»`.
  var marked: String { mark(result.values.map { $0.at }) }

  /// The input with every fact between `«` and `»`.
  var markedFacts: String { mark(result.facts.map { $0.at }) }

  private func mark(_ spans: [Span]) -> String {
    var marked: [UInt8] = []
    for (offset, byte) in (input + [0]).enumerated() {
      for span in spans where Int(span.end) == offset { marked += Array("»".utf8) }
      for span in spans where Int(span.begin) == offset { marked += Array("«".utf8) }
      marked.append(byte)
    }
    return String(decoding: marked.dropLast(), as: UTF8.self)
  }

  /// `type(role: value, role: one + two)`, with the roles' norms or else texts.
  var facts: [String] {
    result.facts.map { fact in
      var roles: [(name: String, values: [String])] = []
      for role in self.roles(of: fact) {
        let value = string(role.norm.isEmpty ? role.text : role.norm)
        if roles.last?.name == string(role.name) {
          roles[roles.count - 1].values.append(value)
        } else {
          roles.append((string(role.name), [value]))
        }
      }
      let polarity = fact.polarity.isEmpty ? "" : " \(string(fact.polarity))"
      let list = roles.map { "\($0.name): \($0.values.joined(separator: " + "))" }
      return "\(string(fact.type))(\(list.joined(separator: ", ")))\(polarity)"
    }
  }

  func roles(of fact: Extraction.Fact) -> ArraySlice<Extraction.Role> {
    result.roles[Int(fact.firstRole)..<Int(fact.firstRole + fact.roleCount)]
  }

  /// The labels of the blocks, from the top of the page down.
  var labels: [String] { result.blocks.map { string($0.kind) } }

  /// `name: value` of the article fields, images as `0.name: value`.
  var fields: [String] {
    result.fields.map { field in
      let group = field.group == Extraction.none ? "" : "\(field.group)."
      return
        "\(group)\(string(field.name)): \(string(field.norm.isEmpty ? field.text : field.norm))"
    }
  }

  /// `name bound seen` of the limits.
  var limits: [String] { result.limits.map { "\(string($0.name)) \($0.bound) \($0.seen)" } }

  /// Everything but the times, for comparison.
  var everything: String {
    var copy = result
    copy.stages = []
    return "\(copy)"
  }

  /// What the spans of the result break of their promises.
  var spanFaults: [String] {
    var faults: [String] = []
    func check(_ what: String, _ at: Span, _ text: Span?) {
      if at.begin > at.end || Int(at.end) > input.count { faults.append("\(what) \(at)") }
      guard let text else { return }
      guard Int(text.end) <= result.storage.count else {
        faults.append("\(what) text \(text)")
        return
      }
      let slice = Array(input[min(Int(at.begin), input.count)..<min(Int(at.end), input.count)])
      // Where bytes were replaced, the text differs from the input.
      if String(validating: slice, as: UTF8.self) != nil, !slice.contains(0), !at.isEmpty,
        slice != Array(result.storage[Int(text.begin)..<Int(text.end)])
      {
        faults.append("\(what) \(at) is not its text")
      }
    }
    for block in result.blocks { check("block", block.at, block.text) }
    for value in result.values { check("value", value.at, value.text) }
    for field in result.fields { check("field", field.at, field.text) }
    for fact in result.facts { check("fact", fact.at, nil) }
    for evidence in result.evidence { check("evidence", evidence.at, evidence.quote) }
    for role in result.roles { check("role", role.at, role.at.isEmpty ? nil : role.text) }
    for limit in result.limits { check("limit", limit.at, nil) }
    return faults
  }
}

/// The text without its marks.
func unmarked(_ marked: String) -> String {
  String(String.UnicodeScalarView(marked.unicodeScalars.filter { $0 != "«" && $0 != "»" }))
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

/// The sample pages of the project.
enum SamplePages {
  static let all: [(name: String, bytes: [UInt8])] = {
    let folder = URL(fileURLWithPath: #filePath)
      .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("seeds")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(".txt") }.sorted().compactMap { name in
      (try? Data(contentsOf: folder.appendingPathComponent(name))).map { (name, Array($0)) }
    }
  }()
}
