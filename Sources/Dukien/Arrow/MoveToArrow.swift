internal import CDukien
internal import CPlatform

// Every struct that is handed out owns a block of memory, at `private_data`, with the addresses of
// its buffers and children and the structs of its children; children may be moved out of it.

extension ArrowColumn {
  private var format: StaticString {
    switch kind {
    case .text: "u"
    case .number: "l"
    case .status: "i"
    case .flag: "b"
    case .list: "+l"
    case .record: "+s"
    }
  }

  private var bufferCount: Int {
    switch kind {
    case .text: 3
    case .number, .status, .flag, .list: 2
    case .record: 1
    }
  }

  /// Writes the type of the column and of those inside it; what is written is released by its
  /// `release`, and nothing is left where this fails.
  func describe(in out: UnsafeMutablePointer<ArrowSchema>) throws(Failure) {
    typealias Child = UnsafeMutablePointer<ArrowSchema>?
    let addresses = children.count * MemoryLayout<Child>.stride
    guard
      let block = platform_allocate(addresses + children.count * MemoryLayout<ArrowSchema>.stride)
    else { throw .memory("a schema") }
    let places = block.bindMemory(to: Child.self, capacity: children.count)
    let structs = (block + addresses).bindMemory(to: ArrowSchema.self, capacity: children.count)
    structs.initialize(repeating: ArrowSchema(), count: children.count)
    for index in children.indices { (places + index).initialize(to: structs + index) }

    var schema = ArrowSchema()
    schema.format = text(format)
    schema.name = text(name)
    schema.flags = isNullable ? Int64(ARROW_FLAG_NULLABLE) : 0
    schema.n_children = Int64(children.count)
    schema.children = children.isEmpty ? nil : places
    schema.private_data = block
    schema.release = releaseSchema
    out.initialize(to: schema)
    do throws(Failure) {
      for (index, child) in children.enumerated() { try child.describe(in: structs + index) }
    } catch {
      releaseSchema(out)
      throw error
    }
  }

  /// Moves the rows into a struct of Arrow, which leaves the column without any; what is written is
  /// released by its `release`, and nothing is left where this fails.
  func move(to out: UnsafeMutablePointer<ArrowArray>) throws(Failure) {
    typealias Buffer = UnsafeRawPointer?
    typealias Child = UnsafeMutablePointer<ArrowArray>?
    let buffers = bufferCount * MemoryLayout<Buffer>.stride
    let addresses = children.count * MemoryLayout<Child>.stride
    let size = buffers + addresses + children.count * MemoryLayout<ArrowArray>.stride
    guard let block = platform_allocate(size) else { throw .memory("a table") }
    let firstBuffer = block.bindMemory(to: Buffer.self, capacity: bufferCount)
    firstBuffer.initialize(repeating: nil, count: bufferCount)
    let places = (block + buffers).bindMemory(to: Child.self, capacity: children.count)
    let structs = (block + buffers + addresses).bindMemory(
      to: ArrowArray.self, capacity: children.count)
    structs.initialize(repeating: ArrowArray(), count: children.count)
    for index in children.indices { (places + index).initialize(to: structs + index) }

    var array = ArrowArray()
    array.length = Int64(count)
    array.null_count = Int64(nullCount)
    array.n_buffers = Int64(bufferCount)
    array.n_children = Int64(children.count)
    array.buffers = firstBuffer
    array.children = children.isEmpty ? nil : places
    array.private_data = block
    array.release = releaseArray
    out.initialize(to: array)
    do throws(Failure) {
      var next = firstBuffer
      try take {
        next.pointee = UnsafeRawPointer($0)
        next += 1
      }
      for (index, child) in children.enumerated() { try child.move(to: structs + index) }
    } catch {
      releaseArray(out)
      throw error
    }
  }
}

/// The characters of a literal, which end with a NUL.
private func text(_ literal: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(literal.utf8Start).assumingMemoryBound(to: CChar.self)
}

/// Releases a schema of this library, and those of its children that nobody moved away.
private func releaseSchema(_ schema: UnsafeMutablePointer<ArrowSchema>?) {
  guard let schema, schema.pointee.release != nil else { return }
  for index in 0..<Int(schema.pointee.n_children) {
    if let child = schema.pointee.children[index] { child.pointee.release?(child) }
  }
  platform_free(schema.pointee.private_data)
  schema.pointee = ArrowSchema()
}

/// Releases an array of this library, and those of its children that nobody moved away.
private func releaseArray(_ array: UnsafeMutablePointer<ArrowArray>?) {
  guard let array, array.pointee.release != nil else { return }
  for index in 0..<Int(array.pointee.n_children) {
    if let child = array.pointee.children[index] { child.pointee.release?(child) }
  }
  for index in 0..<Int(array.pointee.n_buffers) {
    platform_free(UnsafeMutableRawPointer(mutating: array.pointee.buffers[index]))
  }
  platform_free(array.pointee.private_data)
  array.pointee = ArrowArray()
}
