/// A node of an expression as the engine reads it.
package struct FlatNode: BitwiseCopyable, Sendable {
  package enum Operation: UInt8, BitwiseCopyable, Sendable {
    /// `numbers[a]`.
    case number
    /// The symbol `a`.
    case symbol
    /// The names `pathNames[a..<b]`.
    case path
    /// `function` of the nodes `arguments[a..<b]`.
    case call
    /// The names `pathNames[a..<b]` into what node `c` gives.
    case member
    /// Of the nodes `a` and `b`.
    case multiply, add, subtract
  }

  package var operation: Operation
  package var function = Function.text
  package var a: Int32 = 0
  package var b: Int32 = 0
  package var c: Int32 = 0
}

/// The nodes of all expressions, laid out flat.
struct FlatExpressions {
  var nodes: [FlatNode] = []
  var numbers: [Decimal] = []
  var names: [UInt16] = []
  var arguments: [Int32] = []

  init(_ expressions: [ExpressionNode]) {
    for expression in expressions { nodes.append(flat(expression)) }
  }

  /// Adds the names of a path; returns where they stand.
  mutating func add(_ path: [UInt16]) -> (first: Int32, last: Int32) {
    let first = Int32(names.count)
    names += path
    return (first, Int32(names.count))
  }

  private mutating func flat(_ node: ExpressionNode) -> FlatNode {
    switch node {
    case .number(let number):
      numbers.append(number)
      return FlatNode(operation: .number, a: Int32(numbers.count - 1))
    case .symbol(let symbol): return FlatNode(operation: .symbol, a: Int32(bitPattern: symbol))
    case .path(let path):
      let (first, last) = add(path)
      return FlatNode(operation: .path, a: first, b: last)
    case .member(let inner, let path):
      let (first, last) = add(path)
      return FlatNode(operation: .member, a: first, b: last, c: Int32(inner))
    case .call(let function, let inner):
      let first = Int32(arguments.count)
      arguments += inner.map { Int32($0) }
      return FlatNode(
        operation: .call, function: function, a: first, b: Int32(arguments.count))
    case .multiply(let a, let b):
      return FlatNode(operation: .multiply, a: Int32(a), b: Int32(b))
    case .add(let a, let b): return FlatNode(operation: .add, a: Int32(a), b: Int32(b))
    case .subtract(let a, let b): return FlatNode(operation: .subtract, a: Int32(a), b: Int32(b))
    }
  }
}
