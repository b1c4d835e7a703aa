internal import DukienRules
package import DukienText

/// Where a fact of a page comes from.
package struct Explanation: Sendable {
  /// Something that stands in the page: a capture, or a mention that lost.
  package struct Mention: Sendable {
    package var name: String
    package var text: String
    package var norm = ""
    package var at = Span(0, 0)
  }

  /// One value of a role.
  package struct Role: Sendable {
    package var name = ""
    package var text = ""
    package var norm = ""
    package var at = Span(0, 0)
    /// How the rule came by it.
    package var source = ""
    /// What completed a date, and the fuller mention that a link leads to; or "".
    package var completed = ""
    package var link = ""
    /// Mentions at this place that lost to others.
    package var beaten: [Mention] = []
  }

  package var type = ""
  package var rule = 0
  package var at = Span(0, 0)
  package var trigger = Mention(name: "", text: "")
  package var captures: [Mention] = []
  package var roles: [Role] = []
  /// Rules whose facts were merged into this one, with their words.
  package var merged: [(rule: Int, mention: Mention)] = []
  package var sentence = ""
  package var block = 0
  package var zone = ""
  package var reason = ""

  init() {}
}

extension Engine {
  /// Reads a page and explains its facts, in the order of the result.
  ///
  /// - Complexity: that of the run, then O(records) for each role value.
  package func explain(_ page: [UInt8], published: String) -> [Explanation] {
    _ = page.withUnsafeBytes { run($0, published: published, limits: RunLimits()) }
    var all: [Explanation] = []
    for index in work.found.drafts.indices where !work.found.drafts[index].isDropped {
      all.append(explanation(of: index))
    }
    return all
  }

  private func explanation(of index: Int) -> Explanation {
    let draft = work.found.drafts[index]
    let fact = program.facts[draft.type]
    var answer = Explanation()
    answer.type = program.names[Int(fact.name)]
    answer.rule = draft.rule
    answer.at = place(Int(draft.begin), Int(draft.end))
    answer.trigger = mention(
      program.rules[draft.rule].list == nil ? "trigger" : "member", Int(draft.triggerBegin),
      Int(draft.triggerEnd))
    for field in draft.captures.first..<draft.captures.first + draft.captures.count {
      let value = work.fields[field].value
      let range = work.tokenRange(value) ?? (0, 0)
      var capture = mention(
        program.names[Int(work.fields[field].name)], Int(range.0), Int(range.1))
      capture.norm = print(value)
      answer.captures.append(capture)
    }
    for (number, role) in fact.roles.enumerated() {
      for fill in work.found.fills(of: draft) where fill.role == number {
        answer.roles.append(explain(fill, role, draft, fact))
      }
    }
    for other in work.found.allDrafts where other.isDropped && stands(for: other) == index {
      answer.merged.append((other.rule, mention("", Int(other.begin), Int(other.end))))
    }
    answer.sentence = words(Int(draft.sentenceBegin), Int(draft.sentenceEnd))
    answer.block = Int(draft.block)
    answer.zone = program.names[Int(work.labels[answer.block])]
    answer.reason = program.names[Int(work.reasons[answer.block])]
    return answer
  }

  /// The fact that at last stands for a dropped one.
  private func stands(for draft: FactDraft) -> Int {
    var at = draft.mergedInto
    while at >= 0, work.found.drafts[at].isDropped { at = work.found.drafts[at].mergedInto }
    return at
  }

  private func explain(
    _ fill: RoleFill, _ role: RoleInfo, _ draft: FactDraft, _ fact: FactType
  ) -> Explanation.Role {
    var answer = Explanation.Role()
    answer.name = program.names[Int(role.name)]
    answer.norm = print(fill.value)
    answer.source = source(of: fill, draft, fact)
    guard let (begin, end) = work.tokenRange(fill.value) else { return answer }
    answer.text = words(Int(begin), Int(end))
    answer.at = place(Int(begin), Int(end))
    if case .record(let record) = fill.value {
      switch printer.origin(record, &work) {
      case .none: break
      case .publication: answer.completed = "the page's date of publication"
      case .reference: answer.completed = "the year that the page is written in"
      case .anchor: answer.completed = "an earlier date of the block"
      }
      let full = work.resolved(record)
      if full != record {
        let other = work.records[Int(full)]
        answer.link = words(Int(other.begin), Int(other.end))
      }
    }
    for index in work.records.indices where !work.isLive(index) && !isPart(index, of: fill.value) {
      let lost = work.records[index]
      guard lost.begin < end, begin < lost.end else { continue }
      answer.beaten.append(
        mention(
          program.names[Int(program.types[Int(lost.type)].name)], Int(lost.begin), Int(lost.end)))
    }
    return answer
  }

  /// True where a record is the value or a field of it, or of one of its fields.
  private func isPart(_ record: Int, of value: FieldValue, depth: Int = 0) -> Bool {
    guard case .record(let whole) = value, depth < 8 else { return false }
    if Int(whole) == record { return true }
    let frame = work.frame(of: whole)
    return (frame.first..<frame.first + frame.count).contains {
      isPart(record, of: work.fields[$0].value, depth: depth + 1)
    }
  }

  /// How a role value came about, in words.
  private func source(of fill: RoleFill, _ draft: FactDraft, _ fact: FactType) -> String {
    if fill.rule >= 0 { return "united from rule \(program.rules[Int(fill.rule)].name)" }
    if fill.search >= 0 {
      let name = program.names[Int(fact.roles[Int(fill.search)].name)]
      let number = fill.way > 0 ? "else number \(fill.way)" : "the first way"
      let kind: String =
        switch fill.origin {
        case .constant: ", a constant"
        case .previousFact: ", the fact before"
        default: ""
        }
      return "role `\(name)`, \(number)\(kind)"
    }
    switch fill.origin {
    case .constant: return "set by the rule"
    case .previousFact: return "carried from the member before"
    case .assertion: return "assertion"
    case .found:
      if fill.way == RoleFill.given { return "given by the rule" }
      return program.rules[draft.rule].list == nil
        ? "capture of the trigger" : "capture of the list"
    }
  }

  private func print(_ value: FieldValue) -> String {
    String(decoding: printer.text(value, &work), as: UTF8.self)
  }

  private func words(_ begin: Int, _ end: Int) -> String {
    String(decoding: work.printed(begin, end), as: UTF8.self)
  }

  private func place(_ begin: Int, _ end: Int) -> Span {
    work.offsets.input(work.span(begin, end))
  }

  private func mention(_ name: String, _ begin: Int, _ end: Int) -> Explanation.Mention {
    Explanation.Mention(name: name, text: words(begin, end), at: place(begin, end))
  }
}
