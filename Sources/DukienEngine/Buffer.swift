internal import DukienRules
internal import DukienText

/// A growing array of plain elements that keeps its memory from page to page.
///
/// Indexes are checked in debug builds only: they come from the engine, never from a page.
struct Buffer<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private(set) var count = 0
  private var capacity = 16

  init() {
    base = .allocate(capacity: capacity)
  }

  deinit { base.deallocate() }

  var isEmpty: Bool { count == 0 }

  var indices: Range<Int> { 0..<count }

  /// The bytes that its elements take.
  var bytes: Int { count &* MemoryLayout<Element>.stride }

  subscript(index: Int) -> Element {
    @inline(__always) get {
      assert(index >= 0 && index < count)
      return base[index]
    }
    @inline(__always) set {
      assert(index >= 0 && index < count)
      base[index] = newValue
    }
  }

  @inline(__always)
  mutating func append(_ element: Element) {
    if count == capacity { grow(to: capacity &* 2) }
    (base + count).initialize(to: element)
    count &+= 1
  }

  @inline(__always)
  mutating func popLast() -> Element? {
    guard count > 0 else { return nil }
    count &-= 1
    return base[count]
  }

  /// Keeps the first `length` elements.
  @inline(__always)
  mutating func cut(to length: Int) {
    assert(length >= 0 && length <= count)
    count = length
  }

  mutating func removeAll() { count = 0 }

  /// Makes it `length` times `element`.
  mutating func fill(_ element: Element, _ length: Int) {
    if length > capacity { grow(to: length) }
    base.update(repeating: element, count: length)
    count = length
  }

  /// Makes it so long; what its elements are is not said.
  mutating func makeRoom(_ length: Int) {
    if length > capacity { grow(to: length) }
    count = length
  }

  /// Makes it a copy of `elements`.
  mutating func copy(_ elements: [Element]) {
    if elements.count > capacity { grow(to: elements.count) }
    elements.withUnsafeBufferPointer {
      if let source = $0.baseAddress { base.update(from: source, count: $0.count) }
    }
    count = elements.count
  }

  /// Makes it a copy of the `length` elements at an address outside of this array.
  mutating func copy(_ source: UnsafePointer<Element>, _ length: Int) {
    makeRoom(length)
    base.update(from: source, count: length)
  }

  /// Appends the elements at an address outside of this array.
  mutating func append(_ source: UnsafeBufferPointer<Element>) {
    guard let first = source.baseAddress else { return }
    makeRoom(forMore: source.count)
    (base + count).update(from: first, count: source.count)
    count &+= source.count
  }

  /// Makes room for so many elements more, which are then written at `base + count`.
  @inline(__always)
  mutating func makeRoom(forMore more: Int) {
    if count &+ more > capacity { grow(to: max(capacity &* 2, count &+ more)) }
  }

  /// Counts elements that were written at `base + count`.
  @inline(__always)
  mutating func take(_ more: Int) {
    assert(count + more <= capacity)
    count &+= more
  }

  /// Moves the elements from `first` on to `place` and cuts off what follows them.
  mutating func move(from first: Int, to place: Int) {
    guard first > place else { return }
    (base + place).update(from: base + first, count: count &- first)
    count = place &+ count &- first
  }

  /// Its elements where they stand, until it changes.
  var elements: UnsafeBufferPointer<Element> { UnsafeBufferPointer(start: base, count: count) }

  /// Sorts the elements from `first` on.
  mutating func sort(from first: Int, by precedes: (Element, Element) -> Bool) {
    var tail = UnsafeMutableBufferPointer(start: base + first, count: count - first)
    tail.sort(by: precedes)
  }

  /// Turns the elements from `first` on around.
  mutating func reverse(from first: Int) {
    var tail = UnsafeMutableBufferPointer(start: base + first, count: count - first)
    tail.reverse()
  }

  @inline(never)
  private mutating func grow(to wanted: Int) {
    let larger = UnsafeMutablePointer<Element>.allocate(capacity: wanted)
    larger.moveInitialize(from: base, count: count)
    base.deallocate()
    base = larger
    capacity = wanted
  }
}

extension Buffer<UInt8> {
  mutating func append(_ text: StaticString) {
    append(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
  }

  mutating func append(_ number: Decimal) {
    makeRoom(forMore: number.longest)
    take(number.write(to: base + count))
  }

  /// The key of the bytes `range` of a text; it stands here, until the array changes.
  mutating func fold(_ text: [UInt8], _ range: Range<Int>, keepCase: Bool)
    -> UnsafeBufferPointer<UInt8>
  {
    text.withUnsafeBufferPointer { fold(UnsafeBufferPointer(rebasing: $0[range]), keepCase) }
    return elements
  }

  /// The hash of a text without case; the array is used up.
  mutating func foldedHash(of text: UnsafeBufferPointer<UInt8>) -> UInt64 {
    fold(text, false)
    return hash(of: elements)
  }

  private mutating func fold(_ text: UnsafeBufferPointer<UInt8>, _ keepCase: Bool) {
    removeAll()
    makeRoom(forMore: longestKey(of: text.count))
    take(DukienText.fold(text, keepCase: keepCase, to: base))
  }
}
