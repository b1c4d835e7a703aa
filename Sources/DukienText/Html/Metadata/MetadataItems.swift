/// The items of microdata, or the typed elements of RDFa, that are open at a place of the page.
struct MetadataItems {
  struct Scope {
    /// The index past the element's descendants.
    var end: Int32
    var node: Int32
    /// Where in `path` the names that lead to its members begin.
    var firstName: Int
    /// How many entries there were when it began.
    var firstEntry: Int
    var type: ThingType
    var object: Int
    /// Whether it is the value of a member of another item.
    var isValue: Bool
  }

  let kind: MetadataKind
  /// At most `maximumDepth`; items in still more are passed over.
  private(set) var scopes: [Scope] = []
  /// The names that lead to the members of each open item, one after another.
  private var path: [UInt8] = []
  /// How many items there were that are not values of members.
  private(set) var objects = 0

  private static var maximumDepth: Int { 32 }

  init(_ kind: MetadataKind) { self.kind = kind }

  /// The innermost item that is open.
  var innermost: Scope? { scopes.last }

  /// The names that lead to the members of the innermost item.
  var names: ArraySlice<UInt8> { path[(scopes.last?.firstName ?? path.count)...] }

  /// Opens an item whose members have `names` before their own.
  mutating func open(
    node: Int, end: Int32, type: ThingType, names: [UInt8], isValue: Bool, firstEntry: Int
  ) {
    guard scopes.count < MetadataItems.maximumDepth else { return }
    if !isValue { objects &+= 1 }
    let scope = Scope(
      end: end, node: Int32(truncatingIfNeeded: node), firstName: path.count,
      firstEntry: firstEntry, type: type,
      object: isValue ? scopes.last?.object ?? 0 : objects &- 1, isValue: isValue)
    path.append(contentsOf: names)
    scopes.append(scope)
  }

  /// Closes the innermost item.
  mutating func close() {
    guard let scope = scopes.popLast() else { return }
    path.removeLast(path.count &- scope.firstName)
  }
}
