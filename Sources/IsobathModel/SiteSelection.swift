// SPDX-License-Identifier: GPL-3.0-or-later

/// Reads the spelling of sites: Isobath's own, transformers' and TransformerLens'.
public enum SiteSelection {
  /// What `--sites` accepts, for help texts and errors.
  public static let spellings =
    "default (the depth curve), all, residual, residual-mid, attention-out, mlp-out, final-norm, "
    + "one of them with an index such as residual.3, hidden_states.3, or blocks.3.hook_resid_post"

  /// The sites that a comma-separated list names, in forward order, without repetition.
  ///
  /// - Parameters:
  ///   - text: `default`, `all`, a kind (`residual`, every one of it), or single sites.
  ///   - blocks: how many blocks the model has.
  /// - Throws: `ModelError.unknownSite` naming the part that is not a site of this model.
  public static func parse(_ text: String, blocks: Int) throws(ModelError) -> [Site] {
    var chosen: Set<Site> = []
    let parts = text.split(separator: ",", omittingEmptySubsequences: false)
    for part in parts {
      let name = part.filter { !$0.isWhitespace }
      let sites = group(name, blocks: blocks)
      guard !sites.isEmpty else {
        throw .unknownSite(name, blocks: blocks, accepted: spellings)
      }
      chosen.formUnion(sites)
    }
    return Site.all(blocks: blocks).filter(chosen.contains)
  }

  private static func group(_ name: String, blocks: Int) -> [Site] {
    let all = Site.all(blocks: blocks)
    switch name {
    case "default": return Site.depthCurve(blocks: blocks)
    case "all": return all
    default:
      let exact = all.filter { spellings(of: $0, blocks: blocks).contains(name) }
      return exact.isEmpty ? all.filter { kind($0) == name } : exact
    }
  }

  private static func kind(_ site: Site) -> String {
    String("\(site)".prefix { $0 != "." })
  }

  private static func spellings(of site: Site, blocks: Int) -> [String] {
    var names = ["\(site)", site.transformerLensName]
    switch site {
    case .residual(let depth) where depth < blocks:
      names += ["hidden_states.\(depth)", "blocks.\(depth).hook_resid_pre"]
    case .finalNorm: names += ["hidden_states.\(blocks)", "hidden_states.-1"]
    default: break
    }
    return names
  }
}
