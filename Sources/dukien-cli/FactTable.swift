import CDukien
import Foundation

/// The facts of one page as a person reads them: a heading, then a row a fact with its roles, and
/// the sentence beneath it.
struct FactTable {
  var width: Int
  var style: Style

  func render(_ page: PageResult, source: String) -> String {
    var text = heading(page, source: source)
    let types = page.facts.map { columns(String($0.type)) }
    let indent = min(max(types.max() ?? 0, 6), 16) + 4
    for fact in page.facts {
      text += "\n"
      let type = printable(String(fact.type))
      let gap = String(repeating: " ", count: max(2, indent - 2 - columns(type)))
      text += "  " + style.type(type) + gap
      let start = max(indent, columns(type) + 4)
      text += lines(roles(of: fact, in: page), indent: indent, start: start)
      for evidence in page.evidence.run(fact.first_evidence, fact.evidence_count) {
        text += String(repeating: " ", count: indent)
        text += lines(sentence(evidence, of: fact, in: page), indent: indent, start: indent)
      }
    }
    for hit in page.limits {
      text += "\n  \(style.error("limit")) \(limit(hit))\n"
    }
    return text + "\n"
  }

  private func heading(_ page: PageResult, source: String) -> String {
    let title = page.fields.first { String($0.field) == "title" }.map { printable(String($0.text)) }
    let count = counted(page.facts.count, "fact") + (page.isPartial ? ", cut short" : "")
    let name = "\(printable(source)): \(count)"
    guard let title else { return style.bold(name) + "\n" }
    return lines(words(title, style.bold), indent: 0, start: 0) + style.dim(name) + "\n"
  }

  private func limit(_ hit: dukien_limit_hit) -> String {
    let seen = hit.seen > 0 ? ", \(hit.seen) seen" : ""
    let bound = hit.bound > 0 ? ", at most \(hit.bound)" : ""
    return "\(printable(String(hit.name)))\(bound)\(seen), from byte \(hit.at.begin)"
  }

  /// A piece of a line that is never broken, with its plain width.
  private struct Word {
    var text: String
    var width: Int
  }

  private func words(_ text: String, _ paint: (String) -> String = { $0 }) -> [Word] {
    text.split(separator: " ").map { Word(text: paint(String($0)), width: columns($0)) }
  }

  /// `role: text (norm)`, one after the other; values of one role are joined by commas.
  private func roles(of fact: dukien_fact, in page: PageResult) -> [Word] {
    let roles = Array(page.roles.run(fact.first_role, fact.role_count))
    var line: [Word] = []
    for (index, role) in roles.enumerated() {
      let name = String(role.role)
      if index == 0 || String(roles[index - 1].role) != name {
        line += words("\(printable(name)):", style.dim)
      }
      let text = printable(String(role.text))
      let norm = printable(String(role.norm))
      let shown = text.isEmpty ? norm : norm.isEmpty || norm == text ? text : "\(text) (\(norm))"
      let isLast = index + 1 == roles.count
      let isSame = !isLast && String(roles[index + 1].role) == name
      line += words(shown + (isLast ? "" : isSame ? "," : ";"))
    }
    if !fact.polarity.isEmpty {
      line += words("[\(printable(String(fact.polarity)))]", style.error)
    }
    if !fact.said_by.isEmpty {
      line += words("[said by \(printable(String(fact.said_by)))]")
    }
    return line
  }

  /// The sentence, quoted and dim, with what the roles hold in bold.
  private func sentence(
    _ evidence: dukien_evidence, of fact: dukien_fact, in page: PageResult
  ) -> [Word] {
    let bytes = UnsafeRawBufferPointer(start: evidence.quote.ptr, count: evidence.quote.len)
    var isRole = [Bool](repeating: false, count: bytes.count)
    // Offsets are those of the input: they fit the quote only where no byte was replaced.
    if UInt64(bytes.count) == evidence.at.end - evidence.at.begin {
      for role in page.roles.run(fact.first_role, fact.role_count)
      where role.at.begin >= evidence.at.begin && role.at.end <= evidence.at.end
        && role.at.begin < role.at.end
      {
        let start = Int(role.at.begin - evidence.at.begin)
        let end = Int(role.at.end - evidence.at.begin)
        for index in start..<end { isRole[index] = true }
      }
    }
    var line: [Word] = []
    var start = 0
    while start < bytes.count {
      var end = start
      while end < bytes.count, bytes[end] != UInt8(ascii: " "), bytes[end] != UInt8(ascii: "\n") {
        end += 1
      }
      let word = printable(String(decoding: bytes[start..<end], as: UTF8.self))
      let isBold = isRole[start..<end].contains(true)
      if !word.isEmpty {
        line.append(Word(text: isBold ? style.bold(word) : style.dim(word), width: columns(word)))
      }
      start = end + 1
    }
    return line
  }

  /// Breaks a line at the width; every line after the first is indented.
  private func lines(_ words: [Word], indent: Int, start: Int) -> String {
    var text = ""
    var column = start
    var isFresh = true
    for word in words {
      if !isFresh, column + 1 + word.width > width {
        text += "\n" + String(repeating: " ", count: indent)
        column = indent
        isFresh = true
      }
      if !isFresh {
        text += " "
        column += 1
      }
      text += word.text
      column += word.width
      isFresh = false
    }
    return text + "\n"
  }
}

extension dukien_str {
  var isEmpty: Bool { len == 0 }
}
