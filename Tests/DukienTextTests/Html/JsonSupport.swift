@testable import DukienText

/// A JSON text as read, with its tree.
struct ReadJson {
  let bytes: [UInt8]
  let tree: JsonTree

  init(_ bytes: [UInt8], values: Int = .max) {
    self.bytes = bytes
    var tree = JsonTree()
    tree.read(bytes, Span(0, bytes.count), values: values)
    self.tree = tree
  }

  init(_ text: String) { self.init(Array(text.utf8)) }

  var codes: [JsonProblem.Code] { tree.problems.map(\.code) }

  func text(_ node: Int) -> String {
    var out: [UInt8] = []
    bytes.withUnsafeBufferPointer { buffer in
      if let start = buffer.baseAddress { appendJsonText(start, tree.nodes[node].span, to: &out) }
    }
    return string(out)
  }

  /// The values in strict JSON without white space, one after another, separated by a space;
  /// words in angle quotes.
  var written: String {
    var out: [String] = []
    var root = tree.firstRoot
    while root >= 0 {
      out.append(write(root))
      root = tree.next(after: root)
    }
    return out.joined(separator: " ")
  }

  private func write(_ node: Int) -> String {
    var children: [String] = []
    var child = tree.firstChild(of: node)
    while child >= 0 {
      children.append(write(child))
      child = tree.next(after: child)
    }
    switch tree.nodes[node].kind {
    case .null: return "null"
    case .true: return "true"
    case .false: return "false"
    case .number: return text(node)
    case .word: return "‹\(text(node))›"
    case .string:
      var out = "\""
      for character in text(node) {
        switch character {
        case "\"": out += "\\\""
        case "\n", "\r\n": out += "\\n"
        case "\t": out += "\\t"
        default: out.append(character)
        }
      }
      return out + "\""
    case .array: return "[" + children.joined(separator: ",") + "]"
    case .object:
      var members: [String] = []
      for index in stride(from: 0, to: children.count - 1, by: 2) {
        members.append(children[index] + ":" + children[index + 1])
      }
      return "{" + members.joined(separator: ",") + "}"
    }
  }
}
