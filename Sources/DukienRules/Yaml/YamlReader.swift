internal import CYaml
internal import DukienText

/// Reads one YAML document strictly: every scalar is text; tags, anchors, aliases, directives,
/// equal keys of a mapping and keys that are no text are errors.
///
/// All problems are appended to `diagnostics`, at most a hundred of one file. The time is linear in
/// the file, whatever it holds: depth is counted while reading, and nothing is read past a limit.
/// - Returns: the tree, an empty mapping for a file without content; nil when nothing is usable: a
///   text that is not YAML, or one past a limit. A tree may come with errors, namely of those that
///   concern single nodes; an alias is read as an empty value.
/// - Complexity: O(bytes).
package func parseYaml(
  _ file: SourceFile, limits: YamlLimits = YamlLimits(), diagnostics: inout [Diagnostic]
) -> YamlTree? {
  let limits = limits.bounded
  if file.bytes.count > limits.maxBytes {
    let end = limits.maxBytes
    diagnostics.append(
      file.diagnostic(
        "yaml.size", at: Span(end, end),
        "the file has \(file.bytes.count) bytes, more than the \(end) allowed",
        hint: "split it into several files"))
    return nil
  }
  if let problem = problemOfText(in: file) {
    diagnostics.append(problem)
    return nil
  }
  var reader = YamlReader(file: file, limits: limits)
  let isUsable = reader.read()
  diagnostics += reader.diagnostics
  return isUsable ? reader.tree : nil
}

/// libyaml's events turned into nodes and diagnostics.
private struct YamlReader {
  let file: SourceFile
  let limits: YamlLimits
  var diagnostics: [Diagnostic] = []
  private var builder = TreeBuilder()
  private var marks: MarkOffsets

  init(file: SourceFile, limits: YamlLimits) {
    self.file = file
    self.limits = limits
    marks = MarkOffsets(file: file)
  }

  /// What follows an event: the next one, or the end, with or without a usable tree.
  private enum Course {
    case more
    case done
    case refused
  }

  /// The document read, with an empty mapping in place of an empty root.
  var tree: YamlTree {
    var nodes = builder.nodes
    if nodes.isEmpty {
      let start = file.textStart
      nodes.append(Node(kind: .mapping, style: .block, span: Span(start, start), text: ""))
    } else if nodes[0].kind == .null {
      nodes[0].kind = .mapping
      nodes[0].style = .block
    }
    return YamlTree(file: file, nodes: nodes, root: 0)
  }

  /// Reads the file; false when nothing of it is usable.
  mutating func read() -> Bool {
    let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
    defer { parser.deallocate() }
    guard yaml_parser_initialize(parser) == 1 else {
      report("yaml.size", at: Span(0, 0), "not enough memory to read the file")
      return false
    }
    defer { yaml_parser_delete(parser) }
    return file.bytes.withUnsafeBufferPointer { bytes in
      // An empty array may have no address at all, which libyaml would not take.
      guard let base = bytes.baseAddress, bytes.count > file.textStart else { return true }
      yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
      yaml_parser_set_input_string(
        parser, base + file.textStart, bytes.count - file.textStart)
      return readEvents(of: parser)
    }
  }

  private mutating func readEvents(of parser: UnsafeMutablePointer<yaml_parser_t>) -> Bool {
    var event = yaml_event_t()
    while true {
      guard yaml_parser_parse(parser, &event) == 1 else {
        let problem = SyntaxProblem(of: parser.pointee, marks: &marks)
        diagnostics.append(problem.diagnostic(in: file))
        return false
      }
      let course = take(event)
      yaml_event_delete(&event)
      switch course {
      case .more: continue
      case .done: return true
      case .refused: return false
      }
    }
  }

  private mutating func take(_ event: yaml_event_t) -> Course {
    switch event.type {
    case YAML_SCALAR_EVENT:
      checkProperties(event, event.data.scalar.tag != nil, event.data.scalar.anchor != nil)
      return addScalar(event)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      checkProperties(event, start.tag != nil, start.anchor != nil)
      let isFlow = start.style == YAML_FLOW_SEQUENCE_STYLE
      return begin(.sequence, isFlow ? .flow : .block, event)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      checkProperties(event, start.tag != nil, start.anchor != nil)
      let isFlow = start.style == YAML_FLOW_MAPPING_STYLE
      return begin(.mapping, isFlow ? .flow : .block, event)
    case YAML_SEQUENCE_END_EVENT:
      _ = builder.end(at: marks.offset(of: event.end_mark))
      return .more
    case YAML_MAPPING_END_EVENT:
      if let mapping = builder.end(at: marks.offset(of: event.end_mark)) {
        checkKeys(of: mapping)
      }
      return next()
    case YAML_ALIAS_EVENT:
      return addAlias(event)
    case YAML_DOCUMENT_END_EVENT:
      guard let problem = problemAfterDocument(in: file, from: marks.offset(of: event.end_mark))
      else { return .done }
      diagnostics.append(problem)
      return problem.code == "yaml.documents" ? .done : .refused
    case YAML_STREAM_END_EVENT:
      return .done
    default:
      return .more
    }
  }

