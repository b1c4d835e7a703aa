internal import CDukien
internal import DukienEngine
internal import DukienRules
internal import DukienText

/// Tells why a rule finds nothing in a text, or why a value, group or entity is not found there.
func whyNot(_ loader: RuleLoader, _ request: ToolRequest) throws(Failure) -> [UInt8] {
  let name = try request.needed("rule")
  let text = Array(try request.needed("text").utf8)
  let published = try request.published()
  let compilation = loader.compile(mapped: true)
  var subject: Subject?
  if let program = compilation.program { subject = try program.subject(named: name) }
  return answer(of: compilation) { program, out in
    guard let subject else { return }
    let obstacles = Engine(program: program).whyNot(subject, text, published: published)
    out.pair("name", name)
    out.pair("kind", program.kind(of: subject))
    out.key("found")
    out.bool(obstacles.contains { $0.kind == "found" })
    let file = SourceFile(label: "text", bytes: text)
    out.key("steps")
    out.beginList()
    for obstacle in obstacles { out.obstacle(obstacle, file) }
    out.endList()
  }
}

extension Program {
  /// The rule, type or fact of a name; the nearest name is the hint of the failure.
  fileprivate func subject(named name: String) throws(Failure) -> Subject {
    if let rule = rules.firstIndex(where: { $0.name == name }) { return .rule(rule) }
    if let type = types.indices.dropFirst().first(where: { names[Int(types[$0].name)] == name }) {
      return .type(UInt16(type))
    }
    let known = rules.map { $0.name } + types.dropFirst().map { names[Int($0.name)] }
    throw Failure(
      DUKIEN_E_ARGUMENT, "tool.unknown-name",
      "no rule, value, group or entity is called \"\(name)\"",
      hint: nearest(name, among: known).map { "did you mean \"\($0)\"?" } ?? "")
  }

  fileprivate func kind(of subject: Subject) -> String {
    switch subject {
    case .rule: "rule"
    case .type(let type): types[Int(type)].kind.word
    }
  }
}

extension JsonWriter {
  fileprivate mutating func obstacle(_ obstacle: Obstacle, _ text: SourceFile) {
    beginObject()
    pair("kind", obstacle.kind)
    pair("message", obstacle.message)
    count("level", obstacle.level)
    key("expected")
    beginList()
    for expected in obstacle.expected { string(expected) }
    endList()
    pair("here", obstacle.here)
    count("begin", Int(obstacle.at.begin))
    count("end", Int(obstacle.at.end))
    pair("file", obstacle.file)
    count("line", obstacle.line)
    let hasPlace = obstacle.at.end > 0
    let shown = text.diagnostic("", at: obstacle.at, "")
    pair("excerpt", hasPlace ? shown.excerpt : "")
    pair("caret", hasPlace ? shown.caretLine : "")
    endObject()
  }
}
