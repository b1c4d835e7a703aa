import DukienText
import Testing

@Suite("references become absolute addresses")
struct ResolveUrlTests {
  @Test(
    "as RFC 3986 has it, section 5.4",
    arguments: [
      ("g:h", "g:h"), ("g", "http://a/b/c/g"), ("./g", "http://a/b/c/g"), ("g/", "http://a/b/c/g/"),
      ("/g", "http://a/g"), ("//g", "http://g"), ("?y", "http://a/b/c/d;p?y"),
      ("g?y", "http://a/b/c/g?y"), ("", "http://a/b/c/d;p?q"), (".", "http://a/b/c/"),
      ("..", "http://a/b/"), ("../g", "http://a/b/g"), ("../..", "http://a/"),
      ("../../../g", "http://a/g"), ("/./g", "http://a/g"), ("/../g", "http://a/g"),
      ("g.", "http://a/b/c/g."), ("..g", "http://a/b/c/..g"), ("./g/.", "http://a/b/c/g/"),
      ("g/./h", "http://a/b/c/g/h"), ("g/../h", "http://a/b/c/h"),
      ("g?y/../x", "http://a/b/c/g?y/../x"),
    ])
  func specification(_ reference: String, _ expected: String) {
    #expect(resolved(reference, "http://a/b/c/d;p?q") == expected)
  }

  @Test("fragments and white space are left out")
  func fragments() {
    #expect(resolved(" \n/a#b?c ", "https://x.y/z") == "https://x.y/a")
    #expect(resolved("#top", "https://x.y/z#here") == "https://x.y/z")
    #expect(resolved("https://q.r/\ns#t", "") == "https://q.r/s")
    #expect(resolved("/a #b", "https://x.y/z") == "https://x.y/a")
  }

  @Test("a base without path or without scheme")
  func bases() {
    #expect(resolved("a/b", "https://x.y") == "https://x.y/a/b")
    #expect(resolved("a/b", "") == "a/b")
    #expect(resolved("a/b", "x.y/z") == "a/b")
    #expect(resolved("?q", "https://x.y") == "https://x.y?q")
  }

  private func resolved(_ reference: String, _ base: String) -> String {
    string(resolveUrl(Array(reference.utf8), base: Array(base.utf8)))
  }
}
