internal import DukienEngine
internal import DukienRules

/// Runs the tests that stand in rule files; every failure tells sentence, expectation and outcome.
func test(_ loader: RuleLoader) -> [UInt8] {
  let compilation = loader.compile()
  var out = JsonWriter(capacity: 4096)
  var failures: [(test: RuleTest, outcome: TestOutcome)] = []
  var passed = 0
  var todo = 0
  if let program = compilation.program {
    let engine = Engine(program: program)
    for test in program.tests {
      let outcome = engine.outcome(of: test)
      if outcome.kind == .passed {
        passed += 1
      } else if test.isTodo {
        todo += 1
      } else {
        failures.append((test, outcome))
      }
    }
  }
  out.beginObject()
  out.key("ok")
  out.bool(compilation.program != nil && failures.isEmpty)
  let counts: [(StaticString, Int)] = [
    ("passed", passed), ("failed", failures.count), ("todo", todo),
  ]
  for (name, count) in counts {
    out.key(name)
    out.number(UInt64(count))
  }
  out.key("failures")
  out.beginList()
  for (test, outcome) in failures {
    out.beginObject()
    out.pair("rule", test.owner)
    out.pair("file", test.file)
    out.key("line")
    out.number(UInt64(clamping: test.line))
    out.pair("text", test.text)
    out.pair("kind", outcome.kind.word)
    out.pair("expected", outcome.expected)
    out.pair("got", outcome.got)
    out.endObject()
  }
  out.endList()
  out.key("diagnostics")
  out.diagnostics(compilation.diagnostics)
  out.endObject()
  return out.bytes
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
}
