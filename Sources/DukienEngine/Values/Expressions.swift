internal import DukienRules
internal import DukienText

/// A run of fields in which names are looked up.
struct Frame {
  var first: Int
  var count: Int
}

extension Workspace {
  /// Turns the trail of the last match into fields; returns their run.
  mutating func captureFields(_ pattern: Int, _ program: Program) -> Frame {
    let first = fields.count
    for index in trail.indices {
      let event = trail[index]
      switch event.kind {
      case .close:
        let begin = opening(of: event.slot, before: index)
        if begin < event.at { addField(pattern, event.slot, .text(begin, event.at), program) }
      case .token:
        addField(pattern, event.slot, .text(event.at, event.at + 1), program)
      case .edge:
        addField(pattern, event.slot, value(ofEdge: event.at, program), program)
      case .open, .mentionOpen, .mentionClose: continue
      }
    }
    return Frame(first: first, count: fields.count - first)
  }

  /// Where the slot was opened that event `index` of the trail closes.
  private func opening(of slot: UInt16, before index: Int) -> Int32 {
    var inner = 0
    var at = index &- 1
    while at >= 0 {
      let event = trail[at]
      if event.slot == slot {
        if event.kind == .close { inner &+= 1 }
        if event.kind == .open {
          if inner == 0 { return event.at }
          inner &-= 1
        }
      }
      at &-= 1
    }
    return .max
  }

  func value(ofEdge index: Int32, _ program: Program) -> FieldValue {
    let edge = edges[Int(index)]
    switch tables.types[Int(edge.type)].kind {
    case .lexicon: return .entry(edge.payload, edge.begin, edge.end)
    case .builtin: return .text(edge.begin, edge.end)
    default: return .record(edge.payload)
    }
  }

  private mutating func addField(
    _ pattern: Int, _ slot: UInt16, _ value: FieldValue, _ program: Program
  ) {
    let slot = tables.slots[Int(tables.slotStart[pattern]) &+ Int(slot) &- 1]
    let reached = follow(value, slot.firstName, slot.lastName, program)
    if case .none = reached { return }
    fields.append(Field(name: slot.name, value: reached))
  }

  /// The first field of that name in the frame.
  func field(_ name: UInt16, in frame: Frame) -> FieldValue {
    for index in frame.first..<frame.first + frame.count where fields[index].name == name {
      return fields[index].value
    }
    return .none
  }

  func frame(of record: Int32) -> Frame {
    let record = records[Int(record)]
    return Frame(first: Int(record.firstField), count: Int(record.fieldCount))
  }

  /// Goes from a value down the path `pathNames[first..<last]` of field names.
  func follow(_ value: FieldValue, _ first: Int32, _ last: Int32, _ program: Program)
    -> FieldValue
  {
    var value = value
    for index in Int(first)..<Int(last) { value = follow(value, tables.pathNames[index], program) }
    return value
  }

  private func follow(_ value: FieldValue, _ name: UInt16, _ program: Program) -> FieldValue {
    switch value {
    case .record(let record): return field(name, in: frame(of: record))
    case .entry(let entry, let begin, let end):
      if name == tables.valueName {
        return .symbol(program.lexicon.entries[Int(entry)].symbol)
      }
      return name == tables.textName ? .text(begin, end) : .none
    default: return .none
    }
  }

  /// All values of an expression: several where it names a repeated capture.
  mutating func evaluateAll(_ expression: Int, _ frame: Frame, _ program: Program)
    -> [FieldValue]
  {
    let node = tables.nodes[expression]
    guard node.operation == .path else {
      let one = evaluate(expression, frame, program)
      if case .none = one { return [] }
      return [one]
    }
    var current: [FieldValue] = []
    let root = tables.pathNames[Int(node.a)]
    for index in frame.first..<frame.first + frame.count where fields[index].name == root {
      current.append(fields[index].value)
    }
    for step in Int(node.a) + 1..<Int(node.b) {
      let name = tables.pathNames[step]
      var next: [FieldValue] = []
      for value in current {
        guard case .record(let record) = value else {
          let reached = follow(value, name, program)
          if case .none = reached { continue }
          next.append(reached)
          continue
        }
        let inner = self.frame(of: record)
        for index in inner.first..<inner.first + inner.count where fields[index].name == name {
          next.append(fields[index].value)
        }
      }
      current = next
    }
    return current
  }

  /// The value of an expression; `.none` where a part is missing or does not compute.
  mutating func evaluate(_ expression: Int, _ frame: Frame, _ program: Program)
    -> FieldValue
  {
    let node = tables.nodes[expression]
    switch node.operation {
    case .number: return .number(tables.numbers[Int(node.a)])
    case .symbol: return .symbol(UInt32(bitPattern: node.a))
    case .path:
      let root = field(tables.pathNames[Int(node.a)], in: frame)
      return follow(root, node.a + 1, node.b, program)
    case .member: return follow(evaluate(Int(node.c), frame, program), node.a, node.b, program)
    case .call: return call(node, frame, program)
    case .multiply, .add, .subtract:
      guard let left = decimal(evaluate(Int(node.a), frame, program), program),
        let right = decimal(evaluate(Int(node.b), frame, program), program)
      else { return .none }
      let result =
        switch node.operation {
        case .multiply: left.times(right)
        case .add: left.plus(right)
        default: right.negated.flatMap { left.plus($0) }
        }
      return result.map { .number($0) } ?? .none
    }
  }

