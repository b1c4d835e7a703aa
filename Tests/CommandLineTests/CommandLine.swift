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

  /// Runs the program to its end, in `directory` where one is named; standard input holds `input`.
  static func run(
    _ arguments: [String], input: String = "", environment: [String: String] = [:],
    directory: String? = nil
  ) throws -> Outcome {
    try Running(arguments, input: input, environment: environment, directory: directory).wait()
  }

  /// A program that has been started.
  final class Running {
    private let process = Process()
    // Files, not pipes: nothing has to be read while the program runs.
    private let folder: TemporaryFolder

    init(
      _ arguments: [String], input: String = "", environment: [String: String] = [:],
      directory: String? = nil
    ) throws {
      process.executableURL = program
      process.arguments = arguments
      if let directory { process.currentDirectoryURL = URL(fileURLWithPath: directory) }
      var variables = ProcessInfo.processInfo.environment
      for name in ["DUKIEN_RULES_PATH", "NO_COLOR", "CLICOLOR_FORCE"] { variables[name] = nil }
      process.environment = variables.merging(environment) { $1 }
      folder = try TemporaryFolder()
      try folder.write("in", input)
      try folder.write("out", "")
      try folder.write("err", "")
      process.standardInput = try FileHandle(forReadingFrom: folder.url("in"))
      process.standardOutput = try FileHandle(forWritingTo: folder.url("out"))
      process.standardError = try FileHandle(forWritingTo: folder.url("err"))
      try process.run()
    }

    deinit { if process.isRunning { kill(process.processIdentifier, SIGKILL) } }

    /// What it printed so far.
    var output: String { (try? folder.read("out")) ?? "" }
    var errors: String { (try? folder.read("err")) ?? "" }

    /// Waits until `condition` holds, for a minute at most; false where it did not.
    func becomes(_ condition: (Running) -> Bool) -> Bool {
      let end = Date(timeIntervalSinceNow: 60)
      while !condition(self) {
        guard process.isRunning, Date() < end else { return condition(self) }
        usleep(20_000)
      }
      return true
    }

    /// Ctrl-C, and the end of the program, which is forced where it does not come.
    func interrupt() throws -> Outcome {
      kill(process.processIdentifier, SIGINT)
      _ = becomes { _ in false }
      if process.isRunning { kill(process.processIdentifier, SIGKILL) }
      return try wait()
    }

    /// Waits for its end.
    func wait() throws -> Outcome {
      process.waitUntilExit()
      return Outcome(
        status: process.terminationStatus, output: try folder.read("out"),
        errors: try folder.read("err"))
    }
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
