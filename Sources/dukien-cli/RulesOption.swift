import ArgumentParser

/// The rule sets of commands whose arguments are pages.
struct RulesOption: ParsableArguments {
  @Option(
    name: [.customShort("r", allowingJoined: true), .long], parsing: .singleValue,
    help: ArgumentHelp(
      "A rule set, by name or by path; may be repeated. (default: \(RuleSets.defaultSet))",
      valueName: "set"))
  var rules: [String] = []

  /// The sets that were named, or the default set.
  var chosen: [String] { rules.isEmpty ? [RuleSets.defaultSet] : rules }
}
