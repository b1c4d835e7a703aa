import CDukien
import Foundation
import Testing

@Suite("Tables and JSON tell the same")
struct ResultTests {
  private typealias Object = [String: Any]

  private func object(_ result: OpaquePointer?) throws -> Object {
    var text = dukien_str()
    #expect(dukien_result_json(result, &text, nil) == DUKIEN_OK)
    let json = Data(bytes: try #require(text.ptr), count: text.len)
    return try #require(try JSONSerialization.jsonObject(with: json) as? Object)
  }

  @Test("tables are joined by indexes that hold", arguments: SamplePages.all.map(\.name))
  func join(name: String) throws {
    let page = try #require(SamplePages.all.first { $0.name == name }).bytes
    let run = TestExtractor().run(page)
    defer { dukien_result_release(run.result) }
    let blocks = records(dukien_result_blocks(run.result), as: dukien_block.self)
    let facts = records(dukien_result_facts(run.result), as: dukien_fact.self)
    let roles = records(dukien_result_roles(run.result), as: dukien_role.self)
    let evidence = records(dukien_result_evidence(run.result), as: dukien_evidence.self)
    let values = records(dukien_result_values(run.result), as: dukien_value.self)
    #expect(!blocks.isEmpty)
    #expect(facts.reduce(0) { $0 + Int($1.role_count) } == roles.count)
    #expect(facts.reduce(0) { $0 + Int($1.evidence_count) } == evidence.count)
    for fact in facts {
      #expect(Int(fact.first_role) + Int(fact.role_count) <= roles.count)
      #expect(Int(fact.first_evidence) + Int(fact.evidence_count) <= evidence.count)
      #expect(fact.evidence_count > 0 && fact.type.len > 0 && fact.rule.len > 0)
    }
    #expect(values.allSatisfy { Int($0.block) < blocks.count })
    #expect(evidence.allSatisfy { Int($0.block) < blocks.count })
  }

  @Test("every span, resliced, reproduces its text", arguments: SamplePages.all.map(\.name))
  func spans(name: String) throws {
    let page = try #require(SamplePages.all.first { $0.name == name }).bytes
    let run = TestExtractor().run(page)
    defer { dukien_result_release(run.result) }
    func check(_ text: dukien_str, _ at: dukien_span) {
      guard at.begin < at.end else { return }
      #expect(String(decoding: page[Int(at.begin)..<Int(at.end)], as: UTF8.self) == String(text))
    }
    for block in records(dukien_result_blocks(run.result), as: dukien_block.self) {
      check(block.text, block.at)
    }
    for value in records(dukien_result_values(run.result), as: dukien_value.self) {
      check(value.text, value.at)
    }
    for role in records(dukien_result_roles(run.result), as: dukien_role.self)
    where role.text.len > 0 {
      check(role.text, role.at)
    }
    for evidence in records(dukien_result_evidence(run.result), as: dukien_evidence.self) {
      check(evidence.quote, evidence.at)
    }
  }

  @Test("the JSON holds what the tables hold", arguments: SamplePages.all.map(\.name))
  func sameContent(name: String) throws {
    let page = try #require(SamplePages.all.first { $0.name == name }).bytes
    let run = TestExtractor().run(page, id: name)
    defer { dukien_result_release(run.result) }
    let json = try object(run.result)
    #expect(json["dukien"] as? Int == 1)
    #expect(json["source"] as? String == name)
    let rules = newsRules.handle
    #expect(
      json["rules"] as? String
        == "\(String(dukien_rules_name(rules)))#\(String(dukien_rules_fingerprint(rules)))")
    let facts = try #require(json["facts"] as? [Object])
    let table = records(dukien_result_facts(run.result), as: dukien_fact.self)
    let roles = records(dukien_result_roles(run.result), as: dukien_role.self)
    #expect(facts.map { $0["type"] as? String } == table.map { String($0.type) })
    for (fact, record) in zip(facts, table) {
      #expect(fact["span"] as? [UInt64] == [record.at.begin, record.at.end])
      let own = roles[Int(record.first_role)..<Int(record.first_role + record.role_count)]
      let written = try #require(fact["roles"] as? Object)
      #expect(Set(written.keys) == Set(own.map { String($0.role) }))
      let count = written.values.reduce(0) { $0 + (($1 as? [Any])?.count ?? 1) }
      #expect(count == own.count)
      for role in own where role.flags & DUKIEN_ROLE_LIST != 0 {
        #expect(written[String(role.role)] is [Any])
      }
    }
    let values = try #require(json["values"] as? [Object])
    #expect(values.count == dukien_result_values(run.result).count)
    #expect((json["blocks"] as? [Object])?.count == dukien_result_blocks(run.result).count)
  }

  @Test("every character survives JSON")
  func escaping() throws {
    let id =
      String(String.UnicodeScalarView((0...0x2FF).compactMap { Unicode.Scalar($0) }))
      + "\u{2028}𝄞\\\"/"
    let run = TestExtractor().run(Array("x".utf8), id: id)
    defer { dukien_result_release(run.result) }
    #expect(try object(run.result)["source"] as? String == id)
    var text = dukien_str()
    #expect(dukien_result_json(run.result, &text, nil) == DUKIEN_OK)
    #expect(!String(text).unicodeScalars.contains { $0.value < 0x20 })
  }

  @Test("the name of a page need not be UTF-8")
  func nameOfAnyBytes() throws {
    let bytes: [CChar] = [0x61, -1, 0x62]
    var result: OpaquePointer?
    let extractor = TestExtractor()
    let status = bytes.withUnsafeBufferPointer { buffer in
      var input = dukien_input()
      input.size = MemoryLayout<dukien_input>.size
      input.id = dukien_str(ptr: buffer.baseAddress, len: buffer.count)
      return extractor.call(&input, nil, &result, nil)
    }
    defer { dukien_result_release(result) }
    #expect(status == DUKIEN_OK)
    #expect(try object(result)["source"] as? String == "a\u{FFFD}b")
  }

  @Test("a result outlives its extractor, its rules and its input")
  func lifetime() throws {
    let loaded = load { loader, error in
      "vi-news".asArgument { dukien_loader_add_name(loader, $0, error) }
    }
    let extractor = dukien_extractor_new(loaded.rules, nil)
    dukien_rules_release(loaded.rules)
    var result: OpaquePointer?
    do {
      var page = Array("Hà Nội đạt 5 tỷ USD năm 2022.".utf8)
      page.withUnsafeMutableBytes { bytes in
        var input = dukien_input()
        input.size = MemoryLayout<dukien_input>.size
        input.bytes = UnsafeRawPointer(bytes.baseAddress)
        input.len = bytes.count
        #expect(dukien_run(extractor, &input, nil, &result, nil) == DUKIEN_OK)
        for index in bytes.indices { bytes[index] = 0 }
      }
    }
    dukien_extractor_release(extractor)
    defer { dukien_result_release(result) }
    let blocks = records(dukien_result_blocks(result), as: dukien_block.self)
    #expect(blocks.map { String($0.text) } == ["Hà Nội đạt 5 tỷ USD năm 2022."])
    #expect(try object(result)["blocks"] is [Any])
  }
}
