import DukienText
import Testing

@Suite("the address of an image")
struct ImageAddressTests {
  private func address(_ attributes: String) -> String? {
    let tree = tree("<img \(attributes)>")
    guard let node = tree.nodes.indices.first(where: { tree.nodes[$0].tag == .img }),
      let span = tree.imageAddress(of: node)
    else { return nil }
    return string(tree.text.bytes[span.range])
  }

  @Test(
    "what a script is to show goes before what the page shows, and data is no address",
    arguments: [
      ("src=a.jpg", "a.jpg"), ("src=' a.jpg\n'", "a.jpg"), ("src='a b.jpg'", "a b.jpg"),
      ("src=blank.gif data-src=a.jpg", "a.jpg"), ("src=blank.gif data-lazy-src=a.jpg", "a.jpg"),
      ("src=blank.gif data-original=a.jpg", "a.jpg"), ("src=a.jpg data-src=' '", "a.jpg"),
      ("src=a.jpg srcset='b.jpg 2x'", "a.jpg"),
      ("src='data:image/gif;base64,R0' srcset='b.jpg 2x'", "b.jpg"),
      ("src=DATA:, data-srcset='c.jpg 1x' srcset='b.jpg 2x'", "c.jpg"),
      ("src=data:, data-src=data:,", nil), ("src=''", nil), ("alt=a.jpg", nil),
    ] as [(String, String?)])
  func choice(attributes: String, expected: String?) {
    #expect(address(attributes) == expected)
  }

  @Test(
    "of a set the largest counts, of equal ones the first",
    arguments: [
      ("a.jpg", "a.jpg"), ("a.jpg, b.jpg 2x", "b.jpg"), ("a.jpg 480w, b.jpg 800w", "b.jpg"),
      ("a.jpg 800w,b.jpg 480w", "a.jpg"), ("a.jpg 1.5x, b.jpg 1.25x", "a.jpg"),
      ("a.jpg 0.5x, b.jpg", "b.jpg"), ("a.jpg 2x, b.jpg 2x", "a.jpg"),
      ("a,w_9.jpg 480w, b,w_8.jpg 800w", "b,w_8.jpg"), (" , ,a.jpg , b.jpg,", "a.jpg"),
      ("data:image/png;base64,R0 900w, b.jpg 1w", "b.jpg"),
      ("a.jpg 99999999999999999999999999w, b.jpg 2w", "a.jpg"), ("a.jpg zax, b.jpg 2x", "b.jpg"),
      ("", nil), (" , ", nil),
    ] as [(String, String?)])
  func largest(set: String, expected: String?) {
    #expect(address("srcset='\(set)'") == expected)
  }
}
