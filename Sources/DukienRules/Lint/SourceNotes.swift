/// A pattern with its names looked up, and its place.
struct WrittenPattern {
  /// The phrases, each with the scalar that it stands in.
  var phrases: [(syntax: PatternSyntax, at: NodeRef)]
}

/// An expression as written, with its place.
struct WrittenExpression {
  var syntax: ExpressionSyntax
  var at: NodeRef
  /// Where the expression begins in the scalar's text.
  var offset: Int
}

/// A rule's keys with their values.
struct WrittenRule {
  var name: NodeRef
  var keys: [String: NodeRef]
}

/// What the lints need of the sources beside the program; filled while it is compiled.
struct SourceNotes {
  /// By index of `Program.patterns`.
  var patterns: [Int: WrittenPattern] = [:]
  /// By index of `Program.expressions`.
  var expressions: [Int: WrittenExpression] = [:]
  /// Parallel to `Program.rules`.
  var rules: [WrittenRule] = []
  /// Parallel to `Program.tests`.
  var tests: [NodeRef] = []
}

extension Compiler {
  func note(pattern index: Int, _ phrases: [PatternSyntax], at places: [NodeRef]) {
    guard isLinted else { return }
    notes.patterns[index] = WrittenPattern(
      phrases: zip(phrases, places).map { (syntax: $0, at: $1) })
  }

  func note(expression index: Int, _ syntax: ExpressionSyntax, at ref: NodeRef, offset: Int = 0) {
    guard isLinted else { return }
    notes.expressions[index] = WrittenExpression(syntax: syntax, at: ref, offset: offset)
  }
}
