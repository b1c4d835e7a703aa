/// How bytes stand for letters.
package enum TextEncoding: UInt8, Sendable {
  case utf8
  case utf16LittleEndian
  case utf16BigEndian
  case windows1252
  case windows1258
  case latin9
  case latin2
  case windows1250
  case windows1251
  case koi8r
  /// The font encoding "ABC", one byte a letter.
  case tcvn3
  /// The font encoding of VNI, a letter and a byte for its marks.
  case vni

  /// The encoding that a label names, or nil.
  ///
  /// Labels are those of the WHATWG encoding standard, in any case, with white space around them;
  /// the font encodings go by the labels that browsers once had for them.
  package init?(label: some Collection<UInt8>) {
    let label = normalLabel(label)
    guard !label.isEmpty else { return nil }
    for value in 0...TextEncoding.vni.rawValue {
      guard let encoding = TextEncoding(rawValue: value) else { break }
      if holds(encoding.labels, label) {
        self = encoding
        return
      }
    }
    return nil
  }

  /// The name by which results call it.
  package var name: StaticString {
    switch self {
    case .utf8: "utf-8"
    case .utf16LittleEndian: "utf-16le"
    case .utf16BigEndian: "utf-16be"
    case .windows1252: "windows-1252"
    case .windows1258: "windows-1258"
    case .latin9: "iso-8859-15"
    case .latin2: "iso-8859-2"
    case .windows1250: "windows-1250"
    case .windows1251: "windows-1251"
    case .koi8r: "koi8-r"
    case .tcvn3: "tcvn3"
    case .vni: "vni"
    }
  }

  /// Its labels with a space between.
  private var labels: StaticString {
    switch self {
    case .utf8: "utf-8 utf8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"
    case .utf16LittleEndian:
      "utf-16 utf-16le csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff"
    case .utf16BigEndian: "utf-16be unicodefffe"
    case .windows1252:
      """
      windows-1252 iso-8859-1 us-ascii ascii latin1 l1 cp1252 x-cp1252 cp819 ibm819 csisolatin1 \
      iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 ansi_x3.4-1968
      """
    case .windows1258: "windows-1258 cp1258 x-cp1258"
    case .latin9: "iso-8859-15 iso8859-15 iso885915 iso_8859-15 csisolatin9 l9"
    case .latin2:
      """
      iso-8859-2 latin2 l2 csisolatin2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987
      """
    case .windows1250: "windows-1250 cp1250 x-cp1250"
    case .windows1251: "windows-1251 cp1251 x-cp1251"
    case .koi8r: "koi8-r koi koi8 koi8_r cskoi8r"
    case .tcvn3: "tcvn3 tcvn tcvn-5712 tcvn5712-1 x-viet-tcvn5712 x-viet-tcvn"
    case .vni: "vni x-viet-vni"
    }
  }
}

/// The label in lower case, without white space around it; empty where it is too long to be one.
func normalLabel(_ label: some Collection<UInt8>) -> [UInt8] {
  var out: [UInt8] = []
  var end = 0
  for byte in label {
    if byte <= 0x20 {
      if out.isEmpty { continue }
    } else {
      end = out.count &+ 1
    }
    if out.count > 64 { return [] }
    out.append(lowerByte(byte))
  }
  out.removeLast(out.count &- Swift.min(end, out.count))
  return out
}

/// Whether a list with spaces between its words holds the word.
func holds(_ list: StaticString, _ word: [UInt8]) -> Bool {
  let count = list.utf8CodeUnitCount
  var begin = 0
  while begin < count {
    var end = begin
    while end < count, list.utf8Start[end] != 0x20 { end &+= 1 }
    if end &- begin == word.count,
      word.indices.allSatisfy({ word[$0] == list.utf8Start[begin &+ $0] })
    {
      return true
    }
    begin = end &+ 1
  }
  return false
}
