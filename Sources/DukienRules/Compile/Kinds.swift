extension Compiler {
  /// The type `wanted` and all that `is` it, in the order of their declaration.
  ///
  /// - Complexity: linear in the types when first asked for a type, then constant.
  func kinds(of wanted: UInt16) -> [UInt16] {
    if let known = kindLists[wanted] { return known }
    if childTypes.count != program.types.count {
      childTypes = [[UInt16]](repeating: [], count: program.types.count)
      for type in program.types.indices where program.types[type].parent != 0 {
        childTypes[Int(program.types[type].parent)].append(UInt16(type))
      }
    }
    var found = [wanted]
    var next = 0
    while next < found.count {
      found += childTypes[Int(found[next])]
      next += 1
    }
    found.sort()
    kindLists[wanted] = found
    return found
  }
}
