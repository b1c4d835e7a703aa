extension Compiler {
  /// Checks how versions, offsets from UTC and marks in numbers are written.
  func lintHeaders() {
    for tree in trees.indices {
      for (key, value) in entries(NodeRef(tree: tree, node: trees[tree].root))
      where kind(value) == .scalar || kind(value) == .mapping {
        switch text(key) {
        case "version" where Version(text(value)) == nil:
          report(
            "set.version", "`\(shortened(text(value)))` is no version",
            hint: "write up to three numbers, such as 1.2 or 1.2.0", at: value)
        case "timezone" where !Self.isOffset(Array(text(value).utf8)):
          report(
            "set.timezone", "`\(shortened(text(value)))` is no offset from UTC",
            hint: "write it as \"+07:00\", or \"Z\" for none", at: value)
        case "numbers": lintNumbers(value)
        default: break
        }
      }
    }
  }

  private func lintNumbers(_ ref: NodeRef) {
    var marks: [String] = []
    for (_, value) in entries(ref) where kind(value) == .scalar {
      let mark = text(value)
      let byte = mark.utf8.first ?? 0
      if mark.utf8.count != 1 || byte >= 0x80 || byte >= 0x30 && byte <= 0x39 {
        report(
          "set.numbers", "`\(shortened(mark))` is no mark in numbers",
          hint: "write one sign such as \",\" or \".\"", at: value)
      } else if marks.contains(mark) {
        report(
          "set.numbers", "the decimal mark and the mark between groups are both `\(mark)`",
          hint: "they must differ", at: value)
      }
      marks.append(mark)
    }
  }

  /// `Z` or `+hh:mm`.
  private static func isOffset(_ bytes: [UInt8]) -> Bool {
    if bytes == [UInt8(ascii: "Z")] { return true }
    guard bytes.count == 6, bytes[0] == UInt8(ascii: "+") || bytes[0] == UInt8(ascii: "-"),
      bytes[3] == UInt8(ascii: ":")
    else { return false }
    let digits = [bytes[1], bytes[2], bytes[4], bytes[5]].map { Int($0) - 0x30 }
    guard digits.allSatisfy({ (0...9).contains($0) }) else { return false }
    return digits[0] * 10 + digits[1] <= 14 && digits[2] < 6
  }
}
