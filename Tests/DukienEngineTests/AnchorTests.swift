import Testing

@testable import DukienEngine

@Suite("What dates count from")
struct AnchorTests {
  private static let rules = Result {
    try TestRules(
      """
      numbers: {decimal: '.', group: ','}
      lexicons: {part: {entries: {dawn: MO, dusk: AF, eve: EV}}}
      classes: {num: {shape: number}}
      values:
        Date: {kind: date, lists_as: date}
        Plain: {is: Date}
        Day: {is: Plain, phrase: "<part:part>? <day:num> / <month:num> (/ <year:num>)?"}
        PastDay: {is: Plain, phrase: "past <day:num> / <month:num> / <year:num>", gives: {past: 1}}
        Month: {is: Plain, phrase: "month <month:num> (/ <year:num>)?"}
        Year: {is: Plain, phrase: "year <year:num>"}
        Years: {is: Date, phrase: "from <from:Year> to <to:Year>"}
        Quarter: {is: Plain, phrase: "quarter <quarter:num> year <year:num>"}
        Months: {is: Plain, phrase: "first <months:num> months year <year:num>"}
        Since: {is: Date, phrase: "since <since:Plain>"}
        Until: {is: Date, phrase: "until <until:Plain>"}
        Same: {is: Date, phrase: same, gives: {same_period: 1}}
        SameOf: {is: Date, phrase: "same of <year:num>", gives: {same_period: 1}}
        SameDay: {is: Date, phrase: "<part:part>? that day", gives: {same_day: 1}}
        DayAfter: {is: Date, phrase: day after, gives: {same_day: 1, day_shift: 1}}
        DayBefore: {is: Date, phrase: day before, gives: {same_day: 1, day_shift: -1}}
        MonthBefore: {is: Date, phrase: month before, gives: {same_month: 1}}
      resolve: {latest: Plain, compared: "against | more ..2 than"}
      zones:
      - {zone: note, when: {starts_with: note}}
      - {zone: body, content: yes, when: {words: 0..}}
      """)
  }

  private func norms(_ text: String, published: String = "2023-08-20") throws -> [String] {
    try Self.rules.get().read(text, published: published).norms
  }

  /// What the last date of the page means, which counts from another.
  private func last(_ text: String, published: String = "2023-08-20") throws -> String? {
    try norms(text, published: published).last
  }

