import ArgumentParser
import Foundation

struct ExtractCommand: ParsableCommand {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case table, json, ndjson
  }

  static let configuration = CommandConfiguration(
    commandName: "extract",
    abstract: "Prints the facts of pages.",
    discussion: """
      Pages are files of text or HTML, folders (their *.txt, *.html and *.htm, also in inner
      folders) or standard input.

      EXAMPLES
        dukien extract page.txt
        curl -s https://example.org/page.txt | dukien extract
        dukien extract pages/ -f ndjson -j 4 -o facts.ndjson
        dukien extract pages/ | jq -r '.facts[].type' | sort | uniq -c
        dukien extract page.txt -r my-rules/ -r vi-core
        dukien extract page.txt -r my-rules/ --watch
      """)

  @Argument(help: ArgumentHelp("Files and folders; - is standard input.", valueName: "paths"))
  var paths: [String] = []

  @OptionGroup var rules: RulesOption

  @Option(
    name: [.customShort("f", allowingJoined: true), .long],
    help: "By default a table on a terminal, else ndjson.")
  var format: Format?

  @OptionGroup var input: InputOption

  @Option(help: "Colour of the table.")
  var color: ColorChoice = .auto

  @Flag(help: "Extracts again what changes, rules or pages, until Ctrl-C.")
  var watch = false

  func run() throws {
    do {
      if watch { try runOnChange() }
      try runOnce()
    } catch let error as LibraryError {
      throw Exit(.internalError, error.text)
    }
  }

  private func runOnce() throws {
    let pages = PageList(paths)
    for complaint in pages.complaints { complain(complaint) }
    if pages.paths.isEmpty { throw Exit(.usage, "nothing to read") }
    if paths.isEmpty, isatty(STDIN_FILENO) == 1 {
      complain("reading a page from standard input; end it with Ctrl-D")
    }
    let failed = try extract(pages, with: try RuleSets(rules.chosen).compile())
    try conclude(failed: failed + pages.complaints.count, of: pages)
  }

  /// Extracts the pages and writes what they give; returns how many of them failed.
  func extract(_ pages: PageList, with rules: Rules) throws -> Int {
    let output = try Output(input.output)
    let format = format ?? (output.isTerminal ? .table : .ndjson)
    let style = Style(isOn: color.isOn(isTerminal: output.isTerminal))
    let table = FactTable(width: wrapWidth(isTerminal: output.isTerminal), style: style)
    let worker = PageWorker(
      rules: rules, paths: pages.paths, input: input.page, format: format, table: table)
    var run = PageRun(paths: pages.paths, jobs: input.jobs)
    if format == .json { run.frame = pages.isSingle ? PageRun.Frame(close: "\n") : .list }
    return try run.write(to: output) { worker.work($0) }
  }

  private func conclude(failed: Int, of pages: PageList) throws {
    guard failed > 0 else { return }
    let all = pages.paths.count + pages.complaints.count
    throw Exit(.pages, "\(failed) of \(counted(all, "page")) failed")
  }
}
