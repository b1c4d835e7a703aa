import Testing

@testable import DukienEngine

@Suite("Dates")
struct DateTests {
  /// One value for every field that makes a date, each with words of its own.
  private static let rules = Result {
    try TestRules(
      """
      numbers: {decimal: '.', group: ','}
      lexicons:
        part: {entries: {dawn: MO, noon: MI, dusk: AF, eve: EV, dark: NI}}
        season: {entries: {bloom: 21, heat: 22, fall: 23, frost: 24}}
        plan: [shall]
      classes: {num: {shape: number}}
      values:
        Date: {kind: date, lists_as: date}
        Plain: {is: Date}
        Day: {is: Plain, phrase: "<part:part>? <day:num> / <month:num> / <year:num>"}
        DayMonth: {is: Plain, phrase: "<day:num> / <month:num>"}
        BareDay: {is: Plain, phrase: "day <day:num>"}
        Month: {is: Plain, phrase: "month <month:num> (/ <year:num>)?"}
        Year: {is: Plain, phrase: "year <year:num>"}
        Quarter: {is: Plain, phrase: "quarter <quarter:num> (year <year:num>)?"}
        Season: {is: Plain, phrase: "<season:season> year <year:num>"}
        Clock: {is: Plain, phrase: "<hour:num> : <minute:num> <part:part>? <day:num> / <month:num> / <year:num>"}
        HalfYear: {is: Date, phrase: "half <half:num> year <year:num>"}
        HalfMonth: {is: Date, phrase: "half <half:num> month <month:num> / <year:num>"}
        Months: {is: Date, phrase: "first <months:num> months (year <year:num>)?"}
        LastMonths: {is: Date, phrase: "final <last_months:num> months year <year:num>"}
        Quarters: {is: Date, phrase: "first <quarters:num> quarters year <year:num>"}
        Days: {is: Date, phrase: "first <days:num> days month <month:num> / <year:num>"}
        Range: {is: Date, phrase: "from <from:Plain> to <to:Plain>"}
        Since: {is: Date, phrase: "since <since:Plain>"}
        Until: {is: Date, phrase: "until <until:Plain>"}
        SinceNow: {is: Date, phrase: "since <since:Plain> up to now", gives: {until_now: 1}}
        Now: {is: Date, phrase: "up to now", gives: {until_now: 1}}
        Past: {is: Date, phrase: "past month <month:num>", gives: {past: 1}}
        PastDay: {is: Date, phrase: "past <day:num> / <month:num>", gives: {past: 1}}
        LastYear: {is: Date, phrase: last year, gives: {year_shift: -1}}
        LastMonth: {is: Date, phrase: last month, gives: {month_shift: -1}}
        Yesterday: {is: Date, phrase: yesterday, gives: {day_shift: -1}}
        LastYearMonth: {is: Date, phrase: "month <month:num> last year", gives: {year_shift: -1}}
        Same: {is: Date, phrase: same period, gives: {same_period: 1}}
        SameOf: {is: Date, phrase: "same period year <year:num>", gives: {same_period: 1}}
        YearBefore: {is: Date, phrase: the year before, gives: {same_year: 1}}
        MonthBefore: {is: Date, phrase: the month before, gives: {same_month: 1}}
        DayAfter: {is: Date, phrase: the <part:part>? day after, gives: {same_day: 1, day_shift: 1}}
      resolve: {latest: Plain, unless: plan}
      zones:
      - {zone: byline, when: {starts_with: "posted <date:Day>"}}
      - {zone: body, content: yes, when: {words: 0..}}
      article: {published_at: {from: byline.date, kind: date}}
      """)
  }

  private func norms(_ text: String, published: String = "") throws -> [String] {
    try Self.rules.get().read(text, published: published).norms
  }

