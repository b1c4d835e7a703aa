import Foundation
import Testing

@Suite("dukien rules bundle")
struct BundleTests {
  private let page = "A kilo of rice costs 12 dollars.\n"

  @Test("a bundle stands for the sets that it was made of, without their files")
  func bundle() throws {
    let folder = try TemporaryFolder()
    let made = try CommandLine.run(["rules", "new", "prices", "--at", folder.path])
    #expect(made.status == 0)
    let set = folder.path("prices")
    let bundle = folder.path("prices.bundle")
    let run = try CommandLine.run(["rules", "bundle", set, "-o", bundle])
    #expect(run.status == 0)
    #expect(run.output == "" && run.errors == "")
    let before = try CommandLine.run(["extract", "-r", set], input: page)
    #expect(before.output.contains("12 USD"))
    try FileManager.default.removeItem(atPath: set)
    let after = try CommandLine.run(["extract", "--rules", bundle], input: page)
    #expect(after.status == 0)
    #expect(after.output == before.output)
    for verb in ["check", "test"] {
      #expect(try CommandLine.run(["rules", verb, bundle]).status == 0)
    }
  }

  @Test("a bundle goes to standard output where no file is named")
  func standardOutput() throws {
    let run = try CommandLine.run(["rules", "bundle", "page"])
    #expect(run.status == 0)
    #expect(run.output.hasPrefix("dukien bundle of rules "))
  }

  @Test("rules with mistakes give no bundle, and leave the last one")
  func mistakes() throws {
    let folder = try TemporaryFolder()
    let rules = try folder.write("bad.yaml", "nonsense: 1\n")
    let bundle = try folder.write("last.bundle", "the last one")
    let run = try CommandLine.run(["rules", "bundle", rules, "-o", bundle])
    #expect(run.status == 3)
    #expect(run.errors.contains("nonsense"))
    #expect(try folder.read("last.bundle") == "the last one")
  }

  @Test("a bundle that was cut is told")
  func cut() throws {
    let folder = try TemporaryFolder()
    let bundle = folder.url("page.bundle")
    _ = try CommandLine.run(["rules", "bundle", "page", "-o", bundle.path])
    try Data(contentsOf: bundle).dropLast().write(to: bundle)
    let run = try CommandLine.run(["extract", "-r", bundle.path], input: page)
    #expect(run.status == 3)
    #expect(run.errors.contains("bundle.damaged"))
  }
}
