package import DukienText

/// A class of tokens as the matcher reads it.
package struct FlatClass: BitwiseCopyable, Sendable {
  package var required: Shape
  package var forbidden: Shape
  package var requiresLowercase: Bool
  /// True where prefixes or suffixes must be looked at too.
  package var hasAffixes: Bool
  package var minimumBytes: Int32
  package var maximumBytes: Int32
  /// First word of the class's bit set of excluded words, and how many words it has.
  package var firstExcluded: Int32
  package var excludedWords: Int32
}

/// A need as the matcher reads it: runs of `needWords` and `typeParts`.
package struct FlatNeed: BitwiseCopyable, Sendable {
  package var firstWord: Int32
  package var lastWord: Int32
  package var firstPart: Int32
  package var lastPart: Int32
}

/// A production as the engine reads it: what it gives are `given[firstGiven..<lastGiven]`.
package struct FlatProduction: BitwiseCopyable, Sendable {
  package var type: UInt16
  package var guards: Guards
  package var pattern: Int32
  package var minimumTokens: Int32
  package var firstGiven: Int32
  package var lastGiven: Int32
}

/// A declared name as the engine reads it; `TypeInfo` says what the parts are.
package struct FlatType: BitwiseCopyable, Sendable {
  package var kind: TypeInfo.Kind
  package var isDate: Bool
  package var isContent: Bool
  package var listsAs: UInt16
  package var arena: Int32
  package var rank: Int32
  package var production: Int32
}

/// A capture slot: its name, and the path of names into what it keeps,
/// `pathNames[firstName..<lastName]`.
package struct FlatSlot: BitwiseCopyable, Sendable {
  package var name: UInt16
  package var firstName: Int32
  package var lastName: Int32
}

/// What the matcher reads of a program, at fixed addresses.
public final class MatchTables: @unchecked Sendable {
  public let code: UnsafeMutablePointer<Instruction>
  /// The outlooks of instructions, each once.
  public let outlooks: UnsafeMutablePointer<Outlook>
  /// The exact spellings that patterns and lexicons ask for.
  package let spellings: FixedTexts
  package let typeCount: Int
  /// The types that each hole takes, as bits: `holeBits[hole * typeWords..<(hole + 1) * typeWords]`.
  public let holeBits: UnsafeMutablePointer<UInt64>
  public let typeWords: Int
  package let patternCount: Int
  /// The needs of each pattern: `needs[needStart[p]..<needStart[p + 1]]`.
  package let needStart: UnsafeMutablePointer<Int32>
  package let needs: UnsafeMutablePointer<FlatNeed>
  package let needWords: UnsafeMutablePointer<UInt32>
  package let typeParts: UnsafeMutablePointer<BitPart>
  /// The types that pattern `p` may begin with: `typeParts[firstPart[p]..<lastPart[p]]`.
  package let firstPart: UnsafeMutablePointer<Int32>
  package let lastPart: UnsafeMutablePointer<Int32>
  package let classes: UnsafeMutablePointer<FlatClass>
  package let excluded: UnsafeMutablePointer<UInt64>
  /// First instruction of each pattern, and past the last.
  package let entries: UnsafeMutablePointer<Int32>
  package let ends: UnsafeMutablePointer<Int32>
  package let productions: UnsafeMutablePointer<FlatProduction>
  package let given: UnsafeMutablePointer<FieldRule>
  package let types: UnsafeMutablePointer<FlatType>
  /// The slots of pattern `p`, from 1, are `slots[slotStart[p]]` and those behind.
  package let slotStart: UnsafeMutablePointer<Int32>
  package let slots: UnsafeMutablePointer<FlatSlot>
  package let nodes: UnsafeMutablePointer<FlatNode>
  package let numbers: UnsafeMutablePointer<Decimal>
  package let pathNames: UnsafeMutablePointer<UInt16>
  package let arguments: UnsafeMutablePointer<Int32>
  /// The lexicon, as in `LexiconTrie`, and the runs of exact spellings of its entries.
  package let lexiconNodes: UnsafeMutablePointer<LexiconTrie.Node>
  package let lexiconChildren: UnsafeMutablePointer<UInt32>
  package let lexiconLeaves: UnsafeMutablePointer<LexiconTrie.Leaf>
  package let lexiconRoots: UnsafeMutablePointer<UInt32>
  package let lexiconRootCount: Int
  package let exactRuns: UnsafeMutablePointer<Int32>
  /// The names of what a lexicon entry stands for and how it is printed, or the largest number.
  package let valueName, textName: UInt16

