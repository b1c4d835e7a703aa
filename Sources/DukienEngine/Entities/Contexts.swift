internal import DukienRules
internal import DukienText

extension Workspace {
  /// Finds covering groups, sentences and entities of one block; appends its segments in reading
  /// order.
  mutating func findContexts(_ block: Int, _ program: Program) {
    let range = blocks[block].tokens
    guard !range.isEmpty else { return }
    let first = segments.count
    let quotations = findQuotations(block, program)
    splitSentences(
      range, context: 0, block: block, abbreviation: program.abbreviationHole, program)
    for index in quotations where !isSilent(Int32(index)) {
      let cover = covers[index - 1]
      let inside = Int(cover.begin) + 1..<max(Int(cover.begin) + 1, Int(cover.end) - 1)
      splitSentences(
        inside, context: Int32(index), block: block, abbreviation: program.abbreviationHole, program
      )
    }
    let sentences = first..<segments.count
    for index in sentences {
      let segment = segments[index]
      guard !isSilenced(segment) else { continue }
      enter(segment)
      let groups = addCovers(program.groups, segment, program)
      for group in groups where !isSilent(Int32(group)) {
        let cover = covers[group - 1]
        segments.append(
          Segment(
            begin: cover.begin, end: cover.end, context: Int32(group), block: Int32(block),
            sentenceBegin: segment.sentenceBegin, sentenceEnd: segment.sentenceEnd))
      }
      if !groups.isEmpty { enter(segment) }
      produce(program.entities, segment, program)
    }
    for index in sentences.upperBound..<segments.count {
      let segment = segments[index]
      let kept = openCover(of: segment)
      enter(segment)
      produce(program.entities, segment, program)
      closeCover(of: segment, kept)
    }
    dropSilencedSegments(from: first)
    segments.sort(from: first) { a, b in
      a.begin != b.begin
        ? a.begin < b.begin : a.end != b.end ? a.end > b.end : a.context < b.context
    }
  }

  /// The groups that may span several sentences of a block.
  private mutating func findQuotations(_ block: Int, _ program: Program) -> [Int] {
    let range = blocks[block].tokens
    guard mayWake(program.blockGroups, range) else { return [] }
    let whole = Segment(
      begin: Int32(range.lowerBound), end: Int32(range.upperBound), context: 0, block: Int32(block),
      sentenceBegin: Int32(range.lowerBound), sentenceEnd: Int32(range.upperBound))
    enter(whole)
    return addCovers(program.blockGroups, whole, program)
  }

  /// Matches groups in the segment that was entered and lets those that do not overlap cover their
  /// tokens.
  private mutating func addCovers(_ dispatch: Dispatch, _ segment: Segment, _ program: Program)
    -> [Int]
  {
    guard !dispatch.isEmpty else { return [] }
    let first = records.count
    produce(dispatch, segment, program)
    guard records.count > first else { return [] }
    let found = (first..<records.count).sorted {
      (records[$0].begin, $0) < (records[$1].begin, $1)
    }
    var added: [Int] = []
    var end: Int32 = 0
    for index in found {
      let record = records[index]
      guard record.begin >= end,
        record.end - record.begin < segment.end - segment.begin
          || segment.context == 0
      else {
        kill(index)
        continue
      }
      end = record.end
      covers.append(
        Cover(begin: record.begin, end: record.end, parent: segment.context, record: Int32(index)))
      let group = Int32(covers.count)
      let isSilent = isSilent(group)
      for position in Int(record.begin)..<Int(record.end)
      where isSilent || owner[position] == segment.context {
        owner[position] = group
      }
      cover[Int(record.begin)] = record.end
      coverStart[Int(record.end)] = record.begin + 1
      added.append(Int(group))
    }
    return added
  }

  /// Opens the group that a segment is the inside of; give the result to `closeCover`.
  mutating func openCover(of segment: Segment) -> Int32 {
    guard segment.context > 0 else { return 0 }
    let begin = Int(covers[Int(segment.context) - 1].begin)
    let kept = cover[begin]
    cover[begin] = 0
    return kept
  }

  mutating func closeCover(of segment: Segment, _ kept: Int32) {
    guard segment.context > 0 else { return }
    cover[Int(covers[Int(segment.context) - 1].begin)] = kept
  }
}
