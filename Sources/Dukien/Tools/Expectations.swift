internal import DukienEngine
internal import DukienRules

/// A change of a rule file: bytes `begin..<end`, which hold `old`, become `new`.
struct FileEdit {
  var file: String
  var begin: Int
  var end: Int
  var old: String
  var new: String
}

/// The change that makes a failed test expect what came out; `nil` where its text is in no file.
func edit(_ test: RuleTest, _ outcome: TestOutcome) -> FileEdit? {
  guard let place = test.place else { return nil }
  let items = test.isValue ? outcome.norms.map(yamlScalar) : outcome.facts.map(yamlMapping)
  var new = " [\(items.joined(separator: ", "))]"
  if place.indent >= 0, !items.isEmpty {
    let line = "\n" + String(repeating: " ", count: place.indent) + "- "
    new = items.map { line + $0 }.joined()
  }
  return FileEdit(
    file: test.file, begin: place.begin, end: place.end, old: place.source, new: new)
}

/// The roles of a fact as a mapping in braces.
private func yamlMapping(_ roles: TestOutcome.Roles) -> String {
  let entries = roles.map { role in
    let values = role.values.map(yamlScalar)
    let value = values.count == 1 ? values[0] : "[\(values.joined(separator: ", "))]"
    return "\(yamlScalar(role.role)): \(value)"
  }
  return "{\(entries.joined(separator: ", "))}"
}

/// A text as it stands inside brackets: plain where nothing in it means anything to YAML, else in
/// double quotes.
func yamlScalar(_ text: String) -> String {
  let bytes = Array(text.utf8)
  let special = Array(",[]{}#&*!|>'\"%@`:\\".utf8)
  let isPlain =
    !bytes.isEmpty && bytes.first != 0x20 && bytes.last != 0x20
    && !bytes.contains { $0 < 0x20 || $0 == 0x7F || special.contains($0) }
    && ![UInt8(ascii: "-"), UInt8(ascii: "?"), UInt8(ascii: "~"), UInt8(ascii: "=")]
      .contains(bytes[0])
  guard !isPlain else { return text }
  var out: [UInt8] = [UInt8(ascii: "\"")]
  for byte in bytes {
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"): out += [UInt8(ascii: "\\"), byte]
    case 0x09: out += Array("\\t".utf8)
    case 0x0A: out += Array("\\n".utf8)
    case 0x0D: out += Array("\\r".utf8)
    case 0..<0x20, 0x7F:
      let digits = Array("0123456789abcdef".utf8)
      out += Array("\\x".utf8) + [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    default: out.append(byte)
    }
  }
  out.append(UInt8(ascii: "\""))
  return String(decoding: out, as: UTF8.self)
}