  private mutating func call(_ node: FlatNode, _ frame: Frame, _ program: Program) -> FieldValue {
    let argument = Int(tables.arguments[Int(node.a)])
    switch node.function {
    case .first: return evaluateAll(argument, frame, program).first ?? .none
    case .last: return evaluateAll(argument, frame, program).last ?? .none
    case .count:
      return .number(Decimal(Int64(evaluateAll(argument, frame, program).count)))
    case .either:
      for index in Int(node.a)..<Int(node.b) {
        let value = evaluate(Int(tables.arguments[index]), frame, program)
        if case .none = value { continue }
        return value
      }
      return .none
    case .digits:
      return decimal(evaluate(argument, frame, program), program).map { .number($0) } ?? .none
    case .piece:
      let second = Int(tables.arguments[Int(node.a) + 1])
      guard let (begin, end) = tokenRange(evaluate(argument, frame, program)),
        let index = decimal(evaluate(second, frame, program), program)?.integer
      else { return .none }
      return digitRun(Int(index), Int(begin), Int(end)).map { .number($0) } ?? .none
    case .firstWords:
      let second = Int(tables.arguments[Int(node.a) + 1])
      guard let (begin, end) = tokenRange(evaluate(argument, frame, program)),
        let count = decimal(evaluate(second, frame, program), program)?.integer, count > 0
      else { return .none }
      return .text(begin, endOfWords(count, begin, end))
    case .text, .lower, .inside, .firstWord, .lastWord:
      guard let (begin, end) = tokenRange(evaluate(argument, frame, program)) else {
        return .none
      }
      switch node.function {
      case .inside: return end - begin > 2 ? .text(begin + 1, end - 1) : .none
      case .firstWord: return .text(begin, begin + 1)
      case .lastWord: return .text(end - 1, end)
      case .lower:
        var lowered: [UInt8] = []
        let bytes = Array(printed(Int(begin), Int(end)))
        bytes.withUnsafeBufferPointer { lowerCase($0, into: &lowered) }
        generated.append(lowered)
        return .generated(Int32(generated.count - 1))
      default: return .text(begin, end)
      }
    }
  }

  /// The tokens that a value stands on.
  func tokenRange(_ value: FieldValue) -> (Int32, Int32)? {
    switch value {
    case .text(let begin, let end), .entry(_, let begin, let end): (begin, end)
    case .record(let record): (records[Int(record)].begin, records[Int(record)].end)
    default: nil
    }
  }

  /// A value as a number: a numeric entry, the digits of a text, a record's first number.
  func decimal(_ value: FieldValue, _ program: Program) -> Decimal? {
    switch value {
    case .number(let number): return number
    case .entry(let entry, let begin, let end):
      return program.lexicon.number(of: Int(entry))
        ?? (program.lexicon.entries[Int(entry)].symbol == 0
          ? parseNumber(Int(begin), Int(end), program.numberFormat) : nil)
    case .text(let begin, let end):
      return parseNumber(Int(begin), Int(end), program.numberFormat)
    case .record(let record):
      let frame = frame(of: record)
      for index in frame.first..<frame.first + frame.count {
        if case .number(let number) = fields[index].value { return number }
      }
      return nil
    default: return nil
    }
  }

  /// Where the first `count` words of the tokens end; a word goes up to the next blank.
  private func endOfWords(_ count: Int64, _ begin: Int32, _ end: Int32) -> Int32 {
    var left = count
    for token in begin + 1..<max(begin + 1, end) where !shapes[Int(token)].contains(.glued) {
      left -= 1
      if left == 0 { return token }
    }
    return end
  }

  /// Run number `index`, from 1, of the digits in the tokens.
  private func digitRun(_ index: Int, _ begin: Int, _ end: Int) -> Decimal? {
    let runs = printed(begin, end).split { $0 < 0x30 || $0 > 0x39 }
    guard index >= 1, index <= runs.count else { return nil }
    return Decimal(parsing: String(decoding: runs[index - 1], as: UTF8.self))
  }

  /// Reads the digits of one token by its shape.
  ///
  /// Marks that group stand before exactly three digits. The language's decimal mark is one where
  /// it stands once and last; the other mark is one where it cannot group ("2.5" under a decimal
  /// comma). Anything else, such as "29.12.2017", is no number.
  private func parseNumber(_ begin: Int, _ end: Int, _ format: NumberFormat) -> Decimal? {
    guard end == begin + 1 else { return nil }
    let bytes = printed(begin, end)
    guard
      bytes.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 || $0 == format.decimal || $0 == format.group })
    else { return nil }
    let marks = bytes.filter { $0 == format.decimal || $0 == format.group }
    let runs = bytes.split(omittingEmptySubsequences: false) {
      $0 == format.decimal || $0 == format.group
    }
    guard !runs.contains(where: { $0.isEmpty }) else { return nil }
    let last = marks.last
    var hasFraction = false
    if let last {
      let groups =
        last == format.group && marks.count == 1 && runs[1].count == 3 && runs[0].count <= 3
        && runs[0].first != 0x30
      hasFraction = !marks.dropLast().contains(last) && !groups
      if runs[0].count > 1, runs[0].first == 0x30 { return nil }
    }
    let grouped = hasFraction ? runs.dropFirst().dropLast() : runs.dropFirst()
    let groupMarks = hasFraction ? marks.dropLast() : marks[...]
    guard grouped.allSatisfy({ $0.count == 3 }), groupMarks.allSatisfy({ $0 == groupMarks.first }),
      grouped.isEmpty || runs[0].count <= 3
    else { return nil }
    var plain: [UInt8] = []
    for (index, run) in runs.enumerated() {
      if hasFraction, index == runs.count - 1 { plain.append(0x2E) }
      plain += run
    }
    return Decimal(parsing: String(decoding: plain, as: UTF8.self))
  }
}
