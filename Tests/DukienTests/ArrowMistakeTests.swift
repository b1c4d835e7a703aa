import CDukien
import CPlatform
import Testing

/// What hosts get wrong: names of columns, schemas, batches, arguments.
extension ArrowStreamTests {
  @Test(
    "a column that is not there, or holds no texts, is named with those there are",
    arguments: [
      ("body", "", "there is no column \"body\" for text", "the columns are: number, text, bytes"),
      ("text", "url", "there is no column \"url\" for id", "the columns are: number, text, bytes"),
      ("", "", "no column of texts is named", ""),
      (
        "number", "", "the column \"number\" is of format \"i\"",
        "text is read from strings or binary; the columns are: number, text, bytes"
      ),
      (
        "text", "bytes", "the column \"bytes\" is of format \"z\"",
        "id is read from strings; the columns are: number, text, bytes"
      ),
    ])
  func columns(text: String, id: String, message: String, hint: String) {
    let source = ArrowPages([
      .init(columns: [
        .init(name: "number", format: "i", cells: []), .init(name: "text", cells: []),
        .init(name: "bytes", format: "z", cells: []),
      ])
    ])
    let count = source.count
    var stream = source.stream()
    let run = Self.run(&stream, text: text, id: id)
    #expect(run.status == DUKIEN_E_ARGUMENT && run.out.release == nil)
    #expect(run.error?.code == "arrow.column")
    #expect(run.error?.message == message && run.error?.hint == hint)
    #expect(stream.release != nil && !count.isStreamReleased)
    stream.release(&stream)
    #expect(count.made == count.released)
  }

  @Test("of many columns the hint names some")
  func manyColumns() {
    let columns = (0..<100).map { ArrowPages.Column(name: "c\($0)", cells: []) }
    var stream = ArrowPages([.init(columns: columns)]).stream()
    let hint = Self.run(&stream).error?.hint
    #expect(hint?.hasPrefix("the columns are: c0, c1, ") == true)
    #expect(hint?.hasSuffix(", c31, and 68 more") == true)
    stream.release(&stream)
  }

  @Test("a schema that makes no sense is refused")
  func hostileSchemas() {
    let edits: [(String, (inout ArrowSchema, inout ArrowSchema) -> Void)] = [
      ("arrow.stream", { root, _ in root.format = nil }),
      ("arrow.stream", { root, child in root.format = child.format }),
      ("arrow.stream", { root, _ in root.n_children = -1 }),
      ("arrow.stream", { root, _ in root.children = nil }),
      ("arrow.column", { root, _ in root.children[0] = nil }),
      ("arrow.column", { root, _ in root.n_children = 0 }),
      ("arrow.column", { _, child in child.name = nil }),
      ("arrow.column", { _, child in child.format = nil }),
      (
        "arrow.column",
        { _, child in child.dictionary = withUnsafeMutablePointer(to: &child) { $0 } }
      ),
    ]
    for (number, (code, edit)) in edits.enumerated() {
      let source = ArrowPages([.init(columns: [.init(name: "text", cells: ["x"])])])
      source.editSchema = edit
      var stream = source.stream()
      let run = Self.run(&stream)
      #expect(run.status == DUKIEN_E_ARGUMENT, "edit \(number)")
      #expect(run.error?.code == code, "edit \(number)")
      stream.release?(&stream)
    }
  }