  @Test(
    "a period is measured with the nearest month, quarter or interval before it in the line",
    arguments: [
      ("Quarter 1 year 2023, year 2023, same", "2022-Q1"),
      ("First 6 months year 2023, 4/7/2023, same", "2022-01/2022-06"),
      ("First 6 months year 2023. Month 7/2023, same", "2022-07"),
      ("First 6 months year 2023, until 20/6/2023, same", "2022-01/2022-06"),
      ("First 6 months year 2023, since 20/6/2023, same", "2022-01/2022-06"),
      ("First 6 months year 2023, same of 2019", "2019-01/2019-06"),
      ("First 6 months year 2023, month 5/2019, same of 2019", "2019-01/2019-06"),
      ("Month 5/2023, from year 2015 to year 2020, same", "2022-05"),
    ])
  func periods(text: String, norm: String) throws { #expect(try last(text) == norm) }

  @Test(
    "a year measures where it stands in the sentence, a day where there is nothing else",
    arguments: [
      ("Year 2022 fep, same", "2021"),
      ("First 2 months year 2023 wug\nYear 2022 fep, same", "2021"),
      ("First 2 months year 2023 wug\nYear 2022 fep. Zax, same", "2022-01/2022-02"),
      ("Year 2022 fep. Zax, same", "2021"),
      ("4/7/2023, same", "2022-07-04"),
      ("First 2 months year 2023 wug\n4/7/2023, same", "2022-01/2022-02"),
    ])
  func coarse(text: String, norm: String) throws { #expect(try last(text) == norm) }

  @Test(
    "a date with an open begin stands for the months of its year, where nothing better is",
    arguments: [
      ("Until 20/6/2023 fep, same", "2022-01/2022-06"),
      ("Until month 4/2023 fep, same of 2019", "2019-01/2019-04"),
      ("Until year 2022 fep, same", "2021"),
      ("Until month 4/2023 fep\nZax, same", "2022-01/2022-04"),
      ("Month 5/2023\nUntil month 4/2023 fep, same", "2022-05"),
    ])
  func stocks(text: String, norm: String) throws { #expect(try last(text) == norm) }

  @Test(
    "where the line has none, a period of the content above or else below it measures",
    arguments: [
      ("First 5 months year 2023\nZax\nWug, same", "2022-01/2022-05"),
      ("Month 5/2023\nMonth 6/2023\nWug, same", "2022-06"),
      ("Month 5/2023\nnote month 6/2023\nWug, same", "2022-05"),
      ("Month 5/2023\nMonth 6/2030\nWug, same", "2022-05"),
      ("Year 2021\nWug, same", "2022"),
    ])
  func above(text: String, norm: String) throws { #expect(try last(text) == norm) }

  @Test("what stands above goes before what stands below, and that before the bare year")
  func below() throws {
    #expect(
      try norms("Zax, same of 2022\nMonth 5/2023, month 6/2023") == [
        "2022-05", "2023-05", "2023-06",
      ])
    #expect(try norms("Zax, same\nnote month 4/2023\nMonth 5/2023") == ["2022-05", "2023-05"])
    #expect(
      try norms("Month 4/2023\nZax, same\nMonth 5/2023") == ["2023-04", "2022-04", "2023-05"])
    #expect(try norms("Zax same, month 5/2023") == ["2022-05", "2023-05"])
    #expect(try norms("Month 4/2023\nZax same, month 5/2023") == ["2023-04", "2022-05", "2023-05"])
    #expect(try norms("Zax, same\nYear 2023, 4/7/2023") == ["2022", "2023", "2023-07-04"])
  }

  @Test(
    "no date counts from one that others are measured by",
    arguments: [
      ("Month 5/2023 against month 4/2023, same", "2022-05"),
      ("Month 5/2023 more zax than month 4/2023, same", "2022-05"),
      ("Month 5/2023 against zax month 4/2023, same", "2022-04"),
      ("4/7/2023 against 2/7/2023, that day", "2023-07-04"),
    ])
  func compared(text: String, norm: String) throws { #expect(try last(text) == norm) }

  @Test(
    "the same day is the nearest that is told, in the line and then above",
    arguments: [
      ("Dawn 4/7/2023 fep. Eve that day", "2023-07-04TEV"),
      ("Dawn 4/7/2023 fep\nMonth 5/2023 wug\nEve that day", "2023-07-04TEV"),
      ("4/7/2023 fep, past 2/5/2023 wug, eve that day", "2023-07-04TEV"),
      ("4/7/2023 fep\nPast 2/5/2023 wug, eve that day", "2023-05-02TEV"),
      ("Zax, eve that day", "2023-08-20TEV"),
    ])
  func days(text: String, norm: String) throws { #expect(try last(text) == norm) }

  @Test(
    "days and months count from one without a year, if every year gives the same",
    arguments: [
      ("4/7 fep, eve that day", ["--07-04", "--07-04TEV"]),
      ("31/12 fep, day after", ["--12-31", "--01-01"]),
      ("1/1 fep, day before", ["--01-01", "--12-31"]),
      ("28/2 fep, day after", ["--02-28"]),
      ("1/3 fep, day before", ["--03-01"]),
      ("Month 1 fep, month before", ["--01", "--12"]),
      ("Month 5 fep\nZax, month before", ["--05", "--04"]),
      ("Month 5 fep, same", ["--05"]),
    ])
  func withoutYear(text: String, norms: [String]) throws {
    #expect(try self.norms(text, published: "") == norms)
  }

  @Test("the year of an interval is that in which it begins")
  func reference() throws {
    let rules = try TestRules(
      """
      classes: {num: {shape: number}}
      values:
        Date: {kind: date, lists_as: date}
        Year: {is: Date, phrase: "year <year:num>"}
        Years: {is: Date, phrase: "from <from:Year> to <to:Year>"}
        Day: {is: Date, phrase: "<day:num> / <month:num>"}
      resolve: {latest: Date}
      """)
    #expect(rules.read("Year 2019, from year 2020 to year 2025, 4/7").norms.last == "2020-07-04")
  }

  @Test("a page of many dates is read, each with an anchor from its neighbourhood")
  func manyDates() throws {
    let text = "Month 5/2023 zax" + String(repeating: " 4/7/2023, same.", count: 3_000)
    let found = try norms(text)
    #expect(found.count == 6_001)
    #expect(found[2] == "2022-05")
    #expect(found.last == "2022-07-04")
  }
}
