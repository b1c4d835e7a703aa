// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
internal import DukienEngine
internal import DukienRules

/// The handle `dukien_loader`: sources of rules, in the order in which they were added.
final class LoaderHandle {
  private var loader: RuleLoader
  private let flag: BusyFlag

  private init(_ limits: LoadLimits, _ flag: BusyFlag) {
    self.flag = flag
    loader = RuleLoader(limits: limits)
  }

  static func make(_ limits: LoadLimits) throws(Failure) -> LoaderHandle {
    LoaderHandle(limits, try BusyFlag.make(for: "a loader"))
  }

  /// Runs one call on the sources, and refuses a second one meanwhile.
  func enter<Answer>(
    _ body: (inout RuleLoader) throws(Failure) -> Answer
  ) throws(Failure) -> Answer {
    try flag.enter("loader")
    defer { flag.leave() }
    return try body(&loader)
  }
}

@c @implementation
public func dukien_loader_new(
  _ o: UnsafePointer<dukien_load_options>!, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> OpaquePointer! {
  err?.pointee = nil
  do throws(Failure) {
    return Handle.give(try LoaderHandle.make(try LoadLimits(o)))
  } catch {
    _ = report(error, err)
    return nil
  }
}

@c @implementation
public func dukien_loader_release(_ l: OpaquePointer!) { Handle<LoaderHandle>.release(l) }

/// The shape that all `dukien_loader_add_…` functions share.
private func add(
  _ l: OpaquePointer?, _ err: ErrorOut, _ body: (inout RuleLoader) throws(Failure) -> Void
) -> dukien_status {
  err?.pointee = nil
  do throws(Failure) {
    try Handle<LoaderHandle>.of(l, "the loader").enter(body)
    return DUKIEN_OK
  } catch {
    return report(error, err)
  }
}

@c @implementation
public func dukien_loader_add_search_path(
  _ l: OpaquePointer!, _ dir: dukien_str, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  add(l, err) { (loader) throws(Failure) in loader.addSearchPath(try dir.name("dir")) }
}

@c @implementation
public func dukien_loader_add_file(
  _ l: OpaquePointer!, _ path: dukien_str, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  add(l, err) { (loader) throws(Failure) in loader.addFile(try path.name("path")) }
}

@c @implementation
public func dukien_loader_add_dir(
  _ l: OpaquePointer!, _ path: dukien_str, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  add(l, err) { (loader) throws(Failure) in loader.addFolder(try path.name("path")) }
}

@c @implementation
public func dukien_loader_add_name(
  _ l: OpaquePointer!, _ name: dukien_str, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  add(l, err) { (loader) throws(Failure) in loader.addName(try name.name("name")) }
}

@c @implementation
public func dukien_loader_add_memory(
  _ l: OpaquePointer!, _ label: dukien_str, _ p: UnsafeRawPointer!, _ n: Int,
  _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  add(l, err) { (loader) throws(Failure) in
    let bytes = [UInt8](try checkedBytes(p, n, "p"))
    loader.addMemory(label: try label.name("label"), bytes: bytes)
  }
}

@c @implementation
public func dukien_loader_compile(
  _ l: OpaquePointer!, _ out: UnsafeMutablePointer<OpaquePointer?>!,
  _ diags: UnsafeMutablePointer<OpaquePointer?>!, _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  err?.pointee = nil
  out?.pointee = nil
  diags?.pointee = nil
  do throws(Failure) {
    let loader = try Handle<LoaderHandle>.of(l, "the loader")
    guard let out else { throw .null("out") }
    let compilation = try loader.enter { (loader) throws(Failure) in loader.load() }
    out.pointee = try give(compilation, diags)
    return DUKIEN_OK
  } catch {
    return report(error, err)
  }
}

@c @implementation
public func dukien_loader_reload(
  _ l: OpaquePointer!, _ changed: UnsafeMutablePointer<Int32>!,
  _ out: UnsafeMutablePointer<OpaquePointer?>!, _ diags: UnsafeMutablePointer<OpaquePointer?>!,
  _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  err?.pointee = nil
  changed?.pointee = 0
  out?.pointee = nil
  diags?.pointee = nil
  do throws(Failure) {
    let loader = try Handle<LoaderHandle>.of(l, "the loader")
    guard let changed else { throw .null("changed") }
    guard let out else { throw .null("out") }
    let compilation = try loader.enter { (loader) throws(Failure) in loader.reload() }
    guard let compilation else { return DUKIEN_OK }
    out.pointee = try give(compilation, diags)
    changed.pointee = 1
    return DUKIEN_OK
  } catch {
    return report(error, err)
  }
}

/// Hands the findings and the rules to the C caller; fails where there are no rules.
private func give(
  _ compilation: Compilation, _ diags: UnsafeMutablePointer<OpaquePointer?>?
) throws(Failure) -> OpaquePointer {
  diags?.pointee = Handle.give(DiagnosticsHandle(compilation.diagnostics))
  guard let program = compilation.program else { throw Failure(compilation.diagnostics) }
  return Handle.give(RulesHandle(program, compilation.bundle))
}

extension Failure {
  /// Sums up a compilation that gave no program.
  init(_ diagnostics: [Diagnostic]) {
    let errors = diagnostics.filter { $0.severity == .error }
    // With warnings_as_errors, a warning alone stops the compilation.
    let reasons = errors.isEmpty ? diagnostics : errors
    let first = reasons.first.map { ", the first: \($0.message)" } ?? ""
    self.init(
      DUKIEN_E_RULES, "rules.invalid",
      "\(reasons.count) problem\(reasons.count == 1 ? "" : "s") in the rules\(first)",
      hint: reasons.first?.hint ?? "")
  }
}

@c @implementation
public func dukien_rules_tool(
  _ l: OpaquePointer!, _ verb: dukien_str, _ request: dukien_str,
  _ p: UnsafeMutablePointer<UnsafeMutableRawPointer?>!, _ n: UnsafeMutablePointer<Int>!,
  _ err: UnsafeMutablePointer<OpaquePointer?>!
) -> dukien_status {
  giveBytes(p, n, err) { () throws(Failure) in
    let loader = try Handle<LoaderHandle>.of(l, "the loader")
    let verb = try verb.name("verb")
    let request = try ToolRequest(try request.text("request"))
    return try loader.enter { (loader) throws(Failure) in try runTool(verb, loader, request) }
  }
}
