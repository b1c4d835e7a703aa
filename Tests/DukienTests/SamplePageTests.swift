import Foundation
import Testing

/// What must be found on the sample pages.
///
/// `seeds/NAME.expected.json` holds the result of `seeds/NAME.txt` or `NAME.html`, read and approved by eye. It is
/// rewritten only on request: `DUKIEN_REGENERATE=1 swift test --filter SamplePageTests`.
@Suite("Sample pages")
struct SamplePageTests {
  @Test("there are five sample pages as text, three as HTML, and four of other layouts")
  func pages() {
    #expect(SamplePages.all.count == 5)
    #expect(SamplePages.html.count == 3)
    #expect(SamplePages.layouts.count == 4)
  }

  @Test(
    "a sample page gives what was approved",
    arguments: (SamplePages.all + SamplePages.html).map(\.name))
  func givesExpected(_ name: String) throws {
    let page = try #require((SamplePages.all + SamplePages.html).first { $0.name == name })
    try compare(page, in: SamplePages.folder, hasFacts: true)
  }

  @Test(
    "lines, article fields and values of other layouts are what was approved",
    arguments: SamplePages.layouts.map(\.name))
  func layoutGivesExpected(_ name: String) throws {
    let page = try #require(SamplePages.layouts.first { $0.name == name })
    try compare(page, in: SamplePages.layoutFolder, hasFacts: false)
  }

  private func compare(
    _ page: (name: String, bytes: [UInt8]), in folder: URL, hasFacts: Bool
  ) throws {
    let json = try #require(TestExtractor().json(page.bytes, id: page.name))
    let found = try Self.readable(Data(json.utf8), hasFacts: hasFacts)
    let url = folder.appendingPathComponent(page.name)
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
  private static func readable(_ json: Data, hasFacts: Bool) throws -> String {
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
    var readable: [String: Any] = [
      "article": plain(page["article"] ?? [:]), "blocks": blocks, "values": values,
      "limits": page["limits"] ?? [],
    ]
    if hasFacts { readable["facts"] = facts }
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
