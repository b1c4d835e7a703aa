import ArgumentParser
import CDukien
import Foundation

/// The command line: arguments, files, printing and exit codes over the C interface.
@main
struct Dukien: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dukien",
    abstract: "Turns news pages into facts, each with the sentence that states it.",
    discussion: """
      EXAMPLES
        dukien extract page.txt                 facts of one page, as a table
        dukien extract pages/ -o facts.ndjson   one line of JSON a page
        dukien parse page.html                  the text of an article
        dukien rules show                       what the default rule set finds
        dukien rules test my-rules/             run the tests of a rule set

      EXIT CODES
        0 done; 1 tests or checks failed; 2 usage; 3 rules unusable;
        4 some pages failed, the rest is written; 70 internal error; 130 interrupted
      """,
    version: String(cString: dukien_version()),
    subcommands: [ExtractCommand.self, ParseCommand.self, RulesCommand.self, VersionCommand.self])

  static func main() {
    signal(SIGPIPE, SIG_IGN)
    do {
      var command = try parseAsRoot()
      try command.run()
      flushStandardOutput()
    } catch let exit as Exit {
      exit.leave()
    } catch {
      leave(parsing: error)
    }
  }

  /// Ends with what ArgumentParser has to say: help on standard output, mistakes on standard error.
  private static func leave(parsing error: any Error) -> Never {
    let code = exitCode(for: error)
    let message = fullMessage(for: error)
    if code == .success {
      print(message)
      flushStandardOutput()
      Foundation.exit(0)
    }
    Exit(code == .validationFailure ? .usage : .internalError, message, isPlain: true).leave()
  }
}
