internal import DukienText

/// The word ids of all lexicon entries, one after the other, and where each entry stands.
struct LexiconForms {
  /// Where an entry stands: a node of a rule file, or a byte of a data file.
  enum Place {
    case node(NodeRef)
    case data(file: Int32, offset: UInt32)
  }

  private var words: [UInt32] = []
  private var starts: [UInt32] = [0]
  private(set) var places: [Place] = []

  var count: Int { places.count }

  mutating func append(_ form: [UInt32], at place: Place) {
    words.append(contentsOf: form)
    starts.append(UInt32(words.count))
    places.append(place)
  }

  subscript(_ entry: Int) -> ArraySlice<UInt32> {
    words[Int(starts[entry])..<Int(starts[entry + 1])]
  }

  /// The entries in the order of their words; equal ones in the order they were added.
  ///
  /// - Complexity: O(n log n) in the entries.
  func sorted(_ entries: [Int32]) -> [Int32] {
    // Most entries differ in their first two words, which make one number.
    var order = entries.map { entry in
      let form = self[Int(entry)]
      let first = UInt64(form.first ?? 0)
      let second = form.count > 1 ? UInt64(form[form.startIndex + 1]) : 0
      return (opening: first << 32 | second, entry: entry)
    }
    words.withUnsafeBufferPointer { words in
      starts.withUnsafeBufferPointer { starts in
        order.sort { a, b in
          if a.opening != b.opening { return a.opening < b.opening }
          var left = min(Int(starts[Int(a.entry)]) + 2, Int(starts[Int(a.entry) + 1]))
          var right = min(Int(starts[Int(b.entry)]) + 2, Int(starts[Int(b.entry) + 1]))
          let leftEnd = Int(starts[Int(a.entry) + 1])
          let rightEnd = Int(starts[Int(b.entry) + 1])
          while left < leftEnd, right < rightEnd {
            if words[left] != words[right] { return words[left] < words[right] }
            left += 1
            right += 1
          }
          if left < leftEnd || right < rightEnd { return right < rightEnd }
          return a.entry < b.entry
        }
      }
    }
    return order.map { $0.entry }
  }
}
