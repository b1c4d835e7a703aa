internal import DukienRules

/// Shows the facts, values and rules of a program.
func show(_ compilation: Compilation, _ out: inout JsonWriter) {
  out.key("diagnostics")
  out.diagnostics(compilation.diagnostics)
  if let program = compilation.program {
    out.pair("name", program.name)
    out.pair("fingerprint", program.fingerprint)
    out.key("facts")
    out.beginList()
    for fact in program.facts {
      out.beginObject()
      out.pair("name", program.names[Int(fact.name)])
      out.pair("about", fact.about)
      out.key("roles")
      out.beginList()
      for role in fact.roles {
        out.beginObject()
        out.pair("name", program.names[Int(role.name)])
        out.pair("kind", role.isList ? "list of \(role.kindText)" : role.kindText)
        out.endObject()
      }
      out.endList()
      out.endObject()
    }
    out.endList()
    out.key("values")
    out.beginList()
    for type in program.types where type.kind == .value || type.kind == .family {
      out.beginObject()
      out.pair("name", program.names[Int(type.name)])
      out.pair("lists_as", program.names[Int(type.listsAs)])
      out.pair("about", type.about)
      out.endObject()
    }
    out.endList()
    out.key("rules")
    out.beginList()
    for rule in program.rules {
      out.beginObject()
      out.pair("name", rule.name)
      out.pair("about", rule.about)
      out.pair("emits", program.names[Int(program.facts[rule.emits].name)])
      out.pair("file", rule.file)
      out.count("line", rule.line)
      out.endObject()
    }
    out.endList()
  }
}
