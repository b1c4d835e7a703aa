extension PageDate {
  /// Reads a date as pages' metadata write it, or nil.
  ///
  /// Understood are ISO 8601 (`2021-05-04T10:20:30+07:00`, with or without clock, seconds, zone,
  /// leading zeros and signs), RFC 822, English month names before or after the day, `2021/5/4`,
  /// `4.5.2021`, `13/5/2021` where one of both numbers can be no month, digits alone
  /// (`20210504102030`), and seconds or milliseconds since 1970. A day that does not exist, a month
  /// 13 or an hour 25 gives nil, as does a date of which day and month cannot be told apart. What
  /// follows the date is not looked at.
  package static func read(_ text: [UInt8]) -> PageDate? {
    text.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return nil }
      return read(bytes, 0, buffer.count)
    }
  }

  package static func read(_ bytes: UnsafePointer<UInt8>, _ begin: Int, _ end: Int) -> PageDate? {
    let first = skipSpace(bytes, begin, end)
    var reader = PageDateReader(
      bytes: bytes, index: first, end: skipSpaceBack(bytes, first, end))
    guard let date = reader.read(), date.isPossible else { return nil }
    return date
  }
}

/// A number with how many digits it is written.
private struct Digits {
  var value: Int
  var count: Int
}

private struct PageDateReader {
  let bytes: UnsafePointer<UInt8>
  var index: Int
  let end: Int

  mutating func read() -> PageDate? {
    skipWeekday()
    guard let first = readDigits() else { return readMonthFirst() }
    if index == end { return digitsAlone(first) }
    let sign = bytes[index]
    switch first.count {
    case 4: return readYearFirst(first.value, sign)
    case 8:
      guard var date = compactDay(first.value) else { return nil }
      return readClock(&date) ? date : nil
    case 1, 2: return readDayFirst(first.value, sign)
    default: return nil
    }
  }

  // MARK: Orders of the parts

  private mutating func readYearFirst(_ year: Int, _ sign: UInt8) -> PageDate? {
    guard isDateSign(sign) else { return nil }
    index &+= 1
    guard let month = readDigits(), month.count <= 2, take(sign) else { return nil }
    guard let day = readDigits(), day.count <= 2 else { return nil }
    var date = PageDate(year: year, month: month.value, day: day.value)
    return readClock(&date) ? date : nil
  }

  private mutating func readDayFirst(_ first: Int, _ sign: UInt8) -> PageDate? {
    if isDateSign(sign), index &+ 1 < end, isDigit(bytes[index &+ 1]) {
      index &+= 1
      guard let second = readDigits(), second.count <= 2, take(sign) else { return nil }
      guard let year = readDigits(), year.count == 4 else { return nil }
      // With dots the day comes first everywhere; else only a number above 12 tells.
      var date = PageDate(year: year.value, month: second.value, day: first)
      if sign != UInt8(ascii: "."), first <= 12, second.value != first {
        guard second.value > 12 else { return nil }
        swap(&date.month, &date.day)
      }
      return readClock(&date) ? date : nil
    }
    skipOrdinal()
    skipSigns()
    guard let month = readMonth() else { return nil }
    skipSigns()
    guard let year = readYear() else { return nil }
    var date = PageDate(year: year, month: month, day: first)
    return readClock(&date) ? date : nil
  }

  /// `May 4, 2021 10:20`, and `May 4 10:20:30 2021` as of C programs.
  private mutating func readMonthFirst() -> PageDate? {
    guard let month = readMonth() else { return nil }
    skipSigns()
    guard let day = readDigits(), day.count <= 2 else { return nil }
    skipOrdinal()
    var date = PageDate(year: 1, month: month, day: day.value)
    let before = index
    skipSigns()
    if let hour = readDigits(), hour.count <= 2, index < end, bytes[index] == colon {
      index = before
      guard readClock(&date) else { return nil }
      skipSigns()
      guard let year = readYear() else { return nil }
      date.year = year
      return date
    }
    index = before
    skipSigns()
    guard let year = readYear() else { return nil }
    date.year = year
    return readClock(&date) ? date : nil
  }

