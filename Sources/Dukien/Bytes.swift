// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import CDukien
internal import CPlatform

/// Hands the bytes that `answer` makes to the C caller, who frees them with `dukien_bytes_release`,
/// or what stood in their way. Nothing is made where they cannot be handed over.
func giveBytes(
  _ p: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, _ n: UnsafeMutablePointer<Int>?,
  _ err: ErrorOut, _ answer: () throws(Failure) -> [UInt8]
) -> dukien_status {
  err?.pointee = nil
  p?.pointee = nil
  n?.pointee = 0
  do throws(Failure) {
    guard let p else { throw .null("p") }
    guard let n else { throw .null("n") }
    let bytes = try answer()
    guard let copy = platform_allocate(bytes.count) else { throw .memory("the answer") }
    bytes.withUnsafeBytes {
      if let start = $0.baseAddress { copy.copyMemory(from: start, byteCount: $0.count) }
    }
    p.pointee = copy
    n.pointee = bytes.count
    return DUKIEN_OK
  } catch {
    return report(error, err)
  }
}

@c @implementation
public func dukien_bytes_release(_ p: UnsafeMutableRawPointer!) { platform_free(p) }
