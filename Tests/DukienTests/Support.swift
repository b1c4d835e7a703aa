import CDukien
import Foundation
import Testing

/// The default rule set, compiled once for all tests.
let newsRules: SharedRules = {
  let loaded = load { l, err in "vi-news".asArgument { dukien_loader_add_name(l, $0, err) } }
  if loaded.rules == nil {
    Issue.record("vi-news does not compile: \(loaded.findings.map(\.rendered))")
  }
  return SharedRules(handle: loaded.rules)
}()

struct SharedRules: @unchecked Sendable {
  let handle: OpaquePointer?
}

extension String {
  init(_ text: dukien_str) {
    self.init(decoding: UnsafeRawBufferPointer(start: text.ptr, count: text.len), as: UTF8.self)
  }

  func asArgument<Answer>(_ body: (dukien_str) throws -> Answer) rethrows -> Answer {
    var text = self
    return try text.withUTF8 { bytes in
      try body(
        dukien_str(
          ptr: UnsafeRawPointer(bytes.baseAddress)?.assumingMemoryBound(to: CChar.self),
          len: bytes.count))
    }
  }
}

/// All records of a table.
func records<Record>(_ view: dukien_view, as type: Record.Type) -> [Record] {
  guard let data = view.data else { return [] }
  return (0..<view.count).map { data.load(fromByteOffset: $0 * view.stride, as: Record.self) }
}

/// What an error handed out says; releases it.
struct ReportedError: Equatable {
  var status: dukien_status
  var code: String
  var message: String
  var hint: String

  init?(_ error: OpaquePointer?) {
    guard let error else { return nil }
    status = dukien_error_status(error)
    code = String(dukien_error_code(error))
    message = String(dukien_error_message(error))
    hint = String(dukien_error_hint(error))
    dukien_error_release(error)
  }
}

struct Finding {
  var code: String
  var message: String
  var hint: String
  var file: String
  var line: UInt32
  var severity: Int32
  var rendered: String
}

/// Adds sources to a new loader and compiles them.
func load(
  options: dukien_load_options? = nil,
  _ add: (OpaquePointer?, UnsafeMutablePointer<OpaquePointer?>) -> dukien_status
) -> (status: dukien_status, rules: OpaquePointer?, findings: [Finding], error: ReportedError?) {
  var error: OpaquePointer?
  let loader: OpaquePointer?
  if var options {
    loader = dukien_loader_new(&options, &error)
  } else {
    loader = dukien_loader_new(nil, &error)
  }
  defer { dukien_loader_release(loader) }
  guard loader != nil else { return (dukien_error_status(error), nil, [], ReportedError(error)) }
  let added = add(loader, &error)
  guard added == DUKIEN_OK else { return (added, nil, [], ReportedError(error)) }
  var rules: OpaquePointer?
  var diagnostics: OpaquePointer?
  let status = dukien_loader_compile(loader, &rules, &diagnostics, &error)
  let findings = records(dukien_diagnostics_all(diagnostics), as: dukien_diagnostic.self).map {
    Finding(
      code: String($0.code), message: String($0.message), hint: String($0.hint),
      file: String($0.file), line: $0.line, severity: $0.severity, rendered: String($0.rendered))
  }
  dukien_diagnostics_release(diagnostics)
  return (status, rules, findings, ReportedError(error))
}

/// Compiles one rule file from memory.
func load(
  yaml: some Collection<UInt8>, options: dukien_load_options? = nil
) -> (status: dukien_status, rules: OpaquePointer?, findings: [Finding], error: ReportedError?) {
  let bytes = Array(yaml)
  return load(options: options) { loader, error in
    "test.yaml".asArgument { label in
      bytes.withUnsafeBytes {
        dukien_loader_add_memory(loader, label, $0.baseAddress, $0.count, error)
      }
    }
  }
}

/// An extractor over the default rules, released with the object.
final class TestExtractor {
  private let handle: OpaquePointer?

  init(_ rules: SharedRules = newsRules) { handle = dukien_extractor_new(rules.handle, nil) }
  deinit { dukien_extractor_release(handle) }

  /// Calls `dukien_run` with what is given, unchecked.
  func call(
    _ input: UnsafePointer<dukien_input>?, _ options: UnsafePointer<dukien_run_options>?,
    _ result: UnsafeMutablePointer<OpaquePointer?>?, _ error: UnsafeMutablePointer<OpaquePointer?>?
  ) -> dukien_status {
    dukien_run(handle, input, options, result, error)
  }

  /// Runs over a page; the result belongs to the caller.
  func run(
    _ page: some Collection<UInt8>, id: String = "", published: String = "",
    options: dukien_run_options? = nil, edit: (inout dukien_input) -> Void = { _ in }
  ) -> (status: dukien_status, result: OpaquePointer?, error: ReportedError?) {
    var result: OpaquePointer?
    var error: OpaquePointer?
    let status = withInput(Array(page), id: id, published: published) { input in
      edit(&input)
      guard var options else { return call(&input, nil, &result, &error) }
      return call(&input, &options, &result, &error)
    }
    return (status, result, ReportedError(error))
  }

  /// The JSON of a page, and nil where the run failed.
  func json(_ page: some Collection<UInt8>, id: String = "") -> String? {
    let result = run(page, id: id).result
    defer { dukien_result_release(result) }
    var text = dukien_str()
    guard dukien_result_json(result, &text, nil) == DUKIEN_OK else { return nil }
    return String(text)
  }
}

/// Calls `body` with a page as the library takes it.
func withInput<Answer>(
  _ page: [UInt8], id: String = "", published: String = "", _ body: (inout dukien_input) -> Answer
) -> Answer {
  page.withUnsafeBytes { bytes in
    id.asArgument { id in
      published.asArgument { published in
        var input = dukien_input()
        input.size = MemoryLayout<dukien_input>.size
        input.bytes = bytes.baseAddress
        input.len = bytes.count
        input.id = id
        input.published = published
        return body(&input)
      }
    }
  }
}

/// The sample pages of the project.
enum SamplePages {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("seeds")

  /// The pages as text.
  static let all = pages(of: folder, ".txt")

  /// The pages as HTML.
  static let html = pages(of: folder, ".html")

  /// Pages of other layouts, of which lines, article fields and values are looked at.
  static let layoutFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Layouts")

  static let layouts = pages(of: layoutFolder, ".txt")

  private static func pages(of folder: URL, _ ending: String) -> [(
    name: String, bytes: [UInt8]
  )] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return names.filter { $0.hasSuffix(ending) }.sorted().compactMap { name in
      (try? Data(contentsOf: folder.appendingPathComponent(name))).map { (name, Array($0)) }
    }
  }
}

/// Runs `body` on `count` threads at once and waits for all of them.
func onThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  let group = DispatchGroup()
  for number in 0..<count {
    group.enter()
    let thread = Thread {
      body(number)
      group.leave()
    }
    thread.stackSize = 8 << 20
    thread.start()
  }
  group.wait()
}
