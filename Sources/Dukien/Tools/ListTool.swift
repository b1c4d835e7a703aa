internal import DukienRules

/// Lists the sets that were found.
func list(_ compilation: Compilation, _ out: inout JsonWriter) {
  out.key("sets")
  out.beginList()
  for set in compilation.sets {
    out.beginObject()
    out.pair("name", set.name)
    out.pair("version", set.version)
    out.pair("about", set.about)
    out.pair("source", set.source)
    out.key("rules")
    out.number(UInt64(set.rules))
    out.key("lexicons")
    out.number(UInt64(set.lexicons))
    out.key("facts")
    out.number(UInt64(set.facts))
    out.endObject()
  }
  out.endList()
  out.key("diagnostics")
  out.diagnostics(compilation.diagnostics)
}
