// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
public import CPlatform

@c @implementation
public func dukien_arrow_schema(
  _ table: Int32, _ out: UnsafeMutablePointer<ArrowSchema>!,
  _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  err?.pointee = nil
  out?.initialize(to: ArrowSchema())
  do throws(Failure) {
    guard let out else { throw .null("out") }
    try ArrowTable(table).describe(in: out)
    return DUKIEN_OK
  } catch {
    return report(error, err)
  }
}

@c @implementation
public func dukien_arrow_export(
  _ results: UnsafePointer<OpaquePointer?>!, _ n: Int, _ table: Int32,
  _ out: UnsafeMutablePointer<ArrowArray>!, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  err?.pointee = nil
  out?.initialize(to: ArrowArray())
  do throws(Failure) {
    guard let out else { throw .null("out") }
    guard n >= 0 else {
      throw Failure(DUKIEN_E_ARGUMENT, "argument.length", "the number of results is impossible")
    }
    guard results != nil || n == 0 else { throw .null("the results") }
    let rows = try ArrowTable(table)
    for index in 0..<n {
      try rows.append(try Handle<ResultHandle>.of(results[index], "a result"))
    }
    try rows.move(to: out)
    return DUKIEN_OK
  } catch {
    return report(error, err)
  }
}
