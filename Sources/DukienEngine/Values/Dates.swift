internal import DukienRules
internal import DukienText

/// A point of the calendar; 0, or -1 for the clock, where a part is unknown.
struct DatePoint: Equatable {
  var year = 0
  var month = 0
  var day = 0
  var hour = -1
  var minute = 0
  /// Part of day as a symbol, 0 for none.
  var part: UInt32 = 0
  var quarter = 0
  var season = 0
  /// True where it was counted from another date, not printed.
  var isRelative = false

  /// Days from a fixed point, for distances; unknown parts count as their first.
  var ordinal: Int {
    let years = year - (month <= 2 ? 1 : 0)
    let months = max(month, 1) + (month <= 2 ? 9 : -3)
    return years * 365 + years / 4 - years / 100 + years / 400 + (153 * months + 2) / 5
      + max(day, 1)
  }

  var isValid: Bool {
    (0...9999).contains(year) && (0...12).contains(month) && day >= 0
      && day <= (month == 0 ? 31 : Self.days(in: month, of: year)) && hour < 24
      && (0..<60).contains(minute) && (0...4).contains(quarter)
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year == 0 || year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }

  /// The same point some days later.
  func adding(days: Int) -> DatePoint {
    var result = self
    var left = max(-400, min(400, days))
    while left > 0 {
      result.day += 1
      if result.day > Self.days(in: result.month, of: result.year) {
        result.day = 1
        result = result.adding(months: 1)
      }
      left -= 1
    }
    while left < 0 {
      result.day -= 1
      if result.day < 1 {
        result = result.adding(months: -1)
        result.day = Self.days(in: result.month, of: result.year)
      }
      left += 1
    }
    return result
  }

  /// The same day some years later; the last of the month where that has no such day.
  func adding(years: Int) -> DatePoint {
    var result = self
    result.year += max(-20_000, min(20_000, years))
    if result.month > 0, result.day > 0, result.year > 0 {
      result.day = min(result.day, Self.days(in: result.month, of: result.year))
    }
    return result
  }

  /// What `step` makes of the point; of one without a year, what it makes of it in every year, if
  /// that is the same.
  func moved(_ step: (DatePoint) -> DatePoint) -> DatePoint? {
    guard year == 0 else { return step(self) }
    let (leap, common) = (2000, 2001)
    var point = self
    point.year = leap
    var moved = step(point)
    point.year = common
    let other = step(point)
    guard moved.month == other.month, moved.day == other.day else { return nil }
    moved.year = 0
    return moved
  }

  /// The same day number some months later.
  func adding(months: Int) -> DatePoint {
    var result = self
    let index = year * 12 + max(month, 1) - 1 + max(-24_000, min(24_000, months))
    result.year = index / 12
    result.month = index % 12 + 1
    return result
  }
}

/// A date or an interval of dates.
struct DateValue {
  var from: DatePoint?
  var to: DatePoint?
  var isInterval = false
  /// What completed it: a word for the result's `from`, or "".
  var completedBy = ""
}

/// Names of the fields that make a date, resolved once a program.
struct DateNames {
  let year, month, day, hour, minute, part, quarter, half, months, quarters, season: UInt16
  let lastMonths, days: UInt16
  let from, to, since, until, untilNow, past, yearShift, monthShift, dayShift: UInt16
  /// Names of dates that count from an earlier one of their block.
  let samePeriod, sameYear, sameMonth, sameDay: UInt16

