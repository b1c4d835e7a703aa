import ArgumentParser
import CDukien
import Foundation

struct ParseCommand: ParsableCommand {
  enum Form: String, ExpressibleByArgument, CaseIterable {
    case text, json, jsonl, tree, markdown
  }

  static let configuration = CommandConfiguration(
    commandName: "parse",
    abstract: "Prints the articles of pages: title, authors, date, text.",
    discussion: """
      Pages are files of HTML or text and folders of them (*.html, *.htm, *.txt). Without paths, or
      with -, standard input lists the paths, one a line.

      FORMS
        text      the text of the article
        markdown  the same with its title, headings, lists and quotations
        jsonl     one line of JSON a page: title, authors, date, text and the like
        json      all fields and blocks with their labels, the reasons for them and their places
        tree      one line a block: label, tags around it, reason, words

      EXAMPLES
        dukien parse page.html
        dukien parse pages/ --as jsonl -o articles.jsonl
        find pages -name '*.html' | dukien parse --as jsonl -j 4
        dukien parse page.html --as tree
      """)

  @Argument(
    help: ArgumentHelp("Files and folders; - reads a list of paths.", valueName: "paths"))
  var paths: [String] = []

  @Option(name: .customLong("as"), help: "What is printed.")
  var form: Form = .text

  @Option(
    name: [.customShort("r", allowingJoined: true), .long], parsing: .singleValue,
    help: ArgumentHelp(
      "A rule set, by name or by path; may be repeated. (default: \(Self.defaultSet))",
      valueName: "set"))
  var rules: [String] = []

  @OptionGroup var input: InputOption

  private static let defaultSet = "page"

  func run() throws {
    do {
      try parse()
    } catch let error as LibraryError {
      throw Exit(.internalError, error.text)
    }
  }

  private func parse() throws {
    let list = paths.isEmpty || paths == ["-"]
    if list, isatty(STDIN_FILENO) == 1 {
      complain("reading paths from standard input, one a line; end them with Ctrl-D")
    }
    let named = list ? try readPaths() : paths
    // A list may well be empty.
    if named.isEmpty { return }
    let pages = PageList(named)
    for complaint in pages.complaints { complain(complaint) }
    if pages.paths.isEmpty { throw Exit(.usage, "nothing to read") }
    let rules = try RuleSets(rules.isEmpty ? [Self.defaultSet] : rules).compile()
    let output = try Output(input.output)
    let isOne = pages.isSingle && pages.paths.count == 1 && !list
    let worker = ParseWorker(
      rules: rules, paths: pages.paths, input: input.page, form: form, hasHeads: !isOne)
    var run = PageRun(paths: pages.paths, jobs: input.jobs)
    if form == .json { run.frame = isOne ? PageRun.Frame(close: "\n") : .list }
    let failed = try run.write(to: output) { worker.work($0) }
    if failed + pages.complaints.count > 0 {
      let all = pages.paths.count + pages.complaints.count
      throw Exit(
        .pages, "\(failed + pages.complaints.count) of \(counted(all, "page")) failed")
    }
  }

  /// The lines of standard input that are not empty.
  private func readPaths() throws -> [String] {
    do {
      return try readBytes("-").split { $0 == 0x0A || $0 == 0x0D }
        .map { String(decoding: $0, as: UTF8.self) }
    } catch let error as SystemError {
      throw Exit(.usage, "standard input: \(error.reason)")
    }
  }
}

/// Turns pages into articles; every thread has an extractor of its own.
private struct ParseWorker: Sendable {
  var rules: Rules
  var paths: [String]
  var input: PageInput
  var form: ParseCommand.Form
  /// True where a line before each page names it.
  var hasHeads: Bool

  func work(_ queue: OrderedQueue<PageOutcome>) {
    answer(queue, paths, rules) { path, extractor in
      let bytes = try readBytes(path)
      let begin = DispatchTime.now().uptimeNanoseconds
      let result = try extractor.parse(bytes, id: path, input)
      var record = try self.record(result, path)
      if form == .jsonl {
        let spent = Double(DispatchTime.now().uptimeNanoseconds - begin) / 1e6
        record.removeLast()
        record += Array(String(format: ",\"ms\":%.3f}\n", spent).utf8)
      }
      return (record, result.remark(source: pageName(path)))
    }
  }

  private func record(_ result: PageResult, _ path: String) throws -> [UInt8] {
    let head = hasHeads ? Array("==> \(printable(path)) <==\n".utf8) : []
    let foot = hasHeads ? [UInt8(ascii: "\n")] : []
    switch form {
    case .text: return head + (try result.printed("text")) + foot
    case .markdown: return head + (try result.printed("markdown")) + foot
    case .tree: return head + Array(tree(result).utf8) + foot
    case .json: return try result.json()
    case .jsonl: return try result.printed("row")
    }
  }

  private func tree(_ result: PageResult) -> String {
    alignedRows(
      result.blocks.map { block in
        let text = String(block.text)
        let isLong = text.count > 80
        return [
          String(block.kind), String(block.path), String(block.reason),
          isLong ? text.prefix(79) + "…" : text,
        ]
      })
  }
}
