extension HtmlTree {
  /// Where the file of an `img` is, as the page writes it: what a script is to put in its place,
  /// else `src`, else the largest of `srcset`. Nil where it has no address but data.
  ///
  /// - Complexity: O(n) in the bytes of the attributes.
  package func imageAddress(of node: Int) -> Span? {
    text.bytes.withUnsafeBufferPointer { buffer in
      guard let bytes = buffer.baseAddress else { return nil }
      for name in [.dataSrc, .dataLazySrc, .dataOriginal, .src] as [HtmlAttributeName] {
        guard let value = value(of: node, name) else { continue }
        if let address = address(in: value, bytes) { return address }
      }
      for name in [.dataSrcset, .srcset] as [HtmlAttributeName] {
        guard let value = value(of: node, name) else { continue }
        if let address = largest(of: value, bytes) { return address }
      }
      return nil
    }
  }

  /// A value without the white space around it; nil for one that is empty, data or a template.
  private func address(in value: Span, _ bytes: UnsafePointer<UInt8>) -> Span? {
    let begin = skipSpace(bytes, Int(value.begin), Int(value.end))
    let end = skipSpaceBack(bytes, begin, Int(value.end))
    let isFile =
      begin < end && !startsLike("data:", bytes, begin, end)
      && !startsLike("about:", bytes, begin, end) && !startsLike("blob:", bytes, begin, end)
    return isFile ? Span(begin, end) : nil
  }

  /// The address of a `srcset` with the largest width or density; of equal ones the first (HTML,
  /// section "Parsing a srcset attribute").
  private func largest(of set: Span, _ bytes: UnsafePointer<UInt8>) -> Span? {
    let end = Int(set.end)
    var index = Int(set.begin)
    var best: Span?
    var bestSize = -1
    while index < end {
      while index < end, bytes[index] <= 0x20 || bytes[index] == comma { index &+= 1 }
      let begin = index
      while index < end, bytes[index] > 0x20 { index &+= 1 }
      var last = index
      while last > begin, bytes[last &- 1] == comma { last &-= 1 }
      // An address that ends with a comma has no size.
      let size = last < index ? density : readSize(bytes, &index, end)
      if size > bestSize, let found = address(in: Span(begin, last), bytes) {
        best = found
        bestSize = size
      }
    }
    return best
  }

  /// Reads the size behind an address up to its comma, in thousandths.
  private func readSize(
    _ bytes: UnsafePointer<UInt8>, _ index: inout Int, _ end: Int
  ) -> Int {
    var size = 0
    var unit = 1000
    var isPoint = false
    var hasDigits = false
    while index < end, bytes[index] != comma {
      let digit = Int(bytes[index]) &- 0x30
      index &+= 1
      if digit == Int(UInt8(ascii: ".")) &- 0x30 {
        isPoint = true
      } else if digit >= 0, digit < 10, size < 1 << 40 {
        hasDigits = true
        if isPoint { unit /= 10 }
        size = isPoint ? size &+ digit &* unit : size &* 10 &+ digit &* 1000
      }
    }
    return hasDigits ? size : density
  }
}

private let comma = UInt8(ascii: ",")

/// The size of an address that has none: one dot for each of the screen, in thousandths.
private let density = 1000
