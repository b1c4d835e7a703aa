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
  @inline(__always)
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

  @inline(__always)
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
  @inline(__always)
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
  @inline(__always)
  func follow(_ value: FieldValue, _ first: Int32, _ last: Int32, _ program: Program)
    -> FieldValue
  {
    var value = value
    for index in Int(first)..<Int(last) { value = follow(value, tables.pathNames[index], program) }
    return value
  }

  @inline(__always)
  private func follow(_ value: FieldValue, _ name: UInt16, _ program: Program) -> FieldValue {
    switch value {
    case .record(let record): return field(name, in: frame(of: record))
    case .entry(let entry, let begin, let end):
      if name == tables.valueName {
        return .symbol(program.textTables.entrySymbols[Int(entry)])
      }
      return name == tables.textName ? .text(begin, end) : .none
    default: return .none
    }
  }

  /// Appends all values of an expression to `answers`, several where it names a repeated capture;
  /// returns where they stand. The caller cuts them off again.
  mutating func evaluateAll(_ expression: Int, _ frame: Frame, _ program: Program) -> Range<Int> {
    var first = answers.count
    let node = tables.nodes[expression]
    guard node.operation == .path else {
      let one = evaluate(expression, frame, program)
      if case .none = one { return first..<first }
      answers.append(one)
      return first..<answers.count
    }
    addFields(named: tables.pathNames[Int(node.a)], in: frame)
    for step in Int(node.a) + 1..<Int(node.b) {
      let name = tables.pathNames[step]
      let last = answers.count
      for index in first..<last {
        let value = answers[index]
        if case .record(let record) = value {
          addFields(named: name, in: self.frame(of: record))
          continue
        }
        let reached = follow(value, name, program)
        if case .none = reached { continue }
        answers.append(reached)
      }
      first = last
    }
    return first..<answers.count
  }

  /// Appends the fields of a name to `answers`.
  private mutating func addFields(named name: UInt16, in frame: Frame) {
    for index in frame.first..<frame.first + frame.count where fields[index].name == name {
      answers.append(fields[index].value)
    }
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
    case .first, .last, .count:
      let mark = answers.count
      let all = evaluateAll(argument, frame, program)
      defer { answers.cut(to: mark) }
      if node.function == .count { return .number(Decimal(Int64(all.count))) }
      guard !all.isEmpty else { return .none }
      return answers[node.function == .first ? all.lowerBound : all.upperBound - 1]
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
      return digitRun(Int(index), begin, end).map { .number($0) } ?? .none
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
        withPrinted(begin, end) { lowerCase($0, into: &lowered) }
        return lowered.withUnsafeBufferPointer { generate($0) }
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
        ?? (program.textTables.entrySymbols[Int(entry)] == 0
          ? parseNumber(begin, end, program.numberFormat) : nil)
    case .text(let begin, let end):
      return parseNumber(begin, end, program.numberFormat)
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
}
