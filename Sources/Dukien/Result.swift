// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
internal import CPlatform
internal import DukienEngine
internal import DukienRules
internal import DukienText

/// The handle `dukien_result`: one block of memory with all tables and strings, and the JSON once
/// somebody asks for it.
final class ResultHandle {
  let isPartial: Bool
  let tables: ResultTables
  private let extraction: Extraction
  let source: String
  private let rules: String
  private let json: OpaquePointer

  private init(
    _ extraction: consuming Extraction, _ tables: ResultTables, _ json: OpaquePointer,
    source: String, rules: Program
  ) {
    isPartial = extraction.isPartial
    self.json = json
    self.tables = tables
    self.source = source
    self.rules = "\(rules.name)#\(rules.fingerprint)"
    extraction.storage = []  // the tables hold the text now
    self.extraction = extraction
  }

  static func make(
    _ extraction: consuming Extraction, source: String, rules: Program
  ) throws(Failure) -> ResultHandle {
    let tables = try ResultTables.make(extraction)
    guard let json = platform_slot_new() else { throw .memory("a result") }
    return ResultHandle(extraction, tables, json, source: source, rules: rules)
  }

  /// How the run that gave it ended.
  var status: dukien_status { isPartial ? DUKIEN_PARTIAL : DUKIEN_OK }

  /// The result as JSON. Threads that ask at once may all build it; the first one's is kept.
  func jsonText() throws(Failure) -> dukien_str {
    if let built = platform_slot_get(json) { return JsonText.peek(built).text }
    let bytes = writeJson(extraction, text: tables.text, source: source, rules: rules)
    let mine = Unmanaged.passRetained(try JsonText.make(bytes))
    guard let kept = platform_slot_set(json, mine.toOpaque()) else { throw .memory("the JSON") }
    if kept != mine.toOpaque() { mine.release() }
    return JsonText.peek(kept).text
  }

  /// The article in a form of `dukien_result_print`.
  func printed(_ form: String) throws(Failure) -> [UInt8] {
    let article = ArticlePrinter(extraction, tables.text)
    switch form {
    case "text": return article.text()
    case "markdown": return article.markdown()
    case "row": return article.row(source: source)
    default:
      throw Failure(
        DUKIEN_E_ARGUMENT, "result.form", "there is no form \"\(form)\"",
        hint: "one of: text, markdown, row")
    }
  }

  deinit {
    if let built = platform_slot_get(json) {
      Unmanaged<JsonText>.fromOpaque(built).release()
    }
    platform_slot_free(json)
  }
}

/// JSON at a fixed address.
private final class JsonText {
  let text: dukien_str
  private let memory: UnsafeMutableRawPointer

  private init(_ memory: UnsafeMutableRawPointer, _ count: Int) {
    self.memory = memory
    text = dukien_str(memory.assumingMemoryBound(to: UInt8.self), count)
  }

  static func make(_ bytes: [UInt8]) throws(Failure) -> JsonText {
    guard let memory = platform_allocate(bytes.count) else { throw .memory("the JSON") }
    bytes.withUnsafeBytes {
      UnsafeMutableRawBufferPointer(start: memory, count: $0.count).copyMemory(from: $0)
    }
    return JsonText(memory, bytes.count)
  }

  static func peek(_ pointer: UnsafeMutableRawPointer) -> JsonText {
    Unmanaged<JsonText>.fromOpaque(pointer).takeUnretainedValue()
  }

  deinit { platform_free(memory) }
}

@c @implementation
public func dukien_result_release(_ r: OpaquePointer!) { Handle<ResultHandle>.release(r) }

@c @implementation
public func dukien_result_json(
  _ r: OpaquePointer!, _ out: UnsafeMutablePointer<dukien_str>!,
  _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  err?.pointee = nil
  out?.pointee = .absent
  do throws(Failure) {
    let result = try Handle<ResultHandle>.of(r, "the result")
    guard let out else { throw .null("out") }
    out.pointee = try result.jsonText()
    return DUKIEN_OK
  } catch {
    return report(error, err)
  }
}

@c @implementation
public func dukien_result_print(
  _ r: OpaquePointer!, _ form: dukien_str, _ p: UnsafeMutablePointer<UnsafeMutableRawPointer?>!,
  _ n: UnsafeMutablePointer<Int>!, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  giveBytes(p, n, err) { () throws(Failure) in
    try Handle<ResultHandle>.of(r, "the result").printed(try form.name("form"))
  }
}

@c @implementation
public func dukien_result_fields(_ r: OpaquePointer!) -> dukien_view {
  Handle<ResultHandle>.peek(r)?.tables.fields ?? dukien_view()
}

@c @implementation
public func dukien_result_blocks(_ r: OpaquePointer!) -> dukien_view {
  Handle<ResultHandle>.peek(r)?.tables.blocks ?? dukien_view()
}

@c @implementation
public func dukien_result_values(_ r: OpaquePointer!) -> dukien_view {
  Handle<ResultHandle>.peek(r)?.tables.values ?? dukien_view()
}

@c @implementation
public func dukien_result_facts(_ r: OpaquePointer!) -> dukien_view {
  Handle<ResultHandle>.peek(r)?.tables.facts ?? dukien_view()
}

@c @implementation
public func dukien_result_roles(_ r: OpaquePointer!) -> dukien_view {
  Handle<ResultHandle>.peek(r)?.tables.roles ?? dukien_view()
}

@c @implementation
public func dukien_result_evidence(_ r: OpaquePointer!) -> dukien_view {
  Handle<ResultHandle>.peek(r)?.tables.evidence ?? dukien_view()
}

@c @implementation
public func dukien_result_limits(_ r: OpaquePointer!) -> dukien_view {
  Handle<ResultHandle>.peek(r)?.tables.limits ?? dukien_view()
}

@c @implementation
public func dukien_result_stages(_ r: OpaquePointer!) -> dukien_view {
  Handle<ResultHandle>.peek(r)?.tables.stages ?? dukien_view()
}
