package import CPlatform
package import DukienText

/// How one page is to be read.
package struct RunOptions {
  package var limits = RunLimits()
  /// ISO date of publication where the host knows it; a date on the page goes before it.
  package var published = ""
  package var format = PageFormat.auto
  /// The encoding that the host was told, as in an HTTP header, or "".
  package var encoding = ""
  /// Where the page comes from, or "".
  package var url = ""
  /// Ends with the fields of the article: no values, entities and facts are given.
  package var endsAtArticle = false
  /// Reads every block as content: for single sentences, as in rule tests.
  package var isPlainText = false
  /// Ends the run where it is other than 0; lives until the run is over.
  package var cancel: UnsafePointer<platform_signal>?
  /// Is told how the rules of facts fare.
  package var trace: Trace?

  package init() {}
}

/// Told of a rule, by its name: a step, the bytes of the input that it is about, and whether it
/// helped on.
package typealias Trace = (_ rule: String, _ step: String, _ at: Span, _ isMet: Bool) -> Void

/// Bounds of one run; zero stands for the default.
package struct RunLimits: Sendable {
  package var maxInput: UInt64 = 0
  package var maxTokens: UInt64 = 0
  package var maxFacts: UInt64 = 0
  package var maxSteps: UInt64 = 0
  /// Bytes that a page takes, as far as it is read, with what is found in it.
  package var maxMemory: UInt64 = 0
  /// Milliseconds; 0 for none.
  package var maxMillis: UInt64 = 0

  package init() {}

  // What holds where the host names no bound.
  var input: Int { Self.bound(maxInput, 16 << 20) }
  var tokens: Int { min(Self.bound(maxTokens, 4_000_000), 1 << 30) }
  var facts: Int { Self.bound(maxFacts, 50_000) }
  var memory: Int { Self.bound(maxMemory, 2 << 30) }

  func steps(ofTokens count: Int) -> UInt64 {
    maxSteps > 0 ? maxSteps : UInt64(count + 1_000) &* 20_000
  }

  private static func bound(_ asked: UInt64, _ standard: Int) -> Int {
    asked == 0 ? standard : Int(clamping: asked)
  }
}
