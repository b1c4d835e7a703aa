import CDukien
import CPlatform
import Foundation
import Testing

@Suite("Arrow streams of pages")
struct ArrowStreamTests {
  private static let texts: [String?] = [
    "Hà Nội đạt 5,34 tỷ USD năm 2022.", "", nil, "9 tỷ USD",
    "Giá lúa tăng 5% trong tháng 4.\n\nXuất khẩu gạo đạt 300 triệu USD.",
  ]

  /// Calls `dukien_run_arrow` with names of columns.
  static func run(
    _ stream: inout ArrowArrayStream, _ table: Int32 = DUKIEN_TABLE_DOCUMENTS,
    text: String = "text",
    id: String = "", url: String = "", published: String = "", encoding: String = "",
    threads: UInt32 = 1, options: dukien_run_options? = nil, rules: SharedRules = newsRules
  ) -> (status: dukien_status, out: ArrowArrayStream, error: ReportedError?) {
    var out = ArrowArrayStream()
    var error: OpaquePointer?
    var names = dukien_columns()
    names.size = MemoryLayout<dukien_columns>.size
    func call() -> dukien_status {
      guard var options else {
        return dukien_run_arrow(
          rules.handle, &stream, &names, table, threads, nil, &out, &error)
      }
      return dukien_run_arrow(
        rules.handle, &stream, &names, table, threads, &options, &out, &error)
    }
    let status = text.asArgument { text in
      id.asArgument { id in
        url.asArgument { url in
          published.asArgument { published in
            encoding.asArgument { encoding in
              (names.text, names.id, names.url) = (text, id, url)
              (names.published, names.encoding) = (published, encoding)
              return call()
            }
          }
        }
      }
    }
    return (status, out, ReportedError(error))
  }

  /// The rows of all batches of a stream, which is released; nil in place of the times.
  static func rows(
    _ stream: inout ArrowArrayStream, _ table: Int32 = DUKIEN_TABLE_DOCUMENTS
  ) throws -> [[[ArrowCell]]] {
    defer { stream.release?(&stream) }
    var batches: [[[ArrowCell]]] = []
    while true {
      var array = ArrowArray()
      try #require(stream.get_next(&stream, &array) == 0)
      guard array.release != nil else { break }
      defer { array.release(&array) }
      batches.append(
        try TableSchema(table).cells(array).map {
          guard case .record(let cells) = $0 else { return [] }
          return table == DUKIEN_TABLE_DOCUMENTS ? Array(cells.dropLast()) : cells
        })
    }
    return batches
  }

  static func lastError(_ stream: inout ArrowArrayStream) -> String? {
    stream.get_last_error(&stream).map { String(cString: $0) }
  }

  /// The rows that `dukien_arrow_export` gives of pages.
  private static func exported(_ pages: [(String, String)], _ table: Int32) throws -> [[ArrowCell]]
  {
    let extractor = TestExtractor()
    let results = pages.map { extractor.run(Array($0.1.utf8), id: $0.0).result }
    defer { for result in results { dukien_result_release(result) } }
    var array = ArrowArray()
    #expect(dukien_arrow_export(results, results.count, table, &array, nil) == DUKIEN_OK)
    defer { array.release?(&array) }
    return try TableSchema(table).cells(array).map {
      guard case .record(let cells) = $0 else { return [] }
      return table == DUKIEN_TABLE_DOCUMENTS ? Array(cells.dropLast()) : cells
    }
  }

  /// The row of a page that failed, without its time.
  static func failed(_ id: ArrowCell, _ code: String) -> [ArrowCell] {
    [id, .number(Int64(DUKIEN_E_ARGUMENT)), .text(code), .flag(false)]
      + [ArrowCell](repeating: .null, count: 7)
  }

  // MARK: Formats

