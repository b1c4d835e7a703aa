/// Which fact has a key: open addressing.
struct KeyTable: ~Copyable {
  struct Slot: BitwiseCopyable {
    /// 0 where it is free.
    var key: UInt64
    var owner: Int32
  }

  private var slots = Buffer<Slot>()
  private var count = 0

  /// Empties it, with room for about so many keys.
  mutating func reset(room: Int) {
    var size = 64
    while size < room &* 2 { size &*= 2 }
    slots.fill(Slot(key: 0, owner: -1), size)
    count = 0
  }

  /// The owner of a key, or -1.
  func owner(of key: UInt64) -> Int { Int(slots[place(of: key)].owner) }

  mutating func set(_ key: UInt64, _ owner: Int) {
    let place = place(of: key)
    if slots[place].key == 0 { count &+= 1 }
    slots[place] = Slot(key: key, owner: Int32(truncatingIfNeeded: owner))
    if count &* 2 > slots.count { widen() }
  }

  /// The slot that holds a key, or the free one where it belongs.
  private func place(of key: UInt64) -> Int {
    let mask = slots.count &- 1
    var place = Int(truncatingIfNeeded: key >> 20) & mask
    while slots[place].key != 0, slots[place].key != key { place = (place &+ 1) & mask }
    return place
  }

  private mutating func widen() {
    let old = slots.count
    var kept = Buffer<Slot>()
    for index in 0..<old where slots[index].key != 0 { kept.append(slots[index]) }
    slots.fill(Slot(key: 0, owner: -1), old &* 2)
    for index in kept.indices { slots[place(of: kept[index].key)] = kept[index] }
  }
}
