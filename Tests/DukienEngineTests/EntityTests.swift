import Testing

@testable import DukienEngine

@Suite("Entities and links")
struct EntityTests {
  private static let names = """
    lexicons:
      honorific: [Mr, Mrs]
      post: {entries: [chief, deputy chief]}
    classes: {caps: {shape: capital, not: honorific}}
    values:
      Number: {lists_as: number, phrase: <n = five | six>}
    entities:
      Being: {about: a family}
      Place: {is: Being, phrase: "'Fep' | 'Gom Fep'"}
      Org: {is: Being, phrase: "office of <seat:Place>?"}
      Post: {phrase: "<title:post> (of <org:Org>)?"}
      Person:
        is: Being
        phrase: ["<post:Post> <name = <caps>{2,3}>", "<honorific> [<name = <caps>>]", "[<name = <caps>{2,3}>]"]
        shows: "{name}"
    facts:
      f: {roles: {who: Person, where: Place, what: Being, post: Post, words: text}, keep: all}

    """

  private func facts(_ rule: String, _ text: String, links: String = "") throws -> [String] {
    try TestRules(Self.names + links + "rules: [{rule: f, emits: f, \(rule)}]\n").read(text).facts
  }

  @Test(
    "entities are made of values, words and entities of lower levels",
    arguments: [
      ("zax <who:Person>", "zax Toz Wug a", "f(who: Toz Wug)"),
      ("zax <who:Person>", "zax Mr Toz a", ""),
      ("zax ..1 <who:Person>", "zax Mr Toz a", "f(who: Toz)"),
      ("zax <who:Person>", "zax deputy chief of office of Fep Toz Wug", "f(who: Toz Wug)"),
      (
        "zax <post:Person.post>", "zax deputy chief of office of Fep Toz Wug",
        "f(post: deputy chief of office of Fep)"
      ),
      ("zax <where:Person.post.org.seat>", "zax chief of office of Fep Toz Wug", "f(where: Fep)"),
      ("zax <what:Being>", "zax Fep", "f(what: Fep)"),
      ("zax <what:Being>", "zax Toz Wug", "f(what: Toz Wug)"),
      ("zax <what:Being>", "zax office of Fep", "f(what: office of Fep)"),
    ])
  func made(phrase: String, text: String, fact: String) throws {
    #expect(try facts("phrase: \"\(phrase)\"", text) == (fact.isEmpty ? [] : [fact]))
  }

  @Test("an entity inside a longer one of any kind is not seen")
  func hidden() throws {
    #expect(try facts("phrase: \"zax ..3 <where:Place>\"", "zax office of Fep") == [])
    #expect(
      try facts("phrase: \"zax ..3 <where:Place>\"", "zax office of Fep Gom Fep")
        == ["f(where: Gom Fep)"])
    #expect(try facts("phrase: \"zax <where:Place>\"", "zax Gom Fep") == ["f(where: Gom Fep)"])
  }

  @Test("a short mention is linked to a full one, whose text is its norm")
  func links() throws {
    let links = """
      links:
      - {link: given, from: Person, to: Person, when: "from.name = last_word(to.name)", pick: fullest}

      """
    let rules = try TestRules(
      Self.names + links + "rules: [{rule: f, emits: f, phrase: \"zax ..1 <who:Person>\"}]\n")
    let read = rules.read(
      "zax Toz Wug.\nzax Mr Wug; zax Mrs Toz; then Abb Toz Wug.\nzax Mr WUG.")
    #expect(
      read.facts == [
        "f(who: Toz Wug)", "f(who: Abb Toz Wug)", "f(who: Toz)", "f(who: Abb Toz Wug)",
      ])
    #expect(read.result.roles.map { read.string($0.text) } == ["Toz Wug", "Wug", "Toz", "WUG"])
  }

  @Test("the nearest one before, where that is asked for")
  func nearestBefore() throws {
    let links = """
      links:
      - {link: given, from: Person, to: Person, when: ["from.name = last_word(to.name)"], pick: nearest before}

      """
    #expect(
      try facts(
        "phrase: \"zax ..1 <who:Person>\"",
        "zax Mr Wug; see Aa Wug; zax Mr Wug; see Bb Wug; zax Mr Wug; zax Cc Wug.", links: links)
        == ["f(who: Wug)", "f(who: Aa Wug)", "f(who: Bb Wug)", "f(who: Cc Wug)"])
  }

  @Test("all equalities of a link must hold; a field that is missing equals nothing")
  func equalities() throws {
    let links = """
      links:
      - link: both
        from: Person
        to: Person
        when: ["from.name = last_word(to.name)", "from.post.title = to.post.title"]
        pick: fullest

      """
    #expect(
      try facts("phrase: \"zax ..1 <who:Person>\"", "see chief Aa Wug; zax Mr Wug.", links: links)
        == ["f(who: Wug)"])
  }

  @Test("a short mention that finds no full one counts for nothing where the link says so")
  func unlinked() throws {
    let links = """
      links:
      - {link: given, from: Person, to: Person, when: "from.name = last_word(to.name)", pick: fullest, unlinked: drop}

      """
    let rules = try TestRules(
      Self.names + links
        + "rules: [{rule: f, emits: f, trigger: zax, roles: {who: {phrase: <Person>, in: clause}}}]\n"
    )
    #expect(
      rules.read("see Aa Wug; zax Mr Wug; zax Mr Toz.").facts == ["f(who: Aa Wug)", "f()"])
  }
}
