import Foundation
import Testing

@Suite("dukien parse")
struct ParseTests {
  private static let sentence = "Fep gom toz, fep gom toz, fep gom toz fep gom toz fep gom toz."

  private static let page = """
    <!doctype html><html lang=xz><head><title>Zax wug fep gom</title></head><body>
    <div><h1>Zax wug fep gom</h1><p>\(sentence)</p><p>\(sentence)</p></div></body></html>
    """

  private func rows(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  @Test("one page gives its text")
  func text() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.html", Self.page)
    let run = try CommandLine.run(["parse", file])
    #expect(run.status == 0)
    #expect(run.errors == "")
    #expect(run.output == "\(Self.sentence)\n\n\(Self.sentence)\n")
  }

  @Test("paths come as arguments, from folders, or as lines of standard input", arguments: 0..<4)
  func paths(way: Int) throws {
    let folder = try TemporaryFolder()
    let files = try ["a.html", "b.htm", "c.txt"].map { try folder.write($0, Self.page) }
    try folder.write("d.json", Self.page)
    let list = files.joined(separator: "\n") + "\n\n"
    let run =
      switch way {
      case 0: try CommandLine.run(["parse", "--as", "jsonl"] + files)
      case 1: try CommandLine.run(["parse", "--as", "jsonl", folder.path])
      case 2: try CommandLine.run(["parse", "--as", "jsonl"], input: list)
      default: try CommandLine.run(["parse", "--as", "jsonl", "-", "-j3"], input: list)
      }
    #expect(run.status == 0)
    let rows = try rows(run.output)
    #expect(rows.map { $0["file"] as? String } == files)
    for row in rows {
      #expect(row["title"] as? String == "Zax wug fep gom")
      #expect(row["text"] as? String == "\(Self.sentence)\n\n\(Self.sentence)")
      #expect((row["ms"] as? Double ?? -1) >= 0)
    }
  }

  @Test("several pages are parted by lines that name them")
  func heads() throws {
    let folder = try TemporaryFolder()
    let files = try ["a.html", "b.html"].map { try folder.write($0, Self.page) }
    let run = try CommandLine.run(["parse", "--as", "markdown"] + files)
    let page = "# Zax wug fep gom\n\n\(Self.sentence)\n\n\(Self.sentence)\n"
    #expect(run.output == files.map { "==> \($0) <==\n\(page)\n" }.joined())
  }

  @Test("the tree has a line for each block: label, tags, reason and words")
  func tree() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.html", Self.page)
    let lines = try CommandLine.run(["parse", file, "--as", "tree"]).output.split(separator: "\n")
    #expect(lines.count == 3)
    let first = try #require(lines.first)
    #expect(first.hasPrefix("title "))
    #expect(first.contains(" html body div h1 "))
    #expect(first.contains(" page/"))
    #expect(first.hasSuffix(" Zax wug fep gom"))
  }

  @Test("json has all blocks with their reasons; one object for one page, else a list")
  func json() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.html", Self.page)
    let one = try CommandLine.run(["parse", file, "--as", "json"]).output
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(one.utf8)) as? [String: Any])
    let blocks = try #require(object["blocks"] as? [[String: Any]])
    #expect(blocks.count == 3)
    #expect(blocks.allSatisfy { $0["reason"] != nil && $0["path"] != nil })
    let two = try CommandLine.run(["parse", file, file, "--as", "json"]).output
    #expect((try JSONSerialization.jsonObject(with: Data(two.utf8)) as? [Any])?.count == 2)
  }

  @Test("what the pages are and how they are encoded may be said")
  func options() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.html", Self.page)
    let text = try CommandLine.run(["parse", file, "--as", "tree", "--input", "text"]).output
    #expect(text.contains("<h1>"))
    try Data(Array("<!doctype html><h1>".utf8) + [0xC4, 0xE0] + Array("</h1>".utf8))
      .write(to: folder.url("b.html"))
    let run = try CommandLine.run(
      ["parse", folder.path("b.html"), "--as", "tree", "--encoding", "windows-1251"])
    #expect(run.output.contains("Да"))
  }

  @Test("a page that cannot be read does not stop the others; an empty list is no mistake")
  func missing() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.html", Self.page)
    let none = folder.path("none.html")
    let run = try CommandLine.run(["parse", "--as", "jsonl"], input: "\(none)\n\(file)\n")
    #expect(run.status == 4)
    #expect(try rows(run.output).count == 1)
    #expect(run.errors.hasPrefix("\(none): no such file or folder\n"))
    let empty = try CommandLine.run(["parse"], input: "\n")
    #expect(empty.status == 0)
    #expect(empty.output == "")
    #expect(try CommandLine.run(["parse", none]).status == 2)
    #expect(try CommandLine.run(["parse", file, "--as", "xml"]).status == 2)
  }

  @Test("extract reads HTML as it reads text")
  func extract() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(
      "a.html",
      "<!doctype html><body><article><h1>Hà Nội xuất khẩu gạo</h1>"
        + "<p>Năm 2022, kim ngạch xuất khẩu đạt <b>200</b>&nbsp;triệu USD, cao nhất từ trước đến nay.</p>"
    )
    let run = try CommandLine.run(["extract", file, "-f", "ndjson"])
    #expect(run.status == 0)
    #expect(run.output.contains("\"norm\":\"200000000 USD\""))
  }
}
