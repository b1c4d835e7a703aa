internal import DukienRules
internal import DukienText

extension Workspace {
  /// Reads the digits of one token by its shape.
  ///
  /// Marks that group stand before exactly three digits. The language's decimal mark is one where
  /// it stands once and last; the other mark is one where it cannot group ("2.5" under a decimal
  /// comma). Anything else, such as "29.12.2017", is no number.
  func parseNumber(_ begin: Int32, _ end: Int32, _ format: NumberFormat) -> Decimal? {
    guard end == begin + 1 else { return nil }
    return withPrinted(begin, end) { Decimal($0, format) }
  }

  /// Run number `index`, from 1, of the digits in the tokens.
  func digitRun(_ index: Int, _ begin: Int32, _ end: Int32) -> Decimal? {
    guard index >= 1 else { return nil }
    var seen = 0
    var isInside = false
    var digits = DigitReader()
    for place in span(Int(begin), Int(end)).range {
      guard DigitReader.isDigit(text[place]) else {
        isInside = false
        continue
      }
      if !isInside { seen += 1 }
      isInside = true
      if seen == index { digits.add(text[place]) }
    }
    return digits.decimal(fraction: 0)
  }
}

extension Decimal {
  /// Reads digits and marks; `nil` where they are no number in the format.
  fileprivate init?(_ bytes: UnsafeBufferPointer<UInt8>, _ format: NumberFormat) {
    var digits = DigitReader()
    // How long the run of digits at hand and the first one are.
    var run = 0
    var firstRun = 0
    var decimalMarks = 0
    var groupMarks = 0
    var last: UInt8 = 0
    // False where a run between two marks has not three digits.
    var isGrouped = true
    for byte in bytes {
      if DigitReader.isDigit(byte) {
        digits.add(byte)
        run += 1
        continue
      }
      guard run > 0 else { return nil }
      switch byte {
      case format.decimal: decimalMarks += 1
      case format.group: groupMarks += 1
      default: return nil
      }
      if last == 0 { firstRun = run } else if run != 3 { isGrouped = false }
      last = byte
      run = 0
    }
    guard run > 0 else { return nil }
    var fraction = 0
    if last != 0 {
      guard isGrouped, firstRun == 1 || bytes[0] != 0x30 else { return nil }
      let marks = decimalMarks + groupMarks
      let groups =
        marks == 1 && last == format.group && run == 3 && firstRun <= 3 && bytes[0] != 0x30
      if !groups, (last == format.decimal ? decimalMarks : groupMarks) == 1 {
        guard marks == 1 || firstRun <= 3 else { return nil }
        fraction = run
      } else {
        guard run == 3, firstRun <= 3, decimalMarks == 0 || groupMarks == 0 else { return nil }
      }
    }
    guard let value = digits.decimal(fraction: fraction) else { return nil }
    self = value
  }
}

/// Reads digits one after the other.
private struct DigitReader {
  private var mantissa: Int64 = 0
  private var count = 0

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  mutating func add(_ byte: UInt8) {
    count += 1
    if count <= 18 { mantissa = mantissa * 10 + Int64(byte - 0x30) }
  }

  /// The number whose last `fraction` digits stand behind the decimal mark; `nil` for none and for
  /// more than 18 digits.
  func decimal(fraction: Int) -> Decimal? {
    count > 0 && count <= 18 ? Decimal(mantissa, exponent: Int32(-fraction)) : nil
  }
}
