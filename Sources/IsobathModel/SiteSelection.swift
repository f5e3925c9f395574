// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the spelling of sites: Isobath's own, transformers' and TransformerLens'.
public enum SiteSelection {
  /// What `--sites` accepts, for help texts and errors.
  public static let spellings =
    "default (the depth curve), all, residual, residual-mid, attention-out, mlp-out, final-norm, "
    + "one of them with an index such as residual.3, hidden_states.3, or blocks.3.hook_resid_post"

  /// The sites of a model that a comma-separated list names, as `parse(_:of:lastHiddenState:)`.
  public static func parse(_ text: String, of model: Model) throws(ModelError) -> [Site] {
    try parse(text, of: model.sites, lastHiddenState: model.lastHiddenState)
  }

  /// The sites that a comma-separated list names, in forward order, without repetition.
  ///
  /// - Parameters:
  ///   - text: `default`, `all`, a kind (`residual`, every one of it), or single sites.
  ///   - sites: those that the model has, in forward order.
  ///   - last: what transformers' last entry of `hidden_states` is; nil means the final norm where there
  ///     is one, else the last block's output.
  /// - Throws: `ModelError.unknownSite` naming the part that is not a site of this model.
  public static func parse(
    _ text: String, of sites: [Site], lastHiddenState last: Site? = nil
  ) throws(ModelError) -> [Site] {
    let end = Site.residual(depth: blocks(sites))
    let last = last ?? (sites.contains(.finalNorm) ? .finalNorm : end)
    var chosen: Set<Site> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let name = part.filter { !$0.isWhitespace }
      let found = group(name, of: sites, last)
      guard !found.isEmpty else {
        throw .unknownSite(name, blocks: blocks(sites), accepted: spellings)
      }
      chosen.formUnion(found)
    }
    return sites.filter(chosen.contains)
  }

  /// How many blocks a model with those sites has.
  private static func blocks(_ sites: [Site]) -> Int {
    sites.map { if case .residual(let depth) = $0 { depth } else { 0 } }.max() ?? 0
  }

  private static func group(_ name: String, of sites: [Site], _ last: Site) -> [Site] {
    switch name {
    case "default": return sites.filter(\.isOnDepthCurve)
    case "all": return sites
    default:
      let exact = sites.filter { spellings(of: $0, blocks: blocks(sites), last).contains(name) }
      return exact.isEmpty ? sites.filter { kind($0) == name } : exact
    }
  }

  private static func kind(_ site: Site) -> String {
    String("\(site)".prefix { $0 != "." })
  }

  private static func spellings(of site: Site, blocks: Int, _ last: Site) -> [String] {
    var names = ["\(site)", site.transformerLensName]
    if site == last { names += ["hidden_states.\(blocks)", "hidden_states.-1"] }
    if case .residual(let depth) = site, depth < blocks {
      names += ["hidden_states.\(depth)", "blocks.\(depth).hook_resid_pre"]
    }
    return names
  }
}
