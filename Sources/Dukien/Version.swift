// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import CDukien

#if hasFeature(Embedded)
  private let version: StaticString = "0.1.0+embedded"
#else
  private let version: StaticString = "0.1.0+standard"
#endif

@c @implementation
public func dukien_abi() -> UInt32 { UInt32(DUKIEN_ABI) }

@c @implementation
public func dukien_version() -> UnsafePointer<CChar>! {
  UnsafeRawPointer(version.utf8Start).assumingMemoryBound(to: CChar.self)
}

@c @implementation
public func dukien_has(_ feature: UnsafePointer<CChar>!) -> Int32 {
  guard let feature else { return 0 }
  switch String(cString: feature) {
  case "text", "html", "json", "rules-tool", "reload", "bundle", "document", "cancel", "trace",
    "batch", "arrow":
    return 1
  default: return 0
  }
}
