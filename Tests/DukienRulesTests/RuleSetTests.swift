import CRules
import DukienRules
import Foundation
import Testing

@Suite("Rule sets and where they come from")
struct RuleSetTests {
  private func compiled(
    names: [String] = [], folders: [String] = [], files: [String] = [], searchPath: [String] = []
  ) -> Compilation {
    var loader = RuleLoader()
    searchPath.forEach { loader.addSearchPath($0) }
    names.forEach { loader.addName($0) }
    folders.forEach { loader.addFolder($0) }
    files.forEach { loader.addFile($0) }
    return loader.compile()
  }

  @Test(
    "no name stays without the nearest one",
    arguments: [
      ("vi-nwes", "did you mean `vi-news`?"),
      ("vi-trad", "did you mean `vi-trade`?"),
      ("something", "known sets: page, vi-core, vi-diplomacy, vi-news, vi-page, vi-trade"),
      ("", "known sets: page, vi-core, vi-diplomacy, vi-news, vi-page, vi-trade"),
      ("../vi-news", "did you mean `vi-news`?"),
    ])
  func unknownName(name: String, hint: String) {
    let found = compiled(names: [name])
    #expect(found.program == nil)
    #expect(found.diagnostics.map(\.code) == ["set.unknown"])
    #expect(found.diagnostics.first?.message == "no rule set is named `\(name)`")
    #expect(found.diagnostics.first?.hint == hint)
  }