  @Test("a batch that makes no sense ends the stream, with what is wrong with it")
  func hostileBatches() {
    typealias Edit = (inout ArrowArray, inout ArrowArray) -> Void
    let edits: [(String, Edit)] = [
      ("the batch has 0 columns", { batch, _ in batch.n_children = 0 }),
      ("the batch has an impossible length", { batch, _ in batch.length = -1 }),
      ("the batch has an impossible length", { batch, _ in batch.offset = .max }),
      ("\"text\" has an impossible length", { _, column in column.length = .max }),
      ("\"text\" has an impossible length", { _, column in column.offset = -1 }),
      ("\"text\" is shorter than the batch", { batch, _ in batch.length = 2 }),
      ("\"text\" is shorter than the batch", { batch, _ in batch.offset = 1 }),
      ("\"text\" has too few buffers", { _, column in column.n_buffers = 2 }),
      ("\"text\" has too few buffers", { _, column in column.buffers = nil }),
      ("\"text\" has no buffer of places", { _, column in column.buffers[1] = nil }),
      ("\"text\" is missing", { batch, _ in batch.children[0] = nil }),
    ]
    for (message, edit) in edits {
      let source = ArrowPages([
        .init(columns: [.init(name: "text", cells: ["some text"])], edit: edit)
      ])
      var stream = source.stream()
      var run = Self.run(&stream)
      var array = ArrowArray()
      #expect(run.out.get_next(&run.out, &array) == Int32(PLATFORM_ERRNO_ARGUMENT), "\(message)")
      #expect(array.release == nil)
      let told = Self.lastError(&run.out)
      #expect(told == "arrow.array: the array of \(message)")
      run.out.release(&run.out)
    }
  }

  @Test("a cell that makes no sense is a page that failed")
  func hostileCells() throws {
    typealias Edit = (inout ArrowArray, inout ArrowArray) -> Void
    func write<Number>(_ number: Number, at byte: Int) -> Edit {
      { _, column in
        UnsafeMutableRawPointer(mutating: column.buffers[1])?
          .storeBytes(of: number, toByteOffset: byte, as: Number.self)
      }
    }
    let edits: [(format: String, edit: Edit)] = [
      ("u", write(Int32(-1), at: 4)), ("U", write(Int64.min, at: 8)),
      ("u", { _, column in column.buffers[2] = nil }),
      ("vu", write(Int32(-1), at: 16)), ("vu", write(Int32(99), at: 16)),
      ("vu", write(Int32(3), at: 24)), ("vu", write(Int32(-1), at: 24)),
      ("vu", write(Int32(-1), at: 28)), ("vu", write(Int32.max, at: 28)),
      ("i:u", write(Int32(9), at: 4)), ("i:u", write(Int32(-1), at: 4)),
    ]
    for (number, (format, edit)) in edits.enumerated() {
      let cells = ["a text of words", "another text of words"]
      let source = ArrowPages([
        .init(columns: [.init(name: "text", format: format, cells: cells)], edit: edit)
      ])
      var stream = source.stream()
      var run = Self.run(&stream)
      let rows = try Self.rows(&run.out)[0]
      #expect(rows.count == 2)
      #expect(rows[1] == Self.failed(.text("1"), "arrow.array"), "edit \(number)")
    }
  }

  @Test("missing arguments are said to be so, and the stream stays the caller's")
  func arguments() {
    var stream = ArrowPages([.init(columns: [.init(name: "text", cells: ["x"])])]).stream()
    var out = ArrowArrayStream()
    var error: OpaquePointer?
    var names = dukien_columns()
    names.size = MemoryLayout<dukien_columns>.size
    let rules = newsRules.handle
    #expect(dukien_run_arrow(nil, &stream, &names, 2, 1, nil, &out, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "the rule set is NULL")
    #expect(dukien_run_arrow(rules, nil, &names, 2, 1, nil, &out, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "the stream of pages is NULL")
    #expect(dukien_run_arrow(rules, &stream, nil, 2, 1, nil, &out, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "columns is NULL")
    #expect(dukien_run_arrow(rules, &stream, &names, 2, 1, nil, nil, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.message == "out is NULL")
    #expect(dukien_run_arrow(rules, &stream, &names, 9, 1, nil, &out, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.code == "arrow.table")
    #expect(
      dukien_run_arrow(rules, &stream, &names, 2, 257, nil, &out, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.code == "batch.threads")
    #expect(stream.release != nil && out.release == nil)
    stream.release(&stream)
    #expect(dukien_run_arrow(rules, &stream, &names, 2, 1, nil, &out, &error) == DUKIEN_E_ARGUMENT)
    #expect(ReportedError(error)?.code == "arrow.stream")
  }
}
