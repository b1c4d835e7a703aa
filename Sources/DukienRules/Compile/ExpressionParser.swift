/// An expression as written.
indirect enum ExpressionSyntax {
  case number(Decimal)
  case symbol(String)
  case path([String], at: Int)
  case call(Function, [ExpressionSyntax])
  case member(ExpressionSyntax, [String], at: Int)
  case multiply(ExpressionSyntax, ExpressionSyntax)
  case add(ExpressionSyntax, ExpressionSyntax)
  case subtract(ExpressionSyntax, ExpressionSyntax)

  /// Parses `n * s`, `last(p.posts).org`, `"signed"`, `-1`.
  static func parse(_ text: String) throws(PatternProblem) -> ExpressionSyntax {
    var parser = ExpressionParser(bytes: Array(text.utf8))
    let syntax = try parser.sum(depth: 0)
    guard parser.isAtEnd else {
      throw PatternProblem(
        code: "expression.syntax", message: "unexpected text after the expression",
        at: parser.position)
    }
    return syntax
  }
}

extension ExpressionSyntax {
  /// The same expression with `root.field` read as `field`; other roots are refused.
  func rooted(at root: String) throws(PatternProblem) -> ExpressionSyntax {
    switch self {
    case .path(let path, let at):
      guard path.count > 1, path[0] == root else {
        throw PatternProblem(
          code: "link.equality", message: "this side must begin with `\(root).`", at: at)
      }
      return .path(Array(path.dropFirst()), at: at + root.utf8.count + 1)
    case .call(let function, let arguments):
      var rooted: [ExpressionSyntax] = []
      for argument in arguments { rooted.append(try argument.rooted(at: root)) }
      return .call(function, rooted)
    case .member(let inner, let path, let at):
      return .member(try inner.rooted(at: root), path, at: at)
    default: return self
    }
  }
}

private struct ExpressionParser {
  /// The most operators of one expression.
  private static let mostOperators = 100

  let bytes: [UInt8]
  var position = 0
  private var operators = 0

  init(bytes: [UInt8]) {
    self.bytes = bytes
  }

  var isAtEnd: Bool { position >= bytes.count }

  private var next: UInt8 { position < bytes.count ? bytes[position] : 0 }

  private mutating func skipSpace() {
    while next == 0x20 { position += 1 }
  }

  private func problem(_ message: String, hint: String = "") -> PatternProblem {
    PatternProblem(code: "expression.syntax", message: message, hint: hint, at: position)
  }

  mutating func sum(depth: Int) throws(PatternProblem) -> ExpressionSyntax {
    guard depth < PatternSyntax.deepestNesting else {
      throw problem("expression is nested too deep")
    }
    var left = try product(depth: depth)
    while true {
      skipSpace()
      if next == UInt8(ascii: "+") {
        try countOperator()
        left = .add(left, try product(depth: depth))
      } else if next == UInt8(ascii: "-") {
        try countOperator()
        left = .subtract(left, try product(depth: depth))
      } else {
        return left
      }
    }
  }

  private mutating func product(depth: Int) throws(PatternProblem) -> ExpressionSyntax {
    var left = try factor(depth: depth)
    skipSpace()
    while next == UInt8(ascii: "*") {
      try countOperator()
      left = .multiply(left, try factor(depth: depth))
      skipSpace()
    }
    return left
  }

  private mutating func countOperator() throws(PatternProblem) {
    guard operators < Self.mostOperators else {
      throw problem("expression has more than \(Self.mostOperators) operators")
    }
    operators += 1
    position += 1
  }

  private mutating func factor(depth: Int) throws(PatternProblem) -> ExpressionSyntax {
    skipSpace()
    let begin = position
    switch next {
    case UInt8(ascii: "("):
      position += 1
      let inner = try sum(depth: depth + 1)
      try expect(UInt8(ascii: ")"))
      return inner
    case UInt8(ascii: "'"), UInt8(ascii: "\""):
      let quote = next
      position += 1
      while !isAtEnd, next != quote { position += 1 }
      guard !isAtEnd else { throw problem("text is not closed") }
      position += 1
      return .symbol(String(decoding: bytes[begin + 1..<position - 1], as: UTF8.self))
    case 0x30...0x39, UInt8(ascii: "-"):
      position += 1
      while isDigit(next) || next == UInt8(ascii: ".") { position += 1 }
      let text = String(decoding: bytes[begin..<position], as: UTF8.self)
      guard let number = Decimal(parsing: text) else { throw problem("`\(text)` is no number") }
      return .number(number)
    default:
      return try named(depth: depth)
    }
  }

  private mutating func named(depth: Int) throws(PatternProblem) -> ExpressionSyntax {
    let begin = position
    let name = identifier()
    guard !name.isEmpty else {
      throw problem("expected a name, a number or a text in quotes")
    }
    if next == UInt8(ascii: "(") {
      guard let function = Function.allCases.first(where: { $0.name == name }) else {
        position = begin
        let near = nearest(name, among: Function.allCases.map { $0.name })
        throw PatternProblem(
          code: "expression.unknown-function", message: "unknown function `\(name)`",
          hint: near.map { "did you mean `\($0)`?" } ?? "", at: begin)
      }
      position += 1
      var arguments = [try sum(depth: depth + 1)]
      skipSpace()
      while next == UInt8(ascii: ",") {
        position += 1
        arguments.append(try sum(depth: depth + 1))
        skipSpace()
      }
      try expect(UInt8(ascii: ")"))
      guard function.arity.contains(arguments.count) else {
        position = begin
        throw problem("`\(name)` does not take \(arguments.count) arguments")
      }
      let end = position
      let members = try path()
      return members.isEmpty
        ? .call(function, arguments) : .member(.call(function, arguments), members, at: end + 1)
    }
    return .path([name] + (try path()), at: begin)
  }

  private mutating func path() throws(PatternProblem) -> [String] {
    var path: [String] = []
    while next == UInt8(ascii: ".") {
      position += 1
      let name = identifier()
      guard !name.isEmpty else { throw problem("expected a name after `.`") }
      path.append(name)
    }
    return path
  }

  private mutating func expect(_ byte: UInt8) throws(PatternProblem) {
    skipSpace()
    guard next == byte else { throw problem("expected `)`") }
    position += 1
  }

  private mutating func identifier() -> String {
    let begin = position
    while isDigit(next) || next == UInt8(ascii: "_")
      || (next | 0x20) >= 0x61 && (next | 0x20) <= 0x7A
    {
      position += 1
    }
    return String(decoding: bytes[begin..<position], as: UTF8.self)
  }

  private func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
}
