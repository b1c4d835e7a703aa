import Foundation

/// What became of one page: the record to write, with a remark, or why there is none.
enum PageOutcome: Sendable {
  case record([UInt8], remark: String?)
  case failure(String)
}

/// Turns pages into records of the wanted format; every thread has an extractor of its own.
struct PageWorker: Sendable {
  var rules: Rules
  var paths: [String]
  /// The day of publication of pages that do not tell it, or "".
  var published: String
  var format: ExtractCommand.Format
  var table: FactTable

  func work(_ queue: OrderedQueue<PageOutcome>) {
    let extractor = Result { try Extractor(rules) }
    while let number = queue.take() {
      let path = paths[number]
      let name = path == "-" ? "standard input" : path
      do {
        let result = try extractor.get().run(try readBytes(path), id: path, published: published)
        let remark = remark(on: result, source: name)
        queue.put(.record(try record(result, source: name), remark: remark), for: number)
      } catch let error as SystemError {
        queue.put(.failure("\(name): \(error.reason)"), for: number)
      } catch let error as LibraryError {
        queue.put(.failure("\(name): \(error.text)"), for: number)
      } catch {
        queue.put(.failure("\(name): \(error)"), for: number)
      }
    }
  }

  /// A result that was cut short says which bounds it met.
  private func remark(on result: PageResult, source: String) -> String? {
    guard result.isPartial else { return nil }
    let names = result.limits.map { printable(String($0.name)) }
    return "\(source): cut short by \(names.joined(separator: ", "))"
  }

  private func record(_ result: PageResult, source: String) throws -> [UInt8] {
    switch format {
    case .table: return Array(table.render(result, source: source).utf8)
    case .json: return try result.json()
    case .ndjson: return try result.json() + [UInt8(ascii: "\n")]
    }
  }
}
