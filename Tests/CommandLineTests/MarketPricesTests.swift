import Foundation
import Testing

/// A rule set as a reader of the guide writes it, on a subject of its own: prices at markets.
@Suite("a rule set on market prices")
struct MarketPricesTests {
  private static let fixtures = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().appendingPathComponent("Fixtures").path

  @Test(
    "the set and the one that changes a word of it hold",
    arguments: ["market-prices", "northern-prices"],
    [["check", "--strict"], ["test"], ["fmt", "--check"]])
  func holds(set: String, verb: [String]) throws {
    let run = try CommandLine.run(["rules"] + verb + [set], directory: Self.fixtures)
    #expect(run.status == 0, "\(run.output)\(run.errors)")
  }

  @Test(
    "pages give the facts that were read in them", arguments: ["grain", "harbour", "riverside"])
  func page(name: String) throws {
    let page = "market-prices/pages/\(name)"
    let run = try CommandLine.run(
      ["extract", "\(page).txt", "-r", "market-prices", "-f", "json"], directory: Self.fixtures)
    try #require(run.status == 0, "\(run.errors)")
    let expected = try String(
      contentsOfFile: "\(Self.fixtures)/\(page).expected.json", encoding: .utf8)
    #expect(run.output == expected)
  }

  @Test("the changed word counts in the second set only")
  func changedWord() throws {
    let text = "Fresh ginger costs 3 dollars a kilo.\n"
    for (set, category) in [("market-prices", "vegetable"), ("northern-prices", "other")] {
      let run = try CommandLine.run(
        ["extract", "-r", set, "-f", "table"], input: text, directory: Self.fixtures)
      #expect(run.output.contains("category: \(category);"), "\(run.output)")
    }
  }
}
