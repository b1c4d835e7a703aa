internal import CDukien
internal import CPlatform
internal import DukienEngine
internal import DukienText

/// The C tables of one extraction, with the text they point into, in one block of memory.
final class ResultTables {
  /// The text of the page and the generated strings, as `Extraction.storage`.
  let text: UnsafeBufferPointer<UInt8>
  let fields: dukien_view
  let blocks: dukien_view
  let values: dukien_view
  let facts: dukien_view
  let roles: dukien_view
  let evidence: dukien_view
  let limits: dukien_view
  let stages: dukien_view
  private let memory: UnsafeMutableRawPointer

  /// Lays the tables out.
  ///
  /// - Complexity: linear in the records and bytes.
  static func make(_ extraction: borrowing Extraction) throws(Failure) -> ResultTables {
    let size = Self.size(extraction)
    guard let memory = platform_allocate(size) else { throw .memory("a result") }
    return ResultTables(extraction, in: memory, size)
  }

  private init(
    _ extraction: borrowing Extraction, in memory: UnsafeMutableRawPointer, _ size: Int
  ) {
    self.memory = memory
    let tableBytes = size - extraction.storage.count
    let textStart = memory + tableBytes
    extraction.storage.withUnsafeBytes { bytes in
      UnsafeMutableRawBufferPointer(start: textStart, count: bytes.count).copyMemory(from: bytes)
    }
    text = UnsafeBufferPointer(
      start: UnsafePointer(textStart.assumingMemoryBound(to: UInt8.self)),
      count: extraction.storage.count)

    var writer = TableWriter(next: memory, text: text)
    fields = writer.write(extraction.fields) { field, text in
      dukien_field(
        field: text[field.name], text: text[field.text], norm: text[field.norm],
        from: text[field.from], at: dukien_span(field.at), group: field.group)
    }
    blocks = writer.write(extraction.blocks) { block, text in
      dukien_block(
        kind: text[block.kind], reason: text[block.reason], text: text[block.text],
        at: dukien_span(block.at), path: text[block.path], flags: block.looks.rawValue,
        heading: UInt32(block.heading))
    }
    values = writer.write(extraction.values) { value, text in
      dukien_value(
        type: text[value.type], text: text[value.text], norm: text[value.norm],
        approx: text[value.approx], at: dukien_span(value.at), block: value.block)
    }
    facts = writer.write(extraction.facts) { fact, text in
      dukien_fact(
        type: text[fact.type], rule: text[fact.rule], polarity: text[fact.polarity],
        said_by: text[fact.saidBy], first_role: fact.firstRole, role_count: fact.roleCount,
        first_evidence: fact.firstEvidence, evidence_count: fact.evidenceCount,
        at: dukien_span(fact.at))
    }
    roles = writer.write(extraction.roles) { role, text in
      dukien_role(
        role: text[role.name], text: text[role.text], norm: text[role.norm],
        from: text[role.from], at: dukien_span(role.at),
        flags: (role.isList ? DUKIEN_ROLE_LIST : 0) | (role.isFlag ? DUKIEN_ROLE_FLAG : 0))
    }
    evidence = writer.write(extraction.evidence) { evidence, text in
      dukien_evidence(
        block: evidence.block, at: dukien_span(evidence.at), quote: text[evidence.quote])
    }
    limits = writer.write(extraction.limits) { hit, text in
      dukien_limit_hit(
        name: text[hit.name], bound: hit.bound, seen: hit.seen, at: dukien_span(hit.at))
    }
    stages = writer.write(extraction.stages) { stage, text in
      dukien_stage(
        name: text[stage.name], nanoseconds: stage.nanoseconds, steps: stage.steps)
    }
  }

  deinit { platform_free(memory) }

  private static func size(_ extraction: borrowing Extraction) -> Int {
    extraction.fields.count * MemoryLayout<dukien_field>.stride
      + extraction.blocks.count * MemoryLayout<dukien_block>.stride
      + extraction.values.count * MemoryLayout<dukien_value>.stride
      + extraction.facts.count * MemoryLayout<dukien_fact>.stride
      + extraction.roles.count * MemoryLayout<dukien_role>.stride
      + extraction.evidence.count * MemoryLayout<dukien_evidence>.stride
      + extraction.limits.count * MemoryLayout<dukien_limit_hit>.stride
      + extraction.stages.count * MemoryLayout<dukien_stage>.stride
      + extraction.storage.count
  }
}

/// Writes one table behind the other; every record is aligned to 8 bytes.
private struct TableWriter {
  var next: UnsafeMutableRawPointer
  let text: UnsafeBufferPointer<UInt8>

  mutating func write<Row, Record>(
    _ rows: [Row], _ record: (Row, UnsafeBufferPointer<UInt8>) -> Record
  ) -> dukien_view {
    let stride = MemoryLayout<Record>.stride
    guard !rows.isEmpty else { return dukien_view(data: nil, count: 0, stride: stride) }
    let records = next.bindMemory(to: Record.self, capacity: rows.count)
    for (index, row) in rows.enumerated() {
      (records + index).initialize(to: record(row, text))
    }
    next += rows.count * stride
    return dukien_view(data: UnsafeRawPointer(records), count: rows.count, stride: stride)
  }
}

extension dukien_span {
  init(_ span: Span) { self.init(begin: UInt64(span.begin), end: UInt64(span.end)) }
}

extension UnsafeBufferPointer<UInt8> {
  /// The string at a range of the text; absent where the range is empty or not of this text.
  fileprivate subscript(range: Extraction.Str) -> dukien_str {
    guard range.begin < range.end, Int(range.end) <= count, let start = baseAddress else {
      return .absent
    }
    return dukien_str(start + Int(range.begin), Int(range.end - range.begin))
  }
}
