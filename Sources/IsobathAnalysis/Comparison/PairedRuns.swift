// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// Two runs whose documents were found to belong together, or that are compared without that.
package struct PairedRuns: Sendable {
  package let base: RunReader
  package let tuned: RunReader
  /// Which site of the one is compared with which of the other, in forward order.
  package let sites: [SitePairing]
  /// Those that both runs have, in the base run's order.
  package let preparations: [String]
  /// Rényi orders that both runs have.
  package let orders: [Double]
  package let pairing: ComparisonOptions.Pairing
  /// What a reader should know of the pairing, in whole sentences.
  package let notes: [String]

  /// Two sites that are compared.
  package struct SitePairing: Sendable, Equatable {
    package let base: String
    package let tuned: String
    /// Of the tuned model's site.
    package let depth: Double
  }

  /// - Throws: `ComparisonError.pairing` when the runs must not be compared as asked.
  package init(
    _ base: RunReader, _ tuned: RunReader, _ options: ComparisonOptions
  ) throws(ComparisonError) {
    for run in [base, tuned] where run.completed == 0 { throw .empty(folder: run.folder) }
    self.base = base
    self.tuned = tuned
    pairing = options.pairing
    if options.pairing == .paired { try DocumentCheck(base, tuned)() }
    do throws(PairingFault) {
      sites = try PairedRuns.sites(base, tuned, options.depths)
      preparations = try PairedRuns.preparations(base, tuned)
    } catch { throw .pairing(error) }
    let settings = [base, tuned].map { $0.manifest.inputs.options.orders }
    orders = settings[0].filter(settings[1].contains)
    notes = PairedRuns.notes(base, tuned, sites, preparations, orders)
  }

  private static func sites(
    _ base: RunReader, _ tuned: RunReader, _ depths: ComparisonOptions.Depths
  ) throws(PairingFault) -> [SitePairing] {
    let blocks = [base, tuned].map(\.manifest.subject.blocks)
    let names = Set(base.sites.map(\.name))
    var pairs: [SitePairing] = []
    if blocks[0] == blocks[1] {
      pairs = tuned.sites.filter { names.contains($0.name) }.map {
        SitePairing(base: $0.name, tuned: $0.name, depth: $0.depth)
      }
    } else if depths == .relative {
      pairs = byDepth(base.sites, tuned.sites)
    } else {
      throw .depths(base: blocks[0], tuned: blocks[1])
    }
    guard !pairs.isEmpty else {
      throw .sites(
        base: base.sites.first?.name ?? "none", tuned: tuned.sites.first?.name ?? "none")
    }
    return pairs
  }

  /// Each residual site of the shallower model with the nearest of the deeper; the final norms.
  private static func byDepth(_ base: [SiteRow], _ tuned: [SiteRow]) -> [SitePairing] {
    let stream = { (sites: [SiteRow]) in sites.filter { $0.kind == "residual" } }
    let (first, second) = (stream(base), stream(tuned))
    let baseIsShallow = first.count <= second.count
    let (few, many) = baseIsShallow ? (first, second) : (second, first)
    var pairs = few.compactMap { site -> SitePairing? in
      let nearest = many.min { abs($0.depth - site.depth) < abs($1.depth - site.depth) }
      guard let nearest else { return nil }
      let (mine, other) = baseIsShallow ? (site, nearest) : (nearest, site)
      return SitePairing(base: mine.name, tuned: other.name, depth: other.depth)
    }
    let norms = [base, tuned].map { $0.contains { $0.name == "final-norm" } }
    if norms == [true, true] {
      pairs.append(SitePairing(base: "final-norm", tuned: "final-norm", depth: 1))
    }
    return pairs
  }

  private static func preparations(
    _ base: RunReader, _ tuned: RunReader
  ) throws(PairingFault) -> [String] {
    let names = [base, tuned].map { $0.manifest.inputs.options.preparations }
    let shared = names[0].filter(names[1].contains)
    guard !shared.isEmpty else { throw .preparations(base: names[0], tuned: names[1]) }
    return shared
  }
}

extension PairedRuns {
  private static func notes(
    _ base: RunReader, _ tuned: RunReader, _ sites: [SitePairing], _ preparations: [String],
    _ orders: [Double]
  ) -> [String] {
    var notes: [String] = []
    let (first, second) = (base.manifest, tuned.manifest)
    if first.id == second.id {
      notes.append("Both runs have the same id: one question, asked once or twice.")
    }
    for (run, name) in [(base, "base"), (tuned, "other")] where !run.isComplete {
      notes.append(
        "The \(name) run has \(run.completed) of \(run.manifest.inputs.documents) documents.")
    }
    if sites.contains(where: { $0.base != $0.tuned }) {
      notes.append(
        """
        The models have \(first.subject.blocks) and \(second.subject.blocks) blocks: sites of the \
        nearest relative depth are compared, which is a choice.
        """)
    }
    let all = max(base.sites.count, tuned.sites.count)
    if sites.count < all {
      notes.append(
        "\(sites.count) of up to \(all) sites are in both runs; the others are left out.")
    }
    let most = [base, tuned].map { $0.manifest.inputs.options.preparations.count }.max() ?? 0
    if preparations.count < most {
      notes.append(
        "Only the preparations of both runs are compared: "
          + preparations.joined(separator: ", ") + ".")
    }
    if first.subject.width != second.subject.width {
      notes.append(
        """
        The states have \(first.subject.width) and \(second.subject.width) dimensions: entropies of \
        wider states can be larger for that alone, so the deficit is compared as well.
        """)
    }
    if first.inputs.code != second.inputs.code {
      notes.append("The runs were made by versions of the code whose numbers may differ.")
    }
    return notes
  }
}

extension [Setting] {
  /// The preparations that a survey took.
  var preparations: [String] { texts("preparations") }

  /// The Rényi orders that a survey was asked for.
  var orders: [Double] { numbers("orders") }
}
