/// A day of the calendar with the clock and zone that are told with it.
package struct PageDate: Equatable, Sendable, BitwiseCopyable {
  package var year: Int
  /// 1 to 12.
  package var month: Int
  /// 1 to 31, as the month has them.
  package var day: Int
  /// 0 to 23; -1 where no clock is told.
  package var hour = -1
  package var minute = 0
  package var second = 0
  /// Minutes east of Greenwich; nil where no zone is told.
  package var offset: Int?

  package init(
    year: Int, month: Int, day: Int, hour: Int = -1, minute: Int = 0, second: Int = 0,
    offset: Int? = nil
  ) {
    self.year = year
    self.month = month
    self.day = day
    self.hour = hour
    self.minute = minute
    self.second = second
    self.offset = offset
  }

  /// Whether there is such a day and time.
  package var isPossible: Bool {
    year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
      && day <= PageDate.days(in: month, of: year) && hour >= -1 && hour <= 23 && minute >= 0
      && minute <= 59 && second >= 0 && second <= 60 && abs(offset ?? 0) <= 14 * 60
  }

  /// The day and time in Greenwich of a count of seconds since the first of January 1970.
  package init(epochSeconds: Int) {
    let inDay = ((epochSeconds % 86_400) + 86_400) % 86_400
    // The civil calendar from days, counted from the first of March of year 0.
    let days = (epochSeconds - inDay) / 86_400 + 719_468
    let era = (days >= 0 ? days : days - 146_096) / 146_097
    let ofEra = days - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * ofYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    self.init(
      year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month: month,
      day: ofYear - (153 * shifted + 2) / 5 + 1, hour: inDay / 3600, minute: inDay / 60 % 60,
      second: inDay % 60, offset: 0)
  }

  static func days(in month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}
