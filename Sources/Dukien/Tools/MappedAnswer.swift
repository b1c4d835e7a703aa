internal import DukienRules

/// An object that says whether the rules compile, with all findings and what `body` writes of the
/// program.
func answer(of compilation: Compilation, _ body: (Program, inout JsonWriter) -> Void) -> [UInt8] {
  var out = JsonWriter(capacity: 4096)
  out.beginObject()
  out.key("ok")
  out.bool(compilation.program != nil)
  out.key("diagnostics")
  out.diagnostics(compilation.diagnostics)
  if let program = compilation.program { body(program, &out) }
  out.endObject()
  return out.bytes
}
