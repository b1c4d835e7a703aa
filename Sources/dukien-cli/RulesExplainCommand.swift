import ArgumentParser
import Foundation

struct RulesExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Tells where a fact of a page comes from, role by role.",
    discussion: """
      Without --fact, all facts are listed with their numbers and rules.

      EXAMPLES
        dukien rules explain page.txt
        dukien rules explain page.txt --fact 3 my-rules/
      """)

  @Argument(help: ArgumentHelp("A page; - is standard input.", valueName: "file"))
  var page: String

  @Option(
    help: ArgumentHelp("The fact's number, from 1, in the order of the JSON.", valueName: "n"))
  var fact: Int?

  @Option(help: ArgumentHelp("The day of publication, as YYYY-MM-DD.", valueName: "day"))
  var published = ""

  @OptionGroup var arguments: RuleSetArguments

  private struct Answer: Decodable {
    struct Mention: Decodable {
      var name: String
      var text: String
      var norm: String
      var begin: Int
      var end: Int
      var bytes: String { "\(begin)..\(end)" }
    }

    struct Role: Decodable {
      var name: String
      var text: String
      var norm: String
      var begin: Int
      var end: Int
      var source: String
      var completed: String
      var link: String
      var beaten: [Mention]
    }

    struct Merged: Decodable {
      var rule: String
      var file: String
      var line: Int
      var text: String
    }

    struct Block: Decodable {
      var number: Int
      var kind: String
      var reason: String
    }

    struct Fact: Decodable {
      var number: Int
      var type: String
      var rule: String
      var file: String
      var line: Int
      var begin: Int
      var end: Int
      var sentence: String
      var trigger: Mention?
      var captures: [Mention]?
      var roles: [Role]?
      var merged: [Merged]?
      var block: Block?
    }

    var facts: [Fact]
  }

  func run() throws {
    let text: String
    do {
      text = String(decoding: try readBytes(page), as: UTF8.self)
    } catch let error as SystemError {
      throw Exit(.usage, "\(page): \(error.reason)")
    }
    if text.isEmpty { throw Exit(.usage, "\(page): the page is empty") }
    var request = ["text": text, "published": published]
    if let fact { request["fact"] = String(fact) }
    let answer = try arguments.ask("explain", request, as: Answer.self)
    guard fact == nil else {
      for fact in answer.facts { describe(fact) }
      return
    }
    let rows = answer.facts.map { fact in
      ["\(fact.number)", fact.type, fact.rule, "\(fact.file):\(fact.line)", shorten(fact.sentence)]
    }
    print(alignedRows(rows), terminator: "")
  }

  private func shorten(_ text: String) -> String {
    text.count > 60 ? text.prefix(60) + "…" : text
  }

  private func describe(_ fact: Answer.Fact) {
    print(printable("fact \(fact.number): \(fact.type), bytes \(fact.begin)..\(fact.end)"))
    print(printable("  rule      \(fact.rule)  [\(fact.file):\(fact.line)]"))
    print(printable("  sentence  \(fact.sentence)"))
    if let block = fact.block {
      let reason = block.reason.isEmpty ? "" : ", by \(block.reason)"
      print(printable("  block     \(block.number), \(block.kind)\(reason)"))
    }
    if let trigger = fact.trigger {
      print(printable("  \(trigger.name)   \"\(trigger.text)\" \(trigger.bytes)"))
    }
    let captures = (fact.captures ?? []).map { [$0.name, "\"\($0.text)\" \($0.bytes)", $0.norm] }
    print(alignedRows(captures, indent: "    "), terminator: "")
    if fact.roles?.isEmpty == false { print("  roles") }
    for role in fact.roles ?? [] { describe(role) }
    for other in fact.merged ?? [] {
      print(
        printable("  merged    \(other.rule) \"\(other.text)\"  [\(other.file):\(other.line)]"))
    }
  }

  private func describe(_ role: Answer.Role) {
    let words = role.text.isEmpty ? "" : " \"\(role.text)\" \(role.begin)..\(role.end)"
    print(printable("    \(role.name): \(role.norm)\(words)"))
    print(printable("      from       \(role.source)"))
    if !role.link.isEmpty { print(printable("      stands for \"\(role.link)\"")) }
    if !role.completed.isEmpty { print(printable("      completed  by \(role.completed)")) }
    for lost in role.beaten {
      print(printable("      beat       <\(lost.name)> \"\(lost.text)\""))
    }
  }
}
