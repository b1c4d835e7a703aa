import CDukien
import CPlatform
import Testing

@Suite("Tables as Arrow arrays")
struct ArrowTests {
  static let tables = [DUKIEN_TABLE_FACTS, DUKIEN_TABLE_VALUES, DUKIEN_TABLE_DOCUMENTS]

  /// The results of some pages, released with the object.
  private final class Results {
    let all: [OpaquePointer?]

    init(_ pages: [(name: String, bytes: [UInt8])], options: dukien_run_options? = nil) {
      let extractor = TestExtractor()
      all = pages.map { extractor.run($0.bytes, id: $0.name, options: options).result }
    }

    deinit { for result in all { dukien_result_release(result) } }

    func export(_ table: Int32) -> ArrowArray {
      var array = ArrowArray()
      #expect(dukien_arrow_export(all, all.count, table, &array, nil) == DUKIEN_OK)
      return array
    }

    /// The rows of a table, by way of Arrow.
    func rows(_ table: Int32) throws -> [ArrowCell] {
      var array = export(table)
      defer { array.release?(&array) }
      return try TableSchema(table).cells(array)
    }
  }

  private static let samples = Array(
    SamplePages.all.sorted { $0.bytes.count < $1.bytes.count }[..<3])

  // MARK: Schemas

  @Test(
    "a schema names the columns, their types and which may be null",
    arguments: [
      (
        DUKIEN_TABLE_FACTS,
        ":+s(document:u? fact:l type:u rule:u polarity:u? said_by:u? begin:l? end:l? "
          + "roles:+l(item:+s(role:u text:u? norm:u? from:u? begin:l? end:l?)) "
          + "evidence:+l(item:+s(block:l? begin:l? end:l? quote:u)))"
      ),
      (
        DUKIEN_TABLE_VALUES,
        ":+s(document:u? type:u text:u norm:u? approx:u? begin:l? end:l? block:l?)"
      ),
      (
        DUKIEN_TABLE_DOCUMENTS,
        ":+s(document:u? status:i error:u? partial:b title:u? published:u? language:u? blocks:l? "
          + "values:l? facts:l? limits:+l?(item:u) nanoseconds:l?)"
      ),
    ])
  func schemas(table: Int32, words: String) {
    #expect(TableSchema(table).words == words)
  }

  @Test("a schema is released once, and the children that were moved out of it live on")
  func schemaRelease() throws {
    var schema = ArrowSchema()
    #expect(dukien_arrow_schema(DUKIEN_TABLE_FACTS, &schema, nil) == DUKIEN_OK)
    let place = try #require(schema.children[8])
    var roles = place.pointee
    place.pointee.release = nil
    schema.release(&schema)
    #expect(schema.release == nil)
    #expect(ArrowReader.words(roles).hasPrefix("roles:+l(item:+s(role:u "))
    roles.release(&roles)
    #expect(roles.release == nil)
  }

  @Test("a table that is not there, and missing arguments, are said to be so")
  func arguments() {
    var schema = ArrowSchema()
    var array = ArrowArray()
    var error: OpaquePointer?
    schema.n_children = 7
    #expect(dukien_arrow_schema(3, &schema, &error) == DUKIEN_E_ARGUMENT)
    #expect(schema.n_children == 0 && schema.release == nil)
    #expect(ReportedError(error)?.code == "arrow.table")
    #expect(dukien_arrow_schema(0, nil, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "out is NULL")
    #expect(dukien_arrow_export(nil, 1, 0, &array, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "the results is NULL")
    #expect(dukien_arrow_export([nil], 1, 0, &array, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "a result is NULL")
    #expect(dukien_arrow_export([nil], -1, 0, &array, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.code == "argument.length")
    #expect(dukien_arrow_export(nil, 0, -1, &array, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.code == "arrow.table")
    #expect(array.release == nil)
  }

  // MARK: Rows

  private func at(_ span: dukien_span) -> [ArrowCell] {
    guard span.begin < span.end else { return [.null, .null] }
    return [.number(Int64(span.begin)), .number(Int64(span.end))]
  }

  @Test("the facts of several results follow one another, with roles and evidence")
  func facts() throws {
    let results = Results(Self.samples)
    var expected: [ArrowCell] = []
    for (page, result) in zip(Self.samples, results.all) {
      let roles = records(dukien_result_roles(result), as: dukien_role.self)
      let evidence = records(dukien_result_evidence(result), as: dukien_evidence.self)
      let facts = records(dukien_result_facts(result), as: dukien_fact.self)
      for (number, fact) in facts.enumerated() {
        let ownRoles = roles[Int(fact.first_role)...].prefix(Int(fact.role_count))
        let own = evidence[Int(fact.first_evidence)...].prefix(Int(fact.evidence_count))
        expected.append(
          .record(
            [
              .text(page.name), .number(Int64(number)), .text(fact.type), .text(fact.rule),
              .optional(fact.polarity), .optional(fact.said_by),
            ] + at(fact.at) + [
              .list(
                ownRoles.map {
                  .record(
                    [.text($0.role), .optional($0.text), .optional($0.norm), .optional($0.from)]
                      + at($0.at))
                }),
              .list(own.map { .record([.index($0.block)] + at($0.at) + [.text($0.quote)]) }),
            ]))
      }
    }
    #expect(expected.count > 3)
    #expect(try results.rows(DUKIEN_TABLE_FACTS) == expected)
  }

  @Test("the values of several results follow one another")
  func values() throws {
    let results = Results(Self.samples)
    let expected = zip(Self.samples, results.all).flatMap { page, result in
      records(dukien_result_values(result), as: dukien_value.self).map { value in
        ArrowCell.record(
          [
            .text(page.name), .text(value.type), .text(value.text), .optional(value.norm),
            .optional(value.approx),
          ] + at(value.at) + [.index(value.block)])
      }
    }
    #expect(expected.count > 10)
    #expect(try results.rows(DUKIEN_TABLE_VALUES) == expected)
  }

