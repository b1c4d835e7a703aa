// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
public import CPlatform

@c @implementation
public func dukien_run_arrow(
  _ r: OpaquePointer!, _ input: UnsafeMutablePointer<ArrowArrayStream>!,
  _ columns: UnsafePointer<dukien_columns>!, _ table: Int32, _ threads: UInt32,
  _ o: UnsafePointer<dukien_run_options>!, _ out: UnsafeMutablePointer<ArrowArrayStream>!,
  _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  err?.pointee = nil
  // A stream may be replaced by its own rows: where the call fails it must not be lost.
  if out != input { out?.initialize(to: ArrowArrayStream()) }
  do throws(Failure) {
    guard let out else { throw .null("out") }
    guard let input else { throw .null("the stream of pages") }
    let rules = try Handle<RulesHandle>.of(r, "the rule set")
    let options = try HostOptions(o)
    let threads = try checkedThreads(threads)
    _ = try ArrowTable(table)
    let found = try pageColumns(columns, of: input)
    PageStream(moving: input, rules, found, table: table, threads: threads, options).give(to: out)
    return DUKIEN_OK
  } catch {
    return report(error, err)
  }
}

/// Finds the columns of the pages in the schema that a stream gives.
private func pageColumns(
  _ wanted: UnsafePointer<dukien_columns>?, of stream: UnsafeMutablePointer<ArrowArrayStream>
) throws(Failure) -> PageColumns {
  guard stream.pointee.release != nil, stream.pointee.get_next != nil,
    let getSchema = stream.pointee.get_schema
  else {
    throw Failure(DUKIEN_E_ARGUMENT, "arrow.stream", "the stream of pages was released")
  }
  var schema = ArrowSchema()
  let code = getSchema(stream, &schema)
  guard code == 0 else {
    throw Failure(DUKIEN_E_ARGUMENT, "arrow.stream", StreamFailure(code, of: stream).message)
  }
  defer { schema.release?(&schema) }
  return try PageColumns(wanted, &schema)
}
