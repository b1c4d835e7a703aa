internal import CPlatform

/// Crossing the C border with an object: what C holds is one counted reference to `Object`.
///
/// Objects are made by functions that may fail and initializers that may not: the Embedded run time
/// does not free an object whose initializer throws.
/// Counts are atomic in both builds, so handles may be retained and released by any thread.
enum Handle<Object: AnyObject> {
  /// Hands one reference to the C caller.
  static func give(_ object: Object) -> OpaquePointer {
    OpaquePointer(Unmanaged.passRetained(object).toOpaque())
  }

  /// The object behind a pointer from C, nil for NULL; the caller's reference stays the caller's.
  static func peek(_ pointer: OpaquePointer?) -> Object? {
    guard let pointer else { return nil }
    return Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).takeUnretainedValue()
  }

  /// As `peek`; NULL is a failure that names the argument.
  static func of(_ pointer: OpaquePointer?, _ argument: String) throws(Failure) -> Object {
    guard let object = peek(pointer) else { throw .null(argument) }
    return object
  }

  /// One more reference for the C caller.
  static func retain(_ pointer: OpaquePointer?) {
    guard let pointer else { return }
    _ = Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).retain()
  }

  /// Takes one reference back from the C caller.
  static func release(_ pointer: OpaquePointer?) {
    guard let pointer else { return }
    Unmanaged<Object>.fromOpaque(UnsafeRawPointer(pointer)).release()
  }
}

/// A flag that one call at a time holds: it turns double entry of a one-thread object into a status.
final class BusyFlag {
  private let flag: OpaquePointer

  /// Takes a flag over.
  private init(_ flag: OpaquePointer) { self.flag = flag }

  /// A flag that nobody holds; `wanted` is what it is for.
  static func make(for wanted: String) throws(Failure) -> BusyFlag {
    guard let flag = platform_flag_new() else { throw .memory(wanted) }
    return BusyFlag(flag)
  }

  deinit { platform_flag_free(flag) }

  /// Takes the flag; `leave` gives it back. Fails where another call is inside.
  func enter(_ object: String) throws(Failure) {
    guard platform_flag_enter(flag) == 1 else { throw .busy(object) }
  }

  func leave() { platform_flag_leave(flag) }
}
