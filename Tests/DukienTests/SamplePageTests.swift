import Foundation
import Testing

/// What must be found on the sample pages.
///
/// `seeds/NAME.expected.json` holds the result of `seeds/NAME.txt`, read and approved by eye. It is
/// rewritten only on request: `DUKIEN_REGENERATE=1 swift test --filter SamplePageTests`.
@Suite("Sample pages")
struct SamplePageTests {
  @Test("there are nine sample pages")
  func ninePages() {
    #expect(SamplePages.all.count == 9)
  }

  @Test("a sample page gives what was approved", arguments: SamplePages.all.map(\.name))
  func givesExpected(_ name: String) throws {
    let page = try #require(SamplePages.all.first { $0.name == name })
    let json = try #require(TestExtractor().json(page.bytes, id: page.name))
    let found = try Self.readable(Data(json.utf8))
    let url = SamplePages.folder.appendingPathComponent(name)
      .deletingPathExtension().appendingPathExtension("expected.json")
    if ProcessInfo.processInfo.environment["DUKIEN_REGENERATE"] == "1" {
      try found.write(to: url, atomically: true, encoding: .utf8)
    }
    let expected = try String(contentsOf: url, encoding: .utf8)
    let pairs = zip(expected.split(separator: "\n"), found.split(separator: "\n"))
    let difference = pairs.enumerated().first { $0.element.0 != $0.element.1 }
      .map { "line \($0.offset + 1): \($0.element.0) became \($0.element.1)" }
    #expect(found == expected, "\(difference ?? "one is longer than the other")")
  }

  /// The result as a person reads it: texts and norms, without spans and the names of this build.
  private static func readable(_ json: Data) throws -> String {
    let page = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
    let facts = try list(page["facts"]).map { fact in
      [
        "type": fact["type"], "rule": fact["rule"], "said_by": fact["said_by"],
        "polarity": fact["polarity"], "roles": plain(fact["roles"] ?? [:]),
        "sentence": try list(fact["evidence"]).first?["text"],
      ].compactMapValues { $0 }
    }
    let values = try list(page["values"]).map { value in
      "\(value["type"] ?? "") \(value["norm"] ?? "")"
        + (value["approx"].map { " (\($0))" } ?? "") + " ← \(value["text"] ?? "")"
    }
    let blocks = try list(page["blocks"]).map { block in
      "\(block["kind"] ?? ""): \((block["text"] as? String ?? "").prefix(60))"
    }
    let readable: [String: Any] = [
      "article": plain(page["article"] ?? [:]), "blocks": blocks, "values": values, "facts": facts,
      "limits": page["limits"] ?? [],
    ]
    let data = try JSONSerialization.data(
      withJSONObject: readable, options: [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes])
    return String(decoding: data, as: UTF8.self) + "\n"
  }

  private static func list(_ value: Any?) throws -> [[String: Any]] {
    try #require(value as? [[String: Any]])
  }

  /// `{"text", "norm", "span"}` as norm or text alone, however deep.
  private static func plain(_ value: Any) -> Any {
    if let object = value as? [String: Any] {
      if object["text"] is String { return object["norm"] ?? object["text"] ?? "" }
      return object.mapValues { plain($0) }
    }
    return (value as? [Any]).map { $0.map { plain($0) } } ?? value
  }
}
