internal import DukienText

/// Puts nodes together into a tree and checks the keys of each mapping when it is closed.
struct TreeBuilder {
  private(set) var nodes: [Node] = []
  /// The collections that are open, outermost first, with the last child of each.
  private var open: [(node: Int, lastChild: Int)] = []

  /// The number of open collections.
  var depth: Int { open.count }

  /// Adds a scalar or an empty value.
  mutating func add(_ node: Node) {
    nodes.append(node)
    link(nodes.count - 1)
  }

  /// Adds a collection whose children follow.
  mutating func begin(_ node: Node) {
    add(node)
    open.append((nodes.count - 1, -1))
  }

  /// Closes the innermost collection. A block collection ends where its last child does.
  ///
  /// - Returns: the index of the collection, or nil when none is open.
  mutating func end(at flowEnd: Int) -> Int? {
    guard let (node, lastChild) = open.popLast() else { return nil }
    if nodes[node].style == .flow {
      nodes[node].span = Span(Int(nodes[node].span.begin), flowEnd)
    } else if lastChild >= 0 {
      nodes[node].span.end = nodes[lastChild].span.end
    }
    return node
  }

  /// Whether the next node will be a key.
  var expectsKey: Bool {
    guard let parent = open.last?.node else { return false }
    return nodes[parent].kind == .mapping && nodes[parent].childCount % 2 == 0
  }

  /// Leaves a key out of the entries of its mapping.
  mutating func refuse(key: Int) { nodes[key].isRefused = true }

  /// The scalar keys of a mapping that are equal to an earlier one, in order, each with the first.
  ///
  /// Equal means canonically equivalent: NFC and NFD are one key.
  /// - Complexity: O(keys).
  func repeatedKeys(of mapping: Int) -> [(key: Int, first: Int)] {
    nodes.withUnsafeBufferPointer { Self.repeatedKeys(of: mapping, in: $0) }
  }

  private static func repeatedKeys(
    of mapping: Int, in nodes: UnsafeBufferPointer<Node>
  ) -> [(key: Int, first: Int)] {
    var out: [(key: Int, first: Int)] = []
    var firsts: [String: Int] = [:]
    var few: [Int] = []
    let keyCount = Int(nodes[mapping].childCount) / 2
    let hashes = keyCount > mostCompared
    if hashes { firsts.reserveCapacity(keyCount) }
    var key = Int(nodes[mapping].firstChild)
    while key >= 0 {
      let value = Int(nodes[key].nextSibling)
      if nodes[key].kind == .scalar {
        let text = nodes[key].text
        let first = hashes ? firsts[text] : few.first { nodes[$0].text == text }
        if let first {
          out.append((key, first))
        } else if hashes {
          firsts[text] = key
        } else {
          few.append(key)
        }
      }
      key = value >= 0 ? Int(nodes[value].nextSibling) : -1
    }
    return out
  }

  private mutating func link(_ node: Int) {
    guard let (parent, lastChild) = open.last else { return }
    let index = Int32(truncatingIfNeeded: node)
    nodes[node].parent = Int32(truncatingIfNeeded: parent)
    if nodes[parent].kind == .sequence {
      nodes[node].place = nodes[parent].childCount
    } else if nodes[parent].childCount % 2 == 0 {
      nodes[node].place = index
    } else {
      nodes[node].place = Int32(truncatingIfNeeded: lastChild)
    }
    if lastChild >= 0 {
      nodes[lastChild].nextSibling = index
    } else {
      nodes[parent].firstChild = index
    }
    nodes[parent].childCount &+= 1
    open[open.count - 1].lastChild = node
  }
}

/// Up to so many keys are compared in pairs, which is quicker than hashing them.
private let mostCompared = 8
