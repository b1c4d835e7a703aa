extension ExtractCommand {
  /// Extracts the pages, and those that change again, or all of them where the rules change, until
  /// Ctrl-C. Rules that do not compile are reported, and the last ones that did stay in use.
  ///
  /// Each round is written as a run of its own; a file is written anew, with all pages.
  func runOnChange() throws -> Never {
    guard !paths.isEmpty, !paths.contains("-") else {
      throw Exit(.usage, "--watch takes files and folders, not standard input")
    }
    let sets = try RuleSets(rules.chosen)
    var pages = WatchedPages(paths)
    var rules: Rules?
    try Watch.poll {
      var changed = pages.changes()
      switch try sets.reload(printsErrors: true) {
      case .unchanged: break
      case .compiled(let new):
        if rules != nil { complain("rules changed: \(new.name)") }
        rules = new
        changed = pages.list.paths
      case .broken(let summary):
        let course = rules.map { "going on with \($0.name)" } ?? "waiting for a change"
        complain("\(summary); \(course)")
      }
      guard let rules, !changed.isEmpty else { return }
      _ = try extract(
        pages.list.only(input.output == nil ? changed : pages.list.paths), with: rules)
    }
  }
}
