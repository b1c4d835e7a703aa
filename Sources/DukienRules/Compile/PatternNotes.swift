/// What each stretch of a pattern's code was written as; kept while the code is laid out.
struct PatternNotes {
  /// A piece that takes tokens, and its instructions, counted from the pattern's first.
  struct Piece {
    var syntax: PatternSyntax
    var code: Range<Int>
  }

  /// A way through the pattern that begins with instruction `at`.
  struct Way {
    var kind: CodeMap.Branch.Kind
    var syntax: PatternSyntax
    var at: Int
  }

  /// True where the outermost alternatives are the items of a list.
  let isList: Bool
  private(set) var pieces: [Piece] = []
  private(set) var ways: [Way] = []
  private var depth = 0

  init(isList: Bool) {
    self.isList = isList
  }

  mutating func enter() { depth += 1 }

  mutating func leave(_ syntax: PatternSyntax, _ code: Range<Int>) {
    depth -= 1
    switch syntax {
    case .literal, .hole, .gap, .run, .start, .end:
      pieces.append(Piece(syntax: syntax, code: code))
    default: break
    }
  }

  mutating func alternative(_ syntax: PatternSyntax, at: Int) {
    let kind: CodeMap.Branch.Kind = isList && depth == 1 ? .item : .alternative
    ways.append(Way(kind: kind, syntax: syntax, at: at))
  }

  mutating func optional(_ syntax: PatternSyntax, at: Int) {
    ways.append(Way(kind: .optional, syntax: syntax, at: at))
  }
}

extension CodeMap {
  /// Adds a pattern whose code begins at `entry`; `lines` are those of its phrases.
  mutating func add(
    _ notes: PatternNotes, _ place: Place, entry: Int, count: Int, lines: [Int],
    split: (String) -> [[UInt8]]
  ) {
    var place = place
    let pattern = places.count
    while partOf.count < entry + count { partOf.append(-1) }
    for piece in notes.pieces {
      switch piece.syntax {
      case .literal(let text, let exact, _):
        for (word, at) in zip(split(text), piece.code) {
          let word = String(decoding: word, as: UTF8.self)
          add(Part(kind: .word, text: exact ? "'\(word)'" : word), entry + at..<entry + at + 1)
        }
      case .hole(let type, _, _, _):
        add(Part(kind: .hole, text: "<\(type)>"), entry, piece)
      case .gap(let length, let capture):
        add(Part(kind: .gap, text: "..\(length)", isNeeded: !capture.isEmpty), entry, piece)
      case .run: add(Part(kind: .gap, text: piece.syntax.written, isNeeded: true), entry, piece)
      default: add(Part(kind: .edge, text: piece.syntax.written), entry, piece)
      }
    }
    for way in notes.ways {
      if way.kind == .item { place.items.append(entry + way.at) }
      branches.append(
        Branch(
          kind: way.kind, pattern: pattern, instruction: entry + way.at,
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
