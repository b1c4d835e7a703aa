/// Finds out what encoding bytes are in, from the strongest evidence to the weakest.
///
/// 1. A byte order mark.
/// 2. What the host says, unless the bytes contradict it.
/// 3. What the page says, unless the bytes contradict it.
/// 4. The bytes: every other one zero is UTF-16; sequences of UTF-8, no fewer than there are broken
///    ones, are UTF-8; words that are Vietnamese syllables in one encoding are in that one; and all
///    else is windows-1252.
///
/// Bytes contradict another encoding where they are UTF-8, and every encoding of one byte a letter
/// where they are Vietnamese in another. UTF-8 they contradict where hardly a sequence is whole.
struct EncodingFinder {
  private(set) var encoding = TextEncoding.utf8
  private(set) var evidence = SourceText.Evidence.content
  /// The bytes of the byte order mark.
  private(set) var markCount = 0
  /// What was declared in vain.
  private(set) var problems: [TextProblem] = []

  private let bytes: UnsafePointer<UInt8>
  private let count: Int
  /// The offset of the first byte that is no UTF-8, or `count`.
  let endOfValid: Int
  /// UTF-16 without byte order mark, by its zero bytes.
  private let utf16: TextEncoding?
  private var countedSequences: SequenceCounts?
  private var judged: TextEncoding??

  /// - Complexity: O(n) in the bytes.
  init(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, hint: String, isMarkup: Bool?
  ) {
    self.bytes = bytes
    self.count = count
    if let mark = byteOrderMark(bytes, count) {
      markCount = mark == .utf8 ? 3 : 2
      encoding = mark
      evidence = .mark
      utf16 = nil
      endOfValid = mark == .utf8 ? endOfValidText(bytes, 3, count) : 0
      return
    }
    endOfValid = endOfValidText(bytes, 0, count)
    utf16 = utf16ByZeros(bytes, count)
    if believes(hint: hint) { return }
    if isMarkup ?? opensMarkup(bytes, count), believesPage() { return }
    encoding = contentEncoding()
  }

  /// Takes what the host says, a label or a whole `Content-Type`, where it can be believed.
  private mutating func believes(hint: String) -> Bool {
    if hint.isEmpty { return false }
    let hint = Array(hint.utf8)
    var label = normalLabel(hint)
    if hint.contains(0x2F) {
      guard let found = hint.withUnsafeBufferPointer({ MetaPrescan.charset(in: $0) }) else {
        return false
      }
      label = normalLabel(hint[found])
    }
    guard !hint.allSatisfy({ $0 <= 0x20 }) else { return false }
    return believes(label, at: Span(0, 0), .hint)
  }

  /// Takes what the page says of itself, where it can be believed.
  private mutating func believesPage() -> Bool {
    var prescan = MetaPrescan(bytes, count)
    guard let span = prescan.label() else { return false }
    let label = normalLabel(
      UnsafeBufferPointer(start: bytes + Int(span.begin), count: span.count))
    return believes(label, at: span, .declared)
  }

  private mutating func believes(
    _ label: [UInt8], at span: Span, _ source: SourceText.Evidence
  ) -> Bool {
    guard var declared = TextEncoding(label: label) else {
      note(.encodingUnknown, label, span)
      return false
    }
    // Who could read the label has not read UTF-16.
    if source == .declared, declared.isUtf16, utf16 == nil { declared = .utf8 }
    guard isPossible(declared) else {
      note(.encodingNotBelieved, label, span)
      return false
    }
    encoding = declared
    evidence = source
    return true
  }

  /// Whether the bytes do not contradict an encoding.
  private mutating func isPossible(_ declared: TextEncoding) -> Bool {
    if let utf16 { return declared == utf16 }
    if declared == .utf8 {
      if endOfValid == count { return true }
      let sequences = sequences()
      return sequences.broken == 0
        || sequences.whole > 0 && 4 &* sequences.whole >= sequences.broken
    }
    if declared.isUtf16 { return endOfValid < count || holdsZero(bytes, count) }
    if endOfValid == count { return endOfASCII(bytes, 0, count) == count }
    let sequences = sequences()
    if sequences.whole > 0, sequences.whole >= 4 &* sequences.broken { return false }
    return (vietnamese() ?? declared) == declared
  }

