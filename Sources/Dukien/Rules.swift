// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
internal import DukienRules

/// The handle `dukien_rules`: a compiled program, shared by any number of extractors.
final class RulesHandle {
  let program: Program
  let name: dukien_str
  let fingerprint: dukien_str
  private let strings = StringArena()

  init(_ program: Program) {
    self.program = program
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
