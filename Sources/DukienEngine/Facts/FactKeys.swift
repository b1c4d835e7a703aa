internal import DukienRules
internal import DukienText

/// Numbers that are equal for role values that mean the same: by what the type of a record declares
/// as its `key`, by norms, by texts without case.
///
/// They are hashes of 64 bits: two of a million values agree by chance once in ten million pages.
struct FactKeys: ~Copyable {
  private var scratch = Buffer<UInt8>()
  private var folded = Buffer<UInt8>()
  /// The key of each record, or 0.
  private var ofRecords = Buffer<UInt64>()

  /// Begins a page of so many records.
  mutating func reset(records: Int) { ofRecords.fill(0, records) }

  /// The key of a value, never 0.
  mutating func key(
    of value: FieldValue, _ printer: borrowing NormPrinter, _ work: inout Workspace
  ) -> UInt64 {
    guard case .record(let record) = value else { return hashed(value, printer, &work) }
    let known = ofRecords[Int(record)]
    if known != 0 { return known }
    let key = hashed(printer.compared(value, &work), printer, &work)
    ofRecords[Int(record)] = key
    return key
  }

  private mutating func hashed(
    _ value: FieldValue, _ printer: borrowing NormPrinter, _ work: inout Workspace
  ) -> UInt64 {
    scratch.removeAll()
    printer.append(value, &scratch, &work)
    return max(1, folded.foldedHash(of: scratch.elements))
  }
}