  @Test(
    "pages are read from every format, whole and sliced",
    arguments: [
      "u", "U", "z", "Z", "vu", "vz", "c:u", "C:z", "s:U", "S:Z", "i:vu", "I:vz", "l:u", "L:u",
    ])
  func formats(format: String) throws {
    let ids: [String?] = ["a", "a long name of a page", "c", nil, "e"]
    let idFormat = format.replacingOccurrences(of: "z", with: "u")
      .replacingOccurrences(of: "Z", with: "U")
    let valid = [0, 1, 3, 4]
    let pages = valid.map { (ids[$0] ?? "", Self.texts[$0] ?? "") }
    for table in ArrowTests.tables {
      var expected = try Self.exported(pages, table)
      if table == DUKIEN_TABLE_DOCUMENTS {
        expected.insert(Self.failed(.text("c"), "arrow.null"), at: 2)
      }
      for (columnMargin, margin) in [(0, 0), (1, 0), (0, 9), (8, 3)] {
        let source = ArrowPages([
          .init(
            columns: [
              .init(name: "other", format: "i", cells: ids),
              .init(name: "body", format: format, cells: Self.texts),
              .init(name: "name", format: idFormat, cells: ids),
            ], columnMargin: columnMargin, margin: margin)
        ])
        let count = source.count
        var stream = source.stream()
        var run = Self.run(&stream, table, text: "body", id: "name")
        #expect(run.status == DUKIEN_OK && run.error == nil)
        #expect(stream.release == nil)
        #expect(try Self.rows(&run.out, table) == [expected])
        #expect(run.out.release == nil)
        #expect(count.isStreamReleased && count.made > 0 && count.made == count.released)
      }
    }
  }

  @Test("a null of the batch is a null of each of its columns")
  func nullRows() throws {
    let source = ArrowPages([
      .init(
        columns: [
          .init(name: "text", cells: ["x", "y", "z"]), .init(name: "id", cells: ["a", "b", "c"]),
        ], margin: 7, nulls: [1])
    ])
    var stream = source.stream()
    var run = Self.run(&stream, id: "id")
    let rows = try Self.rows(&run.out)
    let pages = try Self.exported([("a", "x"), ("c", "z")], DUKIEN_TABLE_DOCUMENTS)
    #expect(rows == [[pages[0], Self.failed(.null, "arrow.null"), pages[1]]])
  }

  @Test("a column of nulls alone says nothing", arguments: ["n", "u"])
  func nothing(format: String) throws {
    let nulls: [String?] = [nil, nil]
    let source = ArrowPages([
      .init(columns: [
        .init(name: "text", cells: ["x", "y"]), .init(name: "url", format: format, cells: nulls),
        .init(name: "id", format: format, cells: nulls),
      ])
    ])
    var stream = source.stream()
    var run = Self.run(&stream, id: "id", url: "url")
    let pages = try Self.exported([("", "x"), ("", "y")], DUKIEN_TABLE_DOCUMENTS)
    #expect(try Self.rows(&run.out) == [pages])
  }