  @Test("an unknown set that a set uses is reported where it is named")
  func unknownUse() throws {
    let folder = try RuleFolder(["a/set.yaml": "name: a\nuses: [page, vi-croe]\n"])
    let found = compiled(names: ["a"], searchPath: [folder.path])
    #expect(found.program == nil)
    #expect(
      found.diagnostics.map { $0.rendered() } == [
        """
        \(folder.path)/a/set.yaml:2:14: error[set.unknown]: no rule set is named `vi-croe`
            uses: [page, vi-croe]
                         ^^^^^^^
          hint: did you mean `vi-core`?
        """
      ])
  }

  @Test("a set that uses itself is told through which sets it does")
  func circle() throws {
    let folder = try RuleFolder([
      "a/set.yaml": "name: a\nuses: b\n", "b/set.yaml": "name: b\nuses: c\n",
      "c/set.yaml": "name: c\nuses: [a]\n", "self/set.yaml": "name: self\nuses: self\n",
    ])
    let long = compiled(names: ["a"], searchPath: [folder.path])
    #expect(long.program == nil)
    #expect(long.diagnostics.map(\.code) == ["set.cycle"])
    #expect(long.diagnostics.first?.message == "rule set `a` uses itself")
    #expect(long.diagnostics.first?.hint == "through a → b → c")
    #expect(long.diagnostics.first?.file == "\(folder.path)/c/set.yaml")
    #expect(long.diagnostics.first?.line == 2)
    #expect(long.diagnostics.first?.column == 8)
    let short = compiled(folders: [folder.path + "/self"])
    #expect(short.diagnostics.map(\.code) == ["set.cycle"])
    #expect(short.diagnostics.first?.hint == "through self")
  }

  @Test("a circle is told also where the folder is named otherwise than the set")
  func circleOfNames() throws {
    let folder = try RuleFolder([
      "x/set.yaml": "name: a\nuses: [y]\n", "y/set.yaml": "name: b\nuses: [x]\n",
    ])
    #expect(
      compiled(names: ["x"], searchPath: [folder.path]).diagnostics.map(\.code) == ["set.cycle"])
  }

  @Test("a set that several sets use is loaded once")
  func diamond() throws {
    let folder = try RuleFolder([
      "a/set.yaml": "name: a\nuses: [b, c]\n", "b/set.yaml": "name: b\nuses: d\n",
      "c/set.yaml": "name: c\nuses: d\n", "d/set.yaml": "name: d\nlexicons: {w: [x]}\n",
    ])
    let found = compiled(names: ["a"], searchPath: [folder.path])
    #expect(found.diagnostics == [])
    #expect(found.sets.map(\.name) == ["a", "b", "d", "c"])
  }

  @Test("a set on the search path stands before the one of that name inside the library")
  func searchPath() throws {
    let folder = try RuleFolder(["page/set.yaml": "name: page\nversion: 9.9.9\n"])
    #expect(compiled(names: ["page"], searchPath: [folder.path]).program?.name == "page@9.9.9")
    #expect(compiled(names: ["page"], searchPath: []).program?.name == "page@1.0.0")
  }

  @Test("the files of a folder are one set, read in the order of their names")
  func folderOrder() throws {
    let folder = try RuleFolder([
      "a/set.yaml": "name: a\nversion: 2.0.0\n", "a/z.yaml": "values: {A: {prase: x}}\n",
      "a/b.yaml": "values: {B: {prase: x}}\n", "a/notes.txt": "not: [a, rule\n",
      "a/deeper/c.yaml": "values: {C: {prase: x}}\n",
    ])
    let found = compiled(folders: [folder.path + "/a"])
    #expect(
      found.diagnostics.map { $0.file } == [folder.path + "/a/b.yaml", folder.path + "/a/z.yaml"])
  }

  @Test("what is not there is said")
  func missing() throws {
    let folder = try RuleFolder(["a/set.yaml": "name: a\n", "empty/notes.txt": ""])
    let none = folder.path + "/none"
    for (found, code, message) in [
      (compiled(folders: [none]), "set.unreadable", "folder `\(none)` does not exist"),
      (compiled(files: [none]), "set.unreadable", "`\(none)` does not exist"),
      (compiled(files: [folder.path]), "set.unreadable", "`\(folder.path)` is a folder"),
      (
        compiled(folders: [folder.path + "/empty"]), "set.empty",
        "`\(folder.path)/empty` holds no rule files"
      ),
      (
        compiled(folders: [folder.path + "/a/set.yaml"]), "set.unreadable",
        "folder `\(folder.path)/a/set.yaml` cannot be listed"
      ),
      (compiled(), "set.none", "no rule set was named"),
    ] {
      #expect(found.program == nil)
      #expect(found.diagnostics.map(\.code) == [code])
      #expect(found.diagnostics.map(\.message) == [message])
    }
  }

  @Test("a file larger than its bound is not read")
  func tooLarge() throws {
    let folder = try RuleFolder(["a.yaml": "about: " + String(repeating: "a", count: 5_000)])
    var limits = LoadLimits()
    limits.maxBytes = 1_000
    var loader = RuleLoader(limits: limits)
    loader.addFile(folder.path + "/a.yaml")
    #expect(
      loader.compile().diagnostics.map(\.message)
        == ["`\(folder.path)/a.yaml` is larger than 1000 bytes"])
    var memory = RuleLoader(limits: limits)
    memory.addMemory(label: "one", bytes: Array("about: one".utf8))
    memory.addMemory(label: "two", bytes: [UInt8](repeating: 0x23, count: 1_000))
    let found = memory.compile()
    #expect(found.program == nil)
    #expect(found.diagnostics.map(\.message) == ["rule sets hold more than 1000 bytes"])
    #expect(found.diagnostics.first?.file == "two")
  }

  @Test(
    "an empty file gives an empty program",
    arguments: ["", "\n", "# nothing\n", "{}", "\u{FEFF}"])
  func empty(text: String) {
    var loader = RuleLoader()
    loader.addMemory(label: "test.yaml", bytes: Array(text.utf8))
    let found = loader.compile()
    #expect(found.diagnostics == [])
    #expect(found.program != nil)
  }

  @Test(
    "binary and endless files are refused with a place",
    arguments: [
      ([0, 1, 2, 3], "yaml.encoding"), ([0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0], "yaml.encoding"),
      ([0xFF, 0xFE, 0x61, 0], "yaml.encoding"), ([0xC3, 0x28], "yaml.encoding"),
      ([UInt8](repeating: 0x5B, count: 100_000), "yaml.depth"),
    ] as [([UInt8], String)])
  func refused(bytes: [UInt8], code: String) {
    var loader = RuleLoader()
    loader.addMemory(label: "test.yaml", bytes: bytes)
    let found = loader.compile()
    #expect(found.program == nil)
    #expect(found.diagnostics.map(\.code) == [code])
    #expect(found.diagnostics.first?.line == 1)
  }

  @Test("the fingerprint is that of the content alone")
  func fingerprint() throws {
    let folder = try RuleFolder([
      "one/set.yaml": "name: a\n", "two/set.yaml": "name: a\n", "three/set.yaml": "name: b\n",
    ])
    let prints = try ["one", "two", "three"].map {
      try #require(compiled(folders: ["\(folder.path)/\($0)"]).program).fingerprint
    }
    #expect(prints[0] == prints[1])
    #expect(prints[0] != prints[2])
    #expect(prints.allSatisfy { $0.count == 16 && $0.allSatisfy(\.isHexDigit) })
  }

  // MARK: The sets inside the library

  private struct CarriedFile: Comparable, CustomStringConvertible {
    var set: String
    var name: String
    var bytes: [UInt8]

    var description: String { "\(set)/\(name)" }

    static func < (a: CarriedFile, b: CarriedFile) -> Bool {
      a.set != b.set ? a.set < b.set : a.name < b.name
    }
  }

  private static let rulesFolder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appendingPathComponent("rules")

  private func carried() -> [CarriedFile] {
    (0..<rules_file_count()).compactMap { index in
      rules_file_at(index).map {
        CarriedFile(
          set: String(cString: $0.pointee.set), name: String(cString: $0.pointee.name),
          bytes: Array(UnsafeBufferPointer(start: $0.pointee.bytes, count: $0.pointee.count)))
      }
    }
  }

  private func onDisk() throws -> [CarriedFile] {
    let files = FileManager.default
    var found: [CarriedFile] = []
    for set in try files.contentsOfDirectory(atPath: Self.rulesFolder.path) {
      let folder = Self.rulesFolder.appendingPathComponent(set)
      for name in try files.contentsOfDirectory(atPath: folder.path)
      where [".yaml", ".txt", ".tsv"].contains(where: name.hasSuffix) {
        let bytes = try Data(contentsOf: folder.appendingPathComponent(name))
        found.append(CarriedFile(set: set, name: name, bytes: Array(bytes)))
      }
    }
    return found.sorted()
  }

  @Test("the library carries the rule sets of rules/, file by file and sorted")
  func bundle() throws {
    let carried = carried()
    let disk = try onDisk()
    // Run Sources/Packaging/list-rules.sh after adding or removing a rule file.
    #expect(carried.map(\.description) == disk.map(\.description))
    for (own, other) in zip(carried, disk) {
      let isEqual = own.bytes == other.bytes
      #expect(isEqual, "\(own) is not what rules/ holds: build again")
    }
    #expect(rules_file_at(rules_file_count()) == nil)
    #expect(rules_file_at(.max) == nil)
  }

  @Test("every set inside the library compiles without a word")
  func shipped() throws {
    for set in Set(try onDisk().map(\.set)).sorted() {
      let found = compiled(names: [set], searchPath: [Self.rulesFolder.path])
      #expect(found.diagnostics.map { $0.rendered() } == [])
      #expect(found.program?.name == "\(set)@1.0.0")
      #expect(compiled(names: [set]).program?.fingerprint == found.program?.fingerprint)
    }
  }
}

/// A folder of files that is removed with the object.
final class RuleFolder {
  let path: String

  init(_ files: [String: String]) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("dukien-rules-\(UUID().uuidString)")
    path = folder.path
    for (name, text) in files {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}