  /// Digits and nothing else: a day, a day with its clock, or time since 1970.
  private func digitsAlone(_ digits: Digits) -> PageDate? {
    let value = digits.value
    switch digits.count {
    case 8: return compactDay(value)
    case 9, 10: return PageDate(epochSeconds: value)
    case 12, 14:
      let seconds = digits.count == 14 ? value : value * 100
      guard var date = compactDay(seconds / 1_000_000) else { return nil }
      date.hour = seconds / 10_000 % 100
      date.minute = seconds / 100 % 100
      date.second = seconds % 100
      return date
    case 13: return PageDate(epochSeconds: value / 1000)
    default: return nil
    }
  }

  private func compactDay(_ value: Int) -> PageDate? {
    let date = PageDate(year: value / 10_000, month: value / 100 % 100, day: value % 100)
    return date.isPossible ? date : nil
  }

  // MARK: Clock and zone

  /// Reads the clock and zone where they follow; false where they are impossible.
  private mutating func readClock(_ date: inout PageDate) -> Bool {
    let before = index
    skipSigns()
    if index < end, bytes[index] | 0x20 == UInt8(ascii: "t") { index &+= 1 }
    if isWord("at") { index &+= 2 }
    skipSigns()
    guard index > before, let first = readDigits() else {
      index = before
      return true
    }
    if first.count == 4 || first.count == 6 {
      let seconds = first.count == 6 ? first.value : first.value * 100
      date.hour = seconds / 10_000
      date.minute = seconds / 100 % 100
      date.second = seconds % 100
    } else if first.count <= 2, take(colon), let minute = readDigits(), minute.count == 2 {
      date.hour = first.value
      date.minute = minute.value
      if take(colon), let second = readDigits() { date.second = second.value }
    } else {
      index = before
      return true
    }
    if index &+ 1 < end, bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: ","),
      isDigit(bytes[index &+ 1])
    {
      index &+= 1
      _ = readDigits()
    }
    skipSigns(orHyphen: false)
    guard readHalfOfDay(&date) else { return false }
    skipSigns(orHyphen: false)
    return readZone(&date)
  }

  private mutating func readHalfOfDay(_ date: inout PageDate) -> Bool {
    guard index &+ 1 < end else { return true }
    let letter = bytes[index] | 0x20
    guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return true }
    var length = 0
    for form in ["am", "pm", "a.m.", "p.m."] as [StaticString] where isWord(form) {
      length = form.utf8CodeUnitCount
    }
    guard length > 0 else { return true }
    guard date.hour >= 1, date.hour <= 23 else { return date.hour == 0 }
    index &+= length
    if date.hour <= 12 { date.hour = date.hour % 12 &+ (letter == UInt8(ascii: "p") ? 12 : 0) }
    return true
  }

  private mutating func readZone(_ date: inout PageDate) -> Bool {
    guard index < end else { return true }
    if let minutes = readZoneName() { date.offset = minutes }
    guard index < end else { return true }
    let sign = bytes[index]
    // U+2212, the minus sign.
    let isMinus = sign == UInt8(ascii: "-") || startsWithMinusSign()
    guard isMinus || sign == UInt8(ascii: "+") else { return true }
    let before = index
    index &+= sign == 0xE2 ? 3 : 1
    guard let first = readDigits(), first.count <= 4 else {
      index = before
      return true
    }
    var minutes = first.value
    if first.count > 2 {
      minutes = first.value / 100 * 60 + first.value % 100
    } else {
      minutes *= 60
      if take(colon), let rest = readDigits() { minutes += rest.value }
    }
    date.offset = isMinus ? -minutes : minutes
    return true
  }

  private func startsWithMinusSign() -> Bool {
    index &+ 2 < end && bytes[index] == 0xE2 && bytes[index &+ 1] == 0x88
      && bytes[index &+ 2] == 0x92
  }

  /// The zones that RFC 822 names, and those of Central Europe; nil for any other.
  private mutating func readZoneName() -> Int? {
    let begin = index
    while index < end, isLetter(bytes[index]) { index &+= 1 }
    let span = Span(begin, index)
    for (hours, names) in zoneNames.enumerated() {
      for name in names where spanEquals(name, bytes, span) { return (hours &- 8) * 60 }
    }
    index = begin
    return nil
  }

  // MARK: Parts

  private mutating func readYear() -> Int? {
    guard let year = readDigits() else { return nil }
    switch year.count {
    case 4: return year.value
    // As RFC 2822 reads the two digits of RFC 822.
    case 2: return year.value < 50 ? 2000 + year.value : 1900 + year.value
    default: return nil
    }
  }

  private mutating func readMonth() -> Int? {
    let begin = index
    while index < end, isLetter(bytes[index]) { index &+= 1 }
    let count = index &- begin
    guard count >= 3 else { return nil }
    for (month, name) in monthNames.enumerated() {
      let isShort = count == 3 || count == 4 && month == 8
      guard isShort ? count <= name.utf8CodeUnitCount : count == name.utf8CodeUnitCount else {
        continue
      }
      var isSame = true
      for offset in 0..<count where bytes[begin &+ offset] | 0x20 != name.utf8Start[offset] {
        isSame = false
      }
      if isSame {
        _ = take(UInt8(ascii: "."))
        return month &+ 1
      }
    }
    return nil
  }

  private mutating func skipWeekday() {
    for name in weekdayNames where startsLike(name, bytes, index, end) {
      while index < end, isLetter(bytes[index]) { index &+= 1 }
      skipSigns()
      return
    }
  }

  /// The letters of `4th`, and `of`.
  private mutating func skipOrdinal() {
    for ending in ["st", "nd", "rd", "th"] as [StaticString] where isWord(ending) { index &+= 2 }
    let before = index
    skipSigns()
    if isWord("of") { index &+= 2 } else { index = before }
  }

  private mutating func skipSigns(orHyphen: Bool = true) {
    while index < end {
      switch bytes[index] {
      case 0...0x20, UInt8(ascii: ","), UInt8(ascii: "|"): index &+= 1
      case UInt8(ascii: "-") where orHyphen: index &+= 1
      default:
        let space = spaceLength(bytes, index, end)
        if space == 0 { return }
        index &+= space
      }
    }
  }

  private mutating func readDigits() -> Digits? {
    let begin = index
    var value = 0
    while index < end, isDigit(bytes[index]) {
      if index &- begin < 15 { value = value &* 10 &+ Int(bytes[index] &- 0x30) }
      index &+= 1
    }
    return index > begin ? Digits(value: value, count: index &- begin) : nil
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard index < end, bytes[index] == byte else { return false }
    index &+= 1
    return true
  }

  /// Whether the word in lower case stands here, in any case, and no letter after it.
  private func isWord(_ word: StaticString) -> Bool {
    let after = index &+ word.utf8CodeUnitCount
    return startsLike(word, bytes, index, end) && (after >= end || !isLetter(bytes[after]))
  }
}

private let colon: UInt8 = 0x3A

private func isDateSign(_ byte: UInt8) -> Bool {
  byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
}

private func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

private func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }

private let monthNames: [StaticString] = [
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
  "november", "december",
]

private let weekdayNames: [StaticString] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]

/// The names of zones by the hour, from eight hours west of Greenwich on.
private let zoneNames: [[StaticString]] = [
  ["pst"], ["mst", "pdt"], ["cst", "mdt"], ["est", "cdt"], ["edt"], [], [], [],
  ["gmt", "utc", "z", "ut"], ["cet"], ["cest"],
]
