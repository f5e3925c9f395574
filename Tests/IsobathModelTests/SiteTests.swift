// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathModel
import Testing

/// The names of sites: ours, transformers' and TransformerLens'.
@Suite struct SiteTests {
  @Test func everyNameLeadsBack() throws {
    for site in Site.all(blocks: 5) {
      #expect(try SiteSelection.parse("\(site)", of: Site.all(blocks: 5)) == [site])
      #expect(try SiteSelection.parse(site.transformerLensName, of: Site.all(blocks: 5)) == [site])
    }
  }

  /// The last entry of hidden_states is after the final norm; the last raw output is none of them.
  @Test func hiddenStates() throws {
    #expect(
      try SiteSelection.parse("hidden_states.0", of: Site.all(blocks: 5)) == [.residual(depth: 0)])
    #expect(
      try SiteSelection.parse("hidden_states.4", of: Site.all(blocks: 5)) == [.residual(depth: 4)])
    #expect(try SiteSelection.parse("hidden_states.5", of: Site.all(blocks: 5)) == [.finalNorm])
    #expect(
      try SiteSelection.parse("blocks.4.hook_resid_post", of: Site.all(blocks: 5)) == [
        .residual(depth: 5)
      ])
    #expect(
      try SiteSelection.parse("blocks.4.hook_resid_pre", of: Site.all(blocks: 5)) == [
        .residual(depth: 4)
      ])
  }

  /// An encoder's last entry is its last block's output.
  @Test func withoutAFinalNorm() throws {
    let sites = Site.all(blocks: 3).filter { $0 != .finalNorm }
    #expect(try SiteSelection.parse("hidden_states.3", of: sites) == [.residual(depth: 3)])
    #expect(try SiteSelection.parse("hidden_states.-1", of: sites) == [.residual(depth: 3)])
    #expect(throws: ModelError.self) { try SiteSelection.parse("final-norm", of: sites) }
  }

  @Test func groupsAndLists() throws {
    #expect(
      try SiteSelection.parse("default", of: Site.all(blocks: 2)) == [0, 1, 2].map {
        .residual(depth: $0)
      } + [.finalNorm])
    #expect(try SiteSelection.parse("all", of: Site.all(blocks: 2)).count == 2 * 4 + 2)
    #expect(
      try SiteSelection.parse("mlp-out, residual.0, mlp-out.1", of: Site.all(blocks: 2))
        == [.residual(depth: 0), .mlpOut(block: 0), .mlpOut(block: 1)])
  }

  @Test(arguments: ["", "residual.3", "residual.-1", "nonsense", "default,", "final-norm.0"])
  func whatIsNoSiteIsRefused(_ name: String) {
    #expect(throws: ModelError.self) { try SiteSelection.parse(name, of: Site.all(blocks: 2)) }
  }

  @Test func depths() {
    #expect(Site.residual(depth: 0).blocksPassed(of: 4) == 0)
    #expect(Site.attentionOut(block: 0).blocksPassed(of: 4) == 1)
    #expect(Site.residual(depth: 4).blocksPassed(of: 4) == 4)
    #expect(Site.finalNorm.blocksPassed(of: 4) == 4)
  }
}
