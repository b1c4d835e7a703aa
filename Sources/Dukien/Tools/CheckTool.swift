internal import DukienRules

/// Lists every finding about the rules.
func check(_ compilation: Compilation, _ out: inout JsonWriter) {
  out.key("diagnostics")
  out.diagnostics(compilation.diagnostics)
}
