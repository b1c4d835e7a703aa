/// Turns pages into records of the wanted format; every thread has an extractor of its own.
struct PageWorker: Sendable {
  var rules: Rules
  var paths: [String]
  var input: PageInput
  var format: ExtractCommand.Format
  var table: FactTable

  func work(_ queue: OrderedQueue<PageOutcome>) {
    answer(queue, paths, rules) { path, extractor in
      let name = pageName(path)
      let result = try extractor.run(try readBytes(path), id: path, input)
      return (try record(result, source: name), result.remark(source: name))
    }
  }

  private func record(_ result: PageResult, source: String) throws -> [UInt8] {
    switch format {
    case .table: return Array(table.render(result, source: source).utf8)
    case .json: return try result.json()
    case .ndjson: return try result.json() + [UInt8(ascii: "\n")]
    }
  }
}
