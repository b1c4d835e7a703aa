import ArgumentParser

struct RulesBundleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bundle",
    abstract: "Writes rule sets, with all that they use, as one file.",
    discussion: """
      The file is taken wherever a rule file is, on any machine and by any later version. Nothing
      else is read then: neither the folders of the sets nor those inside the library.

      EXAMPLES
        dukien rules bundle my-rules/ -o my-rules.bundle
        dukien extract page.txt -r my-rules.bundle
      """)

  @OptionGroup var arguments: RuleSetArguments

  @Option(
    name: [.customShort("o", allowingJoined: true), .long],
    help: ArgumentHelp("Writes to a file.", valueName: "file"))
  var output: String?

  func run() throws {
    do {
      let bundle = try RuleSets(arguments.chosen).compile().bundle()
      let output = try Output(output)
      if output.isTerminal { throw Exit(.usage, "a bundle is no text; name a file with -o") }
      try output.write(bundle)
      try output.flush()
    } catch let error as LibraryError {
      throw Exit(.internalError, error.text)
    }
  }
}
