import DukienText
import Foundation
import Testing

@testable import DukienEngine

@Suite("A page gives the same facts in every encoding")
struct EncodingTests {
  @Test("decomposed letters", arguments: 0..<5)
  func decomposed(page: Int) throws {
    let page = SamplePages.all[page].bytes
    let text = String(decoding: page, as: UTF8.self)
    let other = Array(text.decomposedStringWithCanonicalMapping.utf8)
    #expect(other.count > page.count)
    let engine = Engine(program: try DeterminismTests.news.get().program)
    let found = engine.read(other)
    compare(found, engine.read(page))
    #expect(found.spanFaults == [])
  }

  @Test("UTF-16, with spans of its own bytes", arguments: 0..<5)
  func utf16(page: Int) throws {
    let page = SamplePages.all[page].bytes
    let text = String(decoding: page, as: UTF8.self)
    let other = text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    let engine = Engine(program: try DeterminismTests.news.get().program)
    let found = engine.read(other)
    compare(found, engine.read(page))
    #expect(found.limits == [])
    for value in found.result.values {
      let slice = other[Int(value.at.begin)..<Int(value.at.end)]
      let units = stride(from: slice.startIndex, to: slice.endIndex, by: 2).map {
        UInt16(slice[$0]) | UInt16(slice[$0 + 1]) << 8
      }
      #expect(String(decoding: units, as: UTF16.self) == found.string(value.text))
    }
  }

  /// Strings are the same where their letters are, however these are composed.
  private func compare(_ one: Reading, _ other: Reading) {
    #expect(!other.facts.isEmpty || !other.values.isEmpty)
    #expect(one.facts == other.facts)
    #expect(one.values == other.values)
    #expect(one.labels == other.labels)
    #expect(one.fields == other.fields)
  }
}
