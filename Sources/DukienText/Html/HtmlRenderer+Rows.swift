/// Table rows: blocks of one row that become one.
extension HtmlRenderer {
  /// Makes the cells of the row blocks of their own: one of them holds more than one.
  mutating func dissolveRow() {
    if let row { text.dissolve(pipes: row.pipes) }
    row = nil
  }

  /// Makes the blocks of a row one block; a row of one block stays as it is.
  mutating func closeRow() {
    guard let row else { return }
    guard row.pipes.count > 1 else { return dissolveRow() }
    self.row = nil
    text.addClosingPipe()
    var info = infos[row.firstBlock]
    for cell in infos[(row.firstBlock &+ 1)...] {
      info.lastText = cell.lastText
      info.textBytes &+= cell.textBytes
      info.linkBytes &+= cell.linkBytes
      info.emphasisBytes &+= cell.emphasisBytes
      info.links &+= cell.links
    }
    info.node = row.node
    info.tags = row.tags
    info.flags.insert(.isRow)
    infos.removeLast(infos.count &- row.firstBlock)
    infos.append(info)
    var index = images.count
    while index > 0, Int(images[index &- 1].block) > row.firstBlock {
      index &-= 1
      images[index].block = Int32(truncatingIfNeeded: row.firstBlock)
    }
  }
}
