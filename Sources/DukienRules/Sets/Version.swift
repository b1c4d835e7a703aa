/// A version `major.minor.patch`; the parts left out are 0.
package struct Version: Comparable, Sendable {
  package var parts: [Int]

  /// The version of the rule language that this library reads.
  package static let engine = Version(parts: [1, 0, 0])

  private init(parts: [Int]) { self.parts = parts }

  /// Parses one to three numbers joined by full stops; `nil` for anything else.
  package init?(_ text: String) {
    var parts: [Int] = []
    for piece in text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false) {
      guard let number = Decimal(parsing: String(decoding: Array(piece), as: UTF8.self))?.integer,
        !piece.isEmpty, number >= 0, number <= 1_000_000, parts.count < 3
      else { return nil }
      parts.append(Int(number))
    }
    while parts.count < 3 { parts.append(0) }
    self.parts = parts
  }

  package var text: String { "\(parts[0]).\(parts[1]).\(parts[2])" }

  package static func < (a: Version, b: Version) -> Bool {
    for (left, right) in zip(a.parts, b.parts) where left != right { return left < right }
    return false
  }
}

/// Bounds on a version, all of which must hold: `>=1.2 <2`; a version alone means that one.
package struct VersionRange: Sendable {
  private enum Relation { case atLeast, above, atMost, below, equal }

  private var bounds: [(relation: Relation, version: Version)] = []

  /// `nil` where the text is no list of bounds.
  package init?(_ text: String) {
    for piece in text.utf8.split(separator: 0x20) {
      var rest = piece
      let relation: Relation
      if rest.starts(with: ">=".utf8) {
        relation = .atLeast
      } else if rest.starts(with: "<=".utf8) {
        relation = .atMost
      } else if rest.starts(with: ">".utf8) {
        relation = .above
      } else if rest.starts(with: "<".utf8) {
        relation = .below
      } else {
        relation = .equal
      }
      rest = rest.drop {
        $0 == UInt8(ascii: ">") || $0 == UInt8(ascii: "<") || $0 == UInt8(ascii: "=")
      }
      guard piece.count - rest.count <= 2,
        let version = Version(String(decoding: Array(rest), as: UTF8.self))
      else { return nil }
      bounds.append((relation, version))
    }
    if bounds.isEmpty { return nil }
  }

  package func contains(_ version: Version) -> Bool {
    for (relation, bound) in bounds {
      let holds =
        switch relation {
        case .atLeast: version >= bound
        case .above: version > bound
        case .atMost: version <= bound
        case .below: version < bound
        case .equal: version == bound
        }
      if !holds { return false }
    }
    return true
  }
}
