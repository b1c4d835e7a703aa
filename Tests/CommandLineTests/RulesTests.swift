import Foundation
import Testing

@Suite("dukien rules")
struct RulesTests {
  private let about = "name: mine\nversion: 2.0.0\nabout: a set of the test\n"

  @Test("the shipped sets have no errors and pass their tests", arguments: ["check", "test"])
  func shipped(verb: String) throws {
    let run = try CommandLine.run(["rules", verb])
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test("check prints every finding and ends with 1")
  func check() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("bad.yaml", "lexicons: {a: {entrees: [b]}}\nnonsense: 1\n")
    let run = try CommandLine.run(["rules", "check", file])
    #expect(run.status == 1)
    #expect(run.output.contains("\(file):1:"))
    #expect(run.output.contains("\(file):2:"))
    #expect(run.output.contains("entries"))
    #expect(run.summary.hasSuffix("errors, 0 warnings"))
  }

  @Test(
    "tools that need working rules end with 3 where there are none", arguments: ["test", "show"])
  func unusable(verb: String) throws {
    let run = try CommandLine.run(["rules", verb, "no-such-set"])
    #expect(run.status == 3)
    #expect(run.output == "")
    #expect(run.errors.contains("no-such-set"))
  }

  @Test("list and show tell what there is")
  func listAndShow() throws {
    let list = try CommandLine.run(["rules", "list"])
    #expect(list.status == 0)
    #expect(list.output.contains("vi-core") && list.output.contains("vi-news"))
    let show = try CommandLine.run(["rules", "show"])
    #expect(show.status == 0)
    #expect(show.output.hasPrefix("vi-news@"))
  }

  @Test("sets are named as arguments or by -r", arguments: ["list", "check", "show"])
  func namedSets(verb: String) throws {
    let argument = try CommandLine.run(["rules", verb, "page"])
    #expect(argument.status == 0)
    for option in [["-r", "page"], ["--rules", "page"], ["-rpage"]] {
      let run = try CommandLine.run(["rules", verb] + option)
      #expect(run.status == 0)
      #expect(run.output == argument.output)
    }
  }

  @Test("a set is found by name in DUKIEN_RULES_PATH, then in the XDG folders")
  func searchPath() throws {
    let folder = try TemporaryFolder()
    try folder.write("first/mine/set.yaml", about)
    try folder.write(
      "data/dukien/rules/mine/set.yaml", about.replacingOccurrences(of: "2.0.0", with: "1.0.0"))
    let xdg = ["XDG_DATA_HOME": folder.path("data")]
    let second = try CommandLine.run(["rules", "show", "mine"], environment: xdg)
    #expect(second.output.hasPrefix("mine@1.0.0"))
    let both = xdg.merging(["DUKIEN_RULES_PATH": folder.path("first")]) { $1 }
    let first = try CommandLine.run(["rules", "show", "mine"], environment: both)
    #expect(first.output.hasPrefix("mine@2.0.0"))
    let list = try CommandLine.run(["rules", "list"], environment: both)
    #expect(list.output.contains("a set of the test"))
  }

  @Test("version names the library and its ABI", arguments: [["version"], ["--version"]])
  func version(arguments: [String]) throws {
    let run = try CommandLine.run(arguments)
    #expect(run.status == 0)
    #expect(run.output.contains(/\d+\.\d+\.\d+\+/))
  }
}
