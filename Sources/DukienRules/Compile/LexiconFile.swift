internal import DukienText

extension Compiler {
  /// Adds the entries of a data file: a form a line, in `*.tsv` with its value after a tab. Empty
  /// lines and lines that open with `#` say nothing.
  ///
  /// - Complexity: linear in the file.
  func readEntries(ofFile ref: NodeRef, type: UInt16, exact: Bool) {
    guard let name = scalar(ref, "file"), let file = dataFile(name, at: ref) else { return }
    if let problem = encodingProblem(in: file, code: "lexicon.encoding") {
      diagnostics.append(problem)
      return
    }
    let number = Int32(dataFiles.count)
    dataFiles.append(file)
    let hasValues = name.utf8.suffix(4).elementsEqual(".tsv".utf8)
    let lines = dataLines(of: file, hasValues: hasValues)
    let forms = words.intern(lines.map { $0.form }, of: file.bytes)
    file.bytes.withUnsafeBufferPointer { bytes in
      for (line, form) in zip(lines, forms) {
        let place = LexiconForms.Place.data(file: number, offset: line.form.begin)
        guard !form.isEmpty, form.count < Self.longestEntry else {
          reportEntryLength(at: place)
          continue
        }
        let meaning = meaning(UnsafeBufferPointer(rebasing: bytes[line.value.range]))
        let spelling = exact ? file.text(at: line.form) : nil
        addEntry(form, spelling: spelling, meaning: meaning, type: type, at: place)
      }
    }
  }

  /// A file that stands beside the rule files of the set; `nil` with a report.
  private func dataFile(_ name: String, at ref: NodeRef) -> SourceFile? {
    let isPlain = name.utf8.allSatisfy {
      $0 >= 0x30 && $0 <= 0x39 || ($0 | 0x20) >= 0x61 && ($0 | 0x20) <= 0x7A
        || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
    }
    let suffix = name.utf8.suffix(4)
    guard isPlain, suffix.elementsEqual(".tsv".utf8) || suffix.elementsEqual(".txt".utf8) else {
      report(
        "lexicon.file", "`\(name)` cannot be the file of a lexicon",
        hint: "name a file `*.txt` or `*.tsv` that stands beside the rule file", at: ref)
      return nil
    }
    let known = reader.diagnostics.count
    guard let file = reader.file(name, of: origins[set(of: ref)]) else {
      if reader.diagnostics.count > known { reader.diagnostics.removeLast() }
      report(
        "lexicon.file", "the file `\(name)` cannot be read",
        hint: "put it beside the rule file", at: ref)
      return nil
    }
    return file
  }

  private func dataLines(of file: SourceFile, hasValues: Bool) -> [(form: Span, value: Span)] {
    var lines: [(form: Span, value: Span)] = []
    lines.reserveCapacity(file.lineCount)
    file.bytes.withUnsafeBufferPointer { bytes in
      for number in 1...file.lineCount {
        let line = file.lineRange(number)
        if line.isEmpty || bytes[line.lowerBound] == UInt8(ascii: "#") { continue }
        var end = line.upperBound
        var value = Span(0, 0)
        if hasValues, let tab = line.first(where: { bytes[$0] == 0x09 }) {
          end = tab
          value = trimmed(bytes, tab + 1, line.upperBound)
        }
        let form = trimmed(bytes, line.lowerBound, end)
        if !form.isEmpty || !value.isEmpty { lines.append((form, value)) }
      }
    }
    return lines
  }

  private func trimmed(_ bytes: UnsafeBufferPointer<UInt8>, _ begin: Int, _ end: Int) -> Span {
    var begin = begin
    var end = end
    while begin < end, bytes[begin] <= 0x20 { begin += 1 }
    while end > begin, bytes[end - 1] <= 0x20 { end -= 1 }
    return Span(begin, end)
  }
}
