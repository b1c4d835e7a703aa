/// An HTML page as a flat arena of nodes in document order.
///
/// All spans are byte offsets into `text`; `text.offsets` leads on to the input. Node 0 is the
/// document. The descendants of node `n` are the nodes `n + 1 ..< nodes[n].end`.
package struct HtmlTree: Sendable {
  /// All nodes in document order (preorder), the document first.
  package var nodes: [HtmlNode]
  /// The attributes of all elements, those of one element next to each other.
  package var attributes: [HtmlAttribute]
  /// The page that the spans point into.
  package var text: SourceText
  /// The bounds that the page hit, at most one entry a code.
  package var problems: [HtmlProblem]

  package init(
    nodes: [HtmlNode], attributes: [HtmlAttribute], text: SourceText, problems: [HtmlProblem] = []
  ) {
    self.nodes = nodes
    self.attributes = attributes
    self.text = text
    self.problems = problems
  }

  /// The raw value of an attribute, or nil where the element lacks it; of two, the first.
  ///
  /// - Complexity: O(k) in the number of the element's attributes.
  @inline(__always)
  package func value(of node: Int, _ name: HtmlAttributeName) -> Span? {
    for index in nodes[node].attributes.range where attributes[index].name == name {
      return attributes[index].value
    }
    return nil
  }

  /// Appends the text of a span that holds raw text of the page: character references are decoded,
  /// white space is kept. Of a long span only about the first `limit` bytes are read, whole
  /// characters.
  ///
  /// - Complexity: O(n) in the bytes that are read.
  package func decodeText(_ span: Span, limit: Int = .max, into out: inout [UInt8]) {
    var span = span
    if span.count > limit {
      var end = Int(span.begin) &+ limit
      while end > span.begin, text.bytes[end] & 0xC0 == 0x80 { end &-= 1 }
      span = Span(Int(span.begin), end)
    }
    decodeReferences(text.bytes, span, isAttribute: false, into: &out)
  }

  /// Appends the value of an attribute with its character references decoded.
  ///
  /// - Complexity: O(n) in the bytes of the span.
  package func decodeValue(_ span: Span, into out: inout [UInt8]) {
    decodeReferences(text.bytes, span, isAttribute: true, into: &out)
  }
}

/// A node of an HTML page.
package struct HtmlNode: Sendable, BitwiseCopyable {
  package enum Kind: UInt8, Sendable, BitwiseCopyable {
    case document
    case element
    /// Text in which character references stand for characters.
    case text
    /// The content of `script`, `style`, `xmp` and the like, in which nothing is decoded.
    case rawText
  }

  package var attributes: HtmlAttributes
  package var kind: Kind
  /// The element's tag; `none` for text and the document.
  package var tag: HtmlTag
  /// The index of the parent; -1 for the document.
  package var parent: Int32
  /// The index past its last descendant.
  package var end: Int32
  /// Of an element its start tag, empty where it is implied; of text its bytes.
  package var span: Span

  package init(
    kind: Kind, tag: HtmlTag, parent: Int32, end: Int32, span: Span,
    attributes: HtmlAttributes = HtmlAttributes(first: 0, count: 0)
  ) {
    self.kind = kind
    self.tag = tag
    self.parent = parent
    self.end = end
    self.span = span
    self.attributes = attributes
  }

  /// The document of a page without content.
  static var document: HtmlNode {
    HtmlNode(kind: .document, tag: .none, parent: -1, end: 1, span: Span(0, 0))
  }
}

/// Where the attributes of an element stand in `HtmlTree.attributes`.
package struct HtmlAttributes: Sendable, BitwiseCopyable {
  package var first: Int32
  package var count: UInt16

  package init(first: Int32, count: UInt16) {
    self.first = first
    self.count = count
  }

  /// The indices of the attributes.
  @inline(__always)
  package var range: Range<Int> { Int(first)..<Int(first) &+ Int(count) }
}

/// An attribute of an element.
package struct HtmlAttribute: Sendable, BitwiseCopyable {
  /// The name as written, in any case.
  package var nameSpan: Span
  /// The value without quotation marks, references not decoded; empty where there is none.
  package var value: Span
  package var name: HtmlAttributeName

  package init(name: HtmlAttributeName, nameSpan: Span, value: Span) {
    self.name = name
    self.nameSpan = nameSpan
    self.value = value
  }
}

/// How much of a page is read; every bound that is hit is reported.
package struct HtmlLimits: Sendable {
  /// How many elements may be open in one another; deeper ones become siblings.
  package var depth = 8192
  /// How many attributes of one element are kept, at most 65,535.
  package var attributes = 1000
  /// How many nodes are made; what comes after is not read.
  package var nodes = 1 << 20
  /// How many bytes of a tag's or attribute's name are looked at.
  package var nameBytes = 1024
  /// How many bytes of an attribute's value are kept.
  package var valueBytes = 1 << 16

  package init() {}
}

/// A bound of `HtmlLimits` that a page hit.
package struct HtmlProblem: Equatable, Sendable {
  package enum Code: UInt8, CaseIterable, Sendable {
    case tooDeep
    case tooManyAttributes
    case tooManyNodes
    case longName
    case longValue

    /// Whether the page may have said more than was read.
    package var losesContent: Bool {
      switch self {
      case .tooDeep, .tooManyAttributes, .tooManyNodes: true
      case .longName, .longValue: false
      }
    }
  }

  package var code: Code
  /// The first place, in offsets of the input.
  package var at: Span
  /// How many places there are; for `tooManyNodes`, how many bytes of the text were not read.
  package var count: Int

  package init(code: Code, at: Span, count: Int) {
    self.code = code
    self.at = at
    self.count = count
  }
}
