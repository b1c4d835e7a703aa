// Compiled with the sources of DukienText into one program by run.sh; not part of the package.
import Glibc

/// Reads one input as a page; ends the process where a promise is broken or the time is not linear.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let start = clock()
  if let promise = brokenPromise(of: Array(UnsafeBufferPointer(start: bytes, count: count))) {
    fatalError("broken: \(promise)")
  }
  let seconds = Double(clock() - start) / Double(CLOCKS_PER_SEC)
  if seconds > 0.5 + Double(count) * 40e-6 { fatalError("\(seconds) s for \(count) bytes") }
  return 0
}
