import DukienRules
import DukienText
import Testing

@Suite("No YAML file costs more than its limits")
struct YamlLimitTests {
  /// What of the whole file takes longer than this in an optimised build is a fault; the
  /// unoptimised build of the tests is given more.
  private static let longest = Duration.seconds(10)

  private func readQuickly(_ text: String) -> Reading {
    let (reading, time) = measured { Reading(text) }
    #expect(time < Self.longest)
    return reading
  }

  @Test(
    "a hundred thousand levels are refused at the sixty-fifth",
    arguments: [
      ("[", 1, 65), ("[\n", 65, 1), ("{a: ", 1, 257), ("- ", 1, 129), ("? ", 1, 129),
      ("{? [", 1, 129),
    ])
  func depth(opening: String, line: Int, column: Int) throws {
    let reading = readQuickly(String(repeating: opening, count: 100_000))
    let found = try #require(reading.diagnostics.last)
    #expect(found.code == "yaml.depth")
    #expect(found.message == "nested more than 64 levels deep")
    #expect((found.line, found.column) == (line, column))
    #expect(reading.tree == nil)
  }

  @Test("sixty-four levels are read")
  func deepEnough() {
    let open = String(repeating: "[", count: 64)
    let reading = Reading(open + String(repeating: "]", count: 64))
    #expect(reading.diagnostics == [])
    #expect(reading.tree?.nodes.count == 64)
  }

  @Test("limits that no reader could keep are brought down")
  func greatest() {
    let limits = YamlLimits(maxBytes: .max, maxNodes: .max, maxDepth: .max, maxScalar: .max)
    let reading = Reading(String(repeating: "[", count: 100_000), limits: limits)
    #expect(reading.codes == ["yaml.depth"])
    #expect(reading.diagnostics.first?.column == 257)
    #expect(Reading("a", limits: YamlLimits(maxBytes: .min)).codes == ["yaml.size"])
  }

  @Test("ten megabytes of one scalar are too large a file")
  func hugeScalar() {
    let reading = readQuickly(String(repeating: "a", count: 10_000_000))
    #expect(reading.codes == ["yaml.size"])
    #expect(reading.diagnostics.first?.column == (8 << 20) + 1)
    #expect(reading.tree == nil)
  }

  @Test("a scalar past its limit is located, and the tree goes on without its text")
  func largeScalar() {
    let limits = YamlLimits(maxScalar: 4)
    let reading = Reading("a: four\nb: «five»\nc: d\n", limits: limits)
    #expect(reading.codes == ["yaml.scalar-size"])
    #expect(reading.diagnostics.first?.line == 2)
    #expect(reading.outline == #"{a: "four", b: "", c: "d"}"#)
  }

  @Test("a file of exactly the allowed bytes and values is read, one more is not")
  func edges() {
    #expect(Reading("a: b", limits: YamlLimits(maxBytes: 4)).codes == [])
    #expect(Reading("a: bc", limits: YamlLimits(maxBytes: 4)).codes == ["yaml.size"])
    #expect(Reading("[a, b]", limits: YamlLimits(maxNodes: 3)).codes == [])
    #expect(Reading("[a, b, c]", limits: YamlLimits(maxNodes: 3)).codes == ["yaml.nodes"])
    #expect(Reading("[[a]]", limits: YamlLimits(maxDepth: 2)).codes == [])
    #expect(Reading("[[[a]]]", limits: YamlLimits(maxDepth: 2)).codes == ["yaml.depth"])
    #expect(Reading("a", limits: YamlLimits(maxBytes: 0)).codes == ["yaml.size"])
    #expect(Reading("", limits: YamlLimits(maxBytes: 0, maxNodes: 0, maxDepth: 0)).codes == [])
  }

  @Test("an alias bomb is refused and never unfolded")
  func aliasBomb() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<20 {
      let item = "*a\(level - 1)"
      text +=
        "a\(level): &a\(level) [\(Array(repeating: item, count: 9).joined(separator: ", "))]\n"
    }
    let reading = readQuickly(text)
    #expect(Set(reading.codes) == ["yaml.anchor", "yaml.alias"])
    #expect(reading.diagnostics.first?.line == 1)
  }

  @Test("a hundred thousand keys are read, and each one's double is found in time")
  func manyKeys() {
    let lines = (0..<100_000).map { "k\($0): \n" }.joined()
    #expect(readQuickly(lines).diagnostics == [])
    #expect(readQuickly(lines + lines).codes == Array(repeating: "yaml.duplicate-key", count: 100))
  }

  @Test("directives, which libyaml compares in pairs, are refused at the first")
  func directives() {
    let flood = String(repeating: "%TAG !a! x\n", count: 100_000)
    #expect(readQuickly(flood).codes == ["yaml.syntax"])
    #expect(readQuickly("a: b\n...\n" + flood).codes == ["yaml.documents"])
  }

  @Test("white space that would cost libyaml quadratic time is refused")
  func whiteSpace() throws {
    let blank = String(repeating: " ", count: 100_000)
    let words = String(repeating: "b ", count: 100_000)
    let reading = readQuickly("a: b" + blank + words)
    let found = try #require(reading.diagnostics.first)
    #expect(found.code == "yaml.size")
    #expect((found.line, found.column, found.endColumn) == (1, 5, 100_005))
    #expect(readQuickly("a: b" + blank + "c").diagnostics == [])
  }
}