  @Test(
    "each field of a date is printed as EDTF",
    arguments: [
      ("4/7/2023", "2023-07-04"),
      ("04/07/23", "2023-07-04"),
      ("month 7/2023", "2023-07"),
      ("year 2023", "2023"),
      ("year 988", "0988"),
      ("quarter 3 year 2023", "2023-Q3"),
      ("bloom year 2023", "2023-21"),
      ("frost year 2023", "2023-24"),
      ("dawn 4/7/2023", "2023-07-04TMO"),
      ("dark 4/7/2023", "2023-07-04TNI"),
      ("8:05 4/7/2023", "2023-07-04T08:05"),
      ("0:00 4/7/2023", "2023-07-04T00:00"),
      ("8:05 dawn 4/7/2023", "2023-07-04T08:05"),
      ("8:05 eve 4/7/2023", "2023-07-04T20:05"),
      ("2:05 dusk 4/7/2023", "2023-07-04T14:05"),
      ("14:05 dusk 4/7/2023", "2023-07-04T14:05"),
      ("11:05 dark 4/7/2023", "2023-07-04T23:05"),
      ("2:05 dark 4/7/2023", "2023-07-04T02:05"),
      ("half 1 year 2023", "2023-01/2023-06"),
      ("half 2 year 2023", "2023-07/2023-12"),
      ("half 1 month 2/2024", "2024-02-01/2024-02-15"),
      ("half 2 month 2/2024", "2024-02-16/2024-02-29"),
      ("half 2 month 2/2023", "2023-02-16/2023-02-28"),
      ("first 9 months year 2023", "2023-01/2023-09"),
      ("first 12 months year 2023", "2023-01/2023-12"),
      ("final 6 months year 2023", "2023-07/2023-12"),
      ("first 3 quarters year 2023", "2023-01/2023-09"),
      ("first 10 days month 3/2023", "2023-03-01/2023-03-10"),
      ("since 1/5/2023", "2023-05-01/.."),
      ("until month 5/2023", "../2023-05"),
      ("from year 2020 to year 2023", "2020/2023"),
    ])
  func fields(text: String, norm: String) throws { #expect(try norms(text) == [norm]) }

  @Test(
    "a range gives its beginning what only its end names",
    arguments: [
      ("from day 3 to 7/5/2023", "2023-05-03/2023-05-07"),
      ("from 28/4 to 3/5/2023", "2023-04-28/2023-05-03"),
      ("from month 1 to month 9/2023", "2023-01/2023-09"),
      ("from month 11 to month 2/2024", "2023-11/2024-02"),
      ("from 28/12 to 3/1/2024", "2023-12-28/2024-01-03"),
      ("from 4/7/2022 to 3/5/2023", "2022-07-04/2023-05-03"),
      ("from month 1/2023 to 3/5/2023", "2023-01/2023-05-03"),
    ])
  func ranges(text: String, norm: String) throws {
    #expect(try norms(text) == [norm])
    #expect(try norms(text, published: "2020-01-01") == [norm])
  }

  @Test(
    "a day or month without a year takes the one nearest to the page's date",
    arguments: [
      ("4/7", "2023-11-24", "2023-07-04"),
      ("28/12", "2023-01-05", "2022-12-28"),
      ("3/1", "2022-12-30", "2023-01-03"),
      ("24/11", "2023-11-24", "2023-11-24"),
      ("month 12", "2023-02-10", "2022-12"),
      ("month 1", "2022-12-10", "2023-01"),
      ("past month 3", "2023-02-20", "2022-03"),
      ("past month 2", "2023-02-20", "2023-02"),
      ("past 21/2", "2023-02-20", "2022-02-21"),
      ("past 20/2", "2023-02-20", "2023-02-20"),
      ("from 28/12 to 3/1", "2024-01-05", "2023-12-28/2024-01-03"),
      ("first 9 months", "2023-11-24", "2023-01/2023-09"),
      ("quarter 3", "2023-11-24", "2023-Q3"),
    ])
  func nearestYear(text: String, published: String, norm: String) throws {
    #expect(try norms(text, published: published) == [norm])
  }

  @Test(
    "a date that counts from the page's date needs one",
    arguments: [
      ("last year", "2023-11-24", "2022"),
      ("month 5 last year", "2023-11-24", "2022-05"),
      ("last month", "2023-01-15", "2022-12"),
      ("last month", "2023-03-31", "2023-02"),
      ("yesterday", "2023-03-01", "2023-02-28"),
      ("yesterday", "2024-03-01", "2024-02-29"),
      ("yesterday", "2024-01-01", "2023-12-31"),
      ("up to now", "2023-11-24", "../2023-11-24"),
      ("same period", "2023-11-24", "2022"),
      ("the year before", "2023-11-24", "2022"),
      ("the month before", "2023-01-24", "2022-12"),
      ("the day after", "2023-12-31", "2024-01-01"),
    ])
  func relative(text: String, published: String, norm: String) throws {
    #expect(try norms(text, published: published) == [norm])
    #expect(try norms(text) == [])
  }

  @Test("an interval up to a now that nobody knows stays open")
  func openNow() throws {
    #expect(
      try norms("since month 1/2023 up to now", published: "2023-11-24") == ["2023-01/2023-11-24"])
    #expect(try norms("since month 1/2023 up to now") == ["2023-01/.."])
  }

