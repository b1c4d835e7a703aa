internal import DukienRules
internal import DukienText

/// Prints the canonical text of values, entities and roles.
struct NormPrinter {
  let program: Program
  let dates: DateNames
  /// Name of the field that hedges a value, 0 where no rule keeps one.
  let approx: UInt16
  var reference = DateReference()

  init(program: Program) {
    self.program = program
    dates = DateNames(program)
    approx = UInt16(program.names.firstIndex(of: "approx") ?? 0)
  }

  /// The canonical text of a record; `nil` for a date that cannot be completed at all.
  func norm(_ record: Int32, _ work: inout Workspace) -> [UInt8]? {
    let full = work.resolved(record)
    let type = program.tables.types[Int(work.records[Int(full)].type)]
    var bytes: [UInt8] = []
    if type.isDate {
      guard let date = work.date(full, dates, reference, program) else { return nil }
      date.write(into: &bytes, program)
      return bytes.isEmpty ? nil : bytes
    }
    let shows = type.production >= 0 ? program.productions[Int(type.production)].shows : []
    guard !shows.isEmpty else {
      let own = work.records[Int(full)]
      return Array(work.printed(Int(own.begin), Int(own.end)))
    }
    append(shows, work.frame(of: full), &bytes, &work)
    return bytes
  }

  /// What completed a record's norm, as a word for the result, or "".
  func origin(_ record: Int32, _ work: borrowing Workspace) -> String {
    guard program.tables.types[Int(work.records[Int(record)].type)].isDate else { return "" }
    return work.date(record, dates, reference, program)?.completedBy ?? ""
  }

  /// Appends a template; numbers plainly, texts as printed, records by their norm.
  func append(
    _ pieces: [TemplatePiece], _ frame: Frame, _ bytes: inout [UInt8], _ work: inout Workspace
  ) {
    for piece in pieces {
      switch piece {
      case .literal(let text): bytes += text
      case .expression(let node):
        append(work.evaluate(node, frame, program), &bytes, &work)
      }
    }
  }

  func append(_ value: FieldValue, _ bytes: inout [UInt8], _ work: inout Workspace) {
    switch value {
    case .none: break
    case .number(let number): number.write(into: &bytes)
    case .symbol(let symbol): bytes += program.symbols.text(symbol)
    case .text(let begin, let end): bytes += work.printed(Int(begin), Int(end))
    case .entry(let entry, let begin, let end):
      let symbol = program.lexicon.entries[Int(entry)].symbol
      if symbol == 0 {
        bytes += work.printed(Int(begin), Int(end))
      } else {
        bytes += program.symbols.text(symbol)
      }
    case .record(let record): bytes += norm(record, &work) ?? []
    case .generated(let index): bytes += work.generated[Int(index)]
    case .flag: bytes += Array("true".utf8)
    }
  }

  /// A key that is equal for role values that mean the same: what the type declares as its `key`,
  /// norms, texts without case.
  func key(_ value: FieldValue, _ work: inout Workspace) -> [UInt8] {
    var bytes: [UInt8] = []
    append(declaredKey(value, &work) ?? value, &bytes, &work)
    var folded: [UInt8] = []
    bytes.withUnsafeBufferPointer { fold($0, keepCase: false, into: &folded) }
    return folded
  }

  /// What the declared `key` of a record gives, if anything.
  private func declaredKey(_ value: FieldValue, _ work: inout Workspace) -> FieldValue? {
    guard case .record(let record) = value else { return nil }
    let full = work.resolved(record)
    let production = Int(program.tables.types[Int(work.records[Int(full)].type)].production)
    guard production >= 0, program.productions[production].key >= 0 else { return nil }
    let key = work.evaluate(program.productions[production].key, work.frame(of: full), program)
    if case .none = key { return nil }
    return key
  }

  /// A template of a rule as one value: a lone expression stays what it is; `.none` where a part
  /// is missing.
  func fill(_ pieces: [TemplatePiece], _ frame: Frame, _ work: inout Workspace) -> FieldValue {
    if pieces.count == 1, case .expression(let node) = pieces[0] {
      return work.evaluate(node, frame, program)
    }
    for case .expression(let node) in pieces {
      if case .none = work.evaluate(node, frame, program) { return .none }
    }
    var bytes: [UInt8] = []
    append(pieces, frame, &bytes, &work)
    guard !bytes.isEmpty else { return .none }
    work.generated.append(bytes)
    return .generated(Int32(work.generated.count - 1))
  }
}
