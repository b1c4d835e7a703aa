/// Finds the patterns of one stage that a sentence can hold, and where they can begin.
///
/// A pattern is awake in a sentence that holds a word or type which every match of it needs. The
/// users that word `w` wakes are `users[wakeWordStart[w]..<wakeWordStart[w + 1]]`; likewise for types.
/// Those that can begin with word `w` are `users[wordStart[w]..<wordStart[w + 1]]`; class `classes[i]`
/// has `users[classStart[i]..<classStart[i + 1]]`; the types are those of the pattern's first set.
package final class Dispatch: @unchecked Sendable {
  package let wordCount: Int
  package let wordStart: UnsafeMutablePointer<UInt32>
  package let wakeWordStart: UnsafeMutablePointer<UInt32>
  package let wakeTypeStart: UnsafeMutablePointer<UInt32>
  /// The users that are always awake: `users[alwaysStart[0]..<alwaysStart[1]]`.
  package let alwaysStart: UnsafeMutablePointer<UInt32>
  package let classCount: Int
  package let classes: UnsafeMutablePointer<Int32>
  package let classStart: UnsafeMutablePointer<UInt32>
  package let users: UnsafeMutablePointer<UInt16>
  /// The pattern of each user.
  package let patterns: UnsafeMutablePointer<Int32>
  /// The level of each user: a level uses only what earlier ones made.
  package let levels: UnsafeMutablePointer<UInt8>
  package let levelCount: Int
  package let isEmpty: Bool

  init(_ draft: DispatchDraft) {
    var users = draft.users
    var classes: [Int32] = []
    var classStart: [UInt32] = []
    for classID in Set(draft.classUsers.map { $0.classID }).sorted() {
      classes.append(Int32(classID))
      classStart.append(UInt32(users.count))
      users += draft.classUsers.filter { $0.classID == classID }.map { $0.user }
    }
    classStart.append(UInt32(users.count))
    let alwaysBegin = UInt32(users.count)
    users += draft.always
    alwaysStart = fixed([alwaysBegin, UInt32(users.count)])
    isEmpty = users.isEmpty
    wordCount = max(0, draft.wordStart.count - 1)
    wordStart = fixed(draft.wordStart)
    wakeWordStart = fixed(draft.wakeWordStart)
    wakeTypeStart = fixed(draft.wakeTypeStart)
    classCount = classes.count
    self.classes = fixed(classes)
    self.classStart = fixed(classStart)
    self.users = fixed(users)
    patterns = fixed(draft.patterns)
    levels = fixed(draft.levels)
    levelCount = Int(draft.levels.max() ?? 0) + 1
  }

  deinit {
    wordStart.deallocate()
    wakeWordStart.deallocate()
    wakeTypeStart.deallocate()
    alwaysStart.deallocate()
    classes.deallocate()
    classStart.deallocate()
    users.deallocate()
    patterns.deallocate()
    levels.deallocate()
  }
}

/// A dispatch table while it is compiled.
struct DispatchDraft {
  var wordStart: [UInt32] = []
  var wakeWordStart: [UInt32] = []
  var wakeTypeStart: [UInt32] = []
  /// Users that no word or type wakes.
  var always: [UInt16] = []
  var users: [UInt16] = []
  var classUsers: [(classID: Int, user: UInt16)] = []
  /// The pattern of each user of the stage.
  var patterns: [Int32] = []
  var levels: [UInt8] = []
}
