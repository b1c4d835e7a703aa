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
      Pages are text files, folders (their *.txt, also in inner folders) or standard input.

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

  @Option(
    name: [.customShort("o", allowingJoined: true), .long],
    help: ArgumentHelp("Writes to a file.", valueName: "file"))
  var output: String?

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp("Worker threads. (default: one a processor)", valueName: "n"))
  var jobs: Int?

  @Option(
    help: ArgumentHelp(
      "The day of publication, for pages that do not tell it.", valueName: "YYYY-MM-DD"))
  var published = ""

  @Option(help: "Colour of the table.")
  var color: ColorChoice = .auto

  @Flag(help: "Extracts again what changes, rules or pages, until Ctrl-C.")
  var watch = false

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("-j takes a number from 1 to 256")
    }
  }

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
    let output = try Output(output)
    let format = format ?? (output.isTerminal ? .table : .ndjson)
    let style = Style(isOn: color.isOn(isTerminal: output.isTerminal))
    let table = FactTable(width: wrapWidth(isTerminal: output.isTerminal), style: style)
    let worker = PageWorker(
      rules: rules, paths: pages.paths, published: published, format: format, table: table)
    return try write(pages, of: worker, to: output)
  }

  /// Writes what the workers give, in the order of the pages; returns how many pages failed.
  private func write(_ pages: PageList, of worker: PageWorker, to output: Output) throws -> Int {
    let processors = ProcessInfo.processInfo.activeProcessorCount
    let threads = min(jobs ?? max(1, processors), pages.paths.count)
    let queue = OrderedQueue<PageOutcome>(count: pages.paths.count, window: threads * 4)
    Interrupt.listen()
    for _ in 0..<threads {
      let thread = Thread { worker.work(queue) }
      thread.stackSize = 8 << 20
      thread.start()
    }
    defer { queue.stop() }

    let isArray = worker.format == .json && !pages.isSingle
    var progress = ProgressLine(total: pages.paths.count)
    var done = 0
    var failed = 0
    var separator = isArray ? "[\n" : ""
    let idle = {
      progress.show(done: done)
      return !Interrupt.wasRequested
    }
    while let outcome = queue.receive(idle: idle) {
      done += 1
      progress.clear()
      switch outcome {
      case .record(let bytes, let remark):
        if let remark { complain(remark) }
        try output.write(Array(separator.utf8) + bytes)
        separator = isArray ? ",\n" : ""
      case .failure(let message):
        complain(message)
        failed += 1
      }
      progress.show(done: done)
      if Interrupt.wasRequested { break }
    }
    progress.clear()
    if isArray {
      try output.write(separator == "[\n" ? "[]\n" : "\n]\n")
    } else if worker.format == .json, failed < done {
      try output.write("\n")
    }
    try output.flush()
    if Interrupt.wasRequested, done < pages.paths.count {
      throw Exit(.interrupted, "interrupted after \(done) of \(counted(pages.paths.count, "page"))")
    }
    return failed
  }

  private func conclude(failed: Int, of pages: PageList) throws {
    guard failed > 0 else { return }
    let all = pages.paths.count + pages.complaints.count
    throw Exit(.pages, "\(failed) of \(counted(all, "page")) failed")
  }
}
