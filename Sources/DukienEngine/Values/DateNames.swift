internal import DukienRules

/// The name of a field that makes a date, and its bit in a `DateFrame`.
struct DateName: BitwiseCopyable {
  let name: UInt16
  let bit: UInt32
}

/// Names of the fields that make a date, resolved once a program.
struct DateNames {
  let year, month, day, hour, minute, part, quarter, half, months, quarters, season: DateName
  let lastMonths, days: DateName
  let from, to, since, until, untilNow, past, yearShift, monthShift, dayShift: DateName
  /// Names of dates that count from an earlier one of their block.
  let samePeriod, sameYear, sameMonth, sameDay: DateName
  /// The bits of each name of the program.
  private let bits: [UInt32]

  init(_ program: Program) {
    var bits = [UInt32](repeating: 0, count: program.names.count)
    var count: UInt32 = 0
    func name(_ text: String) -> DateName {
      let bit: UInt32 = 1 << count
      count += 1
      guard let index = program.names.firstIndex(of: text) else {
        return DateName(name: UInt16.max, bit: bit)
      }
      bits[index] = bit
      return DateName(name: UInt16(index), bit: bit)
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
    self.bits = bits
  }

  func bit(of name: UInt16) -> UInt32 { bits[Int(name)] }
}

/// The fields of a record that may be a date.
struct DateFrame: BitwiseCopyable {
  let frame: Frame
  /// The names that it has, by the bits of `DateNames`.
  var present: UInt32 = 0

  func has(_ name: DateName) -> Bool { present & name.bit != 0 }
}

extension Workspace {
  /// What a record has of the fields that make a date.
  func dateFrame(of record: Int32, _ names: DateNames) -> DateFrame {
    var parts = DateFrame(frame: frame(of: record))
    for index in parts.frame.first..<parts.frame.first + parts.frame.count {
      parts.present |= names.bit(of: fields[index].name)
    }
    return parts
  }
}
