internal import DukienEngine
internal import DukienRules

/// What the tests of one rule, value, group or entity gave.
private struct OwnerOutcomes {
  var name: String
  var file: String
  var line: Int
  var counts: [Int] = [0, 0, 0, 0, 0]
}

/// Runs the tests that stand in rule files; every failure tells sentence, expectation and outcome.
func test(_ loader: RuleLoader, _ request: ToolRequest) -> [UInt8] {
  let filter = request.text("filter") ?? ""
  let compilation = loader.compile(mapped: true)
  var out = JsonWriter(capacity: 4096)
  var failures: [(test: RuleTest, outcome: TestOutcome)] = []
  var owners: [OwnerOutcomes] = []
  var unreached: [Unreached] = []
  if let program = compilation.program {
    let engine = Engine(program: program)
    var coverage = request.flag("coverage") ? TestCoverage(engine) : nil
    for test in program.tests where concerns(test, filter) {
      let outcome = engine.outcome(of: test)
      coverage?.add(engine)
      let isFailure = outcome.kind != .passed && !test.isTodo
      if isFailure { failures.append((test, outcome)) }
      let index = isFailure ? outcome.kind.index : outcome.kind == .passed ? 0 : 4
      if owners.last?.name != test.owner || owners.last?.file != test.file {
        owners.append(OwnerOutcomes(name: test.owner, file: test.file, line: test.line))
      }
      owners[owners.count - 1].counts[index] += 1
    }
    unreached = coverage?.unreached(engine) ?? []
  }
  out.beginObject()
  out.key("ok")
  out.bool(compilation.program != nil && failures.isEmpty)
  let totals = (0..<5).map { index in owners.reduce(0) { $0 + $1.counts[index] } }
  out.count("passed", totals[0])
  out.count("failed", failures.count)
  out.count("todo", totals[4])
  out.key("rules")
  out.beginList()
  for owner in owners {
    out.beginObject()
    out.pair("name", owner.name)
    out.pair("file", owner.file)
    out.count("line", owner.line)
    out.count("passed", owner.counts[0])
    out.count("missing", owner.counts[1])
    out.count("noisy", owner.counts[2])
    out.count("different", owner.counts[3])
    out.count("todo", owner.counts[4])
    out.endObject()
  }
  out.endList()
  out.key("failures")
  out.beginList()
  for (test, outcome) in failures { out.failure(test, outcome) }
  out.endList()
  if request.flag("coverage") { out.unreached(unreached) }
  if request.flag("update") {
    out.edits(failures.compactMap { edit($0.test, $0.outcome) })
  }
  out.key("diagnostics")
  out.diagnostics(compilation.diagnostics)
  out.endObject()
  return out.bytes
}

/// True where the filter is part of the rule's name or of the test's text.
private func concerns(_ test: RuleTest, _ filter: String) -> Bool {
  contains(Array(test.owner.utf8), Array(filter.utf8))
    || contains(Array(test.text.utf8), Array(filter.utf8))
}

private func contains(_ text: [UInt8], _ part: [UInt8]) -> Bool {
  guard part.count <= text.count else { return false }
  return (0...text.count - part.count).contains { text[$0...].starts(with: part) }
}

extension JsonWriter {
  fileprivate mutating func failure(_ test: RuleTest, _ outcome: TestOutcome) {
    beginObject()
    pair("rule", test.owner)
    pair("file", test.file)
    count("line", test.line)
    pair("text", test.text)
    pair("kind", outcome.kind.word)
    pair("expected", outcome.expected)
    pair("got", outcome.got)
    key("differences")
    beginList()
    for difference in outcome.differences {
      beginObject()
      pair("role", difference.role)
      pair("expected", difference.expected)
      pair("got", difference.got)
      endObject()
    }
    endList()
    endObject()
  }

  fileprivate mutating func unreached(_ parts: [Unreached]) {
    key("unreached")
    beginList()
    for part in parts {
      beginObject()
      pair("kind", part.kind)
      pair("name", part.name)
      pair("pattern", part.pattern)
      pair("text", part.text)
      pair("file", part.file)
      count("line", part.line)
      endObject()
    }
    endList()
  }

  fileprivate mutating func edits(_ edits: [FileEdit]) {
    key("edits")
    beginList()
    for edit in edits {
      beginObject()
      pair("file", edit.file)
      count("begin", edit.begin)
      count("end", edit.end)
      pair("old", edit.old)
      pair("new", edit.new)
      endObject()
    }
    endList()
  }
}

extension TestOutcome.Kind {
  fileprivate var word: String {
    switch self {
    case .passed: "passed"
    case .missing: "missing"
    case .noisy: "noisy"
    case .different: "different"
    }
  }

  fileprivate var index: Int {
    switch self {
    case .passed: 0
    case .missing: 1
    case .noisy: 2
    case .different: 3
    }
  }
}
