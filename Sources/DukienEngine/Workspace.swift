internal import DukienRules
internal import DukienText

/// A typed stretch of tokens that a hole can take.
struct Edge: BitwiseCopyable {
  /// 0 for an edge that lost to another.
  var type: UInt16
  var begin: Int32
  var end: Int32
  /// Index of a record, or of a lexicon entry.
  var payload: Int32
  /// The next edge that begins at the same token, longest first; -1 ends the chain.
  var next: Int32
}

/// What a capture, field or role holds.
enum FieldValue: BitwiseCopyable {
  case none
  case number(Decimal)
  case symbol(UInt32)
  /// Tokens `begin..<end` as printed.
  case text(Int32, Int32)
  case record(Int32)
  /// A lexicon entry and the tokens that matched it.
  case entry(Int32, Int32, Int32)
  /// A generated text in `Workspace.generated`.
  case generated(Int32)
  case flag
}

struct Field: BitwiseCopyable {
  var name: UInt16
  var value: FieldValue
}

/// A value, group or entity found in the text.
struct Record: BitwiseCopyable {
  var type: UInt16
  /// Token range of the mention.
  var begin: Int32
  var end: Int32
  var firstField: Int32
  var fieldCount: Int32
  /// The fuller mention that a link found, or -1.
  var link: Int32 = -1
  /// The value that a relative date counts from, or -1.
  var anchor: Int32 = -1
  var isDead = false
}

/// A stretch of tokens in which patterns match: a sentence, or the inside of a group.
struct Segment: BitwiseCopyable {
  var begin: Int32
  var end: Int32
  /// 1-based index of the enclosing group, 0 for none.
  var context: Int32
  var block: Int32
  /// The sentence it belongs to, as evidence.
  var sentenceBegin: Int32
  var sentenceEnd: Int32
}

/// A covering group: outside it counts as one token.
struct Cover: BitwiseCopyable {
  var begin: Int32
  var end: Int32
  var parent: Int32
  var record: Int32
}

/// One event of a running match; cut back where the match backs off.
struct TrailEvent: BitwiseCopyable {
  enum Kind: UInt8, BitwiseCopyable { case open, close, edge, token, mentionOpen, mentionClose }
  var kind: Kind
  var slot: UInt16
  var at: Int32
}

/// A branch to come back to.
struct Branch: BitwiseCopyable {
  var pc: Int32
  var position: Int32
  var trail: Int32
  /// An edge to capture in `slot` when the branch is taken, or -1.
  var edge: Int32
  var slot: UInt16
}

/// All that is known of one page while it is read. Reused from page to page.
struct Workspace: ~Copyable {
  let tables: MatchTables

  var text: [UInt8] = []
  var offsets = OffsetMap.identity
  var blocks: [Block] = []
  /// What the page tells beside its text.
  var told: [ToldValue] = []
  /// The address that others on the page are relative to; empty where it is not known.
  var baseUrl: [UInt8] = []
  /// The page's elements, where it is HTML.
  var page = PageElements()
  var tokens = Tokens()
  /// Word and shape of each token, as in `tokens`.
  var words = Buffer<UInt32>()
  var shapes = Buffer<Shape>()
  /// What each token looks like to patterns, and past the last.
  var looks = Buffer<Outlook>()

  var head = Buffer<Int32>()
  var edges = Buffer<Edge>()
  var records = Buffer<Record>()
  var fields = Buffer<Field>()
  /// Generated texts, as spans of `generatedBytes`.
  var generated = Buffer<Span>()
  var generatedBytes = Buffer<UInt8>()
  /// Values of an expression that gives several, last in first out.
  var answers = Buffer<FieldValue>()

  /// End of the covering group that starts at a token in the current context, else 0.
  var cover = Buffer<Int32>()
  /// First token, plus one, of the covering group that ends before a token, else 0.
  var coverStart = Buffer<Int32>()
  /// 1-based innermost covering group of each token.
  var owner = Buffer<Int32>()
  var covers = Buffer<Cover>()
  /// How many sentences were too long, and the token after the first piece of the first one.
  var cuts = 0
  var firstCut = 0
  var segments = Buffer<Segment>()
  /// Token after the matching closing bracket, for opening brackets; 0 for none.
  var bracketEnd = Buffer<Int32>()
  /// True where a word at which running text stops begins.
  var stops = Buffer<Bool>()

  var labels: [UInt16] = []
  var reasons: [UInt16] = []

  var presence = Presence()
  /// Which needs of the seats of a stage are met in the segment at hand.
  var needsMet = Buffer<UInt64>()
  /// Where each seat may begin by a word or a class, counted from the segment's first token.
  var starts = PlaceSets()
  /// The tokens at which one seat may begin, in reading order.
  var turn = Buffer<Int32>()

