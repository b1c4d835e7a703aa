import DukienText
import Foundation
import Testing

/// Writes the visible text of pages for Tests/Html/compare.py, and tells how fast they were read.
@Suite("pages of a folder")
struct HtmlDumpTests {
  static let environment = ProcessInfo.processInfo.environment

  @Test(
    "their visible text, written to another folder",
    .enabled(if: environment["DUKIEN_HTML_PAGES"] != nil && environment["DUKIEN_HTML_OUT"] != nil))
  func dump() throws {
    let pages = URL(fileURLWithPath: Self.environment["DUKIEN_HTML_PAGES"] ?? "")
    let out = URL(fileURLWithPath: Self.environment["DUKIEN_HTML_OUT"] ?? "")
    let names = try FileManager.default.contentsOfDirectory(atPath: pages.path).sorted()
    var bytes = 0
    var reading = Duration.zero
    var rendering = Duration.zero
    for name in names where name.hasSuffix(".html") {
      let text = decoded(Array(try Data(contentsOf: pages.appendingPathComponent(name))))
      let clock = ContinuousClock()
      let start = clock.now
      let tree = readHtml(text)
      let middle = clock.now
      let page = renderBlocks(tree)
      reading += middle - start
      rendering += clock.now - middle
      bytes += text.bytes.count
      #expect(page.blocks.count == page.infos.count, "\(name)")
      let file = out.appendingPathComponent(name.dropLast(5) + ".txt")
      try Data(page.text.bytes).write(to: file)
    }
    print("\(bytes) bytes read in \(reading), rendered in \(rendering)")
  }
}