  init(_ program: Program) {
    func name(_ text: String) -> UInt16 {
      UInt16(program.names.firstIndex(of: text) ?? Int(UInt16.max))
    }
    year = name("year")
    month = name("month")
    day = name("day")
    hour = name("hour")
    minute = name("minute")
    part = name("part")
    quarter = name("quarter")
    half = name("half")
    months = name("months")
    quarters = name("quarters")
    season = name("season")
    from = name("from")
    to = name("to")
    since = name("since")
    until = name("until")
    untilNow = name("until_now")
    past = name("past")
    lastMonths = name("last_months")
    days = name("days")
    samePeriod = name("same_period")
    sameYear = name("same_year")
    sameMonth = name("same_month")
    sameDay = name("same_day")
    yearShift = name("year_shift")
    monthShift = name("month_shift")
    dayShift = name("day_shift")
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
    let frame = frame(of: record)
    func part(_ name: UInt16) -> DateValue? {
      guard case .record(let inner) = field(name, in: frame) else { return nil }
      return date(inner, names, reference, program, depth: depth + 1)
    }
    func number(_ name: UInt16) -> Int? {
      guard let value = decimal(field(name, in: frame), program)?.integer, abs(value) < 100_000
      else { return nil }
      return Int(value)
    }
    func has(_ name: UInt16) -> Bool {
      if case .none = field(name, in: frame) { return false }
      return true
    }
    let anchor = records[Int(record)].anchor
    let base =
      anchor >= 0 ? date(anchor, names, reference, program, depth: depth + 1) : nil
    if has(names.samePeriod) {
      return samePeriod(base, number(names.year), number(names.yearShift) ?? -1, reference)
    }
    if has(names.sameYear) || has(names.sameMonth) || has(names.sameDay) {
      return counted(base, names, reference, frame, number, has, program)
    }
    if has(names.from), has(names.to) {
      let first = part(names.from)
      let last = part(names.to)
      guard let first, let last else {
        // An end that counts from a date nobody knows stays open.
        guard first != nil || last != nil,
          isRelative(field(first == nil ? names.from : names.to, in: frame), names)
        else { return nil }
        return DateValue(from: first?.from, to: last?.to ?? last?.from, isInterval: true)
      }
      return interval(first, last, rawFrom: rawPoint(field(names.from, in: frame), names, program))
    }
    if has(names.untilNow) {
      guard let published = reference.published else {
        return part(names.since).map { DateValue(from: $0.from, to: nil, isInterval: true) }
      }
      let end = DatePoint(year: published.year, month: published.month, day: published.day)
      return DateValue(
        from: part(names.since)?.from, to: end, isInterval: true, completedBy: "published_at")
    }
    if has(names.since) {
      return part(names.since).map { DateValue(from: $0.from, to: nil, isInterval: true) }
    }
    if has(names.until) {
      return part(names.until).map {
        DateValue(from: nil, to: $0.to ?? $0.from, isInterval: true)
      }
    }
    return plain(names, reference, frame, number, has, program)
  }

  /// True for a date that counts from another one, or from the day of the page.
  private func isRelative(_ value: FieldValue, _ names: DateNames) -> Bool {
    guard case .record(let record) = value else { return false }
    let frame = frame(of: record)
    let relative = [
      names.untilNow, names.yearShift, names.monthShift, names.dayShift, names.samePeriod,
      names.sameYear, names.sameMonth, names.sameDay,
    ]
    return relative.contains { name in
      if case .none = field(name, in: frame) { return false }
      return true
    }
  }

  private func rawPoint(_ value: FieldValue, _ names: DateNames, _ program: Program) -> DatePoint {
    guard case .record(let record) = value else { return DatePoint() }
    let frame = frame(of: record)
    var point = DatePoint()
    point.year = Int(decimal(field(names.year, in: frame), program)?.integer ?? 0)
    point.month = Int(decimal(field(names.month, in: frame), program)?.integer ?? 0)
    for shift in [names.yearShift, names.monthShift, names.dayShift] {
      if case .none = field(shift, in: frame) { continue }
      point.isRelative = true
    }
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
      return DateValue(from: DatePoint(year: own), to: nil, completedBy: "reference")
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
    base.completedBy = "anchor"
    return base
  }

  /// A year, month or day counted from the anchor, else from the page's date.
  private func counted(
    _ base: DateValue?, _ names: DateNames, _ reference: DateReference, _ frame: Frame,
    _ number: (UInt16) -> Int?, _ has: (UInt16) -> Bool, _ program: Program
  ) -> DateValue? {
    let anchor = base?.to ?? base?.from
    var point = DatePoint()
    if has(names.sameYear) {
      let year = anchor?.year ?? reference.year
      guard year > 0 else { return nil }
      point.year = year + (number(names.yearShift) ?? -1)
    } else if has(names.sameMonth) {
      guard let from = anchor ?? reference.published, from.month > 0,
        let moved = from.moved({ $0.adding(months: number(names.monthShift) ?? -1) })
      else { return nil }
      (point.year, point.month) = (moved.year, moved.month)
    } else {
      guard let from = anchor ?? reference.published, from.day > 0, from.month > 0,
        let moved = from.moved({ $0.adding(days: number(names.dayShift) ?? 0) })
      else { return nil }
      (point.year, point.month, point.day) = (moved.year, moved.month, moved.day)
    }
    point.hour = number(names.hour) ?? -1
    point.minute = number(names.minute) ?? 0
    if has(names.part) {
      point.part = symbol(field(names.part, in: frame), program)
      point.readClock(program)
    }
    guard point.isValid else { return nil }
    return DateValue(from: point, to: nil, completedBy: anchor == nil ? "reference" : "anchor")
  }

