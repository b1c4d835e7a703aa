internal import CYaml

/// Turns libyaml's marks, which count code points, into byte offsets of the file.
///
/// Marks come nearly in order, so a cursor goes along with them: O(bytes) for a whole file.
struct MarkOffsets {
  private let file: SourceFile
  private var index = 0
  private var offset: Int

  init(file: SourceFile) {
    self.file = file
    offset = file.textStart
  }

  /// The byte offset of a mark; marks past the end give the file's length.
  mutating func offset(of mark: yaml_mark_t) -> Int {
    let wanted = Int(truncatingIfNeeded: mark.index)
    while index < wanted, offset < file.bytes.count {
      offset += 1
      while offset < file.bytes.count, file.bytes[offset] & 0xC0 == 0x80 { offset += 1 }
      index += 1
    }
    while index > wanted, offset > file.textStart {
      offset -= 1
      while offset > file.textStart, file.bytes[offset] & 0xC0 == 0x80 { offset -= 1 }
      index -= 1
    }
    return offset
  }
}
