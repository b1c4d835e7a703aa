import CDukien
import Foundation

/// Findings as a log of SARIF 2.1.0, the exchange format of static analysis.
struct Sarif: Encodable {
  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let version = "2.1.0"
  var runs: [Run]

  enum CodingKeys: String, CodingKey {
    case schema = "$schema"
    case version, runs
  }

  struct Run: Encodable {
    var tool: Tool
    let columnKind = "unicodeCodePoints"
    var results: [Result]
  }

  struct Tool: Encodable { var driver: Driver }

  struct Driver: Encodable {
    let name = "dukien"
    var version: String
    var rules: [Rule]
  }

  struct Rule: Encodable { var id: String }

  struct Text: Encodable { var text: String }

  struct Result: Encodable {
    var ruleId: String
    var ruleIndex: Int
    var level: String
    var message: Text
    var locations: [Location]
  }

  struct Location: Encodable { var physicalLocation: PhysicalLocation }

  struct PhysicalLocation: Encodable {
    var artifactLocation: Artifact
    var region: Region?
  }

  struct Artifact: Encodable { var uri: String }

  struct Region: Encodable {
    var startLine: Int
    var startColumn: Int?
    var endLine: Int?
    var endColumn: Int?
  }

  init(_ findings: [Findings.Finding]) {
    let codes = Set(findings.map(\.code)).sorted()
    let results = findings.map { finding in
      Result(
        ruleId: finding.code, ruleIndex: codes.firstIndex(of: finding.code) ?? 0,
        level: finding.severity, message: Text(text: finding.advice),
        locations: Self.locations(of: finding))
    }
    let version = String(cString: dukien_version())
    let driver = Driver(version: version, rules: codes.map { Rule(id: $0) })
    runs = [Run(tool: Tool(driver: driver), results: results)]
  }

  func text() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }

  private static func locations(of finding: Findings.Finding) -> [Location] {
    guard !finding.file.isEmpty else { return [] }
    var region: Region?
    if finding.line > 0 {
      region = Region(
        startLine: finding.line, startColumn: finding.column > 0 ? finding.column : nil,
        endLine: finding.endLine > 0 ? finding.endLine : nil,
        endColumn: finding.endColumn > 0 ? finding.endColumn : nil)
    }
    let uri = finding.file.addingPercentEncoding(withAllowedCharacters: .urlPathAllowed)
    let artifact = Artifact(uri: uri ?? finding.file)
    return [
      Location(physicalLocation: PhysicalLocation(artifactLocation: artifact, region: region))
    ]
  }
}
