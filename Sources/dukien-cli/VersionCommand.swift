import ArgumentParser
import CDukien

struct VersionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "version", abstract: "Prints the version of the library.")

  func run() throws {
    print("dukien \(String(cString: dukien_version())) (ABI \(dukien_abi()))")
  }
}
