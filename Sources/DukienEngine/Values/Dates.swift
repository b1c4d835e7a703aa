internal import DukienRules
internal import DukienText

/// A date or an interval of dates.
struct DateValue {
  var from: DatePoint?
  var to: DatePoint?
  var isInterval = false
  var completedBy = DateSource.none
}

/// What completed a date.
enum DateSource: UInt8, BitwiseCopyable {
  case none, reference, publication, anchor

  /// A word for the result's `from`, or "".
  var word: StaticString {
    switch self {
    case .none: ""
    case .reference: "reference"
    case .publication: "published_at"
    case .anchor: "anchor"
    }
  }
}

/// What incomplete dates are completed from.
struct DateReference {
  /// The page's own date, where it has one.
  var published: DatePoint?
  /// The year that counts where there is no full date; 0 for none.
  var year = 0
}

extension Workspace {
  /// The date that a record stands for, completed from `reference`; `nil` where that is not enough.
  ///
  /// Recursion goes down the record's parts, whose depth the rule set bounds.
  func date(
    _ record: Int32, _ names: DateNames, _ reference: DateReference, _ program: Program,
    depth: Int = 0
  ) -> DateValue? {
    guard depth < 12 else { return nil }
    let parts = dateFrame(of: record, names)
    func part(_ name: DateName) -> DateValue? {
      guard parts.has(name), case .record(let inner) = field(name.name, in: parts.frame) else {
        return nil
      }
      return date(inner, names, reference, program, depth: depth + 1)
    }
    let anchor = records[Int(record)].anchor
    let base =
      anchor >= 0 ? date(anchor, names, reference, program, depth: depth + 1) : nil
    if parts.has(names.samePeriod) {
      return samePeriod(
        base, number(names.year, parts, program), number(names.yearShift, parts, program) ?? -1,
        reference)
    }
    if parts.has(names.sameYear) || parts.has(names.sameMonth) || parts.has(names.sameDay) {
      return counted(base, names, reference, parts, program)
    }
    if parts.has(names.from), parts.has(names.to) {
      let first = part(names.from)
      let last = part(names.to)
      guard let first, let last else {
        // An end that counts from a date nobody knows stays open.
        guard first != nil || last != nil,
          isRelative(field((first == nil ? names.from : names.to).name, in: parts.frame), names)
        else { return nil }
        return DateValue(from: first?.from, to: last?.to ?? last?.from, isInterval: true)
      }
      return interval(
        first, last, rawFrom: rawPoint(field(names.from.name, in: parts.frame), names, program))
    }
    if parts.has(names.untilNow) {
      guard let published = reference.published else {
        return part(names.since).map { DateValue(from: $0.from, to: nil, isInterval: true) }
      }
      let end = DatePoint(year: published.year, month: published.month, day: published.day)
      return DateValue(
        from: part(names.since)?.from, to: end, isInterval: true, completedBy: .publication)
    }
    if parts.has(names.since) {
      return part(names.since).map { DateValue(from: $0.from, to: nil, isInterval: true) }
    }
    if parts.has(names.until) {
      return part(names.until).map {
        DateValue(from: nil, to: $0.to ?? $0.from, isInterval: true)
      }
    }
    return plain(names, reference, parts, program)
  }

  private func number(_ name: DateName, _ parts: DateFrame, _ program: Program) -> Int? {
    guard parts.has(name),
      let value = decimal(field(name.name, in: parts.frame), program)?.integer,
      abs(value) < 100_000
    else { return nil }
    return Int(value)
  }

  /// True for a date that counts from another one, or from the day of the page.
  private func isRelative(_ value: FieldValue, _ names: DateNames) -> Bool {
    guard case .record(let record) = value else { return false }
    let parts = dateFrame(of: record, names)
    return parts.has(names.untilNow) || parts.has(names.yearShift) || parts.has(names.monthShift)
      || parts.has(names.dayShift) || parts.has(names.samePeriod) || parts.has(names.sameYear)
      || parts.has(names.sameMonth) || parts.has(names.sameDay)
  }

  private func rawPoint(_ value: FieldValue, _ names: DateNames, _ program: Program) -> DatePoint {
    guard case .record(let record) = value else { return DatePoint() }
    let parts = dateFrame(of: record, names)
    var point = DatePoint()
    point.year = Int(decimal(field(names.year.name, in: parts.frame), program)?.integer ?? 0)
    point.month = Int(decimal(field(names.month.name, in: parts.frame), program)?.integer ?? 0)
    point.isRelative =
      parts.has(names.yearShift) || parts.has(names.monthShift) || parts.has(names.dayShift)
    return point
  }

