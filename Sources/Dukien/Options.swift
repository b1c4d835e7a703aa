internal import CDukien
internal import DukienEngine
internal import DukienRules

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

extension RunLimits {
  /// The limits of a caller; NULL stands for the defaults.
  init(_ pointer: UnsafePointer<dukien_run_options>?) throws(Failure) {
    self.init()
    guard let pointer else { return }
    var options = dukien_run_options()
    try readStruct(pointer, over: &options, least: MemoryLayout<Int>.size, "run options")
    // Offsets are 32 bits wide, and replacing an invalid byte makes three of it.
    maxInput = min(options.max_input, 1 << 30)
    maxTokens = options.max_tokens
    maxFacts = options.max_facts
    maxSteps = options.max_steps
  }
}
