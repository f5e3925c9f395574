// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear
import IsobathMeasure
import IsobathModel
import IsobathRecord
import Synchronization

/// Measures one document's states at one site: everything that its rows need.
struct SiteMeasurement: Sendable {
  let preparations: [Preparation]
  let positions: PositionPolicy
  let orders: [RenyiEntropy]
  let companions: Companions
  /// The states of each document at the last site of the depth curve.
  let predecessors: Predecessors

  /// - Parameters:
  ///   - site: where the states come from, and its index in the run.
  ///   - document: its place in the batch.
  ///   - rule: which tokens the masks leave out.
  func callAsFunction(
    _ states: MatrixView, at site: (site: Site, index: Int), document: Int, rule: MaskRule
  ) -> SiteRows {
    let evidence = DocumentEvidence(
      states, preparations: preparations, positions: positions, orders: orders, rule: rule,
      contributions: companions.contributions,
      trajectory: !(companions.measures.isEmpty && companions.pairs.isEmpty))
    var rows = SiteRows(site: site.index)
    rows.add(evidence, tokens: states.rows, width: states.columns)
    addSinks(evidence.sinks, states, to: &rows)
    if let trajectory = evidence.trajectory {
      for measure in companions.measures {
        rows.add(scalar: measure.id, trajectory.measured(measure), unit: measure.unit)
      }
      if site.site.isOnDepthCurve, !companions.pairs.isEmpty {
        addPairs(trajectory, document: document, to: &rows)
      }
    }
    rows.add(pooled(states, site: site.index))
    for code in companions.codes { rows.add(code(states)) }
    return rows
  }

  /// How long the states are, how many tokens are sinks, and what the longest one says of the spectrum
  /// of states that are not centred.
  private func addSinks(_ profile: SinkProfile, _ states: MatrixView, to rows: inout SiteRows) {
    let massive = MassiveActivation.all(in: states)
    rows.add(massive)
    let values: [(SiteScalar, Result<Double, MissingReason>)] = [
      (.normFirst, .success(profile.first)), (.normMedian, .success(profile.median)),
      (.normLargest, .success(profile.largest)),
      (.sinkCount, .success(Double(profile.sinks.count))),
      (.sinkBound, profile.bound.map(\.mostEntropy)),
      (.massiveActivations, .success(Double(massive.count))),
    ]
    for (scalar, value) in values { rows.add(scalar: scalar.id, value, unit: scalar.unit) }
  }

  /// The measures of this site and the one before it; nothing at the first site.
  private func addPairs(
    _ trajectory: Result<Trajectory, MissingReason>, document: Int, to rows: inout SiteRows
  ) {
    guard let before = predecessors.exchange(trajectory, document: document) else { return }
    let pair = before.flatMap { first in trajectory.map { SitePair(first, $0) } }
    for measure in companions.pairs {
      rows.add(scalar: measure.id, pair.measured(measure), unit: measure.unit)
    }
  }

  /// The vectors that stand for the document; none where a state is not finite.
  private func pooled(_ states: MatrixView, site: Int) -> [PooledRow] {
    var rows: [PooledRow] = []
    for pooling in RowPooling.allCases where companions.pooling.contains(.init(pooling)) {
      if case .success(let row) = pooling.row(of: states) {
        rows.append(PooledRow(site: site, kind: pooling.rawValue, state: row.map(Float.init)))
      }
    }
    guard companions.pooling.contains(.positions) else { return rows }
    var position = 1
    while position <= states.rows {
      let token = states.rows(position - 1..<position)
      if case .success(let row) = RowPooling.last.row(of: token) {
        rows.append(PooledRow(site: site, kind: "at.\(position)", state: row.map(Float.init)))
      }
      position *= 2
    }
    return rows
  }
}

extension Companions.Pooling {
  fileprivate init(_ pooling: RowPooling) {
    switch pooling {
    case .mean: self = .mean
    case .last: self = .last
    }
  }
}

extension RowPooling {
  func row(of states: MatrixView) -> Result<[Double], MissingReason> {
    do throws(MissingReason) { return .success(try self(states)) } catch { return .failure(error) }
  }
}

extension Result<Trajectory, MissingReason> {
  fileprivate func measured(_ measure: any TrajectoryMeasure) -> Result<Double, MissingReason> {
    flatMap { states in
      do throws(MissingReason) { return .success(try measure(states)) } catch {
        return .failure(error)
      }
    }
  }
}

extension Result<SitePair, MissingReason> {
  fileprivate func measured(_ measure: any PairMeasure) -> Result<Double, MissingReason> {
    flatMap { pair in
      do throws(MissingReason) { return .success(try measure(pair)) } catch {
        return .failure(error)
      }
    }
  }
}

/// The states of each document of a batch at the site that was measured last.
final class Predecessors: Sendable {
  private let states = Mutex<[Int: Result<Trajectory, MissingReason>]>([:])

  /// Puts a document's states in the place of those before, which are returned.
  func exchange(
    _ new: Result<Trajectory, MissingReason>, document: Int
  ) -> Result<Trajectory, MissingReason>? {
    states.withLock { states in
      defer { states[document] = new }
      return states[document]
    }
  }
}