  @Test("without any reference a missing year stays visibly missing")
  func noYear() throws {
    #expect(try norms("4/7, month 7, first 9 months") == ["--07-04", "--07"])
  }

  @Test(
    "a date that counts from an earlier one takes the nearest that is fine enough",
    arguments: [
      ("year 2020, same period", ["2020", "2019"]),
      ("first 9 months year 2023, same period", ["2023-01/2023-09", "2022-01/2022-09"]),
      ("quarter 2 year 2023, same period year 2019", ["2023-Q2", "2019-Q2"]),
      ("month 1/2023, year 2020, the month before", ["2023-01", "2020", "2022-12"]),
      ("4/7/2023, month 9/2023, the day after", ["2023-07-04", "2023-09", "2023-07-05"]),
      ("31/12/2023, the dusk day after", ["2023-12-31", "2024-01-01TAF"]),
      ("year 2020, same period, same period", ["2020", "2019", "2019"]),
      ("28/2/2023, the day after", ["2023-02-28", "2023-03-01"]),
      ("28/2/2024, the day after", ["2024-02-28", "2024-02-29"]),
      ("from 3/5/2023 to 7/5/2023, the day after", ["2023-05-03/2023-05-07", "2023-05-08"]),
    ])
  func anchors(text: String, norms: [String]) throws {
    #expect(try self.norms(text, published: "2021-06-01") == norms)
  }

