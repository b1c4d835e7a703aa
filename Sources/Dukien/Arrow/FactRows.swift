internal import CDukien

/// The table of facts, a row a fact with its roles and evidence.
struct FactRows {
  private let document = ArrowColumn("document", .text, isNullable: true)
  private let number = ArrowColumn("fact", .number)
  private let type = ArrowColumn("type", .text)
  private let rule = ArrowColumn("rule", .text)
  private let polarity = ArrowColumn("polarity", .text, isNullable: true)
  private let saidBy = ArrowColumn("said_by", .text, isNullable: true)
  private let at = SpanColumns()
  private let roles = RoleRows()
  private let evidence = EvidenceRows()
  private let roleList: ArrowColumn
  private let evidenceList: ArrowColumn

  init() {
    roleList = .list("roles", of: roles.columns)
    evidenceList = .list("evidence", of: evidence.columns)
  }

  var columns: [ArrowColumn] {
    [document, number, type, rule, polarity, saidBy, at.begin, at.end, roleList, evidenceList]
  }

  /// Appends the facts of a result; returns how many.
  func append(_ result: ResultHandle) throws(Failure) -> Int {
    let facts = result.tables.facts.records(of: dukien_fact.self)
    let allRoles = result.tables.roles.records(of: dukien_role.self)
    let allEvidence = result.tables.evidence.records(of: dukien_evidence.self)
    for (index, fact) in facts.enumerated() {
      try document.append(result.source)
      try number.append(Int64(index))
      try type.append(fact.type)
      try rule.append(fact.rule)
      try polarity.append(fact.polarity)
      try saidBy.append(fact.said_by)
      try at.append(fact.at)
      for role in run(fact.first_role, fact.role_count, of: allRoles) {
        try roles.append(role)
        try roleList.children.first?.appendRecord()
      }
      try roleList.appendList()
      for sentence in run(fact.first_evidence, fact.evidence_count, of: allEvidence) {
        try evidence.append(sentence)
        try evidenceList.children.first?.appendRecord()
      }
      try evidenceList.appendList()
    }
    return facts.count
  }

  /// `count` records from `first`, cut at the end of the table.
  private func run<Record>(
    _ first: UInt32, _ count: UInt32, of table: UnsafeBufferPointer<Record>
  ) -> Slice<UnsafeBufferPointer<Record>> {
    let start = min(Int(first), table.count)
    return table[start..<min(start + Int(count), table.count)]
  }
}

/// The roles of facts.
private struct RoleRows {
  private let name = ArrowColumn("role", .text)
  private let text = ArrowColumn("text", .text, isNullable: true)
  private let norm = ArrowColumn("norm", .text, isNullable: true)
  private let from = ArrowColumn("from", .text, isNullable: true)
  private let at = SpanColumns()

  var columns: [ArrowColumn] { [name, text, norm, from, at.begin, at.end] }

  func append(_ role: dukien_role) throws(Failure) {
    try name.append(role.role)
    try text.append(role.text)
    try norm.append(role.norm)
    try from.append(role.from)
    try at.append(role.at)
  }
}

/// The evidence of facts.
private struct EvidenceRows {
  private let block = ArrowColumn("block", .number, isNullable: true)
  private let at = SpanColumns()
  private let quote = ArrowColumn("quote", .text)

  var columns: [ArrowColumn] { [block, at.begin, at.end, quote] }

  func append(_ evidence: dukien_evidence) throws(Failure) {
    try block.append(index: evidence.block)
    try at.append(evidence.at)
    try quote.append(evidence.quote)
  }
}
