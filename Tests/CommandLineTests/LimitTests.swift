import Testing

@Suite("--limit")
struct LimitTests {
  private let page = "Hà Nội xuất khẩu gạo\n\nNăm 2022, kim ngạch xuất khẩu đạt 200 triệu USD.\n"

  @Test(
    "a bound of the C interface cuts the page, and is told",
    arguments: [
      ("extract", "max_input=30"), ("parse", "max_input=30"), ("extract", "max_tokens=4"),
    ])
  func cut(verb: String, limit: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.txt", page)
    let form = verb == "parse" ? ["--as", "json"] : ["-f", "json"]
    let run = try CommandLine.run([verb, file, "--limit", limit] + form)
    #expect(run.status == 0)
    let name = limit.prefix { $0 != "=" }
    #expect(run.output.contains("\"\(name)\""))
    #expect(run.errors == "\(file): cut short by \(name)\n")
  }

  @Test("bounds add up; of one that is named twice the last counts; wide ones change nothing")
  func several() throws {
    func run(_ limits: [String]) throws -> CommandLine.Outcome {
      try CommandLine.run(["extract"] + limits.flatMap { ["--limit", $0] }, input: page)
    }
    let both = try run(["max_input=30", "max_tokens=4"])
    #expect(both.output.contains("max_input") && both.output.contains("max_tokens"))
    let wide = [
      "max_input=30", "max_input=4000", "max_facts=9", "max_steps=9000000", "max_memory=9000000",
      "max_millis=600000",
    ]
    #expect(try run(wide).output == run([]).output)
  }

  @Test(
    "a mistaken bound is a usage error that says what there is",
    arguments: [
      ("max_inptu=3", "there is no bound \"max_inptu\"; one of: max_input, max_tokens,"),
      ("max_input", "write it as NAME=NUMBER"),
      ("max_input=", "\"\" is no whole number above 0"),
      ("max_input=-1", "\"-1\" is no whole number above 0"),
      ("max_input=0", "\"0\" is no whole number above 0"),
      ("max_input=16M", "\"16M\" is no whole number above 0"),
      ("max_facts=18446744073709551616", "is no whole number above 0"),
    ])
  func mistaken(limit: String, message: String) throws {
    let run = try CommandLine.run(["extract", "--limit", limit], input: page)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(run.errors.contains("'\(limit)'"))
    #expect(run.errors.contains(message), "\(run.errors)")
  }
}
