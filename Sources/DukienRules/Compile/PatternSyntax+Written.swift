extension PatternSyntax {
  /// The pattern as the pattern card writes it, with single spaces.
  var written: String {
    switch self {
    case .literal(let literal): return literal.isExact ? "'\(literal.text)'" : literal.text
    case .hole(let hole):
      let name = hole.capture.isEmpty ? "" : "\(hole.capture):"
      let types = hole.types.joined(separator: "|")
      return "<\(name)\(([types] + hole.path).joined(separator: "."))>"
    case .named(let inner, _): return inner.written
    case .capture(let name, let inner): return "<\(name) = \(inner.written)>"
    case .sequence(let parts):
      return parts.map { $0.isChoice ? $0.asAtom : $0.written }.joined(separator: " ")
    case .choice(let parts): return parts.map { $0.written }.joined(separator: " | ")
    case .repeated(let inner, let range, let separator):
      if range == 0...1 { return "\(inner.asAtom)?" }
      let between = separator.map { "; \($0.written)" } ?? ""
      return "\(inner.asAtom){\(range.lowerBound),\(range.upperBound)\(between)}"
    case .gap(let length, let capture):
      return capture.isEmpty ? "..\(length)" : "<\(capture):..\(length)>"
    case .run(let length, let capture): return "<\(capture):++\(length)>"
    case .mention(let inner): return "[\(inner.written)]"
    case .start: return "<start>"
    case .end: return "<end>"
    }
  }

  private var isChoice: Bool {
    switch self {
    case .choice: true
    case .named(let inner, _): inner.isChoice
    default: false
    }
  }

  /// The pattern in parentheses where it is more than one piece.
  private var asAtom: String {
    switch self {
    case .sequence, .choice: "(\(written))"
    case .named(let inner, _): inner.asAtom
    default: written
    }
  }
}
