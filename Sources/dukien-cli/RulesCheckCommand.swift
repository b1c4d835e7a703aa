import ArgumentParser

struct RulesCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reports every mistake in rule sets, with its place and a remedy.",
    discussion: """
      EXAMPLES
        dukien rules check my-rules/
        dukien rules check my-rules/trade.yaml
      """)

  @OptionGroup var arguments: RuleSetArguments

  func run() throws {
    let findings = try arguments.ask("check", as: Findings.self)
    for finding in findings.diagnostics { print(finding.printed) }
    let errors = findings.count("error")
    let warnings = findings.count("warning")
    let summary = "\(counted(errors, "error")), \(counted(warnings, "warning"))"
    if errors > 0 { throw Exit(.negative, summary) }
    print(findings.diagnostics.isEmpty ? "no problems" : summary)
  }
}