  /// Joins two dates; the first takes month and year from the second where it has none.
  private func interval(_ first: DateValue, _ last: DateValue, rawFrom: DatePoint) -> DateValue? {
    guard var begin = first.from, let end = last.to ?? last.from else { return nil }
    if begin.hour >= 0, begin.day == 0, rawFrom.month == 0 {
      (begin.year, begin.month, begin.day) = (end.year, end.month, end.day)
    }
    if rawFrom.month == 0, !rawFrom.isRelative, begin.day > 0 || begin.month == 0, end.month > 0,
      begin.day > 0
    {
      begin.month = end.month
    }
    if rawFrom.year == 0, !rawFrom.isRelative, end.year > 0 {
      begin.year = end.year
      if end.month > 0, begin.month > end.month { begin.year -= 1 }
    }
    guard begin.isValid, end.isValid, begin.ordinal <= end.ordinal else { return nil }
    return DateValue(from: begin, to: end, isInterval: true, completedBy: last.completedBy)
  }

  /// The anchor's own period in another year; of one with an open begin, the months up to its end.
  private func samePeriod(
    _ base: DateValue?, _ year: Int?, _ shift: Int, _ reference: DateReference
  ) -> DateValue? {
    guard var base, let end = base.to ?? base.from, end.year > 0 else {
      let own = year ?? (reference.year > 0 ? reference.year + shift : 0)
      guard own > 0 else { return nil }
      return DateValue(from: DatePoint(year: own), to: nil, completedBy: .reference)
    }
    if base.from == nil {
      let last = DatePoint(year: end.year, month: end.month)
      base.from = end.month > 0 ? DatePoint(year: end.year, month: 1) : last
      base.to = end.month > 0 ? last : nil
      base.isInterval = end.month > 0
    }
    let by = year.map { $0 - end.year } ?? shift
    base.from = base.from.map { $0.year > 0 ? $0.adding(years: by) : $0 }
    base.to = base.to.map { $0.adding(years: by) }
    guard base.from?.isValid ?? true, base.to?.isValid ?? true else { return nil }
    base.completedBy = .anchor
    return base
  }

  /// A year, month or day counted from the anchor, else from the page's date.
  private func counted(
    _ base: DateValue?, _ names: DateNames, _ reference: DateReference, _ parts: DateFrame,
    _ program: Program
  ) -> DateValue? {
    let anchor = base?.to ?? base?.from
    var point = DatePoint()
    if parts.has(names.sameYear) {
      let year = anchor?.year ?? reference.year
      guard year > 0 else { return nil }
      point.year = year + (number(names.yearShift, parts, program) ?? -1)
    } else if parts.has(names.sameMonth) {
      let shift = number(names.monthShift, parts, program) ?? -1
      guard let from = anchor ?? reference.published, from.month > 0,
        let moved = from.moved({ $0.adding(months: shift) })
      else { return nil }
      (point.year, point.month) = (moved.year, moved.month)
    } else {
      let shift = number(names.dayShift, parts, program) ?? 0
      guard let from = anchor ?? reference.published, from.day > 0, from.month > 0,
        let moved = from.moved({ $0.adding(days: shift) })
      else { return nil }
      (point.year, point.month, point.day) = (moved.year, moved.month, moved.day)
    }
    point.hour = number(names.hour, parts, program) ?? -1
    point.minute = number(names.minute, parts, program) ?? 0
    if parts.has(names.part) {
      point.part = symbol(field(names.part.name, in: parts.frame), program)
      point.readClock(program)
    }
    guard point.isValid else { return nil }
    return DateValue(from: point, to: nil, completedBy: anchor == nil ? .reference : .anchor)
  }

