internal import DukienRules

/// Groups whose inside is no content of the page.
extension Workspace {
  /// True for a group with `content: no`, by its 1-based index; 0 stands for none.
  func isSilent(_ group: Int32) -> Bool {
    guard group > 0 else { return false }
    let record = Int(covers[Int(group) - 1].record)
    return !tables.types[Int(records[record].type)].isContent
  }

  /// True for a segment inside another group that lies in a silent one.
  func isSilenced(_ segment: Segment) -> Bool {
    let group = owner[Int(segment.begin)]
    return segment.context > 0 && isSilent(group)
      && segment.end <= covers[Int(group) - 1].end
  }

  /// Takes the segments from `first` on that lie in silent groups away.
  mutating func dropSilencedSegments(from first: Int) {
    var kept = first
    for index in first..<segments.count where !isSilenced(segments[index]) {
      segments[kept] = segments[index]
      kept += 1
    }
    segments.cut(to: kept)
  }

  /// Takes away what begins inside silent groups, but not the groups.
  ///
  /// - Complexity: linear in the groups and in what was found.
  mutating func silenceRecords() {
    guard (0..<covers.count).contains(where: { isSilent(Int32($0 + 1)) }) else { return }
    for index in records.indices where isLive(index) {
      let group = owner[Int(records[index].begin)]
      if isSilent(group), covers[Int(group) - 1].record != Int32(index) { kill(index) }
    }
  }
}
