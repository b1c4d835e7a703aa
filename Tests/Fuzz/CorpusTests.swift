import Foundation
import Testing

@Suite("pages that were found by chance keep the promises")
struct CorpusTests {
  static let corpus = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "corpus")

  static func files() throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: corpus, includingPropertiesForKeys: nil)
      .sorted { $0.path < $1.path }
  }

  @Test("each page of the corpus", arguments: try files())
  func page(_ file: URL) throws {
    let broken = brokenPromise(of: Array(try Data(contentsOf: file)))
    #expect(broken == nil)
  }

  @Test("there is a corpus")
  func corpusIsThere() throws {
    #expect(try Self.files().count > 50)
  }
}
