// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
internal import DukienEngine

/// The handle `dukien_document`: a page that was read, shared by any number of extractors.
final class DocumentHandle {
  let document: Document
  /// What the host calls the page.
  let id: String

  private init(_ document: Document, id: String) {
    self.document = document
    self.id = id
  }

  /// Reads a page.
  static func read(_ page: Page, _ options: HostOptions) throws(Failure) -> DocumentHandle {
    let document = Document(page.bytes, options.run(page))
    if document.isCancelled { throw .cancelled }
    options.log.tell(document)
    return DocumentHandle(document, id: page.id)
  }
}

@c @implementation
public func dukien_parse(
  _ input: UnsafePointer<dukien_input>!, _ o: UnsafePointer<dukien_run_options>!,
  _ out: UnsafeMutablePointer<OpaquePointer?>!, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  err?.pointee = nil
  out?.pointee = nil
  do throws(Failure) {
    guard let out else { throw .null("out") }
    let handle = try DocumentHandle.read(try Page(input), try HostOptions(o))
    out.pointee = Handle.give(handle)
    return handle.document.isPartial ? DUKIEN_PARTIAL : DUKIEN_OK
  } catch {
    return report(error, err)
  }
}

@c @implementation
public func dukien_document_retain(_ d: OpaquePointer!) -> OpaquePointer! {
  Handle<DocumentHandle>.retain(d)
  return d
}

@c @implementation
public func dukien_document_release(_ d: OpaquePointer!) { Handle<DocumentHandle>.release(d) }
