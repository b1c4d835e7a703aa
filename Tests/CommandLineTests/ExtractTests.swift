import Foundation
import Testing

@Suite("dukien extract")
struct ExtractTests {
  private let page = "Hà Nội xuất khẩu gạo\n\nNăm 2022, kim ngạch xuất khẩu đạt 200 triệu USD.\n"

  private func sources(_ ndjson: String) throws -> [String] {
    try ndjson.split(separator: "\n").map { line in
      let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
      return try #require(object?["source"] as? String)
    }
  }

  @Test("a pipe gets one line of JSON a page; folders give their *.txt in order")
  func folder() throws {
    let folder = try TemporaryFolder()
    for name in ["b.txt", "a.txt", "inner/c.txt", "a.expected.json", ".hidden.txt", "notes.md"] {
      try folder.write(name, page)
    }
    let run = try CommandLine.run(["extract", folder.path])
    #expect(run.status == 0)
    #expect(run.errors == "")
    let names = ["a.txt", "b.txt", "inner/c.txt"]
    #expect(try sources(run.output) == names.map { folder.path($0) })
  }

  @Test("threads change nothing in the output")
  func threads() throws {
    let folder = try TemporaryFolder()
    for number in 0..<40 { try folder.write("\(number).txt", page + "Số \(number)\n") }
    let one = try CommandLine.run(["extract", folder.path, "-j1"])
    let five = try CommandLine.run(["extract", folder.path, "-j", "5"])
    #expect(one.status == 0)
    #expect(one.output == five.output)
    #expect(try sources(one.output).count == 40)
  }

  @Test("standard input is read where no path or - is given", arguments: [[], ["-"]])
  func standardInput(paths: [String]) throws {
    let run = try CommandLine.run(["extract"] + paths, input: page)
    #expect(run.status == 0)
    #expect(try sources(run.output) == ["-"])
  }

  @Test("json is one object for one page and an array for a folder")
  func json() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.txt", page)
    let one = try CommandLine.run(["extract", file, "-f", "json"])
    #expect(try JSONSerialization.jsonObject(with: Data(one.output.utf8)) is [String: Any])
    let many = try CommandLine.run(["extract", folder.path, "-f", "json"])
    let list = try JSONSerialization.jsonObject(with: Data(many.output.utf8)) as? [Any]
    #expect(list?.count == 1)
  }

  @Test("a table is wrapped at 100 columns and has no colour outside a terminal")
  func table() throws {
    let long = Array(repeating: "Hà Nội đạt 200 triệu USD năm 2022,", count: 20)
    let folder = try TemporaryFolder()
    let file = try folder.write("a.txt", page + long.joined(separator: " ") + "\n")
    let run = try CommandLine.run(["extract", file, "-f", "table"])
    #expect(run.status == 0)
    #expect(run.output.contains(file))
    #expect(run.output.split(separator: "\n").allSatisfy { $0 == file || $0.count <= 100 })
    #expect(!run.output.contains("\u{1B}"))
    let colored = try CommandLine.run(["extract", file, "-f", "table", "--color", "always"])
    #expect(colored.output.contains("\u{1B}["))
  }

  @Test("control characters of a page never reach the terminal")
  func controlCharacters() throws {
    let run = try CommandLine.run(
      ["extract", "-f", "table"], input: "Tin \u{1B}]0;x\u{07} mới\u{9B}31m\n\n" + page)
    #expect(run.status == 0)
    let bad = run.output.unicodeScalars.filter { $0.value < 32 && $0 != "\n" || $0.value == 0x9B }
    #expect(bad.isEmpty)
  }

  @Test("a file is written whole with -o")
  func outputFile() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.txt", page)
    let run = try CommandLine.run(["extract", file, "-o", folder.path("out.ndjson")])
    #expect(run.status == 0)
    #expect(run.output == "")
    #expect(try sources(try folder.read("out.ndjson")) == [file])
    let failed = try CommandLine.run(["extract", file, "-o", folder.path("no/such/folder")])
    #expect(failed.status == 2)
  }

  @Test("a missing path alone is a usage error, beside others a failed page")
  func missing() throws {
    let folder = try TemporaryFolder()
    let file = try folder.write("a.txt", page)
    let missing = folder.path("none.txt")
    let alone = try CommandLine.run(["extract", missing])
    #expect(alone.status == 2)
    #expect(alone.output == "")
    #expect(alone.errors.hasPrefix("\(missing): no such file or folder\n"))
    let beside = try CommandLine.run(["extract", missing, file])
    #expect(beside.status == 4)
    #expect(try sources(beside.output) == [file])
    #expect(beside.summary == "dukien: 1 of 2 pages failed")
  }

  @Test("an empty folder and an unreadable file are told")
  func nothingToRead() throws {
    let folder = try TemporaryFolder()
    let empty = try CommandLine.run(["extract", folder.path])
    #expect(empty.status == 2)
    #expect(empty.errors.contains("no pages"))
    // It opens and cannot be read, by root neither.
    let unreadable = try CommandLine.run(["extract", "/proc/self/mem"])
    #expect(unreadable.status == 4)
    #expect(unreadable.errors.hasPrefix("/proc/self/mem: Input/output error\n"))
  }

  @Test("an unknown rule set ends with 3 and names the nearest, a missing path with 2")
  func unknownRules() throws {
    let name = try CommandLine.run(["extract", "-r", "vi-nesw"], input: page)
    #expect(name.status == 3)
    #expect(name.errors.contains("vi-news"))
    let path = try CommandLine.run(["extract", "-r", "./vi-news"], input: page)
    #expect(path.status == 2)
    #expect(path.summary.contains("./vi-news"))
  }

  @Test("what is no usage ends with 2", arguments: [["-j0"], ["-f", "xml"], ["--nonsense"]])
  func usage(arguments: [String]) throws {
    let run = try CommandLine.run(["extract"] + arguments)
    #expect(run.status == 2)
    #expect(run.output == "")
    #expect(!run.errors.isEmpty)
  }

  @Test(
    "help shows examples on standard output", arguments: [["extract"], ["rules", "check"], []])
  func help(command: [String]) throws {
    let run = try CommandLine.run(command + ["--help"])
    #expect(run.status == 0)
    #expect(run.output.contains("EXAMPLES"))
  }
}