  private mutating func addScalar(_ event: yaml_event_t) -> Course {
    let scalar = event.data.scalar
    let span = span(of: event)
    let style: Node.Style =
      switch scalar.style {
      case YAML_SINGLE_QUOTED_SCALAR_STYLE: .singleQuoted
      case YAML_DOUBLE_QUOTED_SCALAR_STYLE: .doubleQuoted
      case YAML_LITERAL_SCALAR_STYLE: .literal
      case YAML_FOLDED_SCALAR_STYLE: .folded
      default: .plain
      }
    var text = ""
    if scalar.length > limits.maxScalar {
      report(
        "yaml.scalar-size", at: Span(Int(span.begin), Int(span.begin)),
        "a text of \(scalar.length) bytes, more than the \(limits.maxScalar) allowed",
        hint: "a quote or an indentation that does not end where it should?")
    } else {
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      text = String(decoding: bytes, as: UTF8.self)
      if style == .doubleQuoted, bytes.contains(0) {
        report("yaml.encoding", at: span, "an escaped NUL in a text", hint: "remove it")
      }
    }
    let isNull = style == .plain && scalar.length == 0
    let isBareKey = isNull && builder.expectsKey
    builder.add(Node(kind: isNull ? .null : .scalar, style: style, span: span, text: text))
    if isBareKey {
      refuseKey(builder.nodes.count - 1, "a key is missing")
    }
    return next()
  }

  private mutating func begin(
    _ kind: Node.Kind, _ style: Node.Style, _ event: yaml_event_t
  ) -> Course {
    let span = span(of: event)
    if builder.depth >= limits.maxDepth {
      report(
        "yaml.depth", at: Span(Int(span.begin), Int(span.begin) + 1),
        "nested more than \(limits.maxDepth) levels deep",
        hint: "no rule file needs more than ten levels")
      return .refused
    }
    let isKey = builder.expectsKey
    builder.begin(Node(kind: kind, style: style, span: span, text: ""))
    if isKey {
      refuseKey(builder.nodes.count - 1, "a key must be a text")
    }
    return next()
  }

  private mutating func addAlias(_ event: yaml_event_t) -> Course {
    let span = span(of: event)
    report(
      "yaml.alias", at: span, "aliases are not allowed: \(quoted(file.text(at: span)))",
      hint: "write the value out, or put a text that begins with * in quotes")
    let isKey = builder.expectsKey
    builder.add(Node(kind: .null, style: .plain, span: span, text: ""))
    if isKey { builder.refuse(key: builder.nodes.count - 1) }
    return next()
  }

  private mutating func refuseKey(_ key: Int, _ message: String) {
    builder.refuse(key: key)
    let begin = Int(builder.nodes[key].span.begin)
    report(
      "yaml.key-not-text", at: Span(begin, begin + 1), message,
      hint: "put a text that contains brackets, braces or \"? \" in quotes")
  }

  /// Reports tags and anchors. They stand before the value, so the event begins with them.
  private mutating func checkProperties(_ event: yaml_event_t, _ hasTag: Bool, _ hasAnchor: Bool) {
    guard hasTag || hasAnchor else { return }
    var begin = marks.offset(of: event.start_mark)
    while begin < file.bytes.count {
      let isTag = file.bytes[begin] == UInt8(ascii: "!")
      guard isTag || file.bytes[begin] == UInt8(ascii: "&") else { return }
      var end = begin
      while end < file.bytes.count, !" \t\r\n,[]{}".utf8.contains(file.bytes[end]) { end += 1 }
      let span = Span(begin, end)
      let written = quoted(file.text(at: span))
      report(
        isTag ? "yaml.tag" : "yaml.anchor", at: span,
        "\(isTag ? "tags" : "anchors") are not allowed: \(written)",
        hint: "remove it, or put a text that begins with \(isTag ? "!" : "&") in quotes")
      begin = end
      while begin < file.bytes.count, " \t\r\n".utf8.contains(file.bytes[begin]) { begin += 1 }
    }
  }

  private mutating func checkKeys(of mapping: Int) {
    for (key, first) in builder.repeatedKeys(of: mapping) {
      if diagnostics.count >= mostReported { return }
      builder.refuse(key: key)
      let node = builder.nodes[key]
      let place = file.lineColumn(ofOffset: Int(builder.nodes[first].span.begin))
      report(
        "yaml.duplicate-key", at: node.span, "the key \(quoted(node.text)) is used twice",
        hint: "first used in line \(place.line), column \(place.column); rename or remove one",
        path: path(of: key, in: builder.nodes))
    }
  }

  private mutating func span(of event: yaml_event_t) -> Span {
    let begin = marks.offset(of: event.start_mark)
    return Span(begin, max(begin, marks.offset(of: event.end_mark)))
  }

  private mutating func report(
    _ code: String, at span: Span, _ message: String, hint: String = "", path: String = ""
  ) {
    guard diagnostics.count < mostReported else { return }
    diagnostics.append(file.diagnostic(code, at: span, message, hint: hint, path: path))
  }

  /// Whether to read on after a node was added.
  private mutating func next() -> Course {
    if diagnostics.count >= mostReported {
      diagnostics[diagnostics.count - 1].hint += "; what follows in this file was not read"
      return .refused
    }
    if builder.nodes.count > limits.maxNodes, let last = builder.nodes.last {
      report(
        "yaml.nodes", at: last.span, "more than the \(limits.maxNodes) values allowed in one file",
        hint: "split it into several files")
      return .refused
    }
    return .more
  }
}

/// So many problems of one file are reported; the rest would not be read.
private let mostReported = 100
