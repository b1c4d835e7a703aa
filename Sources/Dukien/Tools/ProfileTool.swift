internal import CDukien
internal import DukienEngine
internal import DukienRules

/// Counts what each rule, value, group and entity costs over pages, the costliest first.
func profile(_ loader: RuleLoader, _ request: ToolRequest) throws(Failure) -> [UInt8] {
  let pages = request.objects("pages").compactMap { $0["text"].map { Array($0.utf8) } }
  guard !pages.isEmpty else {
    throw Failure(
      DUKIEN_E_ARGUMENT, "tool.request", "the request holds no pages",
      hint: "give `pages`, a list of objects with `text`")
  }
  return answer(of: loader.compile(mapped: true)) { program, out in
    var owners = Engine(program: program).profile(pages)
    owners.sort { a, b in
      if a.steps != b.steps { return a.steps > b.steps }
      return a.file != b.file ? a.file < b.file : (a.line, a.name) < (b.line, b.name)
    }
    out.count("pages", pages.count)
    out.count("bytes", pages.reduce(0) { $0 + $1.count })
    out.key("steps")
    out.number(owners.reduce(0) { $0 + $1.steps })
    out.key("profile")
    out.beginList()
    for owner in owners {
      out.beginObject()
      out.pair("kind", owner.kind)
      out.pair("name", owner.name)
      out.pair("file", owner.file)
      out.count("line", owner.line)
      let counts: [(StaticString, UInt64)] = [
        ("attempts", owner.attempts), ("hits", owner.hits), ("kept", owner.kept),
        ("steps", owner.steps),
      ]
      for (name, count) in counts {
        out.key(name)
        out.number(count)
      }
      out.endObject()
    }
    out.endList()
  }
}
