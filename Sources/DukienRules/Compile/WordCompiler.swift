internal import DukienText

/// Cuts literals and lexicon entries into words as the text reader does, and numbers them.
final class WordCompiler {
  private(set) var vocabulary = Vocabulary()
  private(set) var exactSpellings: [[UInt8]] = []
  /// By id of a word: true where it has no letters and digits.
  private(set) var isSign: [Bool] = [false]
  private var tokenizer = Tokenizer(vocabulary: Vocabulary())
  private var exactIndex: [[UInt8]: Int32] = [:]
  private var folded: [UInt8] = []

  /// The ids of the words of a text.
  func intern(_ text: String) -> [UInt32] {
    var ids: [UInt32] = []
    forEachWord(of: text) { ids.append(intern($0)) }
    return ids
  }

  /// The exact spellings of the words of a text.
  func internExact(_ text: String) -> [Int32] {
    var spellings: [Int32] = []
    forEachWord(of: text) { spellings.append(internExact($0)) }
    return spellings
  }

  /// The words of a text as they are written.
  func split(_ text: String) -> [String] {
    var words: [String] = []
    forEachWord(of: text) { words.append(String(decoding: $0, as: UTF8.self)) }
    return words
  }

  /// The ids of the words of each span of a file, which is read in one go.
  func intern(_ spans: [Span], of bytes: [UInt8]) -> [[UInt32]] {
    var blocks = spans.map { Block(span: $0, core: $0, line: 1) }
    let tokens = tokenizer.tokenize(bytes, blocks: &blocks, limit: bytes.count)
    // By the id of a word in this text, its id in the vocabulary.
    var ids = [UInt32](repeating: 0, count: Int(tokens.word.max() ?? 0) + 1)
    return bytes.withUnsafeBufferPointer { bytes in
      blocks.map { block in
        block.tokens.map { token in
          let word = Int(tokens.word[token])
          if ids[word] == 0 {
            ids[word] = intern(UnsafeBufferPointer(rebasing: bytes[tokens.span(token).range]))
          }
          return ids[word]
        }
      }
    }
  }

  /// Calls `body` with each word of a text. One sign, and letters between single blanks, need no
  /// tokenizer.
  private func forEachWord(of text: String, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    var text = text
    text.withUTF8 { bytes in
      guard Self.isPlain(bytes) else {
        let tokens = tokenizer.tokenize(Array(bytes))
        for token in 0..<tokens.count {
          body(UnsafeBufferPointer(rebasing: bytes[tokens.span(token).range]))
        }
        return
      }
      var begin = 0
      for index in 0...bytes.count where index == bytes.count || bytes[index] == 0x20 {
        body(UnsafeBufferPointer(rebasing: bytes[begin..<index]))
        begin = index + 1
      }
    }
  }

  private static func isPlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    if bytes.count == 1 { return bytes[0] > 0x20 }
    var isInWord = false
    var index = 0
    while index < bytes.count {
      if bytes[index] == 0x20 {
        guard isInWord else { return false }
        isInWord = false
        index += 1
      } else {
        let length = letterLength(bytes, at: index)
        guard length > 0 else { return false }
        isInWord = true
        index += length
      }
    }
    return isInWord
  }

  /// The bytes of a letter of ASCII, of Latin-1 or of the blocks that Vietnamese adds, or 0.
  private static func letterLength(_ bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> Int {
    let byte = bytes[index]
    if byte < 0x80 { return (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A ? 1 : 0 }
    let next = index + 1 < bytes.count ? bytes[index + 1] : 0
    switch byte {
    case 0xC3: return next != 0x97 && next != 0xB7 ? 2 : 0
    case 0xC4, 0xC5, 0xC6: return 2
    case 0xE1: return next == 0xBA || next == 0xBB ? 3 : 0
    default: return 0
    }
  }

  private func intern(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    fold(word, keepCase: false, into: &folded)
    let id = folded.withUnsafeBufferPointer { vocabulary.intern(folded: $0) }
    if Int(id) == isSign.count { isSign.append(folded.allSatisfy(Self.isSignByte)) }
    return id
  }

  private static func isSignByte(_ byte: UInt8) -> Bool {
    byte < 0x80 && !((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A)
      && !(byte >= 0x30 && byte <= 0x39)
  }

  private func internExact(_ word: UnsafeBufferPointer<UInt8>) -> Int32 {
    fold(word, keepCase: true, into: &folded)
    if let index = exactIndex[folded] { return index }
    let index = Int32(exactSpellings.count)
    exactIndex[folded] = index
    exactSpellings.append(folded)
    return index
  }
}