  /// Records of a block that may overlap, and the places that each arena has given away.
  var rivals = Buffer<Rival>()
  var taken = PlaceSets()

  /// The key of a token that is compared.
  var folded = Buffer<UInt8>()

  // The last match.
  var trail = Buffer<TrailEvent>()
  var branches = Buffer<Branch>()
  var visited = Buffer<UInt64>()
  var matchEnd = 0
  var mentionBegin = 0
  var mentionEnd = 0
  var steps: UInt64 = 0
  var stepLimit: UInt64 = .max
  var ending = Ending()
  /// The bytes that the page takes as it was read, tokens and all.
  var bytesRead = 0

  /// Records that rules of links may join.
  var linking = LinkTable()
  var found = FoundFacts()

  /// True where matching is watched by one of the tools for rule writers.
  var observes = false
  var profile = Profile()
  var coverage = Coverage()

  init(tables: MatchTables) {
    self.tables = tables
  }

  mutating func reset() {
    edges.removeAll()
    records.removeAll()
    fields.removeAll()
    generated.removeAll()
    generatedBytes.removeAll()
    covers.removeAll()
    segments.removeAll()
    cuts = 0
    steps = 0
    let count = tokens.count
    words.copy(tokens.word)
    shapes.copy(tokens.shape)
    looks.removeAll()
    for index in 0..<count { looks.append(.token(word: words[index], shape: shapes[index])) }
    looks.append(Outlook(tokens: 1 << 63))
    head.fill(-1, count + 1)
    cover.fill(0, count + 1)
    coverStart.fill(0, count + 1)
    owner.fill(0, count + 1)
    bracketEnd.fill(0, count + 1)
    stops.fill(false, count + 1)
    labels = [UInt16](repeating: 0, count: blocks.count)
    reasons = [UInt16](repeating: 0, count: blocks.count)
  }

  /// The bytes that the page takes, with what was found in it so far.
  var bytesHeld: Int {
    bytesRead + edges.bytes + records.bytes + fields.bytes + generated.bytes
      + generatedBytes.bytes + covers.bytes + segments.bytes + found.bytes
  }

  /// What a token takes: itself, and its place in the arrays that run along with the tokens.
  static let bytesPerToken =
    5 * MemoryLayout<UInt32>.stride + 2 * MemoryLayout<Shape>.stride
    + MemoryLayout<Outlook>.stride + 4 * MemoryLayout<Int32>.stride + 1

  /// True where the host ended the run: then nothing of it is wanted.
  var isCancelled: Bool { ending.cause == .cancelled }

  /// False where the run has to end: then no pattern matches any more.
  mutating func mayGoOn() -> Bool {
    guard ending.isDue(holding: bytesHeld) else { return true }
    stepLimit = 0
    return false
  }

  /// Adds an edge, keeping the chain of its first token sorted by length; returns its index, or -1
  /// where the token has too many edges.
  @discardableResult
  mutating func addEdge(type: UInt16, begin: Int, end: Int, payload: Int32) -> Int32 {
    var previous: Int32 = -1
    var at = head[begin]
    var depth = 0
    while at >= 0, Int(edges[Int(at)].end) >= end {
      previous = at
      at = edges[Int(at)].next
      depth += 1
    }
    guard depth < 48 else { return -1 }
    let index = Int32(edges.count)
    edges.append(
      Edge(type: type, begin: Int32(begin), end: Int32(end), payload: payload, next: at))
    looks.base[begin].types |= Outlook.bit(ofType: type)
    if previous < 0 { head[begin] = index } else { edges[Int(previous)].next = index }
    return index
  }

  /// Byte span of tokens `begin..<end` in the text.
  func span(_ begin: Int, _ end: Int) -> Span {
    guard begin < end, end <= tokens.count else { return Span(0, 0) }
    return Span(tokens.begin[begin], tokens.end[end - 1])
  }

  /// The bytes of tokens `begin..<end` as printed.
  func printed(_ begin: Int, _ end: Int) -> ArraySlice<UInt8> {
    text[span(begin, end).range]
  }

  /// The bytes of tokens `begin..<end` as printed, for as long as `body` runs.
  @inline(__always)
  func withPrinted<Answer>(
    _ begin: Int32, _ end: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> Answer
  ) -> Answer {
    let range = span(Int(begin), Int(end)).range
    return text.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range])) }
  }

  /// A generated text, until the next is made.
  func generatedText(_ index: Int32) -> UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(rebasing: generatedBytes.elements[generated[Int(index)].range])
  }

  /// Keeps a text; returns the value that stands for it.
  mutating func generate(_ text: UnsafeBufferPointer<UInt8>) -> FieldValue {
    let begin = generatedBytes.count
    generatedBytes.append(text)
    generated.append(Span(begin, generatedBytes.count))
    return .generated(Int32(truncatingIfNeeded: generated.count &- 1))
  }
}
