internal import DukienRules
internal import DukienText

/// Prints the canonical text of values, entities and roles.
struct NormPrinter {
  let program: Program
  let texts: TextTables
  let dates: DateNames
  /// Name of the field that hedges a value, 0 where no rule keeps one.
  let approx: UInt16
  var reference = DateReference()

  init(program: Program) {
    self.program = program
    texts = program.textTables
    dates = DateNames(program)
    approx = UInt16(program.names.firstIndex(of: "approx") ?? 0)
  }

  /// Appends the canonical text of a record; false for a date that cannot be completed at all.
  func norm(_ record: Int32, _ bytes: inout Buffer<UInt8>, _ work: inout Workspace) -> Bool {
    let full = work.resolved(record)
    let own = work.records[Int(full)]
    let type = program.tables.types[Int(own.type)]
    if type.isDate {
      guard let date = work.date(full, dates, reference, program) else { return false }
      let before = bytes.count
      date.write(into: &bytes, program)
      return bytes.count > before
    }
    let shows = type.production >= 0 ? texts.shows[Int(type.production)] : FlatTemplate()
    if shows.isEmpty {
      work.withPrinted(own.begin, own.end) { bytes.append($0) }
    } else {
      append(shows, work.frame(of: full), &bytes, &work)
    }
    return true
  }

  /// The canonical text of a record; `nil` for a date that cannot be completed at all.
  func norm(_ record: Int32, _ work: inout Workspace) -> [UInt8]? {
    var bytes = Buffer<UInt8>()
    return norm(record, &bytes, &work) ? Array(bytes.elements) : nil
  }

  /// What completed a record's norm.
  func origin(_ record: Int32, _ work: inout Workspace) -> DateSource {
    guard program.tables.types[Int(work.records[Int(record)].type)].isDate else { return .none }
    return work.date(record, dates, reference, program)?.completedBy ?? .none
  }

  /// Appends a template; numbers plainly, texts as printed, records by their norm.
  private func append(
    _ template: FlatTemplate, _ frame: Frame, _ bytes: inout Buffer<UInt8>,
    _ work: inout Workspace
  ) {
    for index in Int(template.first)..<Int(template.last) {
      let piece = texts.pieces[index]
      if piece.expression < 0 {
        bytes.append(texts.literals[Int(piece.literal)])
      } else {
        append(work.evaluate(Int(piece.expression), frame, program), &bytes, &work)
      }
    }
  }

  func append(_ value: FieldValue, _ bytes: inout Buffer<UInt8>, _ work: inout Workspace) {
    switch value {
    case .none: break
    case .number(let number): bytes.append(number)
    case .symbol(let symbol): bytes.append(texts.symbols[Int(symbol)])
    case .text(let begin, let end): work.withPrinted(begin, end) { bytes.append($0) }
    case .entry(let entry, let begin, let end):
      let symbol = texts.entrySymbols[Int(entry)]
      if symbol == 0 {
        work.withPrinted(begin, end) { bytes.append($0) }
      } else {
        bytes.append(texts.symbols[Int(symbol)])
      }
    case .record(let record): _ = norm(record, &bytes, &work)
    case .generated(let index): bytes.append(work.generatedText(index))
    case .flag: bytes.append("true")
    }
  }

  /// The canonical text of a value.
  func text(_ value: FieldValue, _ work: inout Workspace) -> [UInt8] {
    var bytes = Buffer<UInt8>()
    append(value, &bytes, &work)
    return Array(bytes.elements)
  }

  /// What two values must agree in to mean the same: what the type of a record declares as its
  /// `key`, else the value itself.
  func compared(_ value: FieldValue, _ work: inout Workspace) -> FieldValue {
    guard case .record(let record) = value else { return value }
    let full = work.resolved(record)
    let production = Int(program.tables.types[Int(work.records[Int(full)].type)].production)
    guard production >= 0, texts.keys[production] >= 0 else { return value }
    let key = work.evaluate(Int(texts.keys[production]), work.frame(of: full), program)
    if case .none = key { return value }
    return key
  }

  /// A template of a rule as one value: a lone expression stays what it is; `.none` where a part
  /// is missing. `scratch` is used up.
  func fill(
    _ template: FlatTemplate, _ frame: Frame, _ scratch: inout Buffer<UInt8>,
    _ work: inout Workspace
  ) -> FieldValue {
    guard !template.isEmpty else { return .none }
    let first = texts.pieces[Int(template.first)]
    if template.last == template.first + 1, first.expression >= 0 {
      return work.evaluate(Int(first.expression), frame, program)
    }
    for index in Int(template.first)..<Int(template.last) {
      let expression = texts.pieces[index].expression
      guard expression >= 0 else { continue }
      if case .none = work.evaluate(Int(expression), frame, program) { return .none }
    }
    scratch.removeAll()
    append(template, frame, &scratch, &work)
    return scratch.isEmpty ? .none : work.generate(scratch.elements)
  }
}
