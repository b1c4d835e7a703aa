extension Compiler {
  /// Lexicons, classes and values that nothing refers to, in sets that were asked for and have rules
  /// of their own.
  ///
  /// A set without rules declares things for the sets that use it. A value that is listed, hides
  /// others or has kinds of its own is of use by itself.
  func lintUnused() {
    var isUsed = [Bool](repeating: false, count: program.types.count)
    for type in program.types.indices {
      let info = program.types[type]
      isUsed[type] =
        isUsed[type] || info.listsAs != 0 || info.hides
        || (0..<program.holeCount).contains { program.holeTypes[$0 * program.types.count + type] }
      isUsed[Int(info.parent)] = true
    }
    for excluded in classExclusions { for type in excluded { isUsed[Int(type)] = true } }
    var usedClasses = [Bool](repeating: false, count: program.classes.count)
    for instruction in program.code where instruction.operation == .classToken {
      usedClasses[Int(instruction.a)] = true
    }
    for type in program.types.indices {
      if let index = classIndex[UInt16(type)], usedClasses[index] { isUsed[type] = true }
    }
    for section in [Section.lexicons, .classes, .values] {
      for declaration in declared(section)
      where isRoot[declaration.set] && program.sets[declaration.set].rules > 0 {
        guard let type = type(of: declaration), !isUsed[Int(type)] else { continue }
        report(
          "rule.unused", "nothing refers to `\(declaration.name)`",
          hint: "remove it, or use it in a pattern as <\(declaration.name)>", severity: .warning,
          at: declaration.key)
      }
    }
  }
}
