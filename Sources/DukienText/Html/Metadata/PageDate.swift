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

extension PageDate {
  /// The day in an address like `https://example.org/2021/05/04/title`, `…-20210504.html` or
  /// `…/04-05-2021-title`, or nil.
  ///
  /// Year, month and day have four, two and two digits, with one sign between them, or none where
  /// the year comes first; digits stand neither before nor behind.
  package static func inAddress(_ text: [UInt8]) -> PageDate? {
    guard text.starts(with: Array("http".utf8)) || text.first == UInt8(ascii: "/") else {
      return nil
    }
    var at = 0
    while at < text.count {
      guard isDigit(text[at]) else {
        at += 1
        continue
      }
      if let date = yearFirst(in: text, at: at) ?? dayFirst(in: text, at: at) { return date }
      while at < text.count, isDigit(text[at]) { at += 1 }
    }
    return nil
  }

  private static func yearFirst(in text: [UInt8], at begin: Int) -> PageDate? {
    let isJoined = begin + 4 < text.count && isDigit(text[begin + 4])
    guard let (year, month, day) = numbers(in: text, at: begin, (4, 2, 2), isJoined: isJoined)
    else { return nil }
    return likely(year, month, day)
  }

  private static func dayFirst(in text: [UInt8], at begin: Int) -> PageDate? {
    guard let (day, month, year) = numbers(in: text, at: begin, (2, 2, 4), isJoined: false)
    else { return nil }
    return likely(year, month, day)
  }

  private static func likely(_ year: Int, _ month: Int, _ day: Int) -> PageDate? {
    let date = PageDate(year: year, month: month, day: day)
    return (1980...2099).contains(year) && date.isPossible ? date : nil
  }

  /// Three numbers of so many digits, one sign or nothing between them.
  private static func numbers(
    in text: [UInt8], at begin: Int, _ lengths: (Int, Int, Int), isJoined: Bool
  ) -> (Int, Int, Int)? {
    let gap = isJoined ? 0 : 1
    let second = begin + lengths.0 + gap
    let third = second + lengths.1 + gap
    let end = third + lengths.2
    guard end <= text.count, end == text.count || !isDigit(text[end]),
      isJoined || text[second - 1] == text[third - 1] && !isDigit(text[third - 1]),
      let a = number(text[begin..<begin + lengths.0]),
      let b = number(text[second..<second + lengths.1]), let c = number(text[third..<end])
    else { return nil }
    return (a, b, c)
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy(isDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 & 15) }
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
}
