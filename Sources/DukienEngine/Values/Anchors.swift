internal import DukienRules
internal import DukienText

/// A date that stands by itself, as one that others may count from.
struct DateAnchor {
  /// What kind of time a date says.
  enum Measure {
    /// A month, a quarter or the like, or an interval of which both ends are known.
    case period
    /// A year, or an interval of whole years.
    case years
    /// All up to a point of time.
    case stock
    /// A day, or all from a point of time on.
    case point
  }

  let record: Int32
  let block: Int
  let begin: Int
  let measure: Measure
  /// Where counting begins: the end of an interval.
  let end: DatePoint
  /// True where it is told as something past, beside what the line is about.
  let isAside: Bool

  init(
    record: Int32, block: Int, begin: Int, isAside: Bool, _ date: DateValue, _ end: DatePoint
  ) {
    self.record = record
    self.block = block
    self.begin = begin
    self.isAside = isAside
    self.end = end
    let isFine = end.month > 0 || end.quarter > 0 || end.season > 0
    measure =
      if !date.isInterval {
        end.day > 0 ? .point : isFine ? .period : .years
      } else if date.from == nil {
        .stock
      } else if date.to == nil {
        .point
      } else {
        isFine ? .period : .years
      }
  }
}

extension Engine {
  /// How many dates before or behind are looked at for one that another may count from.
  private static let anchorReach = 64

  /// Gives dates that count from another one the date that they count from.
  ///
  /// - Complexity: O(n log n) in the dates of the page.
  func anchorDates() {
    var dates: [(begin: Int32, record: Int32)] = []
    var hasCounted = false
    for index in work.records.indices
    where work.isLive(index) && work.tables.types[Int(work.records[index].type)].isDate {
      dates.append((work.records[index].begin, Int32(index)))
      hasCounted = hasCounted || counts(Int32(index))
    }
    guard hasCounted else { return }
    dates.sort { ($0.begin, $0.record) < ($1.begin, $1.record) }
    var anchors: [DateAnchor] = []
    var counted: [(record: Int32, earlier: Int)] = []
    for (_, record) in dates {
      if counts(record) {
        counted.append((record, anchors.count))
      } else if let anchor = anchor(record) {
        anchors.append(anchor)
      }
    }
    for (record, earlier) in counted {
      work.records[Int(record)].anchor =
        anchor(of: record, earlier: anchors[..<earlier], later: anchors[earlier...])?.record ?? -1
    }
  }

  /// True for a date that counts from another one.
  private func counts(_ record: Int32) -> Bool {
    let names = printer.dates
    let parts = work.dateFrame(of: record, names)
    return parts.has(names.samePeriod) || parts.has(names.sameDay) || parts.has(names.sameMonth)
      || parts.has(names.sameYear)
  }

  /// A date as one to count from; `nil` where it is none, or only one that others are measured by.
  private func anchor(_ record: Int32) -> DateAnchor? {
    guard let date = work.date(record, printer.dates, printer.reference, program),
      let end = date.to ?? date.from
    else { return nil }
    let begin = Int(work.records[Int(record)].begin)
    guard let block = work.block(of: begin) else { return nil }
    let tokens = work.blocks[block].tokens
    let line = Segment(
      begin: Int32(tokens.lowerBound), end: Int32(tokens.upperBound), context: 0,
      block: Int32(block), sentenceBegin: 0, sentenceEnd: 0)
    guard
      !work.isForbidden(
        program.resolve.compared, begin, Int(work.records[Int(record)].end), line, program)
    else { return nil }
    let isAside = work.dateFrame(of: record, printer.dates).has(printer.dates.past)
    return DateAnchor(
      record: record, block: block, begin: begin, isAside: isAside, date, end)
  }

  private func anchor(
    of record: Int32, earlier: ArraySlice<DateAnchor>, later: ArraySlice<DateAnchor>
  ) -> DateAnchor? {
    let begin = Int(work.records[Int(record)].begin)
    guard let block = work.block(of: begin) else { return nil }
    let names = printer.dates
    let parts = work.dateFrame(of: record, names)
    let before = earlier.suffix(Self.anchorReach)
    let line = before.drop { $0.block < block }
    let above = before.filter { $0.block < block && program.isContent(work.labels[$0.block]) }
    if parts.has(names.samePeriod) {
      let year = work.decimal(work.field(names.year.name, in: parts.frame), program)?.integer
      return period(
        before: begin, in: block, not: Int(clamping: year ?? 0), line, above,
        later.prefix(Self.anchorReach))
    }
    if parts.has(names.sameDay) {
      let days = line.filter { $0.end.day > 0 }
      return days.last { !$0.isAside } ?? days.last ?? above.last { $0.end.day > 0 }
    }
    if parts.has(names.sameMonth) {
      let own = line.last { $0.end.month > 0 }
      return own ?? (printer.reference.published == nil ? above.last { $0.end.month > 0 } : nil)
    }
    return line.last { $0.end.year > 0 }
  }

  /// The period that one of another year is measured with: that of the line, else of the sentence,
  /// else of the page.
  private func period(
    before begin: Int, in block: Int, not year: Int, _ line: ArraySlice<DateAnchor>,
    _ above: [DateAnchor], _ later: ArraySlice<DateAnchor>
  ) -> DateAnchor? {
    func fits(_ anchor: DateAnchor) -> Bool { anchor.end.year > 0 && anchor.end.year != year }
    func isPast(_ anchor: DateAnchor) -> Bool {
      fits(anchor)
        && (printer.reference.year == 0 || anchor.end.year <= printer.reference.year)
    }
    if let found = line.last(where: { $0.measure == .period && fits($0) }) { return found }
    let sentence = sentenceBegin(of: begin, in: block)
    if let found = line.last(where: {
      $0.measure == .years && $0.begin >= sentence && fits($0)
    }) {
      return found
    }
    if let found = later.first(where: {
      $0.block == block && $0.measure == .period && fits($0)
        && sentenceBegin(of: $0.begin, in: block) <= begin
    }) {
      return found
    }
    if let found = above.last(where: { $0.measure == .period && isPast($0) }) { return found }
    if let found = line.last(where: { $0.measure == .stock && fits($0) }) { return found }
    if let found = above.last(where: { $0.measure == .stock && isPast($0) }) { return found }
    if let found = later.first(where: {
      $0.block > block && program.isContent(work.labels[$0.block]) && $0.measure == .period
        && isPast($0)
    }) {
      return found
    }
    return line.last(where: fits)
  }

  /// Where the sentence of a token begins, as far as it is looked back.
  private func sentenceBegin(of token: Int, in block: Int) -> Int {
    let tokens = work.blocks[block].tokens
    return work.sentenceStart(
      before: min(token + 1, tokens.upperBound - 1), low: tokens.lowerBound,
      abbreviation: program.abbreviationHole, program)?.lowerBound ?? token
  }
}
