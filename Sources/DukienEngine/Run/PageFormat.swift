/// What the bytes of a page are.
package enum PageFormat: Int32, Sendable {
  /// HTML where the bytes open like it, else text.
  case auto
  /// A page dump: a block a line.
  case text
  case html

  /// Whether the bytes are markup; `nil` where that has to be found out.
  var isMarkup: Bool? {
    switch self {
    case .auto: nil
    case .text: false
    case .html: true
    }
  }
}
