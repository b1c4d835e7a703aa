import DukienText

/// The decoded form of bytes.
func decoded(_ bytes: [UInt8], hint: String = "", isMarkup: Bool? = nil) -> SourceText {
  bytes.withUnsafeBytes { decode($0, hint: hint, isMarkup: isMarkup) }
}

/// The decoded form of bytes in an encoding.
func decoded(_ bytes: [UInt8], in encoding: TextEncoding) -> SourceText {
  bytes.withUnsafeBytes { decode($0, in: encoding) }
}

/// The bytes as a string, for comparison and messages.
func string(_ bytes: some Sequence<UInt8>) -> String {
  String(decoding: Array(bytes), as: UTF8.self)
}

/// The folded key of a word.
func key(_ word: String, keepCase: Bool = false) -> [UInt8] {
  var out: [UInt8] = []
  Array(word.utf8).withUnsafeBufferPointer { fold($0, keepCase: keepCase, into: &out) }
  return out
}

/// The strings of the tokens of a text.
func texts(_ tokens: Tokens, _ text: [UInt8]) -> [String] {
  (0..<tokens.count).map { string(text[tokens.span($0).range]) }
}

/// The strings of the tokens of one line.
func words(_ text: String) -> [String] {
  var tokenizer = Tokenizer(vocabulary: Vocabulary())
  let bytes = Array(text.utf8)
  return texts(tokenizer.tokenize(bytes), bytes)
}

/// The shapes of the tokens of one line.
func shapes(_ text: String) -> [Shape] {
  var tokenizer = Tokenizer(vocabulary: Vocabulary())
  return tokenizer.tokenize(Array(text.utf8)).shape
}

/// A small generator of numbers that are the same in every run (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
