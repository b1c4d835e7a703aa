/// Words and their ids: folded bytes to dense numbers from 1.
///
/// Open addressing over one byte arena; copying shares the storage until one copy grows.
package struct Vocabulary: Sendable {
  private var arena: [UInt8] = []
  /// Word `id` is `arena[starts[id - 1] ..< starts[id]]`.
  private var starts: [UInt32] = [0]
  /// The hash of word `id`, at `id - 1`.
  private var hashes: [UInt32] = []
  /// Ids, or 0 where free; the count is a power of two.
  private var slots: [UInt32] = [UInt32](repeating: 0, count: 64)

  /// A vocabulary without words.
  package init() {}

  /// The number of words, which is also the largest id.
  package var count: Int { hashes.count }

  /// The bytes that the words take.
  var byteCount: Int { arena.count }

  /// The id of a folded word, or 0 where it is absent.
  ///
  /// - Complexity: O(1) on average, times the length of the word.
  package func find(folded word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    slots[place(of: word, hash: hashBytes(word))]
  }

  /// The id of a folded word, which is added where it is absent.
  ///
  /// Returns 0 for a word that no longer fits: all words together take less than 4 GiB.
  ///
  /// - Complexity: O(1) on average, times the length of the word.
  package mutating func intern(folded word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let hash = hashBytes(word)
    let place = place(of: word, hash: hash)
    if slots[place] != 0 { return slots[place] }
    guard arena.count &+ word.count < Int(UInt32.max) else { return 0 }
    arena.append(contentsOf: word)
    starts.append(UInt32(truncatingIfNeeded: arena.count))
    hashes.append(hash)
    let id = UInt32(truncatingIfNeeded: hashes.count)
    slots[place] = id
    if hashes.count &* 2 > slots.count { widen() }
    return id
  }

  /// The folded bytes of a word; none for an id that was never given.
  package func text(_ id: UInt32) -> [UInt8] {
    guard id > 0, Int(id) <= count else { return [] }
    return Array(arena[Int(starts[Int(id) &- 1])..<Int(starts[Int(id)])])
  }

  /// The slot that holds the word, or the free slot where it belongs.
  private func place(of word: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int {
    let mask = slots.count &- 1
    var slot = Int(hash) & mask
    while true {
      let id = slots[slot]
      if id == 0 { return slot }
      if hashes[Int(id) &- 1] == hash, isEqual(id, word) { return slot }
      slot = (slot &+ 1) & mask
    }
  }

  private func isEqual(_ id: UInt32, _ word: UnsafeBufferPointer<UInt8>) -> Bool {
    let begin = Int(starts[Int(id) &- 1])
    guard Int(starts[Int(id)]) &- begin == word.count else { return false }
    for offset in 0..<word.count where arena[begin &+ offset] != word[offset] { return false }
    return true
  }

  private mutating func widen() {
    slots = [UInt32](repeating: 0, count: slots.count &* 2)
    let mask = slots.count &- 1
    for (index, hash) in hashes.enumerated() {
      var slot = Int(hash) & mask
      while slots[slot] != 0 { slot = (slot &+ 1) & mask }
      slots[slot] = UInt32(truncatingIfNeeded: index &+ 1)
    }
  }
}

private func hashBytes(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
  let state = hash(of: word)
  return UInt32(truncatingIfNeeded: state ^ state >> 32)
}
