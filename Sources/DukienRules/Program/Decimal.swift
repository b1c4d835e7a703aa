/// An exact decimal number, `mantissa × 10^exponent`, whose arithmetic reports overflow as `nil`.
package struct Decimal: Equatable, Sendable, BitwiseCopyable {
  package var mantissa: Int64
  package var exponent: Int32

  package init(_ mantissa: Int64, exponent: Int32 = 0) {
    self.mantissa = mantissa
    self.exponent = exponent
    normalize()
  }

  /// Parses plain ASCII digits with at most one `.` and an optional leading `-`.
  ///
  /// Returns `nil` for anything else and for more than 18 significant digits.
  package init?(parsing text: String) {
    var mantissa: Int64 = 0
    var exponent: Int32 = 0
    var digits = 0
    var negative = false
    var seenPoint = false
    for (index, byte) in text.utf8.enumerated() {
      if byte == 0x2D, index == 0 {
        negative = true
      } else if byte == 0x2E, !seenPoint {
        seenPoint = true
      } else if byte >= 0x30, byte <= 0x39, digits < 18 {
        mantissa = mantissa * 10 + Int64(byte - 0x30)
        digits += 1
        if seenPoint { exponent -= 1 }
      } else {
        return nil
      }
    }
    guard digits > 0 else { return nil }
    self.init(negative ? -mantissa : mantissa, exponent: exponent)
  }

  /// The value as an integer, or `nil` where it has a fraction or does not fit.
  package var integer: Int64? {
    guard exponent >= 0 else { return nil }
    var value = mantissa
    for _ in 0..<min(exponent, 20) {
      let (next, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = next
    }
    return value
  }

  package func times(_ other: Decimal) -> Decimal? {
    let (product, overflow) = mantissa.multipliedReportingOverflow(by: other.mantissa)
    guard !overflow else { return nil }
    return Decimal.bounded(product, exponent &+ other.exponent)
  }

  package func plus(_ other: Decimal) -> Decimal? {
    var (low, high) = exponent < other.exponent ? (self, other) : (other, self)
    while high.exponent > low.exponent {
      let (next, overflow) = high.mantissa.multipliedReportingOverflow(by: 10)
      guard !overflow else { return nil }
      high.mantissa = next
      high.exponent -= 1
    }
    let (sum, overflow) = low.mantissa.addingReportingOverflow(high.mantissa)
    guard !overflow else { return nil }
    low.mantissa = sum
    return Decimal.bounded(sum, low.exponent)
  }

  package var negated: Decimal? {
    let (value, overflow) = Int64(0).subtractingReportingOverflow(mantissa)
    return overflow ? nil : Decimal(value, exponent: exponent)
  }

  /// Appends the shortest plain notation: `5340000000`, `52.5`, `-0.04`.
  package func write(into bytes: inout [UInt8]) {
    bytes += Array(unsafeUninitializedCapacity: longest) { room, count in
      count = room.baseAddress.map { write(to: $0) } ?? 0
    }
  }

  /// The most bytes that its notation may have.
  package var longest: Int { 24 + Int(exponent.magnitude) }

  /// Writes the shortest plain notation where there is room for `longest` bytes; returns its length.
  package func write(to room: UnsafeMutablePointer<UInt8>) -> Int {
    var digits = 1
    var rest = mantissa.magnitude
    while rest > 9 {
      rest /= 10
      digits += 1
    }
    let point = exponent < 0 ? Int(-exponent) : 0
    let shown = max(digits, point + 1)
    var count = 0
    if mantissa < 0 {
      room[0] = 0x2D
      count = 1
    }
    let end = count + shown + (point > 0 ? 1 : 0)
    rest = mantissa.magnitude
    var at = end
    for place in 0..<shown {
      if place == point, point > 0 {
        at -= 1
        room[at] = 0x2E
      }
      at -= 1
      room[at] = UInt8(truncatingIfNeeded: 0x30 + rest % 10)
      rest /= 10
    }
    count = end
    if exponent > 0 {
      (room + count).update(repeating: 0x30, count: Int(exponent))
      count += Int(exponent)
    }
    return count
  }

  private static func bounded(_ mantissa: Int64, _ exponent: Int32) -> Decimal? {
    guard exponent > -30, exponent < 30 else { return nil }
    return Decimal(mantissa, exponent: exponent)
  }

  private mutating func normalize() {
    if mantissa == 0 { exponent = 0 }
    while mantissa != 0, mantissa % 10 == 0 {
      mantissa /= 10
      exponent &+= 1
    }
  }
}
