import DukienRules
import DukienText
import Testing

@Suite("Any bytes give a sound tree or a located error")
struct YamlRobustnessTests {
  private let sample = """
    # trade
    facts:
      indicator: {about: a measured value, roles: {metric: text, "gi\\u00e1": Money}}
    rules:
    - rule: trade-turnover
      trigger: <metric = kim ngạch <flow>>
      about: >
        Export or import turnover
        of a place
      tests:
      - {text: 'Riêng năm 2022, ''kim ngạch''', expect: []}
      - text: "đạt 200 triệu \\
          USD"
        expect: |
          không
    - [a, b: c, ? d]
    """

  /// Every prefix of the sample's bytes.
  @Test("a truncated file, at any byte")
  func truncated() throws {
    let bytes = Array(sample.utf8)
    #expect(Reading(bytes).diagnostics == [])
    for length in 0...bytes.count {
      try check(Array(bytes[..<length]))
    }
  }

  @Test("a file with bytes changed, removed and doubled")
  func mutated() throws {
    var random = SeededGenerator(state: 42)
    let original = Array(sample.utf8)
    let spice = Array("[]{}:,-?&*!|>'\"%@`# \t\n\r\\\0".utf8) + [0xC4, 0x91, 0xFF]
    for _ in 0..<1000 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = spice[Int.random(in: 0..<spice.count, using: &random)]
        case 1: bytes.remove(at: place)
        default: bytes.insert(contentsOf: bytes[place...].prefix(9), at: place)
        }
      }
      try check(bytes)
    }
  }

  @Test("all 256 byte values, in order and each alone")
  func allBytes() throws {
    try check((0...255).map { UInt8($0) })
    for byte in 0...255 {
      try check([UInt8(byte)])
    }
  }

  /// No tree comes without a reason; every place lies in the file; spans of children lie within
  /// their parent's; what a plain or quoted scalar says is what is written there.
  private func check(_ bytes: [UInt8]) throws {
    let reading = Reading(bytes)
    let file = SourceFile(label: "", bytes: bytes)
    #expect(reading.tree != nil || !reading.diagnostics.isEmpty)
    for found in reading.diagnostics {
      #expect((1...file.lineCount).contains(found.line))
      #expect((found.line, found.column) <= (found.endLine, found.endColumn))
      #expect(!found.rendered().isEmpty)
    }
    guard let tree = reading.tree else { return }
    for node in tree.nodes.indices {
      let span = tree[node].span
      #expect(span.begin <= span.end && Int(span.end) <= bytes.count)
      for child in tree.children(of: node) {
        #expect(tree[child].span.begin >= span.begin && tree[child].span.end <= span.end)
      }
      _ = tree.path(of: node)
      if tree[node].kind == .scalar {
        checkOffsets(of: node, in: tree)
      }
    }
  }

  private func checkOffsets(of node: Int, in tree: YamlTree) {
    var last = Int(tree[node].span.begin)
    for offset in 0...tree[node].text.utf8.count {
      let place = tree.byteOffset(inScalar: node, of: offset)
      #expect(place >= last && place <= Int(tree[node].span.end))
      last = place
    }
    let isWritten = tree[node].style == .plain || tree[node].isQuoted
    guard isWritten else { return }
    for (offset, byte) in tree[node].text.utf8.enumerated() {
      let isLetter = (0x61...0x7A).contains(byte | 0x20)
      let place = tree.byteOffset(inScalar: node, of: offset)
      let written = tree.file.bytes[place]
      #expect(!isLetter || written == byte || written == UInt8(ascii: "\\"))
    }
  }
}
