internal import DukienText

extension Compiler {
  /// Where the expectation of a test stands; `nil` for text that is in no file of the disk, and in
  /// a program that is not mapped.
  func expectationPlace(of test: NodeRef) -> ExpectationPlace? {
    let tree = trees[test.tree]
    guard program.map != nil, tree.file.isOnDisk,
      let (key, value) = entries(test).first(where: { text($0.key) == "expect" })
    else { return nil }
    let bytes = tree.file.bytes
    let span = tree[value.node].span
    var begin = Int(tree[key.node].span.end)
    while begin < Int(span.begin), bytes[begin] != UInt8(ascii: ":") { begin += 1 }
    begin = min(begin + 1, Int(span.begin))
    var end = Int(span.end)
    while end > begin, bytes[end - 1] <= 0x20 { end -= 1 }
    var indent = -1
    if tree[value.node].kind == .sequence, tree[value.node].style == .block {
      indent = tree.file.lineColumn(ofOffset: Int(span.begin)).column - 1
    }
    return ExpectationPlace(
      begin: begin, end: end, source: tree.file.text(at: Span(begin, end)), indent: indent)
  }
}
