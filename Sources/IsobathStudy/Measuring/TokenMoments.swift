// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathMeasure
import IsobathRecord
import Synchronization

/// The mean and second moment of all tokens of a batch, by site and block of documents.
///
/// The corpus is divided into blocks of neighbouring documents, so that a jackknife can leave one out.
final class TokenMoments: Sendable {
  private struct Key: Hashable {
    let site: Int
    let block: Int
  }

  /// How many blocks a corpus has: the fewest that a jackknife's t quantiles do not suffer from.
  private static let blocks = 20

  private let documents: Int
  private let found = Mutex<[Key: RunningMoment]>([:])

  /// - Parameter documents: how many the whole corpus has.
  init(documents: Int) { self.documents = documents }

  /// Takes a document's tokens in; those of states that are not finite are left out, as their spectra
  /// are.
  ///
  /// - Parameter document: its place in the corpus.
  func add(_ states: MatrixView, site: Int, document: Int) {
    var own = RunningMoment(width: states.columns)
    do throws(MissingReason) { try own.add(states) } catch { return }
    let key = Key(site: site, block: document * TokenMoments.blocks / max(documents, 1))
    found.withLock { $0[key, default: RunningMoment(width: states.columns)].merge(own) }
  }

  var rows: [MomentRow] {
    found.withLock { found in
      found.map { MomentRow($1, site: $0.site, block: $0.block) }
        .sorted { ($0.site, $0.block) < ($1.site, $1.block) }
    }
  }

  /// Both tokens' moment.
  static func merge(_ first: MomentRow, _ second: MomentRow) -> MomentRow {
    var sum = RunningMoment(count: first.tokens, mean: first.mean, packed: first.moment)
    sum.merge(RunningMoment(count: second.tokens, mean: second.mean, packed: second.moment))
    return MomentRow(sum, site: first.site, block: first.block)
  }
}

extension MomentRow {
  fileprivate init(_ moment: RunningMoment, site: Int, block: Int) {
    self.init(
      site: site, block: block, tokens: moment.count, mean: moment.mean, moment: moment.packed)
  }
}
