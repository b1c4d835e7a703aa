internal import CDukien
internal import CPlatform

/// A stream that pulls batches of pages from another, and gives the rows of a table for each.
final class PageStream {
  private let rules: RulesHandle
  private let columns: PageColumns
  private let table: Int32
  private let threads: Int
  private let options: HostOptions
  private let input: UnsafeMutablePointer<ArrowArrayStream>
  /// The rows of the batches before.
  private var rowCount = 0
  private var isOver = false
  /// What ended the stream early: it is told again at each call.
  private var failure: StreamFailure?
  private var message: UnsafeMutablePointer<CChar>?

  /// Moves `input` into a new stream.
  init(
    moving input: UnsafeMutablePointer<ArrowArrayStream>, _ rules: RulesHandle,
    _ columns: PageColumns, table: Int32, threads: Int, _ options: HostOptions
  ) {
    self.rules = rules
    self.columns = columns
    self.table = table
    self.threads = threads
    self.options = options
    self.input = UnsafeMutablePointer<ArrowArrayStream>.allocate(capacity: 1)
    self.input.initialize(to: input.pointee)
    input.pointee.release = nil
  }

  deinit {
    input.pointee.release?(input)
    input.deallocate()
    platform_free(message)
  }

  /// Makes `out` the stream, which keeps `self` until its release.
  func give(to out: UnsafeMutablePointer<ArrowArrayStream>) {
    var stream = ArrowArrayStream()
    stream.get_schema = { stream, out in
      guard let stream = PageStream.of(stream), let out else { return ErrorNumber.argument }
      return stream.schema(out)
    }
    stream.get_next = { stream, out in
      guard let stream = PageStream.of(stream), let out else { return ErrorNumber.argument }
      return stream.next(out)
    }
    stream.get_last_error = { stream in
      PageStream.of(stream)?.message.map { UnsafePointer($0) }
    }
    stream.release = { stream in
      guard let stream, let mine = stream.pointee.private_data else { return }
      stream.pointee = ArrowArrayStream()
      Unmanaged<PageStream>.fromOpaque(mine).release()
    }
    stream.private_data = Unmanaged.passRetained(self).toOpaque()
    out.initialize(to: stream)
  }

  private static func of(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> PageStream? {
    guard let mine = stream?.pointee.private_data else { return nil }
    return Unmanaged<PageStream>.fromOpaque(mine).takeUnretainedValue()
  }

  // MARK: Callbacks

  private func schema(_ out: UnsafeMutablePointer<ArrowSchema>) -> Int32 {
    do throws(Failure) {
      try ArrowTable(table).describe(in: out)
      return 0
    } catch {
      return tell(StreamFailure(error))
    }
  }

  /// Gives the next batch; an array that is released already ends the stream.
  private func next(_ out: UnsafeMutablePointer<ArrowArray>) -> Int32 {
    out.initialize(to: ArrowArray())
    if let failure { return tell(failure) }
    if isOver { return 0 }
    do throws(StreamFailure) {
      if let array = try pull() { try run(array, to: out) } else { isOver = true }
      return 0
    } catch {
      failure = error
      return tell(error)
    }
  }

  /// The next array of the input; nil at its end.
  private func pull() throws(StreamFailure) -> OwnedArray? {
    if options.isCancelled { throw StreamFailure(.cancelled) }
    guard let getNext = input.pointee.get_next else { return nil }
    let array = OwnedArray()
    let code = getNext(input, array.pointer)
    guard code == 0 else { throw StreamFailure(code, of: input) }
    return array.pointer.pointee.release == nil ? nil : array
  }

  private func run(
    _ array: OwnedArray, to out: UnsafeMutablePointer<ArrowArray>
  ) throws(StreamFailure) {
    do throws(Failure) {
      let batch = try PageBatch.make(array, columns, firstRow: rowCount)
      rowCount += batch.count
      let rows = try ArrowTable(table)
      var defect: Failure?
      do throws(Failure) {
        try runPages(
          rules, count: batch.count, threads: threads, options,
          page: { (row) throws(Failure) in try batch.page(row) },
          deliver: { row, outcome in
            do throws(Failure) {
              switch outcome {
              case .success(let result): try rows.append(result)
              case .failure(let failure):
                if failure.status == DUKIEN_E_CANCELLED { return false }
                try rows.append(failure, of: batch.id(of: row))
              }
              return true
            } catch {
              defect = error
              return false
            }
          })
      } catch {
        throw defect ?? error
      }
      try rows.move(to: out)
    } catch {
      throw StreamFailure(error)
    }
  }

  private func tell(_ failure: StreamFailure) -> Int32 {
    platform_free(message)
    message = failure.characters()
    return failure.code
  }
}
