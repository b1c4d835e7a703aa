/// Renders a page as text with one block a line, as a browser without style sheets would.
///
/// Character references are decoded and white space is collapsed, except in `pre`; what the page
/// hides is left out unless `showsHidden`. `br` and block-level elements end a block; the cells of
/// a table row whose cells have one block each are one block, as in `| a | b |`.
///
/// - Complexity: O(n) in the nodes and the bytes of the page.
package func renderBlocks(_ tree: HtmlTree, showsHidden: Bool = false) -> HtmlPage {
  var renderer = HtmlRenderer(tree: tree, showsHidden: showsHidden)
  tree.text.bytes.withUnsafeBufferPointer { buffer in
    HtmlByteClass.table.withUnsafeBufferPointer { classes in
      HtmlTraits.table.withUnsafeBufferPointer { traits in
        tree.nodes.withUnsafeBufferPointer { nodes in
          guard let bytes = buffer.baseAddress, let classes = classes.baseAddress,
            let traits = traits.baseAddress
          else { return }
          renderer.render(HtmlSource(bytes: bytes, classes: classes, traits: traits, nodes: nodes))
        }
      }
    }
  }
  return renderer.page()
}
