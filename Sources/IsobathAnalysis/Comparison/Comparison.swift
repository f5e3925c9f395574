// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathRecord

/// Two runs, compared: every answer as a row, and the ranges of layers that changed.
///
/// Differences are the tuned run's values less the base run's.
package struct Comparison: Sendable {
  package let runs: PairedRuns
  /// The base run's manifest, or those of an untrained model's seeds.
  package let bases: [RunManifest]
  package let kind: ComparisonKind
  package let options: ComparisonOptions
  /// In the order of exported files.
  package let rows: [Record]
  /// Of every curve, in the order of its measure; none when nothing is paired.
  package let ranges: [ChangedRange]

  /// - Parameters:
  ///   - bases: one run, or several seeds of an untrained model.
  ///   - tuned: the run that is compared with them.
  /// - Throws: `ComparisonError`, when the runs must not be compared as asked, or cannot be read.
  package init(
    bases: [RunReader], tuned: RunReader, _ options: ComparisonOptions
  ) throws(ComparisonError) {
    guard let first = bases.first else { throw .severalBases(0) }
    kind = options.kind ?? ComparisonKind(guessing: first.manifest, tuned.manifest)
    runs = try Comparison.paired(bases, tuned, kind, options)
    self.bases = bases.map(\.manifest)
    self.options = options
    var tables: [DocumentTable] = []
    for run in bases { tables.append(try Comparison.table(run, runs)) }
    let other = try Comparison.table(tuned, runs)
    let curves = ComparedCurve.all(tables, other, runs)
    var rows: [Record] = []
    var ranges: [ChangedRange] = []
    for curve in curves {
      rows += curve.means(tables[0], other, options.analysis)
      guard options.pairing == .paired else {
        rows +=
          UnpairedMeans(
            curve: curve, bases: tables[0], tuned: other, options: options.analysis
          ).rows
        continue
      }
      let tests = CurveTests(curve, other, options)
      rows += tests.rows
      ranges += tests.ranges
      if kind == .untrained, curve.key.measure == "entropy" {
        rows += DiffERank(curve: curve, table: other, options: options.analysis).rows
      }
    }
    if options.pairing == .paired {
      rows += PrefixTests.all(tables, other, runs, options).flatMap(\.rows)
      rows += try Comparison.aligned(runs, options.analysis)
    }
    self.rows = rows.sortedForExport()
    self.ranges = ranges
  }

  /// How many base runs there are: more than one for seeds of an untrained model.
  package var seeds: Int { bases.count }

  /// Checks every seed, and keeps the pairing of the first.
  private static func paired(
    _ bases: [RunReader], _ tuned: RunReader, _ kind: ComparisonKind, _ options: ComparisonOptions
  ) throws(ComparisonError) -> PairedRuns {
    let first = bases[0]
    guard bases.count == 1 || (kind == .untrained && options.pairing == .paired) else {
      throw .severalBases(bases.count)
    }
    let runs = try PairedRuns(first, tuned, options)
    for other in bases.dropFirst() {
      let seed = try PairedRuns(other, tuned, options)
      let sameShape =
        other.manifest.inputs.family == first.manifest.inputs.family
        && other.manifest.subject.width == first.manifest.subject.width
      guard sameShape, seed.sites == runs.sites, seed.preparations == runs.preparations else {
        throw .otherShape(folder: other.folder)
      }
    }
    return runs
  }

  private static func table(
    _ run: RunReader, _ runs: PairedRuns
  ) throws(ComparisonError) -> DocumentTable {
    do throws(AnalysisError) { return try RunTable(run, orders: runs.orders).table() } catch {
      throw .analysis(error)
    }
  }

  private static func aligned(
    _ runs: PairedRuns, _ options: AnalysisOptions
  ) throws(ComparisonError) -> [Record] {
    do throws(RecordError) { return try ModelAlignment(runs: runs, options: options).rows() } catch
    {
      throw .run(error)
    }
  }
}

extension ComparedCurve {
  /// Each model's own means with their intervals.
  func means(
    _ base: DocumentTable, _ tuned: DocumentTable, _ options: AnalysisOptions
  ) -> [Record] {
    let sides = [
      (ComparisonAnalysis.base, points.map(\.base), base),
      (.tuned, points.map(\.tuned), tuned),
    ]
    return sides.flatMap { analysis, series, table in
      zip(series, table.means(series, options)).map { series, interval in
        let key = series.key
        return Record(
          run: key.run, family: key.family, model: key.model, revision: key.revision,
          corpus: key.corpus, site: key.site, depth: key.depth, preparation: key.preparation,
          measure: key.measure, order: key.order, analysis: analysis.id, unit: key.unit,
          note: series.missingNote
        ).with(interval)
      }
    }
  }
}
