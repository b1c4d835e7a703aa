import DukienText
import Testing

@Suite("dates of metadata")
struct PageDateTests {
  static let understood: [(String, String)] = [
    // ISO 8601.
    ("2021-05-04", "2021-05-04"),
    ("2021-5-4", "2021-05-04"),
    ("2021-05-04T10:20:30+07:00", "2021-05-04 10:20:30 +420"),
    ("2021-05-04T10:20:30.123Z", "2021-05-04 10:20:30 +0"),
    ("2021-05-04T10:20:30,123456-0330", "2021-05-04 10:20:30 -210"),
    ("2021-05-04T10:20:30+07", "2021-05-04 10:20:30 +420"),
    ("2021-05-04T10:20", "2021-05-04 10:20:00"),
    ("2021-05-04t10:20z", "2021-05-04 10:20:00 +0"),
    ("2021-05-04 10:20", "2021-05-04 10:20:00"),
    ("2021-05-04 10:20:30 +0200", "2021-05-04 10:20:30 +120"),
    ("2021-05-04 10:20:30 −02:00", "2021-05-04 10:20:30 -120"),
    ("2021-05-04T1020+0000", "2021-05-04 10:20:00 +0"),
    ("20210504T102000Z", "2021-05-04 10:20:00 +0"),
    ("20210504 10:20", "2021-05-04 10:20:00"),
    (" 2021-05-04T10:20:30+02:00 ", "2021-05-04 10:20:30 +120"),
    ("2021-05-04T10:20:30+02:00[Europe/Berlin]", "2021-05-04 10:20:30 +120"),
    ("2021-05-04T00:00:00", "2021-05-04 00:00:00"),
    ("2020-02-29", "2020-02-29"),
    // Digits.
    ("20210504", "2021-05-04"),
    ("202105041020", "2021-05-04 10:20:00"),
    ("20210504102030", "2021-05-04 10:20:30"),
    ("1620123630", "2021-05-04 10:20:30 +0"),
    ("1620123630999", "2021-05-04 10:20:30 +0"),
    ("951782400", "2000-02-29 00:00:00 +0"),
    // RFC 822, RFC 850, C and JavaScript.
    ("Tue, 04 May 2021 10:20:30 GMT", "2021-05-04 10:20:30 +0"),
    ("Tue, 4 May 2021 10:20 +0700", "2021-05-04 10:20:00 +420"),
    ("Tuesday, 04-May-21 10:20:30 EST", "2021-05-04 10:20:30 -300"),
    ("Tue May 04 10:20:30 2021", "2021-05-04 10:20:30"),
    ("Tue May 04 10:20:30 CEST 2021", "2021-05-04 10:20:30 +120"),
    ("Tue May 04 2021 10:20:30 GMT+0200 (CEST)", "2021-05-04 10:20:30 +120"),
    // Month names.
    ("May 4, 2021", "2021-05-04"),
    ("Sept. 4th, 2021 at 9:05 p.m. PDT", "2021-09-04 21:05:00 -420"),
    ("4 May 2021 10:20", "2021-05-04 10:20:00"),
    ("4th of May, 2021", "2021-05-04"),
    ("DECEMBER 24, 1999 12:01 AM", "1999-12-24 00:01:00"),
    ("1 Jan 2021, 12:30 pm", "2021-01-01 12:30:00"),
    ("May 4, 2021 - 10:20", "2021-05-04 10:20:00"),
    // Numbers.
    ("2021/05/04", "2021-05-04"),
    ("2021.5.4 10:20", "2021-05-04 10:20:00"),
    ("04.05.2021", "2021-05-04"),
    ("4.5.2021, 10:20", "2021-05-04 10:20:00"),
    ("13/05/2021", "2021-05-13"),
    ("05/13/2021", "2021-05-13"),
    ("05/05/2021", "2021-05-05"),
    ("31-12-2021 10:20", "2021-12-31 10:20:00"),
    // What follows the date is not looked at.
    ("2021-05-04 (updated)", "2021-05-04"),
    ("2021-05-04 10 o'clock", "2021-05-04"),
  ]

  @Test("a date is read with its clock and zone", arguments: understood)
  func understands(_ text: String, _ expected: String) {
    #expect(PageDate.read(Array(text.utf8)).map(written) == expected)
  }

  @Test(
    "the impossible and the ambiguous are refused",
    arguments: [
      "", " ", "today", "2021", "2021-05", "May 2021", "2021-13-01", "2021-00-10", "2021-02-29",
      "1900-02-29", "2021-04-31", "2021-05-04T25:00", "2021-05-04T10:60", "2021-05-04T10:20+19:00",
      "0000-01-01", "04/05/2021", "4-5-2021", "32.01.2021", "01.13.2021", "14/14/2021",
      "Foo 4, 2021",
      "4 Mayor 2021", "20211304", "123456", "12345678901234567890", "2021-05/04", "٤ May 2021",
      "99999999999", "2021-005", "May 41, 2021", "-5", "Tue,", "4 May", "May 4 10:20",
      "May 4, 2021 13:99", "2021-05-04 14:00:99",
    ])
  func refuses(_ text: String) {
    #expect(PageDate.read(Array(text.utf8)) == nil)
  }

  @Test("seconds since 1970 give the day of the calendar, before it and after")
  func epoch() {
    #expect(written(PageDate(epochSeconds: 0)) == "1970-01-01 00:00:00 +0")
    #expect(written(PageDate(epochSeconds: -1)) == "1969-12-31 23:59:59 +0")
    #expect(written(PageDate(epochSeconds: 4_102_444_799)) == "2099-12-31 23:59:59 +0")
  }

  @Test("random signs give a possible date or none")
  func random() {
    var numbers = SeededNumbers(state: 11)
    let pieces = [
      "2021", "05", "4", "-", "/", ".", ":", "T", " ", ",", "May", "Tue", "+", "07", "Z", "pm",
      "at",
      "é", "GMT", "999999999999",
    ]
    for size in 0..<2000 {
      let text = (0..<size % 12).compactMap { _ in pieces.randomElement(using: &numbers) }.joined()
      if let date = PageDate.read(Array(text.utf8)) { #expect(date.isPossible) }
    }
  }

  private func written(_ date: PageDate) -> String {
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    var out = "\(date.year)-\(two(date.month))-\(two(date.day))"
    if date.hour >= 0 { out += " \(two(date.hour)):\(two(date.minute)):\(two(date.second))" }
    if let offset = date.offset { out += offset < 0 ? " \(offset)" : " +\(offset)" }
    return out
  }

  @Test(
    "days in addresses",
    arguments: [
      ("https://zax.wug/2021/05/04/gom-toz", "2021-5-4"), ("/gom-20210504.html", "2021-5-4"),
      ("http://zax.wug/a/04-05-2021-gom", "2021-5-4"), ("https://zax.wug/2021-05-04", "2021-5-4"),
      ("https://zax.wug/2021/05/gom", ""), ("https://zax.wug/1234520210504", ""),
      ("https://zax.wug/2021/13/04/", ""), ("https://zax.wug/2021-05/04", ""),
      ("gom 2021/05/04", ""),
    ])
  func inAddresses(address: String, day: String) {
    let date = PageDate.inAddress(Array(address.utf8))
    #expect(date.map { "\($0.year)-\($0.month)-\($0.day)" } ?? "" == day)
  }
}
