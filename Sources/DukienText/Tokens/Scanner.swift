/// Finds the tokens of one text.
struct Scanner {
  let text: UnsafePointer<UInt8>
  let textEnd: Int
  let classes: UnsafePointer<ByteClass>
  let entries: UnsafeMutablePointer<WordCache.Entry>

  /// Where scanning stands.
  struct Place {
    var block = 0
    /// The offset in the text; before the block's core where it is not begun.
    var index = 0
    /// Where the token before ends; nothing is glued to what stands before the block.
    var previousEnd = -1

    /// Whether this is the block with that index, and a token of it was found.
    func hasBegun(_ index: Int) -> Bool { index == block && previousEnd >= 0 }
  }

  /// Adds the tokens of the blocks' cores to `sink`, from `start` on, until it is full.
  ///
  /// Returns the place to go on from; its `block` is the count of blocks where all is done.
  func scan(
    _ blocks: inout [Block], from start: Place, into sink: inout TokenSink,
    words: inout WordTable
  ) -> Place {
    var place = start
    while place.block < blocks.count {
      let core = blocks[place.block].core
      let end = Swift.min(Int(core.end), textEnd)
      if place.previousEnd < 0 {
        place.index = Int(core.begin)
        blocks[place.block].firstToken = UInt32(truncatingIfNeeded: sink.count)
      }
      let first = Int(blocks[place.block].firstToken)
      scan(&place, end, first: first, into: &sink, words: &words)
      blocks[place.block].tokenCount = UInt32(truncatingIfNeeded: sink.count &- first)
      if place.index < end { return place }
      place = Place(block: place.block &+ 1)
    }
    return place
  }

  /// Adds the tokens of one block up to `end`, of which `first` was the first.
  @inline(__always)
  private func scan(
    _ place: inout Place, _ end: Int, first: Int, into sink: inout TokenSink,
    words: inout WordTable
  ) {
    var previousEnd = place.previousEnd
    var index = place.index
    defer {
      place.index = index
      place.previousEnd = previousEnd
    }
    while index < end {
      let byte = text[index]
      let byteClass = classes[Int(byte)]
      if byteClass.contains(.space) {
        index &+= 1
        continue
      }
      if sink.isFull { return }
      let glued: Shape = index == previousEnd ? .glued : []

      if byteClass.contains(.startsWord), let run = WordRun(text, index, end, textEnd),
        let entry = known(run.key, at: WordCache.place(of: run.key))
      {
        sink.append(
          begin: index, end: run.end, word: entry.word, shape: entry.shape.union(glued))
        previousEnd = run.end
        // Nearly always one space follows.
        index = run.end &+ (text[run.end] == 0x20 ? 1 : 0)
        continue
      }

      let token = token(at: index, end, byteClass)
      if token.end == index {
        index &+= token.skipped
        continue
      }
      var shape = glued
      if token.kind == .number, !glued.isEmpty, isCode(index, first, sink) {
        shape.insert(.code)
      }
      let entry = entry(index, token, words: &words)
      sink.append(
        begin: index, end: token.end, word: entry.word, shape: entry.shape.union(shape))
      previousEnd = token.end
      index = token.end
    }
  }

  @inline(__always)
  private func known(_ key: WordCache.Key, at place: Int) -> WordCache.Entry? {
    let newer = entries[place]
    if newer.low == key.low, newer.high == key.high { return newer }
    let older = entries[place &+ 1]
    if older.low == key.low, older.high == key.high { return older }
    return nil
  }

  /// The id and shape of a token, from the cache or found out and put there.
  private func entry(
    _ begin: Int, _ token: FoundToken, words: inout WordTable
  ) -> WordCache.Entry {
    let bytes = UnsafeBufferPointer(start: text + begin, count: token.end &- begin)
    if token.kind == .url {
      return WordCache.Entry(word: words.id(folded: bytes), shape: .url)
    }
    guard bytes.count <= WordCache.longest else {
      return WordCache.Entry(word: words.id(of: bytes), shape: shape(of: token, bytes))
    }
    let key = WordCache.Key(bytes)
    let place = WordCache.place(of: key)
    if let entry = known(key, at: place) { return entry }
    let entry = WordCache.Entry(
      low: key.low, high: key.high, word: words.id(of: bytes), shape: shape(of: token, bytes))
    if !mayOpenURL(bytes) {
      entries[place &+ 1] = entries[place]
      entries[place] = entry
    }
    return entry
  }

  /// The shape of a token apart from its surroundings.
  private func shape(of token: FoundToken, _ bytes: UnsafeBufferPointer<UInt8>) -> Shape {
    switch token.kind {
    case .word: shapeOfWord(bytes)
    case .number: .number
    case .url: .url
    case .sign: token.sign
    }
  }

  /// Whether a number glued to the token before it belongs to a code as in "m2" or "COVID-19".
  private func isCode(_ begin: Int, _ first: Int, _ sink: TokenSink) -> Bool {
    guard sink.count > first else { return false }
    let before = sink.shape(at: sink.count &- 1)
    if before.contains(.word) { return true }
    return text[begin &- 1] == 0x2D && before.contains(.glued) && sink.count &- first >= 2
      && sink.shape(at: sink.count &- 2).contains(.word)
  }
}

/// Whether the token is one that what follows may make the first part of a web address.
private func mayOpenURL(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
  guard let start = bytes.baseAddress, bytes.count >= 3, bytes.count <= 5 else { return false }
  return startsLike("http", start, 0, bytes.count) || startsLike("www", start, 0, bytes.count)
}

/// The shape of a word: its letters' case.
private func shapeOfWord(_ bytes: UnsafeBufferPointer<UInt8>) -> Shape {
  guard let start = bytes.baseAddress else { return .word }
  var shape: Shape = .word
  var letters = 0
  var capitals = 0
  var index = 0
  while index < bytes.count {
    let scalar = readScalar(start, index, bytes.count)
    if characterKind(scalar.value) == .letter {
      letters &+= 1
      if isUpperCase(scalar.value) {
        capitals &+= 1
        if letters == 1 { shape.insert(.capital) }
      }
    }
    index &+= scalar.length
  }
  if letters >= 2, capitals == letters { shape.insert(.allCaps) }
  return shape
}
