import ArgumentParser
import CDukien

/// A bound on the reading of a page: `NAME=NUMBER`, by its name in the C interface.
struct Limit: Sendable {
  private var bound: Bound
  private var number: UInt64

  private typealias Bound = WritableKeyPath<dukien_run_options, UInt64> & Sendable

  private static let bounds: KeyValuePairs<String, Bound> = [
    "max_input": \.max_input, "max_tokens": \.max_tokens, "max_facts": \.max_facts,
    "max_steps": \.max_steps, "max_memory": \.max_memory, "max_millis": \.max_millis,
  ]

  static var names: String { bounds.map { $0.key }.joined(separator: ", ") }

  init(_ argument: String) throws {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { throw ValidationError("write it as NAME=NUMBER") }
    guard let bound = Self.bounds.first(where: { $0.key == parts[0] })?.value else {
      throw ValidationError("there is no bound \"\(parts[0])\"; one of: \(Self.names)")
    }
    guard let number = UInt64(parts[1]), number > 0 else {
      throw ValidationError("\"\(parts[1])\" is no whole number above 0")
    }
    self.bound = bound
    self.number = number
  }

  /// Sets the bound among the options of a run.
  func apply(to options: inout dukien_run_options) { options[keyPath: bound] = number }
}
