import CDukien
import Foundation
import Testing

/// What a tool answered about one rule file from memory, or the error that it gave.
func toolAnswer(
  _ verb: String, yaml: [UInt8]? = nil, request: String = ""
) throws -> (answer: [String: Any]?, error: ReportedError?) {
  let loader = dukien_loader_new(nil, nil)
  defer { dukien_loader_release(loader) }
  if let yaml {
    "test.yaml".asArgument { label in
      yaml.withUnsafeBytes {
        _ = dukien_loader_add_memory(loader, label, $0.baseAddress, $0.count, nil)
      }
    }
  }
  var bytes: UnsafeMutableRawPointer?
  var count = 0
  var error: OpaquePointer?
  let status = verb.asArgument { verb in
    request.asArgument { dukien_rules_tool(loader, verb, $0, &bytes, &count, &error) }
  }
  defer { dukien_bytes_release(bytes) }
  guard status == DUKIEN_OK else { return (nil, ReportedError(error)) }
  let json = Data(bytes: try #require(bytes), count: count)
  return (try JSONSerialization.jsonObject(with: json) as? [String: Any], nil)
}
