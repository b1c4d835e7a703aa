/// What a YAML file may cost at most; a file that goes past is refused with a diagnostic.
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
}
