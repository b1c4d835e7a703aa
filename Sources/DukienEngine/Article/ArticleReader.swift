internal import DukienRules
internal import DukienText

/// Reads the article fields from labelled blocks and what zone patterns captured.
struct ArticleReader {
  let program: Program
  let printer: NormPrinter
  /// The labels that blocks of the page have, and those that images are read from, by their low
  /// bits.
  private let present, pictured: UInt64

  init(program: Program, printer: NormPrinter, _ work: borrowing Workspace) {
    self.program = program
    self.printer = printer
    var present: UInt64 = 0
    for block in work.blocks.indices { present |= Self.bit(of: work.labels[block]) }
    var pictured: UInt64 = 0
    for field in program.article.image {
      for source in field.sources { pictured |= Self.bit(of: source.label) }
    }
    self.present = present
    self.pictured = pictured
  }

  private static func bit(of label: UInt16) -> UInt64 { 1 << UInt64(label & 63) }

  /// What a source of a field gives in one block.
  struct Found {
    var name: UInt16
    var kind: ArticleMap.Field.Kind
    var block: Int
    /// Token range, or `nil` for the whole block.
    var tokens: Range<Int>?
    var record: Int32 = -1
  }

  /// The page's own date.
  func published(_ captures: [ZoneCapture], _ work: inout Workspace) -> DatePoint? {
    guard program.article.published >= 0 else { return nil }
    for found in values(of: program.article.fields[program.article.published], captures, work) {
      guard found.record >= 0,
        let date = work.date(found.record, printer.dates, DateReference(), program)?.from,
        date.year > 0, date.month > 0
      else { continue }
      return date
    }
    return nil
  }

  /// All values of a field, from the first source that gives any.
  func values(of field: ArticleMap.Field, _ captures: [ZoneCapture], _ work: borrowing Workspace)
    -> [Found]
  {
    for (index, source) in field.sources.enumerated()
    where present & Self.bit(of: source.label) != 0 {
      var found: [Found] = []
      let earlier = field.sources[..<index]
      for block in work.blocks.indices
      where work.labels[block] == source.label
        && !earlier.contains(where: { isUsedUp($0, in: block, captures, work) })
      {
        found += values(of: field, source, in: block, captures, work)
      }
      if !found.isEmpty { return found }
    }
    return []
  }

  /// The values of one source in one block.
  func values(
    of field: ArticleMap.Field, _ source: ArticleMap.Source, in block: Int,
    _ captures: [ZoneCapture], _ work: borrowing Workspace
  ) -> [Found] {
    guard source.capture > 0 else {
      return [Found(name: field.name, kind: field.kind, block: block, tokens: nil)]
    }
    var found: [Found] = []
    for capture in own(captures, of: block) where capture.name == source.capture {
      guard let (begin, end) = work.tokenRange(capture.value), begin < end else { continue }
      var value = Found(
        name: field.name, kind: field.kind, block: block, tokens: Int(begin)..<Int(end))
      if case .record(let record) = capture.value { value.record = record }
      found.append(value)
    }
    return found
  }

  /// What was kept of one block; captures stand in the order of their blocks.
  private func own(_ captures: [ZoneCapture], of block: Int) -> ArraySlice<ZoneCapture> {
    var low = 0
    var high = captures.count
    while low < high {
      let middle = (low + high) / 2
      if Int(captures[middle].block) < block { low = middle + 1 } else { high = middle }
    }
    return captures[low...].prefix { Int($0.block) == block }
  }

  /// True for the rest of a block where nothing is left: then no further source counts for it.
  private func isUsedUp(
    _ source: ArticleMap.Source, in block: Int, _ captures: [ZoneCapture],
    _ work: borrowing Workspace
  ) -> Bool {
    guard source.capture > 0, source.label == work.labels[block] else { return false }
    var isEmpty = false
    for capture in own(captures, of: block) where capture.name == source.capture {
      guard let (begin, end) = work.tokenRange(capture.value), begin == end else { return false }
      isEmpty = true
    }
    return isEmpty
  }

  /// The images of the page, each a list of its fields: a file and the caption that follows it.
  ///
  /// A field that repeats begins a new image; so does a block that does not follow the last one.
  func images(_ captures: [ZoneCapture], _ work: borrowing Workspace) -> [[Found]] {
    var images: [[Found]] = []
    var lastBlock = -2
    for block in work.blocks.indices where pictured & Self.bit(of: work.labels[block]) != 0 {
      var own: [Found] = []
      for field in program.article.image {
        for source in field.sources where source.label == work.labels[block] {
          let found = values(of: field, source, in: block, captures, work)
          own += found
          if !found.isEmpty || isUsedUp(source, in: block, captures, work) { break }
        }
      }
      guard !own.isEmpty else { continue }
      own.sort { ($0.tokens?.lowerBound ?? 0) < ($1.tokens?.lowerBound ?? 0) }
      for (index, found) in own.enumerated() {
        let isNew =
          index == 0 && block != lastBlock + 1
          || images.last?.contains { $0.name == found.name } ?? true
        if isNew { images.append([found]) } else { images[images.count - 1].append(found) }
      }
      lastBlock = block
    }
    return images
  }
}
