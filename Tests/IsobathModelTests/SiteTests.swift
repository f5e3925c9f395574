// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathModel
import Testing

/// The names of sites: ours, transformers' and TransformerLens'.
@Suite struct SiteTests {
  @Test func everyNameLeadsBack() throws {
    for site in Site.all(blocks: 5) {
      #expect(try SiteSelection.parse("\(site)", blocks: 5) == [site])
      #expect(try SiteSelection.parse(site.transformerLensName, blocks: 5) == [site])
    }
  }

  /// The last entry of hidden_states is after the final norm; the last raw output is none of them.
  @Test func hiddenStates() throws {
    #expect(try SiteSelection.parse("hidden_states.0", blocks: 5) == [.residual(depth: 0)])
    #expect(try SiteSelection.parse("hidden_states.4", blocks: 5) == [.residual(depth: 4)])
    #expect(try SiteSelection.parse("hidden_states.5", blocks: 5) == [.finalNorm])
    #expect(
      try SiteSelection.parse("blocks.4.hook_resid_post", blocks: 5) == [.residual(depth: 5)])
    #expect(try SiteSelection.parse("blocks.4.hook_resid_pre", blocks: 5) == [.residual(depth: 4)])
  }

  @Test func groupsAndLists() throws {
    #expect(try SiteSelection.parse("default", blocks: 2) == Site.depthCurve(blocks: 2))
    #expect(try SiteSelection.parse("all", blocks: 2).count == 2 * 4 + 2)
    #expect(
      try SiteSelection.parse("mlp-out, residual.0, mlp-out.1", blocks: 2)
        == [.residual(depth: 0), .mlpOut(block: 0), .mlpOut(block: 1)])
  }

  @Test(arguments: ["", "residual.3", "residual.-1", "nonsense", "default,", "final-norm.0"])
  func whatIsNoSiteIsRefused(_ name: String) {
    #expect(throws: ModelError.self) { try SiteSelection.parse(name, blocks: 2) }
  }

  @Test func depths() {
    #expect(Site.residual(depth: 0).blocksPassed(of: 4) == 0)
    #expect(Site.attentionOut(block: 0).blocksPassed(of: 4) == 1)
    #expect(Site.residual(depth: 4).blocksPassed(of: 4) == 4)
    #expect(Site.finalNorm.blocksPassed(of: 4) == 4)
  }
}
