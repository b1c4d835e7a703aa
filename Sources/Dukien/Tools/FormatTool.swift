internal import DukienRules

/// Lays out the files of the sets that were named, not of those that they use. A file that cannot
/// be laid out is among the findings, and not among the files.
func format(_ loader: RuleLoader) -> [UInt8] {
  var (files, diagnostics) = loader.files()
  var out = JsonWriter(capacity: 4096)
  out.beginObject()
  out.key("files")
  out.beginList()
  for file in files {
    guard let text = formatted(file.source, diagnostics: &diagnostics) else { continue }
    out.beginObject()
    out.pair("file", file.source.label)
    out.key("bundled")
    out.bool(file.isBundled)
    out.key("changed")
    out.bool(text != file.source.bytes)
    out.key("text")
    text.withUnsafeBufferPointer { out.string($0) }
    out.endObject()
  }
  out.endList()
  out.key("ok")
  out.bool(diagnostics.allSatisfy { $0.severity != .error })
  out.key("diagnostics")
  out.diagnostics(diagnostics)
  out.endObject()
  return out.bytes
}
