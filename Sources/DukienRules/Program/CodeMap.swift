/// Where the code of a program was written: for the tools, kept only where they ask for it.
package struct CodeMap: Sendable {
  /// A piece of a pattern that takes tokens or stands at an edge.
  package struct Part: Sendable {
    package enum Kind: Sendable { case word, hole, gap, edge }

    package var kind: Kind
    /// As the pattern card writes it, without the capture's name.
    package var text: String
    /// True for a gap or run that takes at least one token.
    package var isNeeded = false
  }

  /// A way through a pattern that a match may take or not.
  package struct Branch: Sendable {
    package enum Kind: Sendable { case alternative, item, optional }

    package var kind: Kind
    package var pattern: Int
    /// One of them runs where, and only where, the way is taken.
    package var instructions: [Int]
    /// The branch that it is a part of, or -1.
    package var parent: Int
    package var text: String
  }

  /// Where a pattern stands.
  package struct Place: Sendable {
    /// The rule, value, group or entity; empty for patterns of zones and others.
    package var owner: String
    /// What the pattern is to its owner: `trigger`, `phrase`, `role NAME`, `before` …
    package var what: String
    package var file: String
    /// The first instruction of each phrase, where the pattern is a list of them.
    var items: [Int] = []
    var lines: [Int] = []

    /// The line of the phrase that holds an instruction.
    package func line(of instruction: Int) -> Int {
      var found = lines.first ?? 0
      for (item, line) in zip(items, lines) where item <= instruction { found = line }
      return found
    }
  }

  package internal(set) var parts: [Part] = []
  /// The part that each instruction belongs to, or -1.
  package internal(set) var partOf: [Int32] = []
  package internal(set) var branches: [Branch] = []
  /// By pattern.
  package internal(set) var places: [Place] = []

  /// The part that an instruction belongs to.
  package func part(of instruction: Int) -> Part? {
    let part = partOf[instruction]
    return part >= 0 ? parts[Int(part)] : nil
  }
}