  init(_ program: ProgramDraft) {
    typeCount = program.types.count
    typeWords = program.types.count / 64 + 1
    var bits = [UInt64](repeating: 0, count: program.holeCount * typeWords)
    var seen = [UInt64](repeating: 0, count: program.holeCount)
    for index in program.holeTypes.indices where program.holeTypes[index] {
      let (hole, type) = index.quotientAndRemainder(dividingBy: typeCount)
      bits[hole * typeWords + type / 64] |= 1 << UInt64(type % 64)
      seen[hole] |= Outlook.bit(ofType: UInt16(type))
    }
    holeBits = fixed(bits)
    var table = OutlookTable()
    var instructions = program.code
    for (index, outlook) in Outlook.ofCode(program, holes: seen).enumerated() {
      instructions[index].look = table.index(of: outlook)
    }
    code = fixed(instructions)
    outlooks = fixed(table.outlooks)
    spellings = FixedTexts(program.exactSpellings)
    patternCount = program.patterns.count
    var parts = TypeParts(holeBits: bits, typeWords: typeWords)
    var needBounds: [Int32] = []
    var flatNeeds: [FlatNeed] = []
    var neededWords: [UInt32] = []
    for pattern in program.patterns {
      needBounds.append(Int32(flatNeeds.count))
      for need in pattern.needs where need.isNarrow {
        let firstWord = neededWords.count
        neededWords += need.words
        let (first, last) = parts.add(need.holes)
        flatNeeds.append(
          FlatNeed(
            firstWord: Int32(firstWord), lastWord: Int32(neededWords.count), firstPart: first,
            lastPart: last))
      }
    }
    needBounds.append(Int32(flatNeeds.count))
    needStart = fixed(needBounds)
    needs = fixed(flatNeeds)
    needWords = fixed(neededWords)
    let openings = program.patterns.map { parts.add($0.first.holes) }
    firstPart = fixed(openings.map { $0.first })
    lastPart = fixed(openings.map { $0.last })
    typeParts = fixed(parts.all)
    entries = fixed(program.patterns.map { Int32($0.entry) })
    ends = fixed(program.patterns.map { Int32($0.end) })
    var flat: [FlatClass] = []
    var excludedBits: [UInt64] = []
    for tokenClass in program.classes {
      flat.append(
        FlatClass(
          required: tokenClass.required, forbidden: tokenClass.forbidden,
          requiresLowercase: tokenClass.requiresLowercase,
          hasAffixes: !tokenClass.prefixes.isEmpty || !tokenClass.suffixes.isEmpty,
          minimumBytes: Int32(clamping: tokenClass.minimumBytes),
          maximumBytes: Int32(clamping: tokenClass.maximumBytes),
          firstExcluded: Int32(excludedBits.count), excludedWords: Int32(tokenClass.excluded.count))
      )
      excludedBits += tokenClass.excluded
    }
    var given: [FieldRule] = []
    productions = fixed(
      program.productions.map { production in
        let first = given.count
        given += production.gives
        return FlatProduction(
          type: production.type, guards: production.guards,
          pattern: Int32(production.pattern),
          minimumTokens: Int32(clamping: production.minimumTokens), firstGiven: Int32(first),
          lastGiven: Int32(given.count))
      })
    self.given = fixed(given)
    types = fixed(
      program.types.map {
        FlatType(
          kind: $0.kind, isDate: $0.isDate, isContent: $0.isContent, listsAs: $0.listsAs,
          arena: Int32(clamping: $0.arena),
          rank: Int32(clamping: $0.rank), production: Int32(clamping: $0.production))
      })
    var expressions = FlatExpressions(program.expressions)
    var slotBounds: [Int32] = []
    var slots: [FlatSlot] = []
    for pattern in program.patterns {
      slotBounds.append(Int32(slots.count))
      for (name, path) in zip(pattern.slots, pattern.paths) {
        let names = expressions.add(path)
        slots.append(FlatSlot(name: name, firstName: names.first, lastName: names.last))
      }
    }
    slotStart = fixed(slotBounds)
    self.slots = fixed(slots)
    nodes = fixed(expressions.nodes)
    numbers = fixed(expressions.numbers)
    pathNames = fixed(expressions.names)
    arguments = fixed(expressions.arguments)
    lexiconNodes = fixed(program.trie.nodes)
    lexiconChildren = fixed(program.trie.childWord)
    lexiconLeaves = fixed(program.trie.leaves)
    lexiconRoots = fixed(program.trie.rootChild)
    lexiconRootCount = program.trie.rootChild.count
    exactRuns = fixed(program.exactRuns)
    valueName = UInt16(program.names.firstIndex(of: "value") ?? Int(UInt16.max))
    textName = UInt16(program.names.firstIndex(of: "text") ?? Int(UInt16.max))
    classes = fixed(flat)
    excluded = fixed(excludedBits)
  }

  deinit {
    code.deallocate()
    outlooks.deallocate()
    holeBits.deallocate()
    classes.deallocate()
    excluded.deallocate()
    entries.deallocate()
    ends.deallocate()
    needStart.deallocate()
    needs.deallocate()
    needWords.deallocate()
    typeParts.deallocate()
    firstPart.deallocate()
    lastPart.deallocate()
    productions.deallocate()
    given.deallocate()
    types.deallocate()
    slotStart.deallocate()
    slots.deallocate()
    nodes.deallocate()
    numbers.deallocate()
    pathNames.deallocate()
    arguments.deallocate()
    lexiconNodes.deallocate()
    lexiconChildren.deallocate()
    lexiconLeaves.deallocate()
    lexiconRoots.deallocate()
    exactRuns.deallocate()
  }

  /// What the next token must look like at an instruction.
  @inlinable @inline(__always)
  public func outlook(_ instruction: Int) -> Outlook { outlooks[Int(code[instruction].look)] }

  /// True where hole `hole` takes edges of type `type`.
  @inlinable @inline(__always)
  public func takes(_ hole: Int, _ type: UInt16) -> Bool {
    types(ofHole: hole)[Int(type >> 6)] & (1 << UInt64(type & 63)) != 0
  }

  /// The types that hole `hole` takes, as bits: `typeWords` words.
  @inlinable @inline(__always)
  public func types(ofHole hole: Int) -> UnsafeMutablePointer<UInt64> {
    holeBits + hole &* typeWords
  }
}

/// A copy of the elements at a fixed address; the caller deallocates it.
func fixed<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
  let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
  for (index, element) in elements.enumerated() { (memory + index).initialize(to: element) }
  return memory
}
