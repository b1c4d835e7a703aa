internal import DukienText

/// The parts of a program while they are being compiled; `Program` says what they are.
struct ProgramDraft {
  var name = ""
  var fingerprint = ""
  var timezone = ""
  var numberFormat = NumberFormat()
  var names: [String] = [""]
  var symbols = Vocabulary()
  var vocabulary = Vocabulary()
  var exactSpellings: [[UInt8]] = []
  var exactRuns: [Int32] = []
  var lexicon = Lexicon()
  var trie = LexiconTrie()
  var classes: [TokenClass] = []
  var types: [TypeInfo] = []
  var holeTypes: [Bool] = []
  var holeCount = 0
  var code: [Instruction] = []
  var patterns: [Pattern] = []
  var expressions: [ExpressionNode] = []
  var productions: [Production] = []
  var values = DispatchDraft()
  var blockGroups = DispatchDraft()
  var groups = DispatchDraft()
  var entities = DispatchDraft()
  var zones: [ZoneRule] = []
  var elements = ElementMarks()
  var root = RootRule()
  var asksHidden = false
  var contentLabels: [Bool] = []
  var bodyLabels: [BodyPart] = []
  var article = ArticleMap()
  var resolve = ResolveRule()
  var links: [LinkRule] = []
  var facts: [FactType] = []
  var rules: [Rule] = []
  var ruleDispatch = DispatchDraft()
  var assertions: [AssertionRule] = []
  var conflicts: [ConflictRule] = []
  var assertionDispatch = DispatchDraft()
  var tests: [RuleTest] = []
  var sets: [SetInfo] = []
  var stopHole = -1
  var abbreviationHole = -1
  var map: CodeMap?
}
