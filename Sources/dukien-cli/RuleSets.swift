import CDukien
import Foundation

/// The rule sets that the user named, ready to be compiled or given to a tool.
///
/// A value that is the path of a file or folder, or holds a slash, is a path; any other is a name,
/// looked for in `DUKIEN_RULES_PATH`, `$XDG_DATA_HOME/dukien/rules`, each
/// `$XDG_DATA_DIRS/dukien/rules`, and at last among the sets inside the library.
final class RuleSets {
  static let defaultSet = "vi-news"
  private let loader: OpaquePointer

  init(_ sets: [String]) throws {
    var error: OpaquePointer?
    guard let loader = dukien_loader_new(nil, &error) else {
      throw LibraryError(dukien_error_status(error), error)
    }
    self.loader = loader
    for folder in searchPath(ProcessInfo.processInfo.environment) {
      try add(dukien_loader_add_search_path, folder)
    }
    for set in sets { try add(set: set) }
  }

  deinit { dukien_loader_release(loader) }

  private func add(set: String) throws {
    if set.isEmpty { throw Exit(.usage, "a rule set needs a name or a path") }
    switch pathKind(set) {
    case .folder: try add(dukien_loader_add_dir, set)
    case .file: try add(dukien_loader_add_file, set)
    case .missing where set.contains("/"): throw Exit(.usage, "\(set): no such rule file or folder")
    case .missing: try add(dukien_loader_add_name, set)
    }
  }

  private typealias Adder = (
    OpaquePointer?, dukien_str, UnsafeMutablePointer<OpaquePointer?>?
  ) -> dukien_status

  private func add(_ adder: Adder, _ argument: String) throws {
    var error: OpaquePointer?
    let status = argument.asArgument { adder(loader, $0, &error) }
    guard status == DUKIEN_OK else { throw LibraryError(status, error) }
  }

  /// Compiles the sets. What stands in their way is printed on standard error.
  func compile() throws -> Rules {
    var rules: OpaquePointer?
    var findings: OpaquePointer?
    var error: OpaquePointer?
    let status = dukien_loader_compile(loader, &rules, &findings, &error)
    defer { dukien_diagnostics_release(findings) }
    if let rules { return Rules(rules) }
    complainOfErrors(in: findings)
    throw Exit(.rules, LibraryError(status, error).message)
  }

  /// What became of the sets since they were last compiled.
  enum Change {
    case unchanged
    case compiled(Rules)
    /// They no longer compile; the summary, after the reasons were printed if wanted.
    case broken(String)
  }

  /// Compiles the sets again where their files changed.
  func reload(printsErrors: Bool) throws -> Change {
    var isChanged: Int32 = 0
    var rules: OpaquePointer?
    var findings: OpaquePointer?
    var error: OpaquePointer?
    let status = dukien_loader_reload(loader, &isChanged, &rules, &findings, &error)
    defer { dukien_diagnostics_release(findings) }
    if let rules { return .compiled(Rules(rules)) }
    if status == DUKIEN_OK { return .unchanged }
    let failure = LibraryError(status, error)
    guard status == DUKIEN_E_RULES else { throw failure }
    if printsErrors { complainOfErrors(in: findings) }
    return .broken(failure.message)
  }

  private func complainOfErrors(in findings: OpaquePointer?) {
    for finding in Table<dukien_diagnostic>(dukien_diagnostics_all(findings))
    where finding.severity == 2 {
      complain(printable(String(finding.rendered), keepLines: true))
    }
  }

  /// The answer of one of the library's tools, as JSON; `request` holds the tool's options.
  func tool(_ verb: String, _ request: some Encodable = [String: String]()) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = .withoutEscapingSlashes
    let options = String(decoding: try encoder.encode(request), as: UTF8.self)
    return try verb.asArgument { verb in
      try options.asArgument { options in
        Data(try handedOut { dukien_rules_tool(loader, verb, options, $0, $1, $2) })
      }
    }
  }
}

/// The folders in which sets are looked for, first hit first; empty and relative entries of the XDG
/// variables count as absent, as their specification has it.
func searchPath(_ environment: [String: String]) -> [String] {
  func entries(_ name: String, or standard: String) -> [String] {
    let value = environment[name].flatMap { $0.isEmpty ? nil : $0 } ?? standard
    return value.split(separator: ":").map(String.init)
  }
  let home = environment["HOME"].map { $0 + "/.local/share" } ?? ""
  let xdg =
    entries("XDG_DATA_HOME", or: home)
    + entries("XDG_DATA_DIRS", or: "/usr/local/share:/usr/share")
  return entries("DUKIEN_RULES_PATH", or: "")
    + xdg.filter { $0.hasPrefix("/") }.map { $0 + "/dukien/rules" }
}
