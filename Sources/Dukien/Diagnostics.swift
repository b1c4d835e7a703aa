// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien
internal import DukienRules

/// The handle `dukien_diagnostics`: the findings of one compilation as a C table.
final class DiagnosticsHandle {
  let view: dukien_view
  private let records: UnsafeMutableBufferPointer<dukien_diagnostic>
  private let strings = StringArena()

  init(_ diagnostics: [Diagnostic]) {
    records = .allocate(capacity: diagnostics.count)
    for (index, finding) in diagnostics.enumerated() {
      records.initializeElement(
        at: index,
        to: dukien_diagnostic(
          file: strings.keep(finding.file), code: strings.keep(finding.code),
          message: strings.keep(finding.message), hint: strings.keep(finding.hint),
          rule_id: strings.keep(finding.rule), yaml_path: strings.keep(finding.path),
          line: UInt32(clamping: finding.line), column: UInt32(clamping: finding.column),
          end_line: UInt32(clamping: finding.endLine),
          end_column: UInt32(clamping: finding.endColumn),
          severity: finding.severity.rawValue, reserved: 0,
          rendered: strings.keep(finding.rendered())))
    }
    view = dukien_view(
      data: UnsafeRawPointer(records.baseAddress), count: records.count,
      stride: MemoryLayout<dukien_diagnostic>.stride)
  }

  deinit { records.deallocate() }
}

@c @implementation
public func dukien_diagnostics_all(_ d: OpaquePointer!) -> dukien_view {
  Handle<DiagnosticsHandle>.peek(d)?.view ?? dukien_view()
}

@c @implementation
public func dukien_diagnostics_release(_ d: OpaquePointer!) {
  Handle<DiagnosticsHandle>.release(d)
}
