internal import DukienEngine
internal import DukienRules

/// The answer of a rule-writing tool.
struct ToolAnswer {
  var json: [UInt8]
  var isUnknownVerb = false
}

/// Runs one of the tools for rule writers over the loader's sources; the answer is JSON.
///
/// `request` is reserved for options of a tool and ignored by those there are.
func runTool(_ verb: String, loader: RuleLoader, request: String) -> ToolAnswer {
  switch verb {
  case "check": return answer(loader, check)
  case "test": return ToolAnswer(json: test(loader))
  case "list": return answer(loader, list)
  case "show": return answer(loader, show)
  default: return ToolAnswer(json: [], isUnknownVerb: true)
  }
}

/// An object that says whether the rules compile, and what `body` writes of them.
private func answer(_ loader: RuleLoader, _ body: (Compilation, inout JsonWriter) -> Void)
  -> ToolAnswer
{
  let compilation = loader.compile()
  var out = JsonWriter(capacity: 4096)
  out.beginObject()
  out.key("ok")
  out.bool(compilation.program != nil)
  body(compilation, &out)
  out.endObject()
  return ToolAnswer(json: out.bytes)
}

private func check(_ compilation: Compilation, _ out: inout JsonWriter) {
  out.key("diagnostics")
  out.diagnostics(compilation.diagnostics)
}

private func list(_ compilation: Compilation, _ out: inout JsonWriter) {
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

private func show(_ compilation: Compilation, _ out: inout JsonWriter) {
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
      out.key("line")
      out.number(UInt64(clamping: rule.line))
      out.endObject()
    }
    out.endList()
  }
}

extension JsonWriter {
  mutating func pair(_ name: StaticString, _ text: String) {
    key(name)
    string(text)
  }

  /// Writes diagnostics with their parts and as they are printed.
  mutating func diagnostics(_ diagnostics: [Diagnostic]) {
    beginList()
    for diagnostic in diagnostics {
      beginObject()
      pair("severity", diagnostic.severity.word)
      pair("code", diagnostic.code)
      pair("message", diagnostic.message)
      pair("hint", diagnostic.hint)
      pair("file", diagnostic.file)
      let places: [(StaticString, Int)] = [
        ("line", diagnostic.line), ("column", diagnostic.column),
        ("end_line", diagnostic.endLine), ("end_column", diagnostic.endColumn),
      ]
      for (name, place) in places {
        key(name)
        number(UInt64(clamping: place))
      }
      pair("excerpt", diagnostic.excerpt)
      pair("rule", diagnostic.rule)
      pair("path", diagnostic.path)
      pair("rendered", diagnostic.rendered())
      endObject()
    }
    endList()
  }
}
