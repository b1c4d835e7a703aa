internal import DukienText

/// Cuts literals and lexicon entries into words as the text reader does, and numbers them.
final class WordCompiler {
  private(set) var vocabulary = Vocabulary()
  private(set) var exactSpellings: [[UInt8]] = []
  private var tokenizer = Tokenizer(vocabulary: Vocabulary())
  private var exactIndex: [[UInt8]: Int32] = [:]
  private var folded: [UInt8] = []

  /// The ids of the words of a text.
  func intern(_ text: String) -> [UInt32] {
    var text = text
    return text.withUTF8 { bytes in
      (Self.plainWords(bytes) ?? tokens(of: bytes)).map {
        intern(UnsafeBufferPointer(rebasing: bytes[$0]))
      }
    }
  }

  /// The exact spellings of the words of a text.
  func internExact(_ text: String) -> [Int32] {
    var text = text
    return text.withUTF8 { bytes in
      (Self.plainWords(bytes) ?? tokens(of: bytes)).map {
        internExact(UnsafeBufferPointer(rebasing: bytes[$0]))
      }
    }
  }

  /// The words of a text as they are written.
  func split(_ text: String) -> [String] {
    var text = text
    return text.withUTF8 { bytes in
      tokens(of: bytes).map {
        String(decoding: UnsafeBufferPointer(rebasing: bytes[$0]), as: UTF8.self)
      }
    }
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

  /// One sign, or words of letters alone between single blanks, which need no tokenizer; `nil` for
  /// other texts.
  private static func plainWords(_ bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>]? {
    if bytes.count == 1, bytes[0] > 0x20 { return [0..<1] }
    var words: [Range<Int>] = []
    var begin = 0
    var index = 0
    while index <= bytes.count {
      if index == bytes.count || bytes[index] == 0x20 {
        guard index > begin else { return nil }
        words.append(begin..<index)
        begin = index + 1
        index += 1
      } else {
        let length = letterLength(bytes, at: index)
        guard length > 0 else { return nil }
        index += length
      }
    }
    return words
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

  /// The tokens of a text as byte ranges.
  private func tokens(of bytes: UnsafeBufferPointer<UInt8>) -> [Range<Int>] {
    let tokens = tokenizer.tokenize(Array(bytes))
    return (0..<tokens.count).map { tokens.span($0).range }
  }

  private func intern(_ word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    fold(word, keepCase: false, into: &folded)
    return folded.withUnsafeBufferPointer { vocabulary.intern(folded: $0) }
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