  private static let html = Array(
    """
    <html lang="vi"><head><title>Giá lúa tăng</title>
    <meta property="og:title" content="Giá lúa tăng">
    <meta property="article:published_time" content="2023-05-04T08:00:00+07:00"></head>
    <body><article><h1>Giá lúa tăng</h1><p>Giá lúa tăng 5% trong tháng 4.</p></article></body>
    """.utf8)

  @Test("a document is a row, with the fields of its article and what it gave")
  func documents() throws {
    let pages = Self.samples + [("", []), ("html", Self.html)]
    var options = dukien_run_options()
    options.size = MemoryLayout<dukien_run_options>.size
    options.max_facts = 1
    let results = Results(pages, options: options)
    let expected = zip(pages, results.all).map { page, result in
      let fields = records(dukien_result_fields(result), as: dukien_field.self)
      func field(_ name: String) -> ArrowCell {
        let found = fields.first { $0.group == DUKIEN_NONE && String($0.field) == name }
        return found.map { .text($0.norm.len > 0 ? $0.norm : $0.text) } ?? .null
      }
      let hits = records(dukien_result_limits(result), as: dukien_limit_hit.self)
      let isPartial = hits.contains { String($0.name) == "max_facts" }
      let stages = records(dukien_result_stages(result), as: dukien_stage.self)
      return ArrowCell.record([
        page.name.isEmpty ? .null : .text(page.name), .number(isPartial ? 1 : 0), .null,
        .flag(isPartial), field("title"), field("published_at"), field("language"),
        .number(Int64(dukien_result_blocks(result).count)),
        .number(Int64(dukien_result_values(result).count)),
        .number(Int64(dukien_result_facts(result).count)), .list(hits.map { .text($0.name) }),
        .number(Int64(stages.reduce(0) { $0 + $1.nanoseconds })),
      ])
    }
    let rows = try results.rows(DUKIEN_TABLE_DOCUMENTS)
    #expect(rows == expected)
    let last = try #require(rows.last)
    guard case .record(let cells) = last else { return }
    #expect(cells[4] == .text("Giá lúa tăng"))
    #expect(cells[5] == .text("2023-05-04T08:00+07:00"))
    #expect(
      rows.contains { if case .record(let row) = $0 { row[3] == .flag(true) } else { false } })
  }

  @Test("no results, and a page without content, give valid arrays", arguments: tables)
  func empty(table: Int32) throws {
    #expect(try Results([]).rows(table).isEmpty)
    let rows = try Results([("empty", [])]).rows(table)
    #expect(rows.count == (table == DUKIEN_TABLE_DOCUMENTS ? 1 : 0))
  }

  private func document(_ row: ArrowCell) -> ArrowCell? {
    if case .record(let cells) = row { cells.first } else { nil }
  }

  @Test("validity is right on both sides of a byte, wherever the first null stands")
  func manyRows() throws {
    for count in [1, 7, 8, 9, 64, 65] {
      for firstNull in [0, count / 2, count - 1, count] {
        let pages = (0..<count).map { (name: $0 < firstNull ? "page \($0)" : "", bytes: [UInt8]()) }
        let rows = try Results(pages).rows(DUKIEN_TABLE_DOCUMENTS)
        #expect(rows.map(document) == pages.map { $0.name.isEmpty ? .null : .text($0.name) })
      }
    }
  }

  // MARK: Ownership

  @Test("an array outlives the results", arguments: tables)
  func lifetime(table: Int32) throws {
    var array = ArrowArray()
    var expected: [ArrowCell] = []
    do {
      let results = Results(Self.samples)
      expected = try results.rows(table)
      array = results.export(table)
    }
    defer { array.release?(&array) }
    #expect(try TableSchema(table).cells(array) == expected)
  }

  @Test("children that were moved out live on when their parent is released")
  func movedChildren() throws {
    let results = Results(Self.samples)
    let schema = TableSchema(DUKIEN_TABLE_FACTS)
    var array = results.export(DUKIEN_TABLE_FACTS)
    let rows = try schema.cells(array)
    var moved: [ArrowArray] = []
    for index in [0, 8, 9] {
      let place = try #require(array.children[index])
      moved.append(place.pointee)
      place.pointee.release = nil
    }
    // From inside the list too: the roles go, and then the names of the roles live on alone.
    let record = try #require(moved[1].children[0])
    let place = try #require(record.pointee.children[0])
    var names = place.pointee
    place.pointee.release = nil
    array.release(&array)
    #expect(array.release == nil)
    let documents = try schema.cells(moved[0], of: 0)
    let evidence = try schema.cells(moved[2], of: 9)
    for (index, row) in rows.enumerated() {
      guard case .record(let cells) = row else { continue }
      #expect(documents[index] == cells[0])
      #expect(evidence[index] == cells[9])
    }
    for index in moved.indices {
      moved[index].release(&moved[index])
      #expect(moved[index].release == nil)
    }
    let written = try schema.cells(names, of: 8, 0, 0)
    let expected = results.all.flatMap { result in
      records(dukien_result_roles(result), as: dukien_role.self).map { ArrowCell.text($0.role) }
    }
    #expect(written == expected)
    names.release(&names)
    #expect(names.release == nil)
  }

  @Test("children may be released before their parent")
  func childrenFirst() throws {
    var array = Results(Self.samples).export(DUKIEN_TABLE_FACTS)
    let child = try #require(array.children[8])
    child.pointee.release(child)
    #expect(child.pointee.release == nil)
    array.release(&array)
    #expect(array.release == nil)
  }
}
