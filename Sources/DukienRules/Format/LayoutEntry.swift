/// A comment with its place in the source.
struct LayoutComment {
  /// Its bytes from `#` on, without blanks at the end.
  var range: Range<Int>
  /// The column of `#`, from 0.
  var column: Int
  /// Whether an empty line stands above it.
  var followsBlank: Bool
}

/// An entry of a mapping or an item of a sequence in block style, with the comments that go with it.
struct LayoutEntry {
  /// Comments on lines of their own above the entry.
  var leading: [LayoutComment] = []
  /// Whether an empty line stands right above the entry, below its comments.
  var followsBlank = false
  /// The node of the key; -1 for items of sequences.
  var key = -1
  /// The node of the value; -1 where there is none.
  var value = -1
  /// The comment at the end of the entry's line.
  var beside: Range<Int>?
  /// The column at which the entry was written, from 0.
  var column = 0
  /// What is in the value, where it is a collection in block style.
  var children: [LayoutEntry] = []
  var isSequence = false
  /// Comments below the last child that are indented like the children.
  var tail: [LayoutComment] = []
}
