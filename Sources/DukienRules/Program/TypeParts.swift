/// Some of the members `64 * word ..< 64 * word + 64` of a set, as bits.
package struct BitPart: BitwiseCopyable, Sendable {
  package var word: Int32
  package var bits: UInt64
}

/// Sets of types as parts of 64.
struct TypeParts {
  private let holeBits: [UInt64]
  private let typeWords: Int
  private(set) var all: [BitPart] = []

  init(holeBits: [UInt64], typeWords: Int) {
    self.holeBits = holeBits
    self.typeWords = typeWords
  }

  /// Adds the types of all the holes; returns where they stand.
  mutating func add(_ holes: [Int]) -> (first: Int32, last: Int32) {
    let first = Int32(all.count)
    guard !holes.isEmpty else { return (first, first) }
    for word in 0..<typeWords {
      var bits: UInt64 = 0
      for hole in holes { bits |= holeBits[hole * typeWords + word] }
      if bits != 0 { all.append(BitPart(word: Int32(word), bits: bits)) }
    }
    return (first, Int32(all.count))
  }
}
