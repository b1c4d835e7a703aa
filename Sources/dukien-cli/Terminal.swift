import ArgumentParser
import Foundation

enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  case auto, always, never

  /// Whether to colour what goes to `isTerminal`, by the variables NO_COLOR, CLICOLOR_FORCE, TERM.
  func isOn(isTerminal: Bool) -> Bool {
    let environment = ProcessInfo.processInfo.environment
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    switch self {
    case .always: return true
    case .never: return false
    case .auto:
      if isSet("NO_COLOR") { return false }
      if isSet("CLICOLOR_FORCE"), environment["CLICOLOR_FORCE"] != "0" { return true }
      return isTerminal && environment["TERM"] != "dumb"
    }
  }
}

/// Escape sequences, or nothing where colour is off.
struct Style {
  var isOn: Bool

  func bold(_ text: String) -> String { wrap("1", text) }
  func dim(_ text: String) -> String { wrap("2", text) }
  func type(_ text: String) -> String { wrap("1;36", text) }
  func error(_ text: String) -> String { wrap("1;31", text) }

  private func wrap(_ code: String, _ text: String) -> String {
    isOn && !text.isEmpty ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
  }
}

/// The width to wrap at: the terminal's, and 100 columns where there is none.
func wrapWidth(isTerminal: Bool) -> Int {
  var size = winsize()
  guard isTerminal, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
    return 100
  }
  return max(40, Int(size.ws_col))
}

/// Text of a page or rule file as it may go to a terminal: no control characters.
func printable(_ text: String, keepLines: Bool = false) -> String {
  var out = String.UnicodeScalarView()
  for scalar in text.unicodeScalars {
    switch scalar.value {
    case 0x0A where keepLines: out.append(scalar)
    case 0x09, 0x0A, 0x0D: out.append(" ")
    case 0..<0x20, 0x7F..<0xA0, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069:
      out.append("\u{FFFD}")
    default: out.append(scalar)
    }
  }
  return String(out)
}

/// Columns that a text takes: one a character, two for those of East Asian scripts.
func columns(_ text: some StringProtocol) -> Int {
  var count = 0
  for character in text {
    switch character.unicodeScalars.first?.value ?? 0 {
    case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF,
      0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
      0x20000...0x3FFFD:
      count += 2
    default: count += 1
    }
  }
  return count
}
