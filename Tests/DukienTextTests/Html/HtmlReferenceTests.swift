import Testing

@testable import DukienText

@Suite("character references stand for characters")
struct HtmlReferenceTests {
  static func decode(_ text: String, isAttribute: Bool = false) -> String {
    var out: [UInt8] = []
    let bytes = Array(text.utf8)
    decodeReferences(bytes, Span(0, bytes.count), isAttribute: isAttribute, into: &out)
    return string(out)
  }

  @Test(
    "in text",
    arguments: [
      ("&amp;", "&"), ("a&lt;b&gt;c", "a<b>c"), ("&eacute;&Eacute;", "éÉ"), ("&nbsp;", "\u{A0}"),
      ("&hellip;", "…"), ("&CounterClockwiseContourIntegral;", "∳"), ("&NotEqualTilde;", "≂̸"),
      ("&amp", "&"), ("&ampx;", "&x;"), ("&notit;", "¬it;"), ("&notin;", "∉"),
      ("&hellip", "&hellip"),
      ("&copy2026", "©2026"), ("&", "&"), ("&&amp;", "&&"), ("& amp;", "& amp;"), ("&;", "&;"),
      ("&unknown;", "&unknown;"), ("&AMP;&Amp;", "&&Amp;"), ("a=1&copy=2", "a=1©=2"),
      ("&a", "&a"), ("&zwnj;", "\u{200C}"), ("&fjlig;", "fj"),
    ])
  func text(_ written: String, _ expected: String) {
    #expect(Self.decode(written) == expected)
  }

  @Test(
    "by number",
    arguments: [
      ("&#225;&#xE1;&#Xe1;", "ááá"), ("&#225 &#xE1,", "á á,"), ("&#128;&#150;&#x92;", "€–’"),
      ("&#129;", "\u{81}"), ("&#0;&#xD800;&#x110000;", "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ("&#99999999999999999999;", "\u{FFFD}"), ("&#x1F1FB;", "🇻"), ("&#;&#x;&#xg", "&#;&#x;&#xg"),
      ("&#", "&#"), ("&#1", "\u{1}"),
    ])
  func numbers(_ written: String, _ expected: String) {
    #expect(Self.decode(written) == expected)
  }

  @Test(
    "in attributes a name without semicolon before a letter, a digit or = is none",
    arguments: [
      ("a=1&copy=2", "a=1&copy=2"), ("&copyx", "&copyx"), ("&copy1", "&copy1"), ("&copy", "©"),
      ("&copy;x", "©x"), ("&copy-", "©-"), ("&#225x", "áx"), ("&notit;", "&notit;"),
    ])
  func attributes(_ written: String, _ expected: String) {
    #expect(Self.decode(written, isAttribute: true) == expected)
  }

  @Test("the table holds the 2,231 names of the standard, each found")
  func table() {
    var begin = 0
    var bare = 0
    var previous = ""
    let names = UnsafeBufferPointer(
      start: entityNames.utf8Start, count: entityNames.utf8CodeUnitCount)
    for (end, value) in zip(entityEnds, entityValues) {
      let name = string(names[begin..<Int(end)])
      #expect(Array(previous.utf8).lexicographicallyPrecedes(Array(name.utf8)))
      var expected = String(Unicode.Scalar(value & 0xFF_FFFF) ?? "\0")
      let second = Int(value >> 24 & 0x7F)
      if second > 0 {
        expected.unicodeScalars.append(Unicode.Scalar(entitySeconds[second - 1]) ?? "\0")
      }
      #expect(Self.decode("&\(name);") == expected)
      let isBare = value >> 31 == 1
      if isBare { #expect(Self.decode("&\(name) ") == "\(expected) ") }
      bare += isBare ? 1 : 0
      (begin, previous) = (Int(end), name)
    }
    #expect(entityEnds.count == entityValues.count)
    #expect(entityEnds.count + bare == 2231)
  }

  @Test("a tree decodes its own spans")
  func spans() throws {
    let page = tree("<a title='a&amp;b&copy=1'>x&eacute;y")
    var value: [UInt8] = []
    page.decodeValue(try #require(page.value(of: 1, .title)), into: &value)
    #expect(string(value) == "a&b&copy=1")
    var text: [UInt8] = []
    page.decodeText(page.nodes[2].span, into: &text)
    #expect(string(text) == "xéy")
  }
}
