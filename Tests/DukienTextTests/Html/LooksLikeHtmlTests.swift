import DukienText
import Testing

@Suite("an HTML page is known by its content")
struct LooksLikeHtmlTests {
  @Test(
    "pages",
    arguments: [
      "<!DOCTYPE html>", " \n<!doctype HTML PUBLIC \"x\">", "<html>", "\u{FEFF}<HTML lang=a>",
      "<head>", "<body>x", "<article>x", "<!-- c --> <div>x", "<?xml version='1.0'?><html>",
      "<meta charset=a>", "<p>x", "<table><tr><td>x", "<title>x</title>",
      "x<p>a</p><div>b</div><p>c</p>",
    ])
  func pages(_ page: String) {
    #expect(looksLikeHtml(decoded(Array(page.utf8))))
  }

  @Test(
    "texts",
    arguments: [
      "", "x", "a < b", "<", "<<<", "tin <b>x</b>", "a<br>b<br>c<br>", "<3 x", "x <p> y <p> z <p>",
      "<a href=x>y</a> z", "how to write <html> and <body>", "x </p></p></p>", "<b>x</b> y",
    ])
  func texts(_ text: String) {
    #expect(!looksLikeHtml(decoded(Array(text.utf8))))
  }

  @Test("what stands far from the begin is not looked at")
  func far() {
    let text = String(repeating: "x ", count: 40_000) + "<p>a</p><p>b</p><p>c</p>"
    #expect(!looksLikeHtml(decoded(Array(text.utf8))))
  }
}
