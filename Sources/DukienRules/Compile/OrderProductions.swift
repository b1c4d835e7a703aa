extension Compiler {
  /// The most levels of values, or entities, that are made from one another.
  private static let mostLevels = 48

  /// Sorts values and entities into levels and ranks types by `beats`, then file order.
  func orderProductions() {
    levels = [Int](repeating: 0, count: program.productions.count)
    var parts = [[Int]](repeating: [], count: program.productions.count)
    for index in program.productions.indices { parts[index] = ownParts(of: index) }
    visit(parts) { production, _ in
      let level = 1 + (parts[production].map { self.levels[$0] }.max() ?? -1)
      if level == Self.mostLevels {
        self.report(
          "rule.depth", "`\(self.productionName(production))` is made on level \(level + 1)",
          hint: "at most \(Self.mostLevels) levels", at: self.productionPlaces[production])
      }
      self.levels[production] = level
    } cycle: { circle in
      let chain = circle.map { self.productionName($0) }
      self.report(
        "rule.cycle", "`\(chain[0])` is made from itself: \(self.chain(chain))",
        at: self.productionPlaces[circle[0]])
    }
    orderByGuards(parts)
    rankTypes()
  }

  /// The most steps that are spent on which productions may come before which.
  private static let mostOrderSteps = 2_000_000

  /// Makes the levels such that what the guards of a production look at is made before it, where
  /// that does not itself need the production.
  ///
  /// - Complexity: O(guards × parts), at most `mostOrderSteps`; what is left then keeps its level.
  private func orderByGuards(_ parts: [[Int]]) {
    guard errorCount == 0 else { return }
    var needs = parts
    var steps = 0
    for production in program.productions.indices {
      for guarded in guardParts(of: production) where !needs[production].contains(guarded) {
        guard !reaches(guarded, production, needs, &steps) else { continue }
        guard steps < Self.mostOrderSteps else { return }
        needs[production].append(guarded)
      }
    }
    var ordered = levels
    visit(needs) { production, _ in
      ordered[production] = 1 + (needs[production].map { ordered[$0] }.max() ?? -1)
    } cycle: { _ in
    }
    if ordered.max() ?? 0 < 255 { levels = ordered }
  }

  /// The productions of the same stage that the guards of a production look at.
  private func guardParts(of production: Int) -> [Int] {
    let own = program.productions[production]
    let kind = program.types[Int(own.type)].kind
    var parts: [Int] = []
    for pattern in [own.guards.before, own.guards.after, own.guards.inside] where pattern >= 0 {
      for type in referredTypes(pattern) where program.types[Int(type)].kind == kind {
        let other = program.types[Int(type)].production
        if other >= 0, other != production, !parts.contains(other) { parts.append(other) }
      }
    }
    return parts
  }

  /// True where `from` is made from `to`, or looks at it, through any number of others.
  private func reaches(_ from: Int, _ to: Int, _ needs: [[Int]], _ steps: inout Int) -> Bool {
    var open = [from]
    var seen: Set<Int> = [from]
    while let at = open.popLast() {
      if at == to { return true }
      steps += 1 + needs[at].count
      guard steps < Self.mostOrderSteps else { return true }
      for next in needs[at] where seen.insert(next).inserted { open.append(next) }
    }
    return false
  }

  /// The productions of the same stage that a production is made from; reports later stages.
  private func ownParts(of production: Int) -> [Int] {
    let own = program.types[Int(program.productions[production].type)].kind
    var parts: [Int] = []
    for type in references[production] {
      let other = program.types[Int(type)]
      guard other.production >= 0 else { continue }
      if other.kind == own {
        parts.append(other.production)
      } else if other.kind.stage > own.stage {
        report(
          "rule.stage", "`\(program.names[Int(other.name)])` is made in a later stage",
          hint: "values come first, then groups, then entities", at: productionPlaces[production])
      }
    }
    return parts
  }

  private func productionName(_ production: Int) -> String {
    program.names[Int(program.types[Int(program.productions[production].type)].name)]
  }

  private func rankTypes() {
    var winners = [[Int]](repeating: [], count: program.types.count)
    for (winner, loser) in beats { winners[Int(loser)].append(Int(winner)) }
    visit(winners) { type, order in
      self.program.types[type].rank = order
    } cycle: { circle in
      let production = self.program.types[circle[0]].production
      guard production >= 0 else { return }
      self.report(
        "rule.cycle", "`\(self.productionName(production))` beats itself in a circle",
        at: self.productionPlaces[production])
    }
  }

  /// Visits every node after all that it needs, in the order given; `cycle` gets each circle
  /// found, from a node back to itself.
  ///
  /// - Complexity: linear in the nodes and their needs, but for the circles.
  private func visit(
    _ needs: [[Int]], done: (_ node: Int, _ order: Int) -> Void, cycle: (_ circle: [Int]) -> Void
  ) {
    enum Mark { case new, open, done }
    var circles = 0
    var marks = [Mark](repeating: .new, count: needs.count)
    var order = 0
    for root in needs.indices where marks[root] == .new {
      var path = [(node: root, next: 0)]
      marks[root] = .open
      while let (node, next) = path.last {
        guard next < needs[node].count else {
          marks[node] = .done
          done(node, order)
          order += 1
          path.removeLast()
          continue
        }
        path[path.count - 1].next += 1
        let needed = needs[node][next]
        switch marks[needed] {
        case .new:
          marks[needed] = .open
          path.append((needed, 0))
        case .open:
          circles += 1
          guard circles <= CompileLimits.circles else { continue }
          let begin = path.firstIndex { $0.node == needed } ?? 0
          cycle(path[begin...].map { $0.node } + [needed])
        case .done: break
        }
      }
    }
  }
}

extension TypeInfo.Kind {
  /// Order of the stages: values, groups, entities.
  var stage: Int {
    switch self {
    case .group: 1
    case .entity: 2
    default: 0
    }
  }
}
