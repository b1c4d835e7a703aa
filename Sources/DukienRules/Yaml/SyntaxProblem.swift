internal import CYaml
internal import DukienText

/// What libyaml found wrong, in the words of the house.
struct SyntaxProblem {
  /// libyaml's text, lower case, without a full stop.
  private let problem: String
  /// What libyaml was reading, such as `while parsing a block mapping`; may be empty.
  private let context: String
  private let offset: Int
  /// Where what libyaml was reading begins.
  private let contextOffset: Int

  init(of parser: yaml_parser_t, marks: inout MarkOffsets) {
    problem = parser.problem.map { Self.cleaned(String(cString: $0)) } ?? "not enough memory"
    context = parser.context.map { Self.cleaned(String(cString: $0)) } ?? ""
    offset = marks.offset(of: parser.problem_mark)
    contextOffset = context.isEmpty ? offset : marks.offset(of: parser.context_mark)
  }

  /// The problem at its place; what the end of the file left open is shown where it begins.
  func diagnostic(in file: SourceFile) -> Diagnostic {
    let isAtEnd = offset >= file.bytes.count && contextOffset < offset
    let place = isAtEnd ? contextOffset : offset
    let span = Span(place, characterEnd(in: file, from: place))
    if place < file.bytes.count, file.bytes[place] == 0x09 {
      return file.diagnostic(
        "yaml.tab", at: span, "a tab in the indentation", hint: "indent with spaces")
    }
    let message = context.isEmpty ? problem : "\(problem) \(context)"
    let hint = isAtEnd ? "the file ends before it is complete" : hint(in: file)
    return file.diagnostic("yaml.syntax", at: span, message, hint: hint)
  }

  /// The remedy for the problems that rule writers meet; of the others, where the thing begins
  /// that could not be read.
  private func hint(in file: SourceFile) -> String {
    switch problem {
    case "mapping values are not allowed in this context":
      return "put a text that contains \": \" in quotes, or check the indentation"
    case "block sequence entries are not allowed in this context":
      return "begin the list on a line of its own, or put a text that begins with \"- \" in quotes"
    case "found character that cannot start any token":
      let written = file.text(at: Span(offset, characterEnd(in: file, from: offset)))
      return "put a text that begins with \(quoted(written)) in quotes"
    case "found unknown escape character":
      return "write \\\\ for a backslash, or use single quotes"
    case "could not find expected ':'":
      return "a key is followed by a colon and a space"
    case "did not find expected key" where context == "while parsing a block mapping":
      return
        "\(beginning(in: file)); check the indentation, and quote a text as a whole, not a part"
    case "did not find expected ',' or '}'", "did not find expected ',' or ']'":
      return
        "\(beginning(in: file)); put a text that holds [ ] { } or a comma in quotes there"
    default:
      return contextOffset == offset ? "" : beginning(in: file)
    }
  }

  /// "the flow sequence begins in line 1, column 4".
  private func beginning(in file: SourceFile) -> String {
    let start = file.lineColumn(ofOffset: contextOffset)
    let words = context.split(separator: " ")
    let name = words.count > 3 ? words[3...].joined(separator: " ") : "value"
    return "the \(name) begins in line \(start.line), column \(start.column)"
  }

  private func characterEnd(in file: SourceFile, from offset: Int) -> Int {
    var end = min(offset + 1, file.bytes.count)
    while end < file.bytes.count, file.bytes[end] & 0xC0 == 0x80 { end += 1 }
    return end
  }

  private static func cleaned(_ text: String) -> String {
    var bytes = Array(text.utf8)
    if let first = bytes.first, (0x41...0x5A).contains(first) { bytes[0] = first | 0x20 }
    while bytes.last == UInt8(ascii: ".") { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}
