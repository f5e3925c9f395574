// SPDX-License-Identifier: GPL-3.0-or-later
import Crypto
import Foundation
import IsobathMarkdown
import IsobathTestSupport
import Testing

@testable import IsobathHTML

@Suite struct HTMLPageTests {
  private func reader(_ page: HTMLPage) throws -> MarkupReader { try MarkupReader(page.text) }

  /// What the page's own style and script are not a part of.
  private func withoutResources(_ page: String) -> String {
    page.replacing(Resource.style, with: "STYLE").replacing(Resource.script, with: "SCRIPT")
      .replacing(/sha256-[A-Za-z0-9+\/=]+/, with: "sha256-DIGEST")
  }

  @Test func page() throws {
    let page = try wholePage()
    #expect(page.text == page.text)
    try expectGolden(withoutResources(page.text), "html-page.html")
  }

  @Test func hostileText() throws {
    try expectGolden(
      withoutResources(hostilePage(hostile.joined(separator: " ")).text), "html-hostile.html")
  }

  @Test(arguments: ["script", "style"])
  func thePolicyKnowsItsOwn(name: String) throws {
    let text = try wholePage().text
    let parts = text.components(separatedBy: "<\(name)>")
    #expect(parts.count == 2)
    let content = try #require(parts.last?.components(separatedBy: "</\(name)>").first)
    let digest = Data(SHA256.hash(data: Data(content.utf8))).base64EncodedString()
    #expect(text.contains("\(name)-src 'sha256-\(digest)'"))
    #expect(text.contains("content=\"default-src 'none'; "))
  }

  @Test func nothingIsLoaded() throws {
    let elements = try reader(wholePage()).elements
    let loading = ["src", "srcset", "data", "poster", "background", "style", "action"]
    for element in elements {
      #expect(!loading.contains { element.attributes[$0] != nil }, "\(element)")
      #expect(!["link", "img", "iframe", "object", "embed", "base"].contains(element.name))
    }
    for text in [Resource.style, Resource.script] {
      for word in [
        "http:", "https:", "url(", "@import", "innerHTML", "eval", "fetch(", "localStorage",
      ] {
        #expect(!text.contains(word), "'\(word)'")
      }
    }
  }

  /// Landmarks, a name for each table, and a way around the contents.
  @Test func readersWithoutEyes() throws {
    let elements = try reader(wholePage()).elements
    for name in ["main", "nav", "header", "title", "h1"] {
      #expect(elements.filter { $0.name == name }.count == (name == "title" ? 3 : 1), "\(name)")
    }
    #expect(elements.first { $0.name == "html" }?.attributes["lang"] == "en")
    #expect(elements.first { $0.name == "a" }?.attributes["href"] == "#content")
    let count = { (name: String) in elements.filter { $0.name == name }.count }
    #expect(count("caption") == count("table"))
    let scopes = elements.filter { $0.name == "th" }.map { $0.attributes["scope"] }
    #expect(scopes == ["col", "col", "col", "row", "row"])
  }

  @Test func placesThatLinksLeadTo() throws {
    let elements = try reader(wholePage()).elements
    let ids = elements.compactMap { $0.attributes["id"] }
    #expect(Set(ids).count == ids.count)
    let inside = elements.compactMap { $0.attributes["href"] }.filter { $0.hasPrefix("#") }
    #expect(Set(inside.map { String($0.dropFirst()) }).isSubset(of: ids))
    #expect(ids.contains("depth") && ids.contains("entropy-through-depth"))
    #expect(inside.filter { $0 == "#depth" }.count == 2)
  }

  @Test func emptyPage() throws {
    let page = HTMLPage([], themes: testThemes)
    #expect(try !reader(page).elements.contains { $0.name == "nav" || $0.name == "figure" })
    #expect(page.text.contains("<title>Report</title>") && page.text.hasSuffix("</html>\n"))
  }

  @Test func headingsWithOneName() {
    let outline = Outline(
      [
        .heading(2, "A b!"), .details(summary: "", [.heading(3, "a B")]), .heading(2, "模型"),
        .heading(2, "content"), .list([[.heading(2, "—")]]),
      ], reserved: ["content"])
    #expect(outline.entries.map(\.id) == ["a-b", "a-b-1", "section", "content-1", "section-1"])
  }
}