  @Test("without a column of names a page goes by the number of its row in the whole stream")
  func numbers() throws {
    let batches = [["x"], [], ["y", nil, "z"]].map { cells in
      ArrowPages.Batch(columns: [.init(name: "text", cells: cells)])
    }
    var stream = ArrowPages(batches).stream()
    var run = Self.run(&stream)
    let pages = try Self.exported([("0", "x"), ("1", "y"), ("3", "z")], DUKIEN_TABLE_DOCUMENTS)
    #expect(
      try Self.rows(&run.out) == [
        [pages[0]], [], [pages[1], Self.failed(.text("2"), "arrow.null"), pages[2]],
      ])
  }

  @Test("threads change nothing", arguments: ArrowTests.tables)
  func threads(table: Int32) throws {
    let page = SamplePages.all.min { $0.bytes.count < $1.bytes.count }?.bytes ?? []
    let cells =
      [String(decoding: page, as: UTF8.self)] + Array(repeating: Self.texts, count: 4).joined()
    var answers: [[[[ArrowCell]]]] = []
    for threads: UInt32 in [0, 1, 2, 4] {
      let batches = [cells, Array(cells.reversed())].map {
        ArrowPages.Batch(columns: [.init(name: "text", cells: $0)])
      }
      var stream = ArrowPages(batches).stream()
      var run = Self.run(&stream, table, threads: threads)
      answers.append(try Self.rows(&run.out, table))
    }
    #expect(answers[0].map(\.count) != [0, 0])
    #expect(answers.allSatisfy { $0 == answers[0] })
  }

  @Test("the encoding of a page comes from its column, and a day that is none is its failure")
  func encodings() throws {
    let source = ArrowPages([
      .init(columns: [
        .init(name: "html", format: "z", cells: ["Hà Nội", "Hà Nội", "Hà Nội"]),
        .init(name: "day", cells: [nil, "yesterday", nil]),
        .init(name: "charset", cells: ["utf-8", nil, "no such encoding"]),
      ])
    ])
    var stream = source.stream()
    var run = Self.run(&stream, text: "html", published: "day", encoding: "charset")
    let rows = try Self.rows(&run.out)[0]
    #expect(rows[0].last == .list([]))
    #expect(rows[1] == Self.failed(.text("1"), "input.published"))
    // What names no encoding is noted, as it is where a page is run by itself.
    let noted = "no such encoding".asArgument { encoding in
      TestExtractor().run(Array("Hà Nội".utf8)) { $0.encoding = encoding }.result
    }
    defer { dukien_result_release(noted) }
    let names = records(dukien_result_limits(noted), as: dukien_limit_hit.self)
    #expect(!names.isEmpty && rows[2].last == .list(names.map { .text($0.name) }))
  }

  @Test("the address of a page comes from its column")
  func addresses() throws {
    let loaded = load(
      yaml: """
        name: addresses
        version: 1.0.0
        uses: page
        article: {title: {from: [link.canonical], kind: url}}
        """.utf8)
    defer { dukien_rules_release(loaded.rules) }
    let rules = SharedRules(handle: loaded.rules)
    let html = """
      <html><head><title>Words</title><link rel="canonical" href="1.html"></head>
      <body><p>Some words.</p></body></html>
      """
    let source = ArrowPages([
      .init(columns: [
        .init(name: "text", cells: [html, html]),
        .init(name: "at", format: "U", cells: ["https://example.org/a/b", nil]),
      ])
    ])
    var stream = source.stream()
    var run = Self.run(&stream, url: "at", rules: rules)
    let titles = try Self.rows(&run.out)[0].map { $0[4] }
    #expect(titles == [.text("https://example.org/a/1.html"), .text("1.html")])
  }

  @Test("the day of a column is that of the dates that need one")
  func days() throws {
    let text = "Hôm qua, Hà Nội đạt 5 tỷ USD."
    let source = ArrowPages([
      .init(columns: [
        .init(name: "text", cells: [text]), .init(name: "day", cells: ["2021-05-04"]),
      ])
    ])
    var stream = source.stream()
    var run = Self.run(&stream, DUKIEN_TABLE_VALUES, published: "day")
    let rows = try Self.rows(&run.out, DUKIEN_TABLE_VALUES)[0]
    #expect(rows.contains { $0[3] == .text("2021-05-03") })
  }

  @Test("strings are read as UTF-8 whatever the page says, and bytes as it says")
  func declared() throws {
    let html = "<html><head><meta charset=windows-1258></head><body><p>Hà Nội</p></body></html>"
    var limits: [ArrowCell?] = []
    for format in ["u", "z"] {
      var stream = ArrowPages([
        .init(columns: [.init(name: "text", format: format, cells: [html])])
      ]).stream()
      var run = Self.run(&stream)
      limits.append(try Self.rows(&run.out)[0][0].last)
    }
    #expect(limits[0] == .list([]))
    #expect(limits[1] != .list([]))
  }

  @Test("the schema of the stream is that of the table", arguments: ArrowTests.tables)
  func schema(table: Int32) {
    var stream = ArrowPages([.init(columns: [.init(name: "text", cells: [])])]).stream()
    var run = Self.run(&stream, table)
    var schema = ArrowSchema()
    #expect(run.out.get_schema(&run.out, &schema) == 0)
    run.out.release(&run.out)
    #expect(ArrowReader.words(schema) == TableSchema(table).words)
    schema.release(&schema)
  }

  @Test("a stream may be replaced by that of its rows, which may be moved")
  func inPlace() throws {
    let source = ArrowPages([.init(columns: [.init(name: "text", cells: ["x"])])])
    let count = source.count
    var stream = source.stream()
    var names = dukien_columns()
    names.size = MemoryLayout<dukien_columns>.size
    withUnsafeMutablePointer(to: &stream) { stream in
      "text".asArgument { text in
        names.text = text
        #expect(
          dukien_run_arrow(newsRules.handle, stream, &names, 2, 1, nil, stream, nil) == DUKIEN_OK)
      }
    }
    var moved = stream
    stream.release = nil
    #expect(try Self.rows(&moved).map(\.count) == [1])
    #expect(count.isStreamReleased && count.made == count.released)
  }

  // MARK: The end

  @Test("after its end a stream gives its end again")
  func end() {
    var stream = ArrowPages([.init(columns: [.init(name: "text", cells: ["x"])])]).stream()
    var run = Self.run(&stream)
    var array = ArrowArray()
    #expect(run.out.get_next(&run.out, &array) == 0 && array.length == 1)
    array.release(&array)
    for _ in 0..<3 {
      array.length = 5
      #expect(run.out.get_next(&run.out, &array) == 0)
      #expect(array.release == nil && array.length == 0)
    }
    run.out.release(&run.out)
  }

  @Test("a stream that is released early releases its source")
  func early() {
    let source = ArrowPages([.init(columns: [.init(name: "text", cells: ["x"])])])
    let count = source.count
    var stream = source.stream()
    var run = Self.run(&stream)
    run.out.release(&run.out)
    #expect(count.isStreamReleased && count.made == count.released)
  }

  @Test("what the source says of its failure is passed on, and stays")
  func failingSource() {
    let source = ArrowPages([.init(columns: [.init(name: "text", cells: ["x"])])])
    source.failure = (1, 5)
    var stream = source.stream()
    var run = Self.run(&stream)
    var array = ArrowArray()
    #expect(run.out.get_next(&run.out, &array) == 0)
    array.release(&array)
    for _ in 0..<2 {
      #expect(run.out.get_next(&run.out, &array) == 5)
      #expect(array.release == nil)
      #expect(Self.lastError(&run.out) == "the disk is gone")
    }
    run.out.release(&run.out)
  }

  @Test("a source that cannot tell its schema stays the caller's")
  func failingSchema() {
    let source = ArrowPages([.init(columns: [.init(name: "text", cells: ["x"])])])
    source.failure = (-1, 5)
    var stream = source.stream()
    let run = Self.run(&stream)
    #expect(run.status == DUKIEN_E_ARGUMENT && run.out.release == nil)
    #expect(run.error?.code == "arrow.stream" && run.error?.message == "the disk is gone")
    #expect(stream.release != nil)
    stream.release(&stream)
  }

  @Test("a flag that is set ends the stream", arguments: [1, 2] as [UInt32])
  func cancel(threads: UInt32) {
    let cells = [String?](repeating: "x", count: 20)
    let source = ArrowPages([
      .init(columns: [.init(name: "text", cells: cells)]),
      .init(columns: [.init(name: "text", cells: cells)]),
    ])
    let count = source.count
    let flag = dukien_cancel_new(nil)
    defer { dukien_cancel_release(flag) }
    var options = dukien_run_options()
    options.size = MemoryLayout<dukien_run_options>.size
    options.cancel = flag
    var stream = source.stream()
    var run = Self.run(&stream, threads: threads, options: options)
    var array = ArrowArray()
    #expect(run.out.get_next(&run.out, &array) == 0 && array.length == 20)
    array.release(&array)
    dukien_cancel_set(flag)
    #expect(run.out.get_next(&run.out, &array) == Int32(PLATFORM_ERRNO_CANCELLED))
    #expect(array.release == nil)
    #expect(Self.lastError(&run.out) == "cancelled")
    run.out.release(&run.out)
    #expect(count.isStreamReleased && count.made == count.released)
  }
}
