internal import CDukien
internal import DukienEngine
internal import DukienText

/// Tells the host of a run in a few lines, where it wants to know.
struct RunLog {
  let write: dukien_log?
  let user: UnsafeMutableRawPointer?

  /// Tells of a document that was read.
  func tell(_ document: borrowing Document) {
    guard write != nil else { return }
    if document.isPartial { say(DUKIEN_LOG_WARNING, "a bound cut the page") }
    tellReading(document.encoding, isHtml: document.isHtml)
  }

  /// Tells of what became of a page.
  func tell(_ extraction: borrowing Extraction) {
    guard write != nil else { return }
    for hit in extraction.limits {
      let name = String(decoding: extraction.storage[hit.name.range], as: UTF8.self)
      say(DUKIEN_LOG_WARNING, "\(name): \(hit.seen), bound \(hit.bound), at byte \(hit.at.begin)")
    }
    tellReading(extraction.encoding, isHtml: extraction.isHtml)
    say(
      DUKIEN_LOG_INFO,
      "\(extraction.blocks.count) blocks, \(extraction.values.count) values, "
        + "\(extraction.facts.count) facts")
    for stage in extraction.stages {
      let name = String(decoding: extraction.storage[stage.name.range], as: UTF8.self)
      say(DUKIEN_LOG_DEBUG, "\(name): \(stage.nanoseconds / 1000) µs, \(stage.steps) steps")
    }
  }

  private func tellReading(_ encoding: TextEncoding, isHtml: Bool) {
    say(DUKIEN_LOG_INFO, "read as \(isHtml ? "HTML" : "text") in \(encoding.name)")
  }

  private func say(_ level: Int32, _ line: String) {
    var line = line
    line.withUTF8 { bytes in
      guard let start = bytes.baseAddress else { return }
      write?(user, level, dukien_str(start, bytes.count))
    }
  }
}
