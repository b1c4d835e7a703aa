/// Reads an HTML page into a tree; any text is a page.
///
/// Follows the HTML standard where it decides on the text that is seen: raw text, implied and
/// ignored end tags, tables, SVG. Misnested formatting stays where it was written, and so does text
/// that a table does not allow.
///
/// - Complexity: O(n) in the bytes of the page.
package func readHtml(_ text: SourceText, limits: HtmlLimits = HtmlLimits()) -> HtmlTree {
  text.bytes.withUnsafeBufferPointer { buffer in
    HtmlByteClass.table.withUnsafeBufferPointer { classes in
      HtmlTraits.table.withUnsafeBufferPointer { traits in
        var tree = HtmlTree(nodes: [HtmlNode.document], attributes: [], text: text)
        guard let bytes = buffer.baseAddress, let classes = classes.baseAddress,
          let traits = traits.baseAddress
        else { return tree }
        let tokenizer = HtmlTokenizer(
          bytes: bytes, count: buffer.count, classes: classes, limits: limits)
        var builder = HtmlBuilder(tokenizer, traits: traits, limits: limits)
        builder.read()
        tree.nodes = builder.nodes
        tree.attributes = builder.tokenizer.attributes
        tree.problems = builder.tokenizer.problems.map {
          HtmlProblem(code: $0.code, at: text.offsets.input($0.at), count: $0.count)
        }
        return tree
      }
    }
  }
}