  private func plain(
    _ names: DateNames, _ reference: DateReference, _ frame: Frame, _ number: (UInt16) -> Int?,
    _ has: (UInt16) -> Bool, _ program: Program
  ) -> DateValue? {
    // A part that is printed must be one that the calendar has.
    let counts = [
      names.year, names.month, names.day, names.quarter, names.half, names.months,
      names.lastMonths, names.quarters, names.days,
    ]
    for name in counts where has(name) && (number(name) ?? 0) <= 0 { return nil }
    if let half = number(names.half), half > 2 { return nil }
    var point = DatePoint()
    var completedBy = ""
    point.year = number(names.year) ?? 0
    if point.year > 0, point.year < 100 { point.year += 2000 }
    point.month = number(names.month) ?? 0
    point.day = number(names.day) ?? 0
    point.hour = number(names.hour) ?? -1
    point.minute = number(names.minute) ?? 0
    point.quarter = number(names.quarter) ?? 0
    point.season = number(names.season) ?? 0
    if has(names.part) {
      point.part = symbol(field(names.part, in: frame), program)
      point.readClock(program)
    }
    if let shift = number(names.yearShift) {
      guard reference.year > 0 else { return nil }
      point.year = reference.year + shift
      completedBy = "reference"
    }
    if let shift = number(names.monthShift) {
      guard let published = reference.published else { return nil }
      let moved = published.adding(months: shift)
      point.year = moved.year
      point.month = moved.month
      completedBy = "published_at"
    }
    if let shift = number(names.dayShift) {
      guard let published = reference.published, published.day > 0 else { return nil }
      let moved = published.adding(days: shift)
      (point.year, point.month, point.day) = (moved.year, moved.month, moved.day)
      completedBy = "published_at"
    }
    if point.year == 0 {
      completedBy = complete(&point, reference, isPast: has(names.past))
    }
    guard point.isValid else { return nil }
    return spread(point, number, names, completedBy)
  }

  /// Turns "the first n months", "half h" and the like into the interval they mean.
  private func spread(
    _ point: DatePoint, _ number: (UInt16) -> Int?, _ names: DateNames, _ completedBy: String
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
      if let half = number(names.half) { return half == 1 ? days(1, 15) : days(16, last) }
      if let count = number(names.days) { return days(1, count) }
    }
    if let months = number(names.months) { return span(1, months) }
    if let months = number(names.lastMonths) { return span(13 - months, 12) }
    if let quarters = number(names.quarters) { return span(1, 3 * min(quarters, 12)) }
    if let half = number(names.half) { return half == 1 ? span(1, 6) : span(7, 12) }
    return DateValue(from: point, to: nil, completedBy: completedBy)
  }

  /// Gives a date its year: the one nearest to the page's date, else the reference year.
  private func complete(_ point: inout DatePoint, _ reference: DateReference, isPast: Bool)
    -> String
  {
    guard let published = reference.published, point.month > 0, published.month > 0 else {
      point.year = reference.year
      return reference.year > 0 ? "reference" : ""
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
    return "published_at"
  }

  func symbol(_ value: FieldValue, _ program: Program) -> UInt32 {
    switch value {
    case .symbol(let symbol): symbol
    case .entry(let entry, _, _): program.lexicon.entries[Int(entry)].symbol
    default: 0
    }
  }
}

extension DateValue {
  /// Appends the date as EDTF: `2023-07-04`, `2023-01/2023-09`, `../2023-07-04`, `2023-11-22TAF`.
  func write(into bytes: inout [UInt8], _ program: Program) {
    guard isInterval else {
      from?.write(into: &bytes, program)
      return
    }
    if let from { from.write(into: &bytes, program) } else { bytes += Array("..".utf8) }
    bytes.append(UInt8(ascii: "/"))
    if let to { to.write(into: &bytes, program) } else { bytes += Array("..".utf8) }
  }
}

extension DatePoint {
  /// Moves a clock before noon into the afternoon or evening that its part of day names.
  mutating func readClock(_ program: Program) {
    guard hour >= 0, hour < 12 else { return }
    switch program.symbol(part) {
    case "AF", "EV": hour += 12
    case "NI" where hour >= 6: hour += 12
    default: break
    }
  }

  func write(into bytes: inout [UInt8], _ program: Program) {
    if year == 0 {
      guard month > 0 else { return }
      bytes += Array("--".utf8)
    } else {
      Self.pad(year, 4, &bytes)
      if season > 0 || quarter > 0 || month > 0 { bytes.append(UInt8(ascii: "-")) }
    }
    if quarter > 0 {
      bytes += [UInt8(ascii: "Q"), UInt8(0x30 + quarter)]
      return
    }
    if season > 0 {
      Self.pad(season, 2, &bytes)
      return
    }
    guard month > 0 else { return }
    Self.pad(month, 2, &bytes)
    guard day > 0 else { return }
    bytes.append(UInt8(ascii: "-"))
    Self.pad(day, 2, &bytes)
    if hour >= 0 {
      bytes.append(UInt8(ascii: "T"))
      Self.pad(hour, 2, &bytes)
      bytes.append(UInt8(ascii: ":"))
      Self.pad(minute, 2, &bytes)
    } else if part > 0 {
      bytes.append(UInt8(ascii: "T"))
      bytes += program.symbols.text(part)
    }
  }

  private static func pad(_ value: Int, _ width: Int, _ bytes: inout [UInt8]) {
    let digits = Array(String(value).utf8)
    bytes += repeatElement(0x30, count: max(0, width - digits.count))
    bytes += digits
  }
}