  private func plain(
    _ names: DateNames, _ reference: DateReference, _ parts: DateFrame, _ program: Program
  ) -> DateValue? {
    // A part that is printed must be one that the calendar has.
    func isWrong(_ name: DateName) -> Bool {
      parts.has(name) && (number(name, parts, program) ?? 0) <= 0
    }
    if isWrong(names.year) || isWrong(names.month) || isWrong(names.day) || isWrong(names.quarter)
      || isWrong(names.half) || isWrong(names.months) || isWrong(names.lastMonths)
      || isWrong(names.quarters) || isWrong(names.days)
    {
      return nil
    }
    if let half = number(names.half, parts, program), half > 2 { return nil }
    var point = DatePoint()
    var completedBy = DateSource.none
    point.year = number(names.year, parts, program) ?? 0
    if point.year > 0, point.year < 100 { point.year += 2000 }
    point.month = number(names.month, parts, program) ?? 0
    point.day = number(names.day, parts, program) ?? 0
    point.hour = number(names.hour, parts, program) ?? -1
    point.minute = number(names.minute, parts, program) ?? 0
    point.quarter = number(names.quarter, parts, program) ?? 0
    point.season = number(names.season, parts, program) ?? 0
    if parts.has(names.part) {
      point.part = symbol(field(names.part.name, in: parts.frame), program)
      point.readClock(program)
    }
    if let shift = number(names.yearShift, parts, program) {
      guard reference.year > 0 else { return nil }
      point.year = reference.year + shift
      completedBy = .reference
    }
    if let shift = number(names.monthShift, parts, program) {
      guard let published = reference.published else { return nil }
      let moved = published.adding(months: shift)
      point.year = moved.year
      point.month = moved.month
      completedBy = .publication
    }
    if let shift = number(names.dayShift, parts, program) {
      guard let published = reference.published, published.day > 0 else { return nil }
      let moved = published.adding(days: shift)
      (point.year, point.month, point.day) = (moved.year, moved.month, moved.day)
      completedBy = .publication
    }
    if point.year == 0 {
      completedBy = complete(&point, reference, isPast: parts.has(names.past))
    }
    guard point.isValid else { return nil }
    return spread(point, parts, names, completedBy, program)
  }

  /// Turns "the first n months", "half h" and the like into the interval they mean.
  private func spread(
    _ point: DatePoint, _ parts: DateFrame, _ names: DateNames, _ completedBy: DateSource,
    _ program: Program
  ) -> DateValue? {
    func span(_ first: Int, _ last: Int) -> DateValue? {
      guard point.year > 0, first >= 1, last <= 12, first <= last else { return nil }
      return DateValue(
        from: DatePoint(year: point.year, month: first),
        to: DatePoint(year: point.year, month: last),
        isInterval: true, completedBy: completedBy)
    }
    func days(_ first: Int, _ last: Int) -> DateValue? {
      let begin = DatePoint(year: point.year, month: point.month, day: first)
      let end = DatePoint(year: point.year, month: point.month, day: last)
      guard end.isValid, begin.isValid else { return nil }
      return DateValue(from: begin, to: end, isInterval: true, completedBy: completedBy)
    }
    if point.month > 0, point.year > 0 {
      let last = DatePoint.days(in: point.month, of: point.year)
      if let half = number(names.half, parts, program) {
        return half == 1 ? days(1, 15) : days(16, last)
      }
      if let count = number(names.days, parts, program) { return days(1, count) }
    }
    if let months = number(names.months, parts, program) { return span(1, months) }
    if let months = number(names.lastMonths, parts, program) { return span(13 - months, 12) }
    if let quarters = number(names.quarters, parts, program) {
      return span(1, 3 * min(quarters, 12))
    }
    if let half = number(names.half, parts, program) { return half == 1 ? span(1, 6) : span(7, 12) }
    return DateValue(from: point, to: nil, completedBy: completedBy)
  }

  /// Gives a date its year: the one nearest to the page's date, else the reference year.
  private func complete(_ point: inout DatePoint, _ reference: DateReference, isPast: Bool)
    -> DateSource
  {
    guard let published = reference.published, point.month > 0, published.month > 0 else {
      point.year = reference.year
      return reference.year > 0 ? .reference : .none
    }
    var best = published.year
    var distance = Int.max
    for year in [published.year, published.year - 1, published.year + 1] {
      var candidate = point
      candidate.year = year
      let away = candidate.ordinal - published.ordinal
      if isPast, away > 0 { continue }
      if abs(away) < distance {
        distance = abs(away)
        best = year
      }
    }
    point.year = best
    return .publication
  }

  func symbol(_ value: FieldValue, _ program: Program) -> UInt32 {
    switch value {
    case .symbol(let symbol): symbol
    case .entry(let entry, _, _): program.textTables.entrySymbols[Int(entry)]
    default: 0
    }
  }
}

extension DateValue {
  /// Appends the date as EDTF: `2023-07-04`, `2023-01/2023-09`, `../2023-07-04`, `2023-11-22TAF`.
  func write(into bytes: inout Buffer<UInt8>, _ program: Program) {
    guard isInterval else {
      from?.write(into: &bytes, program)
      return
    }
    if let from { from.write(into: &bytes, program) } else { bytes.append("..") }
    bytes.append(UInt8(ascii: "/"))
    if let to { to.write(into: &bytes, program) } else { bytes.append("..") }
  }
}
