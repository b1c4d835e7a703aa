internal import DukienText

/// Texts at a fixed address, by index.
package final class FixedTexts: @unchecked Sendable {
  @usableFromInline let bytes: UnsafeMutablePointer<UInt8>
  /// Text `i` is `bytes[bounds[i]..<bounds[i + 1]]`.
  @usableFromInline let bounds: UnsafeMutablePointer<Int>
  package let count: Int

  init(_ texts: [[UInt8]]) {
    var all: [UInt8] = []
    var ends = [0]
    for text in texts {
      all += text
      ends.append(all.count)
    }
    bytes = fixed(all)
    bounds = fixed(ends)
    count = texts.count
  }

  deinit {
    bytes.deallocate()
    bounds.deallocate()
  }

  @inlinable
  package subscript(index: Int) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: bytes + bounds[index], count: bounds[index &+ 1] &- bounds[index])
  }
}

/// A piece of a template: the value of `expression`, or, where that is -1, the text
/// `literals[literal]`.
package struct FlatPiece: BitwiseCopyable, Sendable {
  package var expression: Int32
  package var literal: Int32 = 0
}

/// A template: `pieces[first..<last]`.
package struct FlatTemplate: BitwiseCopyable, Sendable {
  package var first: Int32 = 0
  package var last: Int32 = 0

  @inlinable
  package init(first: Int32 = 0, last: Int32 = 0) {
    self.first = first
    self.last = last
  }

  @inlinable
  package var isEmpty: Bool { first == last }
}

/// What the engine prints, at fixed addresses.
package final class TextTables: @unchecked Sendable {
  /// By `Program.names`, by `Program.rules`, by symbol.
  package let names: FixedTexts
  package let ruleNames: FixedTexts
  package let symbols: FixedTexts
  package let literals: FixedTexts
  package let pieces: UnsafeMutablePointer<FlatPiece>
  /// The symbol that each lexicon entry stands for, or 0.
  package let entrySymbols: UnsafeMutablePointer<UInt32>
  /// What each production shows.
  package let shows: UnsafeMutablePointer<FlatTemplate>
  /// The expression that is the key of each production, or -1.
  package let keys: UnsafeMutablePointer<Int32>

  init(_ program: ProgramDraft, _ templates: TemplateList) {
    var templates = templates
    names = FixedTexts(program.names.map { Array($0.utf8) })
    ruleNames = FixedTexts(program.rules.map { Array($0.name.utf8) })
    symbols = FixedTexts((0...program.symbols.count).map { program.symbols.text(UInt32($0)) })
    entrySymbols = fixed(program.lexicon.entries.map { $0.symbol })
    shows = fixed(program.productions.map { templates.add($0.shows) })
    keys = fixed(program.productions.map { Int32($0.key) })
    literals = FixedTexts(templates.literals)
    pieces = fixed(templates.pieces)
  }

  deinit {
    pieces.deallocate()
    entrySymbols.deallocate()
    shows.deallocate()
    keys.deallocate()
  }
}

/// The pieces of templates, laid out flat.
struct TemplateList {
  private(set) var pieces: [FlatPiece] = []
  private(set) var literals: [[UInt8]] = []

  /// Adds a template; returns where it stands.
  mutating func add(_ template: [TemplatePiece]) -> FlatTemplate {
    let first = Int32(pieces.count)
    for piece in template {
      switch piece {
      case .literal(let text):
        pieces.append(FlatPiece(expression: -1, literal: Int32(literals.count)))
        literals.append(text)
      case .expression(let node): pieces.append(FlatPiece(expression: Int32(node)))
      }
    }
    return FlatTemplate(first: first, last: Int32(pieces.count))
  }
}
