extension Compiler {
  /// Reports what compiles and yet can never do what it says; for sets without errors, since a
  /// part that was refused would make others look wrong. The sets inside the library are looked at
  /// when it is made, not each time they are loaded.
  ///
  /// - Complexity: linear in the sources and in the fields that paths go through.
  func lint() {
    guard isLinted else { return }
    lintHeaders()
    lintTests()
    guard !hasErrors else { return }
    lintUntested()
    lintZones()
    lintArticle()
    var fields = FieldTable(of: self)
    lintPaths(&fields)
    lintProductions(&fields)
    lintLinks(&fields)
    lintFacts()
    lintRules(&fields)
    lintAssertions()
    lintAlternatives()
    lintHoles()
    lintClasses()
    lintUnused()
    lintUnfilledFacts()
  }

  var isLinted: Bool { origins.contains { !$0.isBundled } }

  var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  /// The remedy for a name that is none of those known.
  func remedy(for name: String, among known: [String], else otherwise: String = "") -> String {
    if let near = nearest(name, among: known) { return "did you mean `\(near)`?" }
    return otherwise
  }

  /// Up to ten names in quotes, after `lead`; "" for none.
  func list(_ names: [String], after lead: String) -> String {
    guard !names.isEmpty else { return "" }
    let shown = names.prefix(10).map { "`\($0)`" }.joined(separator: ", ")
    return "\(lead)\(shown)\(names.count > 10 ? ", …" : "")"
  }
}
