internal import DukienRules
internal import DukienText

/// Reads the article fields from labelled blocks, what zone patterns captured, and what the page
/// tells about itself.
struct ArticleReader {
  let program: Program
  let printer: NormPrinter
  /// The labels that blocks of the page have, and those that images are read from, by their low
  /// bits.
  private let present, pictured: UInt64

  init(program: Program, printer: NormPrinter, _ work: inout Workspace) {
    self.program = program
    self.printer = printer
    var present: UInt64 = 0
    for block in work.blocks.indices { present |= Self.bit(of: work.labels[block]) }
    var pictured: UInt64 = 0
    for field in program.article.image {
      for source in field.sources where source.told < 0 { pictured |= Self.bit(of: source.label) }
    }
    self.present = present
    self.pictured = pictured
  }

  private static func bit(of label: UInt16) -> UInt64 { 1 << UInt64(label & 63) }

  /// False for a label that no image is read from.
  func mayPicture(_ label: UInt16) -> Bool { pictured & Self.bit(of: label) != 0 }

  /// What a source of a field gives in one block, or by what the page tells.
  struct Found {
    var name: UInt16
    var kind: ArticleMap.Field.Kind
    /// The block of the page, or -1.
    var block = -1
    /// The value that the page tells, or -1.
    var told = -1
    /// The element of an image whose address it is, or -1.
    var image = -1
    /// Token range, or `nil` for the whole block.
    var tokens: Range<Int>?
    var record: Int32 = -1
    /// What a date is that the page tells.
    var date: PageDate?
  }

  /// The page's own date.
  func published(_ captures: [ZoneCapture], _ work: inout Workspace) -> DatePoint? {
    guard program.article.published >= 0 else { return nil }
    let field = program.article.fields[program.article.published]
    for found in values(of: field, captures, &work) {
      if let date = found.date {
        return DatePoint(year: date.year, month: date.month, day: date.day)
      }
      guard found.record >= 0,
        let date = work.date(found.record, printer.dates, DateReference(), program)?.from,
        date.year > 0, date.month > 0
      else { continue }
      return date
    }
    return nil
  }

  /// All values of a field, from the first source that gives any.
  func values(
    of field: ArticleMap.Field, _ captures: [ZoneCapture], _ work: inout Workspace
  ) -> [Found] {
    for (index, source) in field.sources.enumerated() {
      var found: [Found] = []
      if source.told >= 0 {
        if program.article.told[source.told].marks != MarkSet() {
          found = shortText(source.told, field, captures, &work)
          if !found.isEmpty { return field.kind == .list ? unlike(found, &work) : found }
          continue
        }
        found = told(source.told, field, &work)
      } else if present & Self.bit(of: source.label) != 0 {
        let earlier = field.sources[..<index]
        for block in work.blocks.indices
        where work.labels[block] == source.label
          && !earlier.contains(where: { isUsedUp($0, in: block, captures, &work) })
        {
          found += values(of: field, source, in: block, captures, &work)
        }
      }
      found = clean(found, field, captures, &work)
      if !found.isEmpty { return field.kind == .list ? unlike(found, &work) : found }
    }
    return []
  }

  /// The values without those whose words came before.
  private func unlike(_ values: [Found], _ work: inout Workspace) -> [Found] {
    var kept: [Found] = []
    for value in values {
      let isNew = kept.allSatisfy { one in
        guard let own = value.tokens, let other = one.tokens else { return true }
        return !work.words.elements[own].elementsEqual(work.words.elements[other])
      }
      if isNew { kept.append(value) }
    }
    return kept
  }

  /// The values of one source in one block.
  func values(
    of field: ArticleMap.Field, _ source: ArticleMap.Source, in block: Int,
    _ captures: [ZoneCapture], _ work: inout Workspace
  ) -> [Found] {
    guard source.capture > 0 else {
      return [Found(name: field.name, kind: field.kind, block: block)]
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

  /// What the first element gives of which anything is left.
  private func shortText(
    _ source: Int, _ field: ArticleMap.Field, _ captures: [ZoneCapture], _ work: inout Workspace
  ) -> [Found] {
    for index in work.told.indices where work.told[index].source == source {
      guard let value = toldValue(index, field, &work) else { continue }
      let found = clean([value], field, captures, &work)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// What the page tells under one name; of several objects, the first one's, of links the first.
  ///
  /// What should be a date and is none gives nothing.
  func told(
    _ source: Int, _ field: ArticleMap.Field, _ work: inout Workspace
  ) -> [Found] {
    var found: [Found] = []
    var object: UInt16?
    for (index, value) in work.told.enumerated() where value.source == source {
      if let object, object != value.object { continue }
      guard let one = toldValue(index, field, &work) else { continue }
      object = value.object
      found.append(one)
      if program.article.told[source].kind == .link { break }
    }
    return found
  }

  /// One value that the page tells; nil for what should be a date and is none.
  private func toldValue(
    _ index: Int, _ field: ArticleMap.Field, _ work: inout Workspace
  ) -> Found? {
    let value = work.told[index].block
    var one = Found(name: field.name, kind: field.kind, told: index, tokens: value.tokens)
    guard field.kind == .date else { return one }
    let text = Array(work.text[value.core.range])
    one.date = PageDate.read(text) ?? PageDate.inAddress(text)
    if one.date == nil { one.record = dateRecord(in: value.tokens, &work) }
    return one.date != nil || one.record >= 0 ? one : nil
  }

  /// The first date of the rules among tokens, or -1.
  private func dateRecord(in tokens: Range<Int>, _ work: inout Workspace) -> Int32 {
    var best: Int32 = -1
    for index in work.records.indices where work.isLive(index) {
      let record = work.records[index]
      guard tokens.contains(Int(record.begin)), work.tables.types[Int(record.type)].isDate else {
        continue
      }
      if best < 0 || record.begin < work.records[Int(best)].begin {
        best = Int32(truncatingIfNeeded: index)
      }
    }
    return best
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
  func isUsedUp(
    _ source: ArticleMap.Source, in block: Int, _ captures: [ZoneCapture],
    _ work: inout Workspace
  ) -> Bool {
    guard source.told < 0, source.capture > 0, source.label == work.labels[block] else {
      return false
    }
    var isEmpty = false
    for capture in own(captures, of: block) where capture.name == source.capture {
      guard let (begin, end) = work.tokenRange(capture.value), begin == end else { return false }
      isEmpty = true
    }
    return isEmpty
  }
}
