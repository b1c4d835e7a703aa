import CDukien
import Testing

@Suite("Logs and traces tell of a run and change nothing")
struct CallbackTests {
  /// What the callbacks were told.
  private final class Told {
    var log: [(level: Int32, text: String)] = []
    var trace: [(rule: String, step: String, text: String, isMet: Bool)] = []
    let page: [UInt8]
    init(_ page: [UInt8]) { self.page = page }

    func listen(_ options: inout dukien_run_options) {
      options.size = MemoryLayout<dukien_run_options>.size
      options.user = Unmanaged.passUnretained(self).toOpaque()
      options.log = { user, level, text in
        guard let user else { return }
        Unmanaged<Told>.fromOpaque(user).takeUnretainedValue().log.append((level, String(text)))
      }
      options.trace = { user, rule, step, at, isMet in
        guard let user else { return }
        let told = Unmanaged<Told>.fromOpaque(user).takeUnretainedValue()
        let bytes = told.page[Int(at.begin)..<Int(at.end)]
        told.trace.append(
          (String(rule), String(step), String(decoding: bytes, as: UTF8.self), isMet == 1))
      }
    }
  }

  private func run(_ page: String, _ rules: SharedRules) throws -> (told: Told, json: String) {
    let told = Told(Array(page.utf8))
    var options = dukien_run_options()
    told.listen(&options)
    let run = TestExtractor(rules).run(page.utf8, options: options)
    defer { dukien_result_release(run.result) }
    var text = dukien_str()
    try #require(dukien_result_json(run.result, &text, nil) == DUKIEN_OK)
    return (told, String(text))
  }

  @Test("a trace changes no result, and names a rule of every fact", arguments: SamplePages.all)
  func sameResult(name: String, bytes: [UInt8]) throws {
    let page = String(decoding: bytes, as: UTF8.self)
    let (told, json) = try run(page, newsRules)
    #expect(json == TestExtractor().json(bytes))
    let plain = TestExtractor().run(bytes)
    defer { dukien_result_release(plain.result) }
    let facts = records(dukien_result_facts(plain.result), as: dukien_fact.self)
    let made = Set(told.trace.filter { $0.step == "fact" && $0.isMet }.map(\.rule))
    #expect(!facts.isEmpty)
    for fact in facts { #expect(made.contains(String(fact.rule)), "\(String(fact.rule))") }
    #expect(told.trace.contains { $0.step == "trigger" && $0.isMet })
    #expect(told.trace.contains { $0.step.hasPrefix("role ") && $0.isMet })
  }

  @Test("the log tells what was read, what was found and how long it took")
  func log() throws {
    let (told, _) = try run("Hà Nội ký kết.\n", newsRules)
    let lines = told.log.filter { $0.level == DUKIEN_LOG_INFO }.map(\.text)
    #expect(lines == ["read as text in utf-8", "1 blocks, 0 values, 0 facts"])
    #expect(told.log.contains { $0.level == DUKIEN_LOG_DEBUG && $0.text.hasPrefix("tokens: ") })
    #expect(!told.log.contains { $0.level == DUKIEN_LOG_WARNING })
  }

  @Test("what was cut or repaired is a warning with its place")
  func warning() throws {
    let told = Told([])
    var options = dukien_run_options()
    told.listen(&options)
    options.trace = nil
    options.max_input = 8
    let run = TestExtractor().run(Array("Huế".utf8) + [0xFF] + Array("Vinh".utf8), options: options)
    dukien_result_release(run.result)
    let lines = told.log.filter { $0.level == DUKIEN_LOG_WARNING }.map(\.text)
    #expect(lines == ["invalid_utf8: 1, bound 0, at byte 5", "max_input: 10, bound 8, at byte 8"])
  }
}
