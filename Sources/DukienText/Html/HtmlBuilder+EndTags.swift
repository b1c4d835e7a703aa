/// End tags: what they close.
extension HtmlBuilder {
  mutating func end(_ tag: HtmlTag) {
    if stack.top.isForeign {
      let open = stack.last(name: otherName())
      if open > Int(stack.top.html) { return close(to: open) }
      if tag == .p || tag == .br { close(to: endOfForeign()) }
    }
    let traits = traits[Int(tag.rawValue)]
    let top = stack.top
    if stack.last(.select) > Int(top.scope), tag != .select, tag != .template, tag != .option,
      tag != .optgroup
    {
      let isInTable = stack[Int(top.table)].tag == .table
      guard isInTable, tag == .table || traits.contains(.tablePart),
        stack.last(tag) >= Int(top.table)
      else { return }
      close(to: stack.last(.select))
    }
    if traits.contains(.ownEnd) { return endOwn(tag, traits) }
    let open = tag == .other ? stack.last(name: otherName()) : stack.last(tag)
    guard open > 0 else { return }
    if traits.contains(.closesAll) {
      if open >= Int(stack.top.scope) { close(to: open) }
    } else if traits.contains(.formatting) {
      if open > Int(stack.top.scope) { endFormatting(tag) }
    } else if open >= Int(stack.top.special) {
      close(to: open)
    }
  }

  /// Ends an open formatting element: at once, or with the block that was opened inside it.
  mutating func endFormatting(_ tag: HtmlTag) {
    let open = stack.last(tag)
    let block = Int(stack.top.special)
    if open > block { return close(to: open) }
    close(to: block &+ 1)
    stack.end(tag)
  }

  private mutating func endOwn(_ tag: HtmlTag, _ traits: HtmlTraits) {
    let top = stack.top
    let open = stack.last(tag)
    switch tag {
    case .html, .body: return
    case .head:
      if head >= 0 { closeHead() }
    case .p:
      if open > Int(top.buttonScope) { close(to: open) } else { add(.element, .p, tokenizer.span) }
    case .br:
      if head >= 0 { closeHead() }
      add(.element, .br, tokenizer.span)
    case .li:
      if open > Int(top.listScope) { close(to: open) }
    case .optgroup, .option:
      if stack.top.tag == .option, tag == .optgroup, stack[stack.count &- 2].tag == .optgroup {
        close(to: stack.count &- 1)
      }
      if open > Int(stack.top.special) || open == stack.count &- 1, open > 0 { close(to: open) }
    case .form: endForm(open)
    case .template, .table:
      if open > 0, tag == .template || open >= Int(top.table) { close(to: open) }
    default:
      if traits.contains(.heading) {
        endHeading()
      } else if open > Int(top.table), stack[Int(top.table)].tag != .none {
        close(to: open)
      }
    }
  }

  /// A form's end tag ends it alone; what is open inside it stays open.
  private mutating func endForm(_ open: Int) {
    guard open > Int(stack.top.scope) else { return }
    while stack.count &- 1 > open, traits[Int(stack.top.tag.rawValue)].contains(.impliedEnd) {
      close(to: stack.count &- 1)
    }
    if stack.count &- 1 <= open { close(to: open) } else { stack.end(.form) }
  }

  /// The end tag of any heading ends the open one.
  private mutating func endHeading() {
    var open = -1
    for tag in [HtmlTag.h1, .h2, .h3, .h4, .h5, .h6] { open = Swift.max(open, stack.last(tag)) }
    if open > Int(stack.top.scope) { close(to: open) }
  }
}