  @Test("an anchor stands in the same block")
  func anchorBlock() throws {
    #expect(
      try norms("year 2020\nsame period", published: "2021-06-01") == ["2020", "2020"])
  }

  @Test("where a date was completed from is said")
  func origins() throws {
    let rules = try TestRules(
      """
      classes: {num: {shape: number}}
      values:
        Date: {kind: date}
        Plain: {is: Date, phrase: "<day:num> / <month:num> (/ <year:num>)?"}
        Same: {is: Date, phrase: same, gives: {same_period: 1}}
      facts: {f: {roles: {on: Date}, keep: all}}
      rules: [{rule: f, emits: f, phrase: "zax <on:Date>"}]
      """)
    let read = rules.read("zax 4/7/2020, zax 4/7, zax same", published: "2023-06-01")
    #expect(
      read.facts == ["f(on: 2020-07-04)", "f(on: 2023-07-04)", "f(on: 2022-07-04)"])
    #expect(read.result.roles.map { read.string($0.from) } == ["", "published_at", "anchor"])
  }

  @Test(
    "of two dates of facts that are one, the one that is a part of the other is kept",
    arguments: [
      ("zax year 2020, zax 4/7/2020", "f(on: 2020-07-04)"),
      ("zax 4/7/2020, zax year 2020", "f(on: 2020-07-04)"),
      ("zax year 2020, zax 4/7/2021", "f(on: 2020)"),
      ("zax 7/2020, zax 4/7/2020", "f(on: 2020-07-04)"),
    ])
  func finerDates(text: String, fact: String) throws {
    let rules = try TestRules(
      """
      classes: {num: {shape: number}}
      values:
        Date: {kind: date}
        Day: {is: Date, phrase: "<day:num> / <month:num> / <year:num>"}
        Month: {is: Date, phrase: "<month:num> / <year:num>"}
        Year: {is: Date, phrase: "year <year:num>"}
      facts: {f: {roles: {what: text, on: Date}, identity: [what], keep: merge}}
      rules: [{rule: f, emits: f, phrase: "<what = zax> <on:Date>"}]
      """)
    #expect(rules.read(text).facts.map { $0.replacing("what: zax, ", with: "") } == [fact])
  }

  @Test(
    "the calendar has no such date, so there is none",
    arguments: [
      "30/2/2023", "29/2/2023", "29/2/1900", "31/4/2023", "32/1/2023", "1/13/2023", "1/0/2023",
      "0/1/2023", "month 13/2023", "month 0/2023", "year 10000", "year 123456789",
      "25:00 1/5/2023", "24:00 1/5/2023", "8:60 1/5/2023", "quarter 5 year 2023",
      "quarter 0 year 2023", "half 3 year 2023", "half 0 year 2023", "half 3 month 2/2023",
      "first 13 months year 2023", "first 0 months year 2023", "first 5 quarters year 2023",
      "first 30 days month 2/2023", "first 0 days month 2/2023", "final 13 months year 2023",
      "from 30/2/2023 to 3/5/2023", "from 1/5/2023 to 31/6/2023", "since 30/2/2023",
      "from 7/5/2023 to 3/5/2023", "from year 2023 to year 2020",
    ])
  func invalid(text: String) throws {
    #expect(try norms(text) == [])
    #expect(try norms(text, published: "2023-11-24") == [])
  }

  @Test("the same period of a leap day is no date that does not exist")
  func leapDay() throws {
    let found = try norms("29/2/2024, same period")
    #expect(found.first == "2024-02-29")
    #expect(!found.contains("2023-02-29"))
  }

  @Test("no shift leads out of the calendar")
  func farShifts() throws {
    #expect(try norms("year 2023, same period year 99999") == ["2023"])
    #expect(try norms("year 2023, same period year 12345") == ["2023"])
    #expect(try norms("1/1/9999, the day after") == ["9999-01-01", "9999-01-02"])
    #expect(try norms("31/12/9999, the day after") == ["9999-12-31"])
  }

  @Test("a date on the page goes before the host's, and makes the year of the others")
  func publishedOnPage() throws {
    let rules = try Self.rules.get()
    let read = rules.read("posted 24/11/2023\nfep 4/7", published: "2010-01-01")
    #expect(read.fields == ["published_at: 2023-11-24"])
    #expect(read.norms == ["2023-07-04"])
    #expect(
      rules.read("posted 31/2/2023\nfep 4/7", published: "2010-06-01").norms == ["2010-07-04"])
  }

  @Test(
    "where no page date is known, the latest year outside of plans counts",
    arguments: [
      ("Fep year 2019. Gom year 2021. Zax 4/7.", "2021-07-04"),
      ("Fep year 2019. Gom shall year 2030. Zax 4/7.", "2019-07-04"),
      ("Shall year 2030. Zax 4/7.", "--07-04"),
      ("Zax 4/7. Fep 5/5/2018.", "2018-07-04"),
    ])
  func latestYear(text: String, norm: String) throws { #expect(try norms(text).contains(norm)) }

  @Test(
    "a host's date of another form counts for nothing",
    arguments: ["", "24/11/2023", "2023-13-01", "2023-02-30", "2023-11", "yesterday", "２０２３-11-24"])
  func hostDate(published: String) throws {
    #expect(try norms("4/7", published: published) == ["--07-04"])
  }

  @Test("a host's date may have a time")
  func hostTime() throws {
    #expect(try norms("4/7", published: "2023-11-24T10:00:00+07:00") == ["2023-07-04"])
  }
}
