/// Some of the roles of one type of fact, by their index; a type has at most 256.
package struct RoleSet: BitwiseCopyable, Sendable {
  @usableFromInline var a: UInt64 = 0
  @usableFromInline var b: UInt64 = 0
  @usableFromInline var c: UInt64 = 0
  @usableFromInline var d: UInt64 = 0

  @inlinable
  package init() {}

  @inlinable
  package init(_ roles: [Int]) {
    for role in roles { insert(role) }
  }

  @inlinable @inline(__always)
  package mutating func insert(_ role: Int) {
    let bit: UInt64 = 1 << UInt64(role & 63)
    switch role >> 6 {
    case 0: a |= bit
    case 1: b |= bit
    case 2: c |= bit
    default: d |= bit
    }
  }

  @inlinable @inline(__always)
  package func contains(_ role: Int) -> Bool {
    let bit: UInt64 = 1 << UInt64(role & 63)
    switch role >> 6 {
    case 0: return a & bit != 0
    case 1: return b & bit != 0
    case 2: return c & bit != 0
    default: return d & bit != 0
    }
  }

  /// True where a role is in both.
  @inlinable @inline(__always)
  package func meets(_ other: RoleSet) -> Bool {
    a & other.a | b & other.b | c & other.c | d & other.d != 0
  }

  /// True where all roles of the other set are in this one.
  @inlinable @inline(__always)
  package func holds(_ other: RoleSet) -> Bool {
    a & other.a == other.a && b & other.b == other.b && c & other.c == other.c
      && d & other.d == other.d
  }

  package func union(_ other: RoleSet) -> RoleSet {
    var both = self
    both.a |= other.a
    both.b |= other.b
    both.c |= other.c
    both.d |= other.d
    return both
  }
}
