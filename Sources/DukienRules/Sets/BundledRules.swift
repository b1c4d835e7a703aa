internal import CRules

/// The rule sets inside the library.
enum BundledRules {
  /// Names of the sets, sorted.
  static var setNames: [String] {
    var names: [String] = []
    for index in 0..<rules_file_count() {
      guard let file = rules_file_at(index)?.pointee else { continue }
      let name = String(cString: file.set)
      if names.last != name { names.append(name) }
    }
    return names
  }

  /// The files of one set, sorted by name; empty where there is no such set.
  static func files(ofSet set: String) -> [(name: String, bytes: [UInt8])] {
    var found: [(name: String, bytes: [UInt8])] = []
    for index in 0..<rules_file_count() {
      guard let file = rules_file_at(index)?.pointee, String(cString: file.set) == set else {
        continue
      }
      let bytes = UnsafeBufferPointer(start: file.bytes, count: file.count)
      found.append((String(cString: file.name), Array(bytes)))
    }
    return found
  }
}
