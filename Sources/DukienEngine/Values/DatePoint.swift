internal import DukienRules

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

  /// The days that the point covers, as `ordinal` counts; `nil` where its year is not known, and for
  /// quarters and seasons.
  var days: ClosedRange<Int>? {
    guard isValid, year > 0, quarter == 0, season == 0 else { return nil }
    var last = self
    if month == 0 { last.month = 12 }
    if day == 0 { last.day = Self.days(in: last.month, of: year) }
    return ordinal...last.ordinal
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

  func write(into bytes: inout Buffer<UInt8>, _ program: Program) {
    if year == 0 {
      guard month > 0 else { return }
      bytes.append("--")
    } else {
      Self.pad(year, 4, &bytes)
      if season > 0 || quarter > 0 || month > 0 { bytes.append(UInt8(ascii: "-")) }
    }
    if quarter > 0 {
      bytes.append(UInt8(ascii: "Q"))
      bytes.append(UInt8(0x30 + quarter))
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
      bytes.append(program.textTables.symbols[Int(part)])
    }
  }

  /// Appends a number that is not negative, with zeros before it up to `width` digits.
  private static func pad(_ value: Int, _ width: Int, _ bytes: inout Buffer<UInt8>) {
    var unit = 1
    for _ in 1..<width { unit *= 10 }
    while value / unit > 9 { unit *= 10 }
    while unit > 0 {
      bytes.append(UInt8(truncatingIfNeeded: 0x30 + value / unit % 10))
      unit /= 10
    }
  }
}
