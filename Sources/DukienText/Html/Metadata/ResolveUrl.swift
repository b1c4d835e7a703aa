/// The absolute form of a reference found on a page, without its fragment (RFC 3986, section 5.2).
///
/// White space around both is left out, and line breaks and tabs within, as browsers do. A reference
/// with a scheme of its own comes back as it is. Without a usable base a relative reference comes
/// back as it is, too; nothing is encoded or decoded.
///
/// - Complexity: O(n) in the bytes of both.
package func resolveUrl(_ reference: [UInt8], base: [UInt8]) -> [UInt8] {
  let wanted = UrlParts(trimmed(reference))
  if !wanted.scheme.isEmpty { return wanted.joined() }
  var target = UrlParts(trimmed(base))
  guard !target.scheme.isEmpty else { return wanted.joined() }
  if wanted.hasAuthority {
    target.hasAuthority = true
    target.authority = wanted.authority
    target.path = withoutDots(wanted.path)
    target.query = wanted.query
  } else if wanted.path.isEmpty {
    if !wanted.query.isEmpty { target.query = wanted.query }
  } else {
    if wanted.path.first == slash {
      target.path = withoutDots(wanted.path)
    } else if target.hasAuthority, target.path.isEmpty {
      target.path = withoutDots([slash] + wanted.path)
    } else {
      let folder = target.path.lastIndex(of: slash).map { $0 + 1 } ?? 0
      target.path = withoutDots(Array(target.path[..<folder]) + wanted.path)
    }
    target.query = wanted.query
  }
  return target.joined()
}

/// A reference without fragment, cut at its signs.
private struct UrlParts {
  /// Without its colon; empty where there is none.
  var scheme: [UInt8] = []
  var hasAuthority = false
  var authority: [UInt8] = []
  var path: [UInt8] = []
  /// With its question mark; empty where there is none.
  var query: [UInt8] = []

  init(_ url: [UInt8]) {
    let end = url.count
    var index = UrlParts.schemeEnd(url, end)
    if index > 0 {
      scheme = Array(url[..<index])
      index += 1
    }
    if index + 1 < end, url[index] == slash, url[index + 1] == slash {
      let begin = index + 2
      index = begin
      while index < end, url[index] != slash, url[index] != UInt8(ascii: "?") { index += 1 }
      hasAuthority = true
      authority = Array(url[begin..<index])
    }
    let begin = index
    while index < end, url[index] != UInt8(ascii: "?") { index += 1 }
    path = Array(url[begin..<index])
    query = Array(url[index..<end])
  }

  func joined() -> [UInt8] {
    var out: [UInt8] = []
    if !scheme.isEmpty { out += scheme + [UInt8(ascii: ":")] }
    if hasAuthority { out += [slash, slash] + authority }
    return out + path + query
  }

  /// The offset of the colon after a scheme, or 0.
  private static func schemeEnd(_ url: [UInt8], _ end: Int) -> Int {
    var index = 0
    while index < end {
      switch url[index] {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): break
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"),
        UInt8(ascii: "."):
        if index == 0 { return 0 }
      case UInt8(ascii: ":"): return index
      default: return 0
      }
      index += 1
    }
    return 0
  }
}

private let slash: UInt8 = 0x2F

/// A reference without its fragment and what is no part of it.
private func trimmed(_ reference: [UInt8]) -> [UInt8] {
  let bytes = reference.prefix { $0 != UInt8(ascii: "#") }
  guard let first = bytes.firstIndex(where: { $0 > 0x20 }),
    let last = bytes.lastIndex(where: { $0 > 0x20 })
  else { return [] }
  return bytes[first...last].filter { $0 != 0x0A && $0 != 0x0D && $0 != 0x09 }
}

/// A path without its steps `.` and `..`; a step above the root is left out.
private func withoutDots(_ path: [UInt8]) -> [UInt8] {
  var out: [UInt8] = []
  out.reserveCapacity(path.count)
  var index = 0
  while index <= path.count {
    var next = index
    while next < path.count, path[next] != slash { next += 1 }
    let isLast = next == path.count
    let step = path[index..<next]
    let isUp = step.elementsEqual([UInt8(ascii: "."), UInt8(ascii: ".")])
    if isUp {
      // Drops the step before with its slash; a slash at the start stays.
      if out.count > 1 { out.removeLast() }
      while let last = out.last, last != slash { out.removeLast() }
    } else if !step.elementsEqual([UInt8(ascii: ".")]) {
      out += step
      if !isLast { out.append(slash) }
    }
    index = next + 1
  }
  return out
}
