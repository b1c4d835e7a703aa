// swift-format-ignore-file: AlwaysUseLowerCamelCase

internal import CDukien
internal import CPlatform

// The handle `dukien_cancel` is a number that the platform sets and reads: a signal handler may not
// count references.

/// The flag behind a pointer from C.
func signal(_ pointer: OpaquePointer?) -> UnsafeMutablePointer<platform_signal>? {
  pointer.map { UnsafeMutablePointer<platform_signal>($0) }
}

@c @implementation
public func dukien_cancel_new(_ err: UnsafeMutablePointer<OpaquePointer?>!) -> OpaquePointer! {
  err?.pointee = nil
  guard let memory = platform_allocate(MemoryLayout<platform_signal>.size) else {
    _ = report(.memory("a flag"), err)
    return nil
  }
  memory.initializeMemory(as: platform_signal.self, repeating: platform_signal(), count: 1)
  return OpaquePointer(memory)
}

@c @implementation
public func dukien_cancel_set(_ c: OpaquePointer!) {
  if let flag = signal(c) { platform_signal_set(flag, 1) }
}

@c @implementation
public func dukien_cancel_clear(_ c: OpaquePointer!) {
  if let flag = signal(c) { platform_signal_set(flag, 0) }
}

@c @implementation
public func dukien_cancel_is_set(_ c: OpaquePointer!) -> Int32 {
  guard let flag = signal(c) else { return 0 }
  return platform_signal_get(flag)
}

@c @implementation
public func dukien_cancel_release(_ c: OpaquePointer!) { platform_free(signal(c)) }
