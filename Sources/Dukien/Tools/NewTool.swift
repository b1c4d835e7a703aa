internal import CDukien
internal import DukienRules

/// The files of a first rule set: small, commented, and passing its own tests.
func newSet(_ request: ToolRequest) throws(Failure) -> [UInt8] {
  guard let name = request.text("name"), isSetName(name) else {
    throw Failure(
      DUKIEN_E_ARGUMENT, "tool.name", "a rule set needs a name of letters, digits, `-` and `_`",
      hint: "begin it with a letter, as in my-rules")
  }
  var out = JsonWriter(capacity: 4096)
  out.beginObject()
  out.key("files")
  out.beginList()
  out.file("set.yaml", setText(name))
  out.file("facts.yaml", factsText)
  out.file("prices.yaml", rulesText)
  out.endList()
  out.key("diagnostics")
  out.diagnostics([])
  out.endObject()
  return out.bytes
}

extension JsonWriter {
  fileprivate mutating func file(_ name: StaticString, _ text: String) {
    beginObject()
    key("file")
    name.withUTF8Buffer { string($0) }
    pair("text", text)
    endObject()
  }
}

/// Whether a set can be called so: up to 64 ASCII letters, digits, `-` and `_`, a letter first.
private func isSetName(_ name: String) -> Bool {
  let bytes = Array(name.utf8)
  guard let first = bytes.first, isLetter(first), bytes.count <= 64 else { return false }
  return bytes.allSatisfy {
    isLetter($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_")
  }
}

private func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte | 0x20) }

private func setText(_ name: String) -> String {
  """
  # What the set is called and what it is for. Other sets name it under `uses`.
  name: \(name)
  version: 0.1.0
  engine: ">=1.0"
  about: Prices of goods
  # How numbers are written in digits: 1,234.5
  numbers: {decimal: ".", group: ","}

  """
}

private let factsText = """
  # The types of facts that the rules state. A role holds a text as printed (text), a value or entity
  # by its name (Money), one of some words ({one_of: [up, down]}), or a list of one of these ([text]).
  facts:
    price:
      about: something costs an amount of money
      roles:
        item: text
        amount: Money
      # Without these roles it is no fact. Two facts with equal identity are one.
      required: [item, amount]
      identity: [item, amount]
      keep: most_complete

  """

private let rulesText = """
  # Recognises: a good with its price, "a kilo of rice costs 12 dollars".
  # Refuses: prices of other things, and amounts without a good.
  #
  # In a pattern, words stand for themselves in any case; `<name>` is a hole that takes what is
  # declared under that name; `<role:name>` keeps it as a role; `( a | b )` is a choice, `x?` may be
  # missing, `..3` skips up to three words. `[ … ]` marks what belongs to the mention.

  # Lists of words. An entry may stand for something: here a currency for its code.
  lexicons:
    good:
      about: goods whose prices are told
      entries: [rice, coffee, olive oil]
    currency:
      about: names of money, with the code
      entries: {dollar: USD, dollars: USD, euro: EUR, euros: EUR}

  # Kinds of single words, told by their shape.
  classes:
    digits:
      about: a number in digits
      shape: number

  # What is computed from words. `gives` are fields, `shows` is the text that the value has in facts.
  values:
    Money:
      about: an amount of money
      phrase: "[<n:digits> <unit:currency>]"
      gives: {amount: digits(n)}
      shows: "{amount} {unit}"
      lists_as: money
      tests:
      - {text: it costs 1200 dollars, expect: [1200 USD]}
      - {text: it costs 1200 words, expect: []}

  # A rule is a sentence with holes. Each has a test that it must find something in, and one in which
  # it must find nothing; `dukien rules test` runs them.
  rules:
  - rule: costs
    about: A good costs an amount
    emits: price
    phrase: "<item:good> (costs | sells for) about? <amount:Money>"
    tests:
    - text: A kilo of rice costs 12 dollars.
      expect:
      - {item: rice, amount: 12 USD}
    - {text: Rice costs more than coffee., expect: []}

  """
