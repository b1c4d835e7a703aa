internal import CDukien
internal import DukienEngine
internal import DukienRules

/// Runs one of the tools for rule writers over the loader's sources; the answer is JSON.
func runTool(_ verb: String, _ loader: RuleLoader, _ request: ToolRequest) throws(Failure)
  -> [UInt8]
{
  switch verb {
  case "check": return answer(loader, check)
  case "test": return test(loader, request)
  case "list": return answer(loader, list)
  case "show": return answer(loader, show)
  case "why-not": return try whyNot(loader, request)
  case "explain": return try explain(loader, request)
  case "profile": return try profile(loader, request)
  case "fmt": return format(loader)
  case "schema": return schema()
  case "new": return try newSet(request)
  default:
    throw Failure(
      DUKIEN_E_ARGUMENT, "tool.unknown-verb", "no tool is called \"\(verb)\"",
      hint: "use check, test, list, show, why-not, explain, profile, fmt, schema or new")
  }
}

/// An object that says whether the rules compile, and what `body` writes of them.
private func answer(_ loader: RuleLoader, _ body: (Compilation, inout JsonWriter) -> Void)
  -> [UInt8]
{
  let compilation = loader.compile()
  var out = JsonWriter(capacity: 4096)
  out.beginObject()
  out.key("ok")
  out.bool(compilation.program != nil)
  body(compilation, &out)
  out.endObject()
  return out.bytes
}

extension JsonWriter {
  mutating func pair(_ name: StaticString, _ text: String) {
    key(name)
    string(text)
  }

  mutating func count(_ name: StaticString, _ count: Int) {
    key(name)
    number(UInt64(clamping: count))
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
      count("line", diagnostic.line)
      count("column", diagnostic.column)
      count("end_line", diagnostic.endLine)
      count("end_column", diagnostic.endColumn)
      pair("excerpt", diagnostic.excerpt)
      pair("rule", diagnostic.rule)
      pair("path", diagnostic.path)
      pair("rendered", diagnostic.rendered())
      endObject()
    }
    endList()
  }
}
