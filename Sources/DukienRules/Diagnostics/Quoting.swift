/// Text from a rule file as a message shows it: in double quotes, control characters as `\u{…}`,
/// cut after 60 code points.
///
/// - Complexity: O(1); what lies past the cut is not read.
package func quoted(_ text: String) -> String {
  "\"\(shortened(text))\""
}

/// The first code points of `text`, at most `limit`, with `…` for what was cut and control
/// characters as `\u{…}`.
package func shortened(_ text: String, limit: Int = 60) -> String {
  var out = String.UnicodeScalarView()
  var count = 0
  for scalar in text.unicodeScalars {
    if count >= limit {
      out.append("…")
      break
    }
    count += 1
    if scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) {
      out.append(contentsOf: "\\u{\(hex(scalar.value))}".unicodeScalars)
    } else {
      out.append(scalar)
    }
  }
  return String(out)
}

/// The value in upper-case hexadecimal, at least `digits` digits.
func hex(_ value: UInt32, digits: Int = 1) -> String {
  let text = String(value, radix: 16, uppercase: true)
  return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
}
