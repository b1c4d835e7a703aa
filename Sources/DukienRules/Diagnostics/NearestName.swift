/// The candidate that `name` was most probably meant to be, or nil when none is near.
///
/// Near means a Damerau-Levenshtein distance (insertion, deletion, replacement, exchange of
/// neighbours; code points; ASCII case ignored) of at most a third of the name's length, at least
/// one. Of equally near candidates the first in code point order is given, whatever the order of
/// `candidates`. The name itself is no candidate. Names past 128 code points have no neighbour.
///
/// - Complexity: O(c · n²) for c candidates of lengths within the allowed distance of n.
package func nearest(_ name: String, among candidates: [String]) -> String? {
  let wanted = codePoints(of: name)
  guard !wanted.isEmpty, wanted.count <= longestName else { return nil }
  var best: String?
  var bestDistance = max(1, wanted.count / 3) + 1
  for candidate in candidates {
    let known = codePoints(of: candidate)
    guard known.count <= longestName, abs(known.count - wanted.count) <= bestDistance,
      !isSame(candidate, name)
    else { continue }
    let distance = editDistance(wanted, known)
    if distance < bestDistance {
      (best, bestDistance) = (candidate, distance)
    } else if distance == bestDistance, let current = best, precedes(candidate, current) {
      best = candidate
    }
  }
  return best
}

private let longestName = 128

/// At most `longestName + 1` code points, ASCII letters in lower case.
private func codePoints(of text: String) -> [UInt32] {
  var out: [UInt32] = []
  for scalar in text.unicodeScalars {
    if out.count > longestName { break }
    let isUpper = (0x41...0x5A).contains(scalar.value)
    out.append(isUpper ? scalar.value | 0x20 : scalar.value)
  }
  return out
}

private func isSame(_ a: String, _ b: String) -> Bool { a.utf8.elementsEqual(b.utf8) }

/// UTF-8 keeps the order of code points.
private func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

/// Optimal string alignment: the restricted Damerau-Levenshtein distance, in three rows.
private func editDistance(_ a: [UInt32], _ b: [UInt32]) -> Int {
  var beforeLast = [Int](repeating: 0, count: b.count + 1)
  var last = Array(0...b.count)
  var row = last
  for i in 0..<a.count {
    row[0] = i + 1
    for j in 0..<b.count {
      let replaced = last[j] + (a[i] == b[j] ? 0 : 1)
      var cost = min(replaced, last[j + 1] + 1, row[j] + 1)
      if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
        cost = min(cost, beforeLast[j - 1] + 1)
      }
      row[j + 1] = cost
    }
    (beforeLast, last, row) = (last, row, beforeLast)
  }
  return last[b.count]
}
