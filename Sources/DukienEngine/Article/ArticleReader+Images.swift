internal import DukienRules
internal import DukienText

/// The images of a page.
extension ArticleReader {
  /// The images of the page, each a list of its fields: a file and the caption that follows it.
  ///
  /// A field that repeats begins a new image; so does a block that does not follow the last one,
  /// unless both stand in one `figure`. Where the page shows none, what it tells counts.
  func images(_ captures: [ZoneCapture], _ work: inout Workspace) -> [[Found]] {
    var images: [[Found]] = []
    var lastBlock = -2
    var lastFigure = -1
    for block in work.blocks.indices where mayPicture(work.labels[block]) {
      var own: [Found] = []
      for field in program.article.image {
        for source in field.sources where source.told < 0 && source.label == work.labels[block] {
          let found = clean(
            values(of: field, source, in: block, captures, &work), field, captures, &work)
          own += found
          if !found.isEmpty || isUsedUp(source, in: block, captures, &work) { break }
        }
      }
      guard !own.isEmpty else { continue }
      own.sort { ($0.tokens?.lowerBound ?? 0) < ($1.tokens?.lowerBound ?? 0) }
      let figure = work.page.figure(around: block)
      let isBehind = figure >= 0 ? figure == lastFigure : block == lastBlock + 1 && lastFigure < 0
      for (index, found) in own.enumerated() {
        let isNew =
          index == 0 && !isBehind || images.last?.contains { $0.name == found.name } ?? true
        if isNew { images.append([found]) } else { images[images.count - 1].append(found) }
      }
      lastBlock = block
      lastFigure = figure
    }
    if images.isEmpty { return toldImages(captures, &work) }
    addFiles(to: &images, &work)
    return images
  }

  /// The images that the page tells of: the values of each field in their order.
  private func toldImages(_ captures: [ZoneCapture], _ work: inout Workspace) -> [[Found]] {
    var images: [[Found]] = []
    for field in program.article.image {
      for source in field.sources where source.told >= 0 {
        let found = clean(told(source.told, field, &work), field, captures, &work)
        for (index, one) in found.enumerated() {
          if index < images.count { images[index].append(one) } else { images.append([one]) }
        }
        if !found.isEmpty { break }
      }
    }
    return images
  }

  // MARK: Files

  /// Gives images of which only words are known the file that stands by them.
  ///
  /// - Complexity: O(words + elements); both stand in the order of the page.
  private func addFiles(to images: inout [[Found]], _ work: inout Workspace) {
    let wanted = program.article.image.first { field in
      field.sources.contains { $0.told >= 0 && program.article.told[$0.told].isImageElement }
    }
    guard let field = wanted else { return }
    var next = 0
    for index in images.indices {
      let node = imageElement(beside: images[index][0].block, from: &next, &work)
      guard node >= 0, !images[index].contains(where: { $0.name == field.name }) else { continue }
      let file = Found(name: field.name, kind: field.kind, image: node)
      images[index].insert(file, at: 0)
    }
  }

  /// The element of an image by the block of its words, or -1: the first one left of the same
  /// `figure`; outside figures the last one that only white space, or the words, stand behind.
  private func imageElement(
    beside block: Int, from next: inout Int, _ work: inout Workspace
  ) -> Int {
    let figure = work.page.figure(around: block)
    var found = -1
    while next < work.page.images.count, found < 0 || figure < 0 {
      let image = work.page.images[next]
      if figure >= 0, Int(image.figure) == figure {
        found = Int(image.node)
      } else if Int(image.block) > block {
        break
      } else if figure < 0, image.figure < 0, work.page.standsBefore(image, theEndOf: block) {
        found = Int(image.node)
      }
      next += 1
    }
    return found
  }
}

extension ArticleMap.Told {
  /// True for the address that an image itself has.
  var isImageElement: Bool {
    kind == nil && marks == MarkSet() && key.elementsEqual("src".utf8)
  }
}
