/// What a YAML file may cost at most; a file that goes past is refused with a diagnostic.
///
/// Whatever is asked for, no more than a gigabyte and 256 levels are allowed: spans count bytes in 32
/// bits, and libyaml's time grows with the square of the depth.
package struct YamlLimits: Sendable {
  /// Bytes of the file.
  package var maxBytes: Int
  /// Nodes of the tree: scalars, keys among them, and collections.
  package var maxNodes: Int
  /// Collections within each other, the outermost counted.
  package var maxDepth: Int
  /// Bytes of the text of one scalar.
  package var maxScalar: Int

  package init(
    maxBytes: Int = 8 << 20,
    maxNodes: Int = 2_000_000,
    maxDepth: Int = 64,
    maxScalar: Int = 1 << 20
  ) {
    self.maxBytes = maxBytes
    self.maxNodes = maxNodes
    self.maxDepth = maxDepth
    self.maxScalar = maxScalar
  }

  /// These limits within what any reader can keep.
  var bounded: YamlLimits {
    YamlLimits(
      maxBytes: min(max(maxBytes, 0), 1 << 30), maxNodes: maxNodes, maxDepth: min(maxDepth, 256),
      maxScalar: maxScalar)
  }
}
