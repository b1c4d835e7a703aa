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

/// What the matcher reads of a program, at fixed addresses.
package final class MatchTables: @unchecked Sendable {
  package let code: UnsafeMutablePointer<Instruction>
  package let holeTypes: UnsafeMutablePointer<Bool>
  package let typeCount: Int
  package let classes: UnsafeMutablePointer<FlatClass>
  package let excluded: UnsafeMutablePointer<UInt64>
  /// First instruction of each pattern, and past the last.
  package let entries: UnsafeMutablePointer<Int32>
  package let ends: UnsafeMutablePointer<Int32>

  init(_ program: Program) {
    func copy<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
      let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
      for (index, element) in elements.enumerated() {
        (memory + index).initialize(to: element)
      }
      return memory
    }
    code = copy(program.code)
    holeTypes = copy(program.holeTypes)
    typeCount = program.types.count
    entries = copy(program.patterns.map { Int32($0.entry) })
    ends = copy(program.patterns.map { Int32($0.end) })
    var flat: [FlatClass] = []
    var bits: [UInt64] = []
    for tokenClass in program.classes {
      flat.append(
        FlatClass(
          required: tokenClass.required, forbidden: tokenClass.forbidden,
          requiresLowercase: tokenClass.requiresLowercase,
          hasAffixes: !tokenClass.prefixes.isEmpty || !tokenClass.suffixes.isEmpty,
          minimumBytes: Int32(clamping: tokenClass.minimumBytes),
          maximumBytes: Int32(clamping: tokenClass.maximumBytes),
          firstExcluded: Int32(bits.count), excludedWords: Int32(tokenClass.excluded.count)))
      bits += tokenClass.excluded
    }
    classes = copy(flat)
    excluded = copy(bits)
  }

  /// The tables of a program without rules.
  package static var empty: MatchTables { MatchTables(Program()) }

  deinit {
    code.deallocate()
    holeTypes.deallocate()
    classes.deallocate()
    excluded.deallocate()
    entries.deallocate()
    ends.deallocate()
  }

  /// True where hole `hole` takes edges of type `type`.
  package func takes(_ hole: Int, _ type: UInt16) -> Bool {
    holeTypes[hole &* typeCount &+ Int(type)]
  }
}
