internal import DukienRules
internal import DukienText

/// A cue of an assertion, and where it stands.
struct Cue: BitwiseCopyable {
  var at: Int32
  var rule: Int32
}

extension FactFinder {
  /// Sets roles and polarity where cue words stand.
  mutating func assert(_ work: inout Workspace) {
    guard !program.assertionDispatch.isEmpty, !work.found.drafts.isEmpty else { return }
    bySentence.removeAll()
    for index in work.found.drafts.indices {
      bySentence.append(
        UInt64(UInt32(bitPattern: work.found.drafts[index].sentenceBegin)) << 32 | UInt64(index))
    }
    bySentence.sort(from: 0) { $0 < $1 }
    for index in work.segments.indices {
      let segment = work.segments[index]
      let facts = facts(ofSentence: segment.sentenceBegin)
      guard !facts.isEmpty else { continue }
      findCues(segment, &work)
      for cue in cues.indices {
        for place in facts {
          apply(
            cues[cue], to: Int(bySentence[place] & 0xFFFF_FFFF), &work)
        }
      }
    }
  }

  /// Where the facts of a sentence stand in `bySentence`.
  private func facts(ofSentence begin: Int32) -> Range<Int> {
    func place(of wanted: UInt64) -> Int {
      var low = 0
      var high = bySentence.count
      while low < high {
        let middle = (low + high) / 2
        if bySentence[middle] < wanted { low = middle + 1 } else { high = middle }
      }
      return low
    }
    let sentence = UInt64(UInt32(bitPattern: begin))
    let first = place(of: sentence << 32)
    guard first < bySentence.count, bySentence[first] >> 32 == sentence else {
      return first..<first
    }
    return first..<place(of: (sentence + 1) << 32)
  }

  /// Makes `cues` the cues of assertions in a segment, in reading order.
  private mutating func findCues(_ segment: Segment, _ work: inout Workspace) {
    let dispatch = program.assertionDispatch
    cues.removeAll()
    guard work.mayWake(dispatch, Int(segment.begin)..<Int(segment.end)) else { return }
    work.enter(segment)
    work.wakeSeats(dispatch, segment, program)
    var seat = work.nextTurn(0, dispatch.seatCount, dispatch, segment)
    while seat < dispatch.seatCount {
      for index in work.turn.indices
      where work.match(
        Int(dispatch.patterns[seat]), program, at: Int(work.turn[index]), from: Int(segment.begin),
        to: Int(segment.end), context: segment.context)
      {
        cues.append(Cue(at: work.turn[index], rule: Int32(dispatch.users[seat])))
      }
      seat = work.nextTurn(seat + 1, dispatch.seatCount, dispatch, segment)
    }
    cues.sort(from: 0) { ($0.at, $0.rule) < ($1.at, $1.rule) }
  }

  private func apply(_ cue: Cue, to index: Int, _ work: inout Workspace) {
    let rule = program.assertions[Int(cue.rule)]
    let at = cue.at
    var draft = work.found.drafts[index]
    guard let place = rule.facts.firstIndex(of: draft.type),
      at >= draft.sentenceBegin, at < draft.sentenceEnd
    else { return }
    switch rule.place {
    case .insideFact: guard at >= draft.begin, at < draft.end else { return }
    case .sameSentence: break
    case .clauseBefore:
      guard at < draft.begin else { return }
      for token in Int(at)..<Int(draft.begin) where work.endsClause(token) { return }
    case .before(let reach):
      guard at < draft.begin, Int(draft.begin - at) <= reach else { return }
    case .after(let reach): guard at >= draft.end, Int(at - draft.end) < reach else { return }
    }
    let role = rule.roles[place]
    if role < 0 {
      draft.polarity = rule.value
    } else if !draft.has(role) {
      work.found.append(
        RoleFill(role: role, value: .symbol(rule.value), origin: .assertion), to: &draft)
    }
    work.found.drafts[index] = draft
  }
}
