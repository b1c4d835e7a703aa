// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
internal import DukienRules

/// The handle `dukien_rules`: a compiled program, shared by any number of extractors.
final class RulesHandle {
  let program: Program
  /// The sources.
  let bundle: RuleBundle
  let name: dukien_str
  let fingerprint: dukien_str
  private let strings = StringArena()

  init(_ program: Program, _ bundle: RuleBundle) {
    self.program = program
    self.bundle = bundle
    name = strings.keep(program.name)
    fingerprint = strings.keep(program.fingerprint)
  }
}

@c @implementation
public func dukien_rules_retain(_ r: OpaquePointer!) -> OpaquePointer! {
  Handle<RulesHandle>.retain(r)
  return r
}

@c @implementation
public func dukien_rules_release(_ r: OpaquePointer!) { Handle<RulesHandle>.release(r) }

@c @implementation
public func dukien_rules_name(_ r: OpaquePointer!) -> dukien_str {
  Handle<RulesHandle>.peek(r)?.name ?? .absent
}

@c @implementation
public func dukien_rules_fingerprint(_ r: OpaquePointer!) -> dukien_str {
  Handle<RulesHandle>.peek(r)?.fingerprint ?? .absent
}

@c @implementation
public func dukien_rules_bundle(
  _ r: OpaquePointer!, _ p: UnsafeMutablePointer<UnsafeMutableRawPointer?>!,
  _ n: UnsafeMutablePointer<Int>!, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  giveBytes(p, n, err) { () throws(Failure) in
    try Handle<RulesHandle>.of(r, "the rule set").bundle.bytes
  }
}
