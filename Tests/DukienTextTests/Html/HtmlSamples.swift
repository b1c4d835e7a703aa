import DukienText

/// The tree of a page.
func tree(_ page: String, limits: HtmlLimits = HtmlLimits()) -> HtmlTree {
  readHtml(decoded(Array(page.utf8)), limits: limits)
}

/// The rendered form of a page.
func rendered(_ page: String) -> HtmlPage { renderBlocks(tree(page)) }

/// The blocks of a page as strings.
func blockTexts(_ page: String) -> [String] { blockTexts(rendered(page)) }

func blockTexts(_ page: HtmlPage) -> [String] {
  page.blocks.map { string(page.text.bytes[$0.span.range]) }
}

/// A tree written as `p(“text” b(“more”))`: elements with attributes in brackets, text in quotation
/// marks, raw text in angle ones.
func outline(_ page: String) -> String { outline(tree(page)) }

func outline(_ tree: HtmlTree) -> String {
  var out = ""
  var open: [Int32] = []
  for (index, node) in tree.nodes.enumerated().dropFirst() {
    while let end = open.last, end <= index {
      open.removeLast()
      out += ")"
    }
    if let last = out.last, last != "(" { out += " " }
    let written = string(tree.text.bytes[node.span.range])
    switch node.kind {
    case .document: out += "document"
    case .text: out += "“\(written)”"
    case .rawText: out += "‹\(written)›"
    case .element:
      out += node.tag == .other ? otherName(written) : "\(node.tag.name)"
      let attributes = node.attributes.range.map { index in
        let attribute = tree.attributes[index]
        let name = string(tree.text.bytes[attribute.nameSpan.range])
        let value = string(tree.text.bytes[attribute.value.range])
        return attribute.value.isEmpty ? name : "\(name)=\(value)"
      }
      if !attributes.isEmpty { out += "[\(attributes.joined(separator: " "))]" }
      if Int(node.end) > index + 1 {
        out += "("
        open.append(node.end)
      }
    }
  }
  return out + String(repeating: ")", count: open.count)
}

private func otherName(_ startTag: String) -> String {
  String(startTag.dropFirst().prefix { $0 != " " && $0 != ">" && $0 != "/" })
}

/// Whether the nodes nest: each ends inside its parent, and the parents are those of the nesting.
func isWellFormed(_ tree: HtmlTree) -> Bool {
  var open: [Int] = []
  for (index, node) in tree.nodes.enumerated() {
    while let last = open.last, Int(tree.nodes[last].end) <= index { open.removeLast() }
    guard Int(node.parent) == open.last ?? -1, Int(node.end) > index else { return false }
    if let last = open.last, node.end > tree.nodes[last].end { return false }
    open.append(index)
  }
  return Int(tree.nodes[0].end) == tree.nodes.count
}
