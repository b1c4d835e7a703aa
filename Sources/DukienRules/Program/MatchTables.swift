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

/// A first set as the matcher reads it.
package struct FlatFirst: BitwiseCopyable, Sendable {
  /// True where the pattern may begin with any token, or match nothing.
  package var isAny: Bool
  package var firstWord: Int32
  package var lastWord: Int32
  package var firstHole: Int32
  package var lastHole: Int32
  package var firstClass: Int32
  package var lastClass: Int32
}

/// A need as the matcher reads it: runs of `needWords` and `needHoles`.
package struct FlatNeed: BitwiseCopyable, Sendable {
  package var firstWord: Int32
  package var lastWord: Int32
  package var firstHole: Int32
  package var lastHole: Int32
}

/// What the matcher reads of a program, at fixed addresses.
package final class MatchTables: @unchecked Sendable {
  package let code: UnsafeMutablePointer<Instruction>
  package let holeTypes: UnsafeMutablePointer<Bool>
  package let typeCount: Int
  /// The types that each hole takes, as bits: `holeBits[hole * typeWords..<(hole + 1) * typeWords]`.
  package let holeBits: UnsafeMutablePointer<UInt64>
  package let typeWords: Int
  package let patternCount: Int
  /// The needs of each pattern: `needs[needStart[p]..<needStart[p + 1]]`.
  package let needStart: UnsafeMutablePointer<Int32>
  package let needs: UnsafeMutablePointer<FlatNeed>
  package let needWords: UnsafeMutablePointer<UInt32>
  package let needHoles: UnsafeMutablePointer<Int32>
  package let classes: UnsafeMutablePointer<FlatClass>
  package let excluded: UnsafeMutablePointer<UInt64>
  /// First instruction of each pattern, and past the last.
  package let entries: UnsafeMutablePointer<Int32>
  package let ends: UnsafeMutablePointer<Int32>
  /// What each pattern may begin with: runs of `firstWords`, `firstHoles`, `firstClasses`.
  package let firsts: UnsafeMutablePointer<FlatFirst>
  package let firstWords: UnsafeMutablePointer<UInt32>
  package let firstHoles: UnsafeMutablePointer<Int32>
  package let firstClasses: UnsafeMutablePointer<Int32>

  init(_ program: ProgramDraft) {
    code = fixed(program.code)
    holeTypes = fixed(program.holeTypes)
    typeCount = program.types.count
    typeWords = program.types.count / 64 + 1
    var bits = [UInt64](repeating: 0, count: program.holeCount * typeWords)
    for index in program.holeTypes.indices where program.holeTypes[index] {
      let (hole, type) = index.quotientAndRemainder(dividingBy: typeCount)
      bits[hole * typeWords + type / 64] |= 1 << UInt64(type % 64)
    }
    holeBits = fixed(bits)
    patternCount = program.patterns.count
    var needBounds: [Int32] = []
    var flatNeeds: [FlatNeed] = []
    var neededWords: [UInt32] = []
    var neededHoles: [Int32] = []
    for pattern in program.patterns {
      needBounds.append(Int32(flatNeeds.count))
      for need in pattern.needs {
        let begin = (neededWords.count, neededHoles.count)
        neededWords += need.words
        neededHoles += need.holes.map { Int32($0) }
        flatNeeds.append(
          FlatNeed(
            firstWord: Int32(begin.0), lastWord: Int32(neededWords.count),
            firstHole: Int32(begin.1), lastHole: Int32(neededHoles.count)))
      }
    }
    needBounds.append(Int32(flatNeeds.count))
    needStart = fixed(needBounds)
    needs = fixed(flatNeeds)
    needWords = fixed(neededWords)
    needHoles = fixed(neededHoles)
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
    var flatFirsts: [FlatFirst] = []
    var words: [UInt32] = []
    var holes: [Int32] = []
    var classIDs: [Int32] = []
    for first in program.patterns.map({ $0.first }) {
      let begin = (words.count, holes.count, classIDs.count)
      words += first.words
      holes += first.holes.map { Int32($0) }
      classIDs += first.classes.map { Int32($0) }
      flatFirsts.append(
        FlatFirst(
          isAny: first.any || first.nullable, firstWord: Int32(begin.0),
          lastWord: Int32(words.count),
          firstHole: Int32(begin.1), lastHole: Int32(holes.count), firstClass: Int32(begin.2),
          lastClass: Int32(classIDs.count)))
    }
    firsts = fixed(flatFirsts)
    firstWords = fixed(words)
    firstHoles = fixed(holes)
    firstClasses = fixed(classIDs)
    classes = fixed(flat)
    excluded = fixed(excludedBits)
  }

  deinit {
    code.deallocate()
    holeTypes.deallocate()
    holeBits.deallocate()
    classes.deallocate()
    excluded.deallocate()
    entries.deallocate()
    ends.deallocate()
    firsts.deallocate()
    needStart.deallocate()
    needs.deallocate()
    needWords.deallocate()
    needHoles.deallocate()
    firstWords.deallocate()
    firstHoles.deallocate()
    firstClasses.deallocate()
  }

  /// True where hole `hole` takes edges of type `type`.
  package func takes(_ hole: Int, _ type: UInt16) -> Bool {
    holeTypes[hole &* typeCount &+ Int(type)]
  }
}

/// A copy of the elements at a fixed address; the caller deallocates it.
func fixed<Element: BitwiseCopyable>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
  let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
  for (index, element) in elements.enumerated() { (memory + index).initialize(to: element) }
  return memory
}
