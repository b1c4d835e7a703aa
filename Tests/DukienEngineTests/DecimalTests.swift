import Testing

@testable import DukienRules

@Suite("Decimal")
struct DecimalTests {
  @Test(
    "a decimal is printed plainly and shortest",
    arguments: [
      ("5340000000", "5340000000"), ("52.50", "52.5"), ("0.04", "0.04"), ("-12.6", "-12.6"),
      ("0", "0"),
    ])
  func printsShortest(_ text: String, _ printed: String) throws {
    let decimal = try #require(Decimal(parsing: text))
    var bytes: [UInt8] = []
    decimal.write(into: &bytes)
    #expect(String(decoding: bytes, as: UTF8.self) == printed)
  }

  @Test("overflow gives no number", arguments: ["999999999999999999"])
  func overflowIsNil(_ text: String) throws {
    let decimal = try #require(Decimal(parsing: text))
    #expect(decimal.times(decimal) == nil)
  }

  @Test(
    "what is no plain number is refused",
    arguments: ["", ".", "1.2.3", "12a", "--1", "1234567890123456789"])
  func refusesOthers(_ text: String) {
    #expect(Decimal(parsing: text) == nil)
  }
}
