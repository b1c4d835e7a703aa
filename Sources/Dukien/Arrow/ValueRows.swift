internal import CDukien

/// The table of values, a row a value.
struct ValueRows {
  private let document = ArrowColumn("document", .text, isNullable: true)
  private let type = ArrowColumn("type", .text)
  private let text = ArrowColumn("text", .text)
  private let norm = ArrowColumn("norm", .text, isNullable: true)
  private let approx = ArrowColumn("approx", .text, isNullable: true)
  private let at = SpanColumns()
  private let block = ArrowColumn("block", .number, isNullable: true)

  var columns: [ArrowColumn] { [document, type, text, norm, approx, at.begin, at.end, block] }

  /// Appends the values of a result; returns how many.
  func append(_ result: ResultHandle) throws(Failure) -> Int {
    let values = result.tables.values.records(of: dukien_value.self)
    for value in values {
      try document.append(result.source)
      try type.append(value.type)
      try text.append(value.text)
      try norm.append(value.norm)
      try approx.append(value.approx)
      try at.append(value.at)
      try block.append(index: value.block)
    }
    return values.count
  }
}
