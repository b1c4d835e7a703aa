import CDukien
import Foundation

// The handles of the library as Swift objects: each gives its reference back when it goes.

/// What the library answered to a call that failed.
struct LibraryError: Error {
  var status: dukien_status
  var message: String
  var hint: String

  /// Takes over the error of a failed call.
  init(_ status: dukien_status, _ error: OpaquePointer?) {
    self.status = status
    message = String(dukien_error_message(error))
    hint = String(dukien_error_hint(error))
    dukien_error_release(error)
  }

  /// True where the library refused what it was asked for.
  var isUsage: Bool { status == DUKIEN_E_ARGUMENT }

  var text: String { hint.isEmpty ? message : "\(message) (\(hint))" }
}

extension String {
  init(_ text: dukien_str) {
    self.init(
      decoding: UnsafeRawBufferPointer(start: text.ptr, count: text.len), as: UTF8.self)
  }

  /// Calls `body` with the text as the library takes it.
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

/// A table of the library, record by record.
struct Table<Record>: RandomAccessCollection {
  let view: dukien_view
  init(_ view: dukien_view) { self.view = view }

  var startIndex: Int { 0 }
  var endIndex: Int { view.count }

  subscript(index: Int) -> Record {
    guard let start = view.data else { preconditionFailure("an empty table has no records") }
    return start.load(fromByteOffset: index * view.stride, as: Record.self)
  }

  /// `count` records from `first` on.
  func run(_ first: UInt32, _ count: UInt32) -> Slice<Table> {
    self[Int(first)..<Int(first) + Int(count)]
  }
}

/// The bytes that a call hands out.
func handedOut(
  _ call: (
    UnsafeMutablePointer<UnsafeMutableRawPointer?>, UnsafeMutablePointer<Int>,
    UnsafeMutablePointer<OpaquePointer?>
  ) -> dukien_status
) throws -> [UInt8] {
  var bytes: UnsafeMutableRawPointer?
  var count = 0
  var error: OpaquePointer?
  let status = call(&bytes, &count, &error)
  guard status == DUKIEN_OK, let bytes else { throw LibraryError(status, error) }
  defer { dukien_bytes_release(bytes) }
  return [UInt8](UnsafeRawBufferPointer(start: bytes, count: count))
}

/// A compiled rule set.
final class Rules: @unchecked Sendable {
  fileprivate let handle: OpaquePointer
  init(_ handle: OpaquePointer) { self.handle = handle }
  deinit { dukien_rules_release(handle) }

  /// Name and version of the first set, and the digits of the content: `mine@1.0.0#0123…`.
  var name: String {
    "\(String(dukien_rules_name(handle)))#\(String(dukien_rules_fingerprint(handle)))"
  }

  /// The sources with those of every set that they use.
  func bundle() throws -> [UInt8] { try handedOut { dukien_rules_bundle(handle, $0, $1, $2) } }
}

/// The scratch memory of one thread.
final class Extractor {
  private let handle: OpaquePointer

  init(_ rules: Rules) throws {
    var error: OpaquePointer?
    guard let handle = dukien_extractor_new(rules.handle, &error) else {
      throw LibraryError(dukien_error_status(error), error)
    }
    self.handle = handle
  }

  deinit { dukien_extractor_release(handle) }

  /// The facts of one page; `id` names it in the JSON.
  func run(_ page: [UInt8], id: String, _ known: PageInput = PageInput()) throws -> PageResult {
    try read(page, id, known, until: DUKIEN_UNTIL_FACTS)
  }

  /// The article of one page.
  func parse(_ page: [UInt8], id: String, _ known: PageInput = PageInput()) throws -> PageResult {
    try read(page, id, known, until: DUKIEN_UNTIL_ARTICLE)
  }

  private func read(
    _ page: [UInt8], _ id: String, _ known: PageInput, until end: Int32
  ) throws -> PageResult {
    try page.withUnsafeBytes { bytes in
      try id.asArgument { id in
        try known.published.asArgument { published in
          try known.encoding.asArgument { encoding in
            var input = dukien_input()
            input.size = MemoryLayout<dukien_input>.size
            input.bytes = bytes.baseAddress
            input.len = bytes.count
            input.format = known.format
            input.id = id
            input.published = published
            input.encoding = encoding
            var options = dukien_run_options()
            options.size = MemoryLayout<dukien_run_options>.size
            options.until = end
            for limit in known.limits { limit.apply(to: &options) }
            var result: OpaquePointer?
            var error: OpaquePointer?
            let status = dukien_run(handle, &input, &options, &result, &error)
            guard let result else { throw LibraryError(status, error) }
            return PageResult(result, isPartial: status == DUKIEN_PARTIAL)
          }
        }
      }
    }
  }
}

/// The facts of one page.
final class PageResult {
  private let handle: OpaquePointer
  let isPartial: Bool

  init(_ handle: OpaquePointer, isPartial: Bool) {
    self.handle = handle
    self.isPartial = isPartial
  }

  deinit { dukien_result_release(handle) }

  var fields: Table<dukien_field> { Table(dukien_result_fields(handle)) }
  var blocks: Table<dukien_block> { Table(dukien_result_blocks(handle)) }
  var facts: Table<dukien_fact> { Table(dukien_result_facts(handle)) }
  var roles: Table<dukien_role> { Table(dukien_result_roles(handle)) }
  var evidence: Table<dukien_evidence> { Table(dukien_result_evidence(handle)) }
  var limits: Table<dukien_limit_hit> { Table(dukien_result_limits(handle)) }

  func json() throws -> [UInt8] {
    var text = dukien_str()
    var error: OpaquePointer?
    let status = dukien_result_json(handle, &text, &error)
    guard status == DUKIEN_OK else { throw LibraryError(status, error) }
    return [UInt8](UnsafeRawBufferPointer(start: text.ptr, count: text.len))
  }

  /// The article in a form of the library: text, markdown or row.
  func printed(_ form: String) throws -> [UInt8] {
    try form.asArgument { form in
      try handedOut { dukien_result_print(handle, form, $0, $1, $2) }
    }
  }
}
