// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
internal import DukienEngine
internal import DukienRules

/// The handle `dukien_extractor`: the scratch memory of one thread.
final class ExtractorHandle {
  private let rules: RulesHandle
  private let flag: BusyFlag
  private let engine: Engine

  private init(_ rules: RulesHandle, _ flag: BusyFlag) {
    self.rules = rules
    self.flag = flag
    engine = Engine(program: rules.program)
  }

  static func make(_ rules: RulesHandle) throws(Failure) -> ExtractorHandle {
    ExtractorHandle(rules, try BusyFlag.make(for: "an extractor"))
  }

  func run(_ page: Page, _ options: HostOptions) throws(Failure) -> ResultHandle {
    try flag.enter("extractor")
    defer { flag.leave() }
    return try finish(engine.run(page.bytes, options.run(page)), page.id, options)
  }

  func extract(_ page: DocumentHandle, _ options: HostOptions) throws(Failure) -> ResultHandle {
    try flag.enter("extractor")
    defer { flag.leave() }
    return try finish(engine.extract(page.document, options.run()), page.id, options)
  }

  private func finish(
    _ extraction: consuming Extraction, _ id: String, _ options: HostOptions
  ) throws(Failure) -> ResultHandle {
    if extraction.isCancelled { throw .cancelled }
    options.log.tell(extraction)
    return try ResultHandle.make(extraction, source: id, rules: rules.program)
  }
}

/// The checked content of a `dukien_input`; `bytes` are borrowed for the call.
struct Page {
  var bytes: UnsafeRawBufferPointer
  var id: String
  var published: String
  var format: PageFormat
  var encoding: String
  var url: String

  init(_ pointer: UnsafePointer<dukien_input>?) throws(Failure) {
    guard let pointer else { throw .null("the input") }
    var input = dukien_input()
    let least = MemoryLayout<Int>.size * 3
    try readStruct(pointer, over: &input, least: least, "the input")
    guard input.reserved == 0 else { throw .unknownOption("reserved of the input is set") }
    guard let format = PageFormat(rawValue: input.format) else {
      throw .unknownOption("the input is of format \(input.format)")
    }
    self.format = format
    bytes = try checkedBytes(input.bytes, input.len, "bytes of the input")
    // A file name may hold any bytes; the JSON may not.
    id = String(decoding: try input.id.bytes("id of the input"), as: UTF8.self)
    published = try input.published.text("published of the input")
    guard published.isEmpty || Engine.isDate(published) else {
      throw Failure(
        DUKIEN_E_ARGUMENT, "input.published", "published is \"\(published)\"",
        hint: "write the day as YYYY-MM-DD")
    }
    encoding = try input.encoding.text("encoding of the input")
    url = try input.url.text("url of the input")
  }
}

@c @implementation
public func dukien_extractor_new(
  _ r: OpaquePointer!, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> OpaquePointer! {
  err?.pointee = nil
  do throws(Failure) {
    return Handle.give(try ExtractorHandle.make(try Handle<RulesHandle>.of(r, "the rule set")))
  } catch {
    _ = report(error, err)
    return nil
  }
}

@c @implementation
public func dukien_parser_new(_ err: UnsafeMutablePointer<OpaquePointer?>!) -> OpaquePointer! {
  err?.pointee = nil
  do throws(Failure) {
    var loader = RuleLoader()
    loader.addName("page")
    let compilation = loader.load()
    guard let program = compilation.program else { throw Failure(compilation.diagnostics) }
    // Nobody can ask for the sources of these rules.
    return Handle.give(try ExtractorHandle.make(RulesHandle(program, RuleBundle())))
  } catch {
    _ = report(error, err)
    return nil
  }
}

@c @implementation
public func dukien_extractor_release(_ x: OpaquePointer!) { Handle<ExtractorHandle>.release(x) }

@c @implementation
public func dukien_run(
  _ x: OpaquePointer!, _ input: UnsafePointer<dukien_input>!,
  _ o: UnsafePointer<dukien_run_options>!, _ out: UnsafeMutablePointer<OpaquePointer?>!,
  _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  give(out, err) { () throws(Failure) in
    let extractor = try Handle<ExtractorHandle>.of(x, "the extractor")
    return try extractor.run(try Page(input), try HostOptions(o))
  }
}

@c @implementation
public func dukien_extract(
  _ x: OpaquePointer!, _ d: OpaquePointer!, _ o: UnsafePointer<dukien_run_options>!,
  _ out: UnsafeMutablePointer<OpaquePointer?>!, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  give(out, err) { () throws(Failure) in
    let extractor = try Handle<ExtractorHandle>.of(x, "the extractor")
    let document = try Handle<DocumentHandle>.of(d, "the document")
    return try extractor.extract(document, try HostOptions(o))
  }
}

/// Hands a result to the caller, or what stood in its way.
private func give(
  _ out: UnsafeMutablePointer<OpaquePointer?>?, _ err: ErrorOut,
  _ result: () throws(Failure) -> ResultHandle
) -> dukien_status {
  err?.pointee = nil
  out?.pointee = nil
  do throws(Failure) {
    guard let out else { throw .null("out") }
    let result = try result()
    out.pointee = Handle.give(result)
    return result.status
  } catch {
    return report(error, err)
  }
}
