import ArgumentParser

/// What is known of the pages beside their bytes, and how far they are read.
struct PageInput: Sendable {
  var format: Int32 = 0
  var encoding = ""
  /// The day of publication of pages that do not tell it, or "".
  var published = ""
  var limits: [Limit] = []
}

/// The options of commands that read pages.
struct InputOption: ParsableArguments {
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case auto, text, html
  }

  @Option(help: "What the pages are; auto looks at how they begin.")
  var input: Format = .auto

  @Option(
    help: ArgumentHelp("The encoding of the pages, such as windows-1258.", valueName: "name"))
  var encoding = ""

  @Option(
    help: ArgumentHelp(
      "The day of publication, for pages that do not tell it.", valueName: "YYYY-MM-DD"))
  var published = ""

  @Option(
    name: .customLong("limit"), parsing: .singleValue,
    help: ArgumentHelp(
      "A bound on the reading of each page; may be repeated. Names: \(Limit.names).",
      valueName: "name=number"),
    transform: Limit.init)
  var limits: [Limit] = []

  @Option(
    name: [.customShort("j", allowingJoined: true), .long],
    help: ArgumentHelp("Worker threads. (default: one a processor)", valueName: "n"))
  var jobs: Int?

  @Option(
    name: [.customShort("o", allowingJoined: true), .long],
    help: ArgumentHelp("Writes to a file.", valueName: "file"))
  var output: String?

  func validate() throws {
    if let jobs, !(1...256).contains(jobs) {
      throw ValidationError("-j takes a number from 1 to 256")
    }
  }

  var page: PageInput {
    let number: Int32 =
      switch input {
      case .auto: 0
      case .text: 1
      case .html: 2
      }
    return PageInput(
      format: number, encoding: encoding, published: published, limits: limits)
  }
}
