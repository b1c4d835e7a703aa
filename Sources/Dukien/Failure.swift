// swift-format-ignore-file: AlwaysUseLowerCamelCase

public import CDukien

/// Why a call failed: a status with the stable code, message and hint of the error handed out.
struct Failure: Error {
  var status: dukien_status
  var code: String
  var message: String
  var hint: String

  init(_ status: dukien_status, _ code: String, _ message: String, hint: String = "") {
    self.status = status
    self.code = code
    self.message = message
    self.hint = hint
  }

  static func null(_ argument: String) -> Failure {
    Failure(DUKIEN_E_ARGUMENT, "argument.null", "\(argument) is NULL")
  }

  static func memory(_ wanted: String) -> Failure {
    Failure(DUKIEN_E_LIMIT, "limit.memory", "no memory for \(wanted)")
  }

  static let cancelled = Failure(DUKIEN_E_CANCELLED, "cancelled", "the run was cancelled")

  static func busy(_ object: String) -> Failure {
    Failure(
      DUKIEN_E_BUSY, "busy", "the \(object) is in use by another call",
      hint: "make one \(object) a thread")
  }
}

/// The handle `dukien_error`.
final class ErrorHandle {
  let status: dukien_status
  let code: dukien_str
  let message: dukien_str
  let hint: dukien_str
  private let strings = StringArena()

  init(_ failure: Failure) {
    status = failure.status
    code = strings.keep(failure.code)
    message = strings.keep(failure.message)
    hint = strings.keep(failure.hint)
  }
}

/// The last argument of a fallible function; may be NULL.
typealias ErrorOut = UnsafeMutablePointer<OpaquePointer?>?

/// Hands `failure` to the caller, who owns it, where the caller wants to know; returns its status.
func report(_ failure: Failure, _ err: ErrorOut) -> dukien_status {
  err?.pointee = Handle<ErrorHandle>.give(ErrorHandle(failure))
  return failure.status
}

@c @implementation
public func dukien_error_status(_ e: OpaquePointer!) -> dukien_status {
  Handle<ErrorHandle>.peek(e)?.status ?? DUKIEN_E_ARGUMENT
}

@c @implementation
public func dukien_error_code(_ e: OpaquePointer!) -> dukien_str {
  Handle<ErrorHandle>.peek(e)?.code ?? .absent
}

@c @implementation
public func dukien_error_message(_ e: OpaquePointer!) -> dukien_str {
  Handle<ErrorHandle>.peek(e)?.message ?? .absent
}

@c @implementation
public func dukien_error_hint(_ e: OpaquePointer!) -> dukien_str {
  Handle<ErrorHandle>.peek(e)?.hint ?? .absent
}

@c @implementation
public func dukien_error_release(_ e: OpaquePointer!) { Handle<ErrorHandle>.release(e) }
