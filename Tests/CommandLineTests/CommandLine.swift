import Foundation

/// Runs of the program `dukien` that was built with the tests.
enum CommandLine {
  struct Outcome {
    var status: Int32
    var output: String
    var errors: String

    /// The last line of standard error.
    var summary: String { errors.split(separator: "\n").last.map(String.init) ?? "" }
  }

  private static let program = URL(fileURLWithPath: "/proc/self/exe")
    .resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("dukien")

  /// Runs the program to its end, in `folder` where one is named; standard input holds `input`.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    folder workingFolder: String? = nil
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let workingFolder { process.currentDirectoryURL = URL(fileURLWithPath: workingFolder) }
    var variables = ProcessInfo.processInfo.environment
    for name in ["DUKIEN_RULES_PATH", "NO_COLOR", "CLICOLOR_FORCE"] { variables[name] = nil }
    process.environment = variables.merging(environment) { $1 }
    // Files, not pipes: nothing has to be read while the program runs.
    let folder = try TemporaryFolder()
    try folder.write("in", input)
    try folder.write("out", "")
    try folder.write("err", "")
    process.standardInput = try FileHandle(forReadingFrom: folder.url("in"))
    process.standardOutput = try FileHandle(forWritingTo: folder.url("out"))
    process.standardError = try FileHandle(forWritingTo: folder.url("err"))
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus, output: try folder.read("out"),
      errors: try folder.read("err"))
  }
}

/// A folder that is removed with the object.
final class TemporaryFolder {
  private let root: URL

  init() throws {
    root = FileManager.default.temporaryDirectory
      .appendingPathComponent("dukien-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  var path: String { root.path }
  func url(_ name: String) -> URL { root.appendingPathComponent(name) }
  func path(_ name: String) -> String { url(name).path }
  func read(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url(name)), as: UTF8.self)
  }

  @discardableResult
  func write(_ name: String, _ text: String) throws -> String {
    try FileManager.default.createDirectory(
      at: url(name).deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url(name))
    return path(name)
  }
}
