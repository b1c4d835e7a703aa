import Foundation

/// A change of a rule file: bytes `begin..<end`, which hold `old`, become `new`.
struct RuleFileEdit: Decodable {
  var file: String
  var begin: Int
  var end: Int
  var old: String
  var new: String
}

/// Changes of rule files, checked against what stands in them.
struct RuleFileChanges {
  private struct File {
    var path: String
    var bytes: [UInt8]
    var edits: [RuleFileEdit]
  }

  private var files: [File] = []

  init(_ edits: [RuleFileEdit]) throws {
    for (path, edits) in Dictionary(grouping: edits, by: \.file).sorted(by: { $0.key < $1.key }) {
      do {
        let file = File(
          path: path, bytes: try readBytes(path), edits: edits.sorted { $0.begin < $1.begin })
        for edit in file.edits {
          guard edit.begin <= edit.end, edit.end <= file.bytes.count,
            file.bytes[edit.begin..<edit.end].elementsEqual(edit.old.utf8)
          else { throw Exit(.usage, "\(path) has changed meanwhile; nothing was written") }
        }
        files.append(file)
      } catch let error as SystemError {
        throw Exit(.usage, "\(path): \(error.reason)")
      }
    }
  }

  /// The lines that change, as a diff without context.
  var diff: String {
    var text = ""
    for file in files {
      text += "--- \(file.path)\n"
      for edit in file.edits {
        let bytes = file.bytes
        let begin = (bytes[..<edit.begin].lastIndex(of: 0x0A) ?? -1) + 1
        let end = bytes[edit.end...].firstIndex(of: 0x0A) ?? bytes.count
        let before = String(decoding: bytes[begin..<edit.begin], as: UTF8.self)
        let after = String(decoding: bytes[edit.end..<end], as: UTF8.self)
        let line = bytes[..<begin].count { $0 == 0x0A } + 1
        text += "@@ line \(line) @@\n"
        text += marked("-", before + edit.old + after) + marked("+", before + edit.new + after)
      }
    }
    return text
  }

  private func marked(_ mark: String, _ lines: String) -> String {
    lines.split(separator: "\n", omittingEmptySubsequences: false)
      .map { mark + printable(String($0)) + "\n" }.joined()
  }

  /// Writes every file whole.
  func write() throws {
    for file in files {
      var bytes = file.bytes
      for edit in file.edits.reversed() {
        bytes.replaceSubrange(edit.begin..<edit.end, with: Array(edit.new.utf8))
      }
      do {
        try Data(bytes).write(to: URL(fileURLWithPath: file.path))
      } catch {
        throw Exit(.usage, "\(file.path): it cannot be written")
      }
    }
  }
}
