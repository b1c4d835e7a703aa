internal import CDukien
internal import DukienEngine
internal import DukienRules
internal import DukienText

/// Explains one fact of a page, or lists all facts with the rules that found them.
func explain(_ loader: RuleLoader, _ request: ToolRequest) throws(Failure) -> [UInt8] {
  let page = Array(try request.needed("text").utf8)
  let published = try request.published()
  let compilation = loader.compile(mapped: true)
  var facts: [Explanation] = []
  if let program = compilation.program {
    facts = Engine(program: program).explain(page, published: published)
  }
  var chosen = 0..<facts.count
  if let text = request.text("fact"), compilation.program != nil {
    guard let number = Int(text), number >= 1, number <= facts.count else {
      let count = facts.count == 1 ? "1 fact" : "\(facts.count) facts"
      throw Failure(
        DUKIEN_E_ARGUMENT, "tool.fact", "there is no fact \(text): the page has \(count)",
        hint: "facts are counted from 1, in the order of the result")
    }
    chosen = number - 1..<number
  }
  return answer(of: compilation) { program, out in
    out.key("facts")
    out.beginList()
    for index in chosen {
      out.beginObject()
      out.count("number", index + 1)
      out.explanation(facts[index], program, isBrief: request.text("fact") == nil)
      out.endObject()
    }
    out.endList()
  }
}

extension JsonWriter {
  fileprivate mutating func explanation(
    _ fact: Explanation, _ program: Program, isBrief: Bool
  ) {
    pair("type", fact.type)
    rule(fact.rule, program)
    count("begin", Int(fact.at.begin))
    count("end", Int(fact.at.end))
    pair("sentence", fact.sentence)
    guard !isBrief else { return }
    key("trigger")
    mention(fact.trigger)
    key("captures")
    mentions(fact.captures)
    key("roles")
    beginList()
    for role in fact.roles {
      beginObject()
      pair("name", role.name)
      pair("text", role.text)
      pair("norm", role.norm)
      count("begin", Int(role.at.begin))
      count("end", Int(role.at.end))
      pair("source", role.source)
      pair("completed", role.completed)
      pair("link", role.link)
      key("beaten")
      mentions(role.beaten)
      endObject()
    }
    endList()
    key("merged")
    beginList()
    for other in fact.merged {
      beginObject()
      rule(other.rule, program)
      pair("text", other.mention.text)
      count("begin", Int(other.mention.at.begin))
      count("end", Int(other.mention.at.end))
      endObject()
    }
    endList()
    key("block")
    beginObject()
    count("number", fact.block + 1)
    pair("kind", fact.zone)
    pair("reason", fact.reason)
    endObject()
  }

  private mutating func rule(_ index: Int, _ program: Program) {
    pair("rule", program.rules[index].name)
    pair("file", program.rules[index].file)
    count("line", program.rules[index].line)
  }

  private mutating func mentions(_ mentions: [Explanation.Mention]) {
    beginList()
    for mention in mentions { self.mention(mention) }
    endList()
  }

  private mutating func mention(_ mention: Explanation.Mention) {
    beginObject()
    pair("name", mention.name)
    pair("text", mention.text)
    pair("norm", mention.norm)
    count("begin", Int(mention.at.begin))
    count("end", Int(mention.at.end))
    endObject()
  }
}
