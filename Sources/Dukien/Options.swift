internal import CDukien
internal import CPlatform
internal import DukienEngine
internal import DukienRules
internal import DukienText

/// The largest `size` that is believed: more is a struct that nobody initialised.
private let largestStruct = 4096

/// Copies a caller's struct, which opens with its `size`, over `value`.
///
/// A shorter struct leaves the rest of `value` as it is. Of a longer one the unknown end must be
/// zero. `least` is the number of bytes without which the struct says nothing.
func readStruct<Struct: BitwiseCopyable>(
  _ pointer: UnsafePointer<Struct>, over value: inout Struct, least: Int, _ argument: String
) throws(Failure) {
  let source = UnsafeRawPointer(pointer)
  let size = source.loadUnaligned(as: Int.self)
  guard size >= least, size <= largestStruct else {
    throw Failure(
      DUKIEN_E_ARGUMENT, "argument.size", "size of \(argument) is \(size)",
      hint: "set size to the sizeof of the struct and zero the rest")
  }
  let known = min(size, MemoryLayout<Struct>.size)
  withUnsafeMutableBytes(of: &value) {
    $0.copyMemory(from: UnsafeRawBufferPointer(start: source, count: known))
  }
  for offset in known..<size where source.load(fromByteOffset: offset, as: UInt8.self) != 0 {
    throw .unknownOption("\(argument) holds an option at byte \(offset)")
  }
}

extension Failure {
  static func unknownOption(_ what: String) -> Failure {
    Failure(
      DUKIEN_E_VERSION, "version.option", "\(what) that this library does not know",
      hint: "use a newer library, or leave the option zero")
  }
}

extension LoadLimits {
  /// The limits of a caller; NULL stands for the defaults.
  init(_ pointer: UnsafePointer<dukien_load_options>?) throws(Failure) {
    self.init()
    guard let pointer else { return }
    var options = dukien_load_options()
    try readStruct(pointer, over: &options, least: MemoryLayout<Int>.size, "load options")
    guard options.reserved == 0 else { throw .unknownOption("reserved of load options is set") }
    func bound(_ wanted: UInt64, or standard: Int) -> Int {
      wanted == 0 ? standard : Int(clamping: wanted)
    }
    maxBytes = bound(options.max_bytes, or: maxBytes)
    maxNodes = bound(options.max_nodes, or: maxNodes)
    maxDepth = min(bound(options.max_depth, or: maxDepth), maxDepth)
    maxSets = bound(options.max_sets, or: maxSets)
    warningsAsErrors = options.warnings_as_errors != 0
  }
}

/// The checked content of `dukien_run_options`.
struct HostOptions {
  private(set) var limits = RunLimits()
  private(set) var endsAtArticle = false
  private(set) var cancel: UnsafePointer<platform_signal>?
  private(set) var log = RunLog(write: nil, user: nil)
  private(set) var trace: Trace?

  /// The options of a caller; NULL stands for the defaults.
  init(_ pointer: UnsafePointer<dukien_run_options>?) throws(Failure) {
    guard let pointer else { return }
    var options = dukien_run_options()
    try readStruct(pointer, over: &options, least: MemoryLayout<Int>.size, "run options")
    guard options.reserved == 0 else { throw .unknownOption("reserved of run options is set") }
    switch options.until {
    case DUKIEN_UNTIL_FACTS: break
    case DUKIEN_UNTIL_ARTICLE: endsAtArticle = true
    default: throw .unknownOption("run options are until \(options.until)")
    }
    // Offsets are 32 bits wide, and replacing an invalid byte makes three of it.
    limits.maxInput = min(options.max_input, 1 << 30)
    limits.maxTokens = options.max_tokens
    limits.maxFacts = options.max_facts
    limits.maxSteps = options.max_steps
    limits.maxMemory = options.max_memory
    limits.maxMillis = options.max_millis
    cancel = options.cancel.map { UnsafePointer($0) }
    log = RunLog(write: options.log, user: options.user)
    trace = options.trace.map { Self.trace($0, options.user) }
  }

  /// True where the host asked for the end.
  var isCancelled: Bool { cancel.map { platform_signal_get($0) != 0 } ?? false }

  /// How the engine is to read a page.
  func run(_ page: Page) -> RunOptions {
    var options = run()
    options.published = page.published
    options.format = page.format
    options.encoding = page.encoding
    options.url = page.url
    return options
  }

  /// How the engine is to extract a page that was read.
  func run() -> RunOptions {
    var options = RunOptions()
    options.limits = limits
    options.endsAtArticle = endsAtArticle
    options.cancel = cancel
    options.trace = trace
    return options
  }

  private static func trace(
    _ callback:
      @escaping @convention(c) (
        UnsafeMutableRawPointer?, dukien_str, dukien_str, dukien_span, Int32
      ) -> Void, _ user: UnsafeMutableRawPointer?
  ) -> Trace {
    { rule, step, at, isMet in
      var rule = rule
      var step = step
      rule.withUTF8 { rule in
        step.withUTF8 { step in
          guard let name = rule.baseAddress, let word = step.baseAddress else { return }
          callback(
            user, dukien_str(name, rule.count), dukien_str(word, step.count), dukien_span(at),
            isMet ? 1 : 0)
        }
      }
    }
  }
}
