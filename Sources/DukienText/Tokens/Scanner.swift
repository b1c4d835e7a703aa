/// Finds the tokens of one text.
struct Scanner {
  let text: UnsafePointer<UInt8>
  let textEnd: Int
  let classes: UnsafePointer<ByteClass>
  let entries: UnsafeMutablePointer<WordCache.Entry>

  /// Adds the tokens between two offsets of one block to `sink`, up to its limit.
  func scan(_ begin: Int, _ end: Int, into sink: inout TokenSink, words: inout WordTable) {
    let first = sink.count
    // Nothing is glued to what stands before the block.
    var previousEnd = -1
    var index = begin
    while index < end {
      let byte = text[index]
      let byteClass = classes[Int(byte)]
      if byteClass.contains(.space) {
        index &+= 1
        continue
      }
      guard sink.count < sink.limit else { return }
      let glued: Shape = index == previousEnd ? .glued : []

      if byteClass.contains(.startsWord) {
        let run = endOfRun(index, end)
        if !run.isUnclear, run.end &- index <= WordCache.longest,
          !byteClass.contains(.startsURL) || !isURL(index, end)
        {
          let key = WordCache.Key(text, index, run.end &- index, textEnd: textEnd)
          let place = WordCache.place(of: key)
          if let entry = known(key, at: place) {
            sink.append(
              begin: index, end: run.end, word: entry.word, shape: entry.shape.union(glued))
            previousEnd = run.end
            index = run.end
            continue
          }
        }
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

  /// The end of the bytes that are probably one word, and whether the word may go on after it.
  @inline(__always)
  private func endOfRun(_ begin: Int, _ end: Int) -> (end: Int, isUnclear: Bool) {
    var index = begin &+ 1
    while index < end {
      let byteClass = classes[Int(text[index])]
      if !byteClass.contains(.continuesWord) { return (index, byteClass.contains(.unclear)) }
      index &+= 1
    }
    return (index, false)
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
    let key = WordCache.Key(text, begin, bytes.count, textEnd: textEnd)
    let place = WordCache.place(of: key)
    if let entry = known(key, at: place) { return entry }
    let entry = WordCache.Entry(
      low: key.low, high: key.high, word: words.id(of: bytes), shape: shape(of: token, bytes))
    entries[place &+ 1] = entries[place]
    entries[place] = entry
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
