/// What each stretch of a pattern's code was written as; kept while the code is laid out.
struct PatternNotes {
  /// A piece that takes tokens, and its instructions, counted from the pattern's first.
  struct Piece {
    var syntax: PatternSyntax
    var code: Range<Int>
  }

  /// A way through the pattern; its code begins at each of `at`: once, or once a repeat.
  struct Way {
    var kind: CodeMap.Branch.Kind
    var syntax: PatternSyntax
    var at: [Int]
    /// The way that it is a part of, or -1.
    var parent: Int
  }

  /// True where the outermost alternatives are the items of a list.
  let isList: Bool
  private(set) var pieces: [Piece] = []
  private(set) var ways: [Way] = []
  /// The place in the pattern: which child of which child; and the child that comes next.
  private var path: [Int] = []
  private var next = [0]
  private var wayOfPath: [[Int]: Int] = [:]

  init(isList: Bool) {
    self.isList = isList
  }

  mutating func enter() {
    path.append(next[next.count - 1])
    next[next.count - 1] += 1
    next.append(0)
  }

  /// Says which child of a repeat comes next: 0 what is repeated, 1 the separator.
  mutating func child(_ number: Int) { next[next.count - 1] = number }

  mutating func leave(_ syntax: PatternSyntax, _ code: Range<Int>) {
    path.removeLast()
    next.removeLast()
    switch syntax {
    case .literal, .hole, .gap, .run, .start, .end:
      pieces.append(Piece(syntax: syntax, code: code))
    default: break
    }
  }

  mutating func alternative(_ syntax: PatternSyntax, at: Int) {
    add(isList && path.count == 1 ? .item : .alternative, syntax, at)
  }

  mutating func optional(_ syntax: PatternSyntax, at: Int) { add(.optional, syntax, at) }

  /// Adds the way that the next child is, or one more place of it.
  private mutating func add(_ kind: CodeMap.Branch.Kind, _ syntax: PatternSyntax, _ at: Int) {
    let own = path + next.suffix(1)
    if let known = wayOfPath[own] {
      ways[known].at.append(at)
      return
    }
    var parent = -1
    for length in 1..<own.count {
      if let outer = wayOfPath[Array(own.prefix(length))] { parent = outer }
    }
    wayOfPath[own] = ways.count
    ways.append(Way(kind: kind, syntax: syntax, at: [at], parent: parent))
  }
}

extension CodeMap {
  /// Adds a pattern whose code begins at `entry`; `lines` are those of its phrases.
  mutating func add(
    _ notes: PatternNotes, _ place: Place, entry: Int, count: Int, lines: [Int],
    split: (String) -> [String]
  ) {
    var place = place
    let pattern = places.count
    while partOf.count < entry + count { partOf.append(-1) }
    for piece in notes.pieces {
      switch piece.syntax {
      case .literal(let literal):
        for (word, at) in zip(split(literal.text), piece.code) {
          let text = literal.isExact ? "'\(word)'" : word
          add(Part(kind: .word, text: text), entry + at..<entry + at + 1)
        }
      case .hole(let hole):
        add(Part(kind: .hole, text: "<\(hole.types.joined(separator: "|"))>"), entry, piece)
      case .gap(let length, let capture):
        add(Part(kind: .gap, text: "..\(length)", isNeeded: !capture.isEmpty), entry, piece)
      case .run: add(Part(kind: .gap, text: piece.syntax.written, isNeeded: true), entry, piece)
      default: add(Part(kind: .edge, text: piece.syntax.written), entry, piece)
      }
    }
    let first = branches.count
    for way in notes.ways {
      if way.kind == .item { place.items.append(entry + way.at[0]) }
      branches.append(
        Branch(
          kind: way.kind, pattern: pattern, instructions: way.at.map { entry + $0 },
          parent: way.parent < 0 ? -1 : first + way.parent,
          text: shortened(way.syntax.written, limit: 120)))
    }
    place.lines = lines
    places.append(place)
  }

  private mutating func add(_ part: Part, _ entry: Int, _ piece: PatternNotes.Piece) {
    add(part, entry + piece.code.lowerBound..<entry + piece.code.upperBound)
  }

  private mutating func add(_ part: Part, _ code: Range<Int>) {
    for instruction in code { partOf[instruction] = Int32(parts.count) }
    parts.append(part)
  }
}
