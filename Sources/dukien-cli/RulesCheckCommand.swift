import ArgumentParser
import Foundation

struct RulesCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Reports every mistake in rule sets, with its place and a remedy.",
    discussion: """
      FORMATS
        text    for people
        json    what the library says, as it is
        sarif   SARIF 2.1.0, for code scanning
        github  annotations of a GitHub workflow

      EXAMPLES
        dukien rules check my-rules/
        dukien rules check my-rules/trade.yaml
        dukien rules check --strict --format github my-rules/
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, sarif, github
  }

  @Option(name: .shortAndLong, help: "How findings are printed.")
  var format = Format.text

  @Flag(help: "Let warnings fail too.")
  var strict = false

  @OptionGroup var arguments: RuleSetArguments

  func run() throws {
    let json = try arguments.answer("check")
    let findings = try RuleSetArguments.decode(json, as: Findings.self, of: "check")
    switch format {
    case .text: for finding in findings.diagnostics { print(finding.printed) }
    case .json: print(String(decoding: json, as: UTF8.self))
    case .sarif: print(try Sarif(findings.diagnostics).text())
    case .github: for finding in findings.diagnostics { print(annotation(of: finding)) }
    }
    let errors = findings.count("error")
    let warnings = findings.count("warning")
    let summary = "\(counted(errors, "error")), \(counted(warnings, "warning"))"
    if errors > 0 || strict && warnings > 0 { throw Exit(.negative, summary) }
    if format == .text { print(findings.diagnostics.isEmpty ? "no problems" : summary) }
  }
}

/// A finding as a command of a GitHub workflow.
func annotation(of finding: Findings.Finding) -> String {
  let level = finding.severity == "note" ? "notice" : finding.severity
  var properties: [String] = []
  if !finding.file.isEmpty { properties.append("file=\(escaped(finding.file, inProperty: true))") }
  if finding.line > 0 { properties.append("line=\(finding.line)") }
  if finding.column > 0 { properties.append("col=\(finding.column)") }
  if finding.endLine > 0 { properties.append("endLine=\(finding.endLine)") }
  // The last column of the span, not the one after it.
  if finding.endLine == finding.line, finding.endColumn > finding.column {
    properties.append("endColumn=\(finding.endColumn - 1)")
  }
  properties.append("title=\(escaped(finding.code, inProperty: true))")
  return "::\(level) \(properties.joined(separator: ","))::\(escaped(finding.advice))"
}

/// Text with the signs escaped that end a workflow command or one of its properties.
private func escaped(_ text: String, inProperty: Bool = false) -> String {
  var out = ""
  for scalar in text.unicodeScalars {
    switch scalar {
    case "%": out += "%25"
    case "\r": out += "%0D"
    case "\n": out += "%0A"
    case ":" where inProperty: out += "%3A"
    case "," where inProperty: out += "%2C"
    default: out.unicodeScalars.append(scalar)
    }
  }
  return out
}
