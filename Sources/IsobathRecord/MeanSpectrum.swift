// SPDX-License-Identifier: GPL-3.0-or-later

/// The mean over documents of the spectra at one site under one preparation.
///
/// p̄_i is the mean of p_i over the documents whose spectrum has an i-th eigenvalue; documents of
/// different lengths have different numbers of them, and `documents` tells how many are behind each.
package struct MeanSpectrum: Sendable, Equatable {
  package var run: String
  package var site: String
  /// Relative, 0 … 1.
  package var depth: Double
  package var preparation: String
  /// p̄₁, p̄₂, …: shares of the trace.
  package var shares: [Double]
  /// How many documents are behind each share.
  package var documents: [Int]

  package init(
    run: String, site: String, depth: Double, preparation: String, shares: [Double],
    documents: [Int]
  ) {
    precondition(
      shares.count == documents.count, "\(shares.count) shares, \(documents.count) counts")
    self.run = run
    self.site = site
    self.depth = depth
    self.preparation = preparation
    self.shares = shares
    self.documents = documents
  }
}

extension RunReader {
  /// The mean spectra of some sites, which are all of the run's unless named.
  package func meanSpectra(
    preparation: String, sites wanted: [Int]? = nil
  ) throws(RecordError) -> [MeanSpectrum] {
    var means: [MeanSpectrum] = []
    for index in wanted ?? Array(sites.indices) {
      var (sums, counts): ([Double], [Int]) = ([], [])
      for page in pages(of: 256) {
        for (_, row) in try spectra(page, site: index, preparation: preparation) {
          guard let values = row.eigenvalues.value else { continue }
          let more = max(0, values.count - sums.count)
          sums += [Double](repeating: 0, count: more)
          counts += [Int](repeating: 0, count: more)
          for (rank, value) in values.enumerated() {
            sums[rank] += value
            counts[rank] += 1
          }
        }
      }
      means.append(
        MeanSpectrum(
          run: manifest.id, site: sites[index].name, depth: sites[index].depth,
          preparation: preparation, shares: zip(sums, counts).map { $0 / Double($1) },
          documents: counts))
    }
    return means
  }
}
