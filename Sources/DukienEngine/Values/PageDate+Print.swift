internal import DukienText

extension Buffer<UInt8> {
  /// Prints a date as ISO 8601, to the minute where a clock is told, with the zone where that is.
  mutating func append(_ date: PageDate) {
    append(date.year, digits: 4)
    append("-")
    append(date.month, digits: 2)
    append("-")
    append(date.day, digits: 2)
    guard date.hour >= 0 else { return }
    append("T")
    append(date.hour, digits: 2)
    append(":")
    append(date.minute, digits: 2)
    guard let offset = date.offset else { return }
    append(offset < 0 ? "-" : "+")
    append(abs(offset) / 60, digits: 2)
    append(":")
    append(abs(offset) % 60, digits: 2)
  }

  private mutating func append(_ number: Int, digits: Int) {
    var divisor = 1
    for _ in 1..<digits { divisor *= 10 }
    while divisor > 0 {
      append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }
}
