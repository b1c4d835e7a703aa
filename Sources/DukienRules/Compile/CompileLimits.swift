/// What all sets together may hold. Each bound is far above any real rule set; what goes past one
/// is refused where it stands, so that no file costs more than seconds and some megabytes.
enum CompileLimits {
  /// Errors that are reported, and as many warnings and notes.
  static let problems = 1_000
  /// Problems for which a name near the one written is looked for.
  static let remedies = 100
  static let names = 65_000
  static let facts = 4_096
  static let roles = 256
  static let classes = 512
  static let zoneRules = 10_000
  static let assertions = 10_000
  static let tests = 20_000
  static let lexiconEntries = 4_000_000
  /// Steps of all patterns together.
  static let steps = 6_000_000
  /// Pairs of a pattern and a type that it may begin with.
  static let openings = 2_000_000
  /// Circles that are told of.
  static let circles = 20
  /// Names of one circle that are told.
  static let circleNames = 12
}

extension Compiler {
  /// Counts a problem; false where no more of its weight are reported.
  func mayReport(_ severity: Severity) -> Bool {
    let isError = severity == .error
    let count = isError ? errorCount : lesserCount
    guard count < CompileLimits.problems else { return false }
    if isError { errorCount += 1 } else { lesserCount += 1 }
    return true
  }

  /// Says at the last problem of its weight that the others are not reported.
  func markLast(_ severity: Severity) {
    guard (severity == .error ? errorCount : lesserCount) == CompileLimits.problems else { return }
    let hint = diagnostics[diagnostics.count - 1].hint
    diagnostics[diagnostics.count - 1].hint =
      "\(hint)\(hint.isEmpty ? "" : "; ")what follows is not reported"
  }

  /// True where so many errors are known that nothing further is looked at.
  var hasGivenUp: Bool { errorCount >= CompileLimits.problems || hasTooManySteps }

  /// The candidate that `name` was most probably meant to be; after many problems none is looked
  /// for.
  func nearest(_ name: String, among candidates: [String]) -> String? {
    guard remedyCount < CompileLimits.remedies else { return nil }
    remedyCount += 1
    return DukienRules.nearest(name, among: candidates)
  }

  /// The names of a circle, shortened in the middle.
  func chain(_ names: [String]) -> String {
    guard names.count > CompileLimits.circleNames, let last = names.last else {
      return names.joined(separator: " → ")
    }
    return names.prefix(CompileLimits.circleNames - 1).joined(separator: " → ") + " → … → \(last)"
  }
}