  /// The encoding that the bytes alone suggest.
  private mutating func contentEncoding() -> TextEncoding {
    if let utf16 { return utf16 }
    if endOfValid == count { return .utf8 }
    let sequences = sequences()
    if sequences.whole > 0, sequences.whole >= sequences.broken { return .utf8 }
    return vietnamese() ?? .windows1252
  }

  /// The encoding in which the bytes are Vietnamese, or nil.
  private mutating func vietnamese() -> TextEncoding? {
    if let judged { return judged }
    var best: TextEncoding?
    var margin = 0
    for encoding in [TextEncoding.windows1258, .tcvn3, .vni] {
      guard let table = ByteTable(encoding) else { continue }
      let score = SyllableScore(bytes, count, in: table)
      if score.isConvincing, score.margin > margin {
        best = encoding
        margin = score.margin
      }
    }
    judged = .some(best)
    return best
  }

  private mutating func sequences() -> SequenceCounts {
    if let countedSequences { return countedSequences }
    let counts = SequenceCounts(bytes, count)
    countedSequences = counts
    return counts
  }

  private mutating func note(_ code: TextProblem.Code, _ label: [UInt8], _ span: Span) {
    if let known = problems.firstIndex(where: { $0.code == code }) {
      problems[known].count &+= 1
      return
    }
    problems.append(
      TextProblem(code: code, at: span, count: 1, label: label))
  }
}

extension TextEncoding {
  fileprivate var isUtf16: Bool { self == .utf16LittleEndian || self == .utf16BigEndian }
}

/// How many sequences of UTF-8 above ASCII bytes hold.
private struct SequenceCounts {
  var whole = 0
  /// Maximal invalid ones; not one that the end of the bytes cuts off.
  var broken = 0

  /// - Complexity: O(n) in the bytes.
  init(_ bytes: UnsafePointer<UInt8>, _ end: Int) {
    var index = endOfASCII(bytes, 0, end)
    while index < end {
      let length = sequenceLength(bytes, index, end)
      if length > 0 {
        whole &+= 1
      } else if index &- length < end || bytes[index] < 0xC2 || bytes[index] > 0xF4 {
        broken &+= 1
      }
      index &+= abs(length)
      if index < end, bytes[index] < 0x80 { index = endOfASCII(bytes, index, end) }
    }
  }
}

private func byteOrderMark(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> TextEncoding? {
  guard count >= 2 else { return nil }
  switch (bytes[0], bytes[1]) {
  case (0xFF, 0xFE): return .utf16LittleEndian
  case (0xFE, 0xFF): return .utf16BigEndian
  case (0xEF, 0xBB): return count >= 3 && bytes[2] == 0xBF ? .utf8 : nil
  default: return nil
  }
}

/// Whether the first thing that is no white space may begin a tag.
private func opensMarkup(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  var index = 0
  while index < Swift.min(count, MetaPrescan.longest), bytes[index] <= 0x20 { index &+= 1 }
  return index < count && bytes[index] == 0x3C
}

private func holdsZero(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Bool {
  findNul(bytes, 0, count) < count
}

/// UTF-16 of an alphabet, told by the zeros at every other place; of the first bytes only.
private func utf16ByZeros(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> TextEncoding? {
  // Nearly all texts end here.
  guard findNul(bytes, 0, Swift.min(count, 512)) < Swift.min(count, 512) else { return nil }
  let units = Swift.min(count, 4096) / 2
  guard units >= 4 else { return nil }
  var evenZeros = 0
  var oddZeros = 0
  for unit in 0..<units {
    if bytes[2 &* unit] == 0 { evenZeros &+= 1 }
    if bytes[2 &* unit &+ 1] == 0 { oddZeros &+= 1 }
  }
  let isBigEndian = evenZeros > oddZeros
  let zeros = Swift.max(evenZeros, oddZeros)
  guard 8 &* zeros >= units, 16 &* Swift.min(evenZeros, oddZeros) <= zeros else { return nil }
  let text = Utf16Units(bytes: bytes, end: count, isBigEndian: isBigEndian)
  var likely = 0
  for unit in 0..<units {
    switch text.unit(2 &* unit) {
    case 0x09, 0x0A, 0x0D, 0x20..<0x0600, 0x1E00..<0x2040, 0x20AB, 0x20AC: likely &+= 1
    default: break
    }
  }
  guard 3 &* likely >= 2 &* units else { return nil }
  return isBigEndian ? .utf16BigEndian : .utf16LittleEndian
}
