internal import CPlatform

/// Crossing the C border with an object: what C holds is one counted reference to `Object`.
///
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

  /// Nil where memory ran out.
  init?() {
    guard let flag = platform_flag_new() else { return nil }
    self.flag = flag
  }

  deinit { platform_flag_free(flag) }

  /// Takes the flag; `leave` gives it back. Fails where another call is inside.
  func enter(_ object: String) throws(Failure) {
    guard platform_flag_enter(flag) == 1 else { throw .busy(object) }
  }

  func leave() { platform_flag_leave(flag) }
}
