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
    out.count("rules", set.rules)
    out.count("lexicons", set.lexicons)
    out.count("facts", set.facts)
    out.endObject()
  }
  out.endList()
  out.key("diagnostics")
  out.diagnostics(compilation.diagnostics)
}
