// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON
import IsobathLinear
import IsobathMeasure
import IsobathTestSupport
import Testing

/// Companion measures of a real model's states against numpy and scipy code of their definitions.
@Suite struct CompanionReferenceTests {
  private let real: RealStates
  private let expected: JSON
  private let rule: MaskRule

  init() throws {
    real = try RealStates()
    expected = try JSONDocument(Array(Fixtures.data("measures/companions.json"))).root
    rule = MaskRule(special: Set(try #require(expected["special"]).elements.compactMap(\.int)))
  }

  private var layers: [(index: Int, known: JSON)] {
    get throws {
      try #require(expected["layers"]).elements.enumerated().map { ($0, $1) }
    }
  }

  private func trajectory(_ index: Int, last: Int? = nil) throws -> Trajectory {
    let states = real[index]
    let first = states.rows - (last ?? states.rows)
    return try states.withView(rows: first..<states.rows) { try Trajectory($0) }
  }

  @Test func maskedPreparations() throws {
    let worst = WorstError("masked preparations", tolerance: Tolerance.entropies)
    let half = WorstError("masked preparations, order ½", tolerance: Tolerance.halfOrder)
    for (index, known) in try layers {
      for id in [
        "paper-without-special", "paper-without-sinks", "centred-without-sinks",
        "unit-without-sinks", "raw-without-sinks",
      ] {
        let preparation = try #require(Preparation(id: id))
        let evidence = real[index].withView {
          DocumentEvidence($0, preparations: [preparation], positions: .none, rule: rule)
        }
        let spectrum = try evidence.prepared[0].spectrum.get()
        let values = try #require(known["masked"]?[id]).elements.compactMap(\.double)
        for (order, value) in zip([0.5, 1, 2, 4, .infinity], values) {
          let entropy = try #require(RenyiEntropy(order: order))
          let error = try #require(entropy(spectrum)) - value
          (order == 0.5 ? half : worst).record(error, at: "\(id), entry \(index), order \(order)")
        }
      }
    }
    worst.check()
    half.check()
  }

  @Test func prefixesAtEveryOrder() throws {
    let worst = WorstError("prefixes at every order", tolerance: Tolerance.prefixes)
    let half = WorstError("prefixes at order ½", tolerance: Tolerance.halfOrder)
    let orders = [0.5, 1, 2, 4, Double.infinity]
    for (index, known) in try layers {
      let evidence = real[index].withView {
        DocumentEvidence(
          $0, preparations: [.paper], positions: .all,
          orders: orders.compactMap { RenyiEntropy(order: $0) })
      }
      for prefix in try #require(known["prefixes"]).elements {
        let t = try #require(prefix.elements.first?.int)
        let values = try #require(prefix.elements.last).elements.compactMap(\.double)
        for (order, value) in zip(orders, values) {
          let curve = try #require(
            evidence.prepared[0].prefixes.curves.first { $0.order == order })
          let place = try #require(curve.positions.firstIndex(of: t))
          let error = try #require(curve.values[place]) - value
          (order == 0.5 ? half : worst).record(error, at: "entry \(index), t = \(t), \(order)")
        }
      }
    }
    worst.check()
    half.check()
  }

  @Test func contributions() throws {
    let worst = WorstError("contributions", tolerance: Tolerance.entropies)
    for (index, known) in try layers {
      for id in ["paper", "centred-without-sinks"] {
        let preparation = try #require(Preparation(id: id))
        let found = try real[index].withView { try TokenContributions($0, preparation, rule: rule) }
        let values = try #require(known["contributions"]?[id]).elements.compactMap(\.double)
        let parts = found.values.filter { $0 != .failure(.masked) }
        #expect(parts.count == values.count)
        for (part, value) in zip(parts, values) {
          worst.record(try part.get() - value, at: "\(id), entry \(index)")
        }
      }
    }
    worst.check()
  }

  @Test func sinks() throws {
    let worst = WorstError("sinks, relative", tolerance: Tolerance.companions)
    for (index, layer) in try layers {
      let known = try #require(layer["sinks"])
      let profile = real[index].withView { SinkProfile($0) }
      let bound = try profile.bound.get()
      let found = [
        "first": profile.first, "median": profile.median, "largest": profile.largest,
        "concentration": bound.concentration, "alignment": bound.alignment,
        "p": bound.leastLargest, "bound": bound.mostEntropy,
      ]
      for (name, value) in found {
        let wanted = try #require(known[name]?.double)
        worst.record(value / wanted - 1, at: "\(name), entry \(index)")
      }
      #expect(profile.sinks == known["sinks"]?.elements.compactMap(\.int))
      #expect(bound.token == known["token"]?.int)
      let massive = real[index].withView { MassiveActivation.all(in: $0) }
      #expect(
        massive.map { [$0.token, $0.feature] }.sorted { ($0[0], $0[1]) < ($1[0], $1[1]) }
          == known["massive"]?.elements.map { $0.elements.compactMap(\.int) })
    }
    worst.check()
  }

  @Test func spectralMeasures() throws {
    let worst = WorstError("spectral catalogue", tolerance: Tolerance.companions)
    for (index, known) in try layers {
      let evidence = real[index].withView {
        DocumentEvidence($0, preparations: [.paper], positions: .none)
      }
      let spectrum = try evidence.prepared[0].spectrum.get()
      for id in ["surprisal-variance", "spectral-decay"] {
        worst.record(try value(id, spectrum) - #require(known[id]?.double), at: "\(id), \(index)")
      }
    }
    worst.check()
  }

  @Test(arguments: trajectoryMeasures.map(\.id)) func trajectories(_ id: String) throws {
    let measure = try #require(trajectoryMeasures.first { $0.id == id })
    let worst = WorstError(
      id, tolerance: id == "rankme" ? Tolerance.effectiveRank : Tolerance.companions)
    for (index, known) in try layers {
      let found = try measure(trajectory(index))
      worst.record(try found / #require(known[id]?.double) - 1, at: "entry \(index)")
    }
    worst.check()
  }

  @Test(arguments: pairMeasures.map(\.id)) func pairs(_ id: String) throws {
    let measure = try #require(pairMeasures.first { $0.id == id })
    let worst = WorstError(id, tolerance: Tolerance.companions)
    for known in try #require(expected["pairs"]).elements {
      let sites = try #require(known["sites"]).elements.compactMap(\.int)
      let pair = SitePair(try trajectory(sites[0]), try trajectory(sites[1]))
      let found = try measure(pair)
      worst.record(try found - #require(known[id]?.double), at: "\(sites)")
      if measure.isSymmetric {
        worst.record(try measure(SitePair(pair.second, pair.first)) - found, at: "\(sites), turned")
      }
    }
    worst.check()
  }

  @Test func pairsAtOrderTwo() throws {
    let worst = WorstError("joint entropies of order 2", tolerance: Tolerance.companions)
    let two = try #require(RenyiEntropy(order: 2))
    let kinds: [any PairMeasure] = [
      JointEntropy(order: two), ConditionalEntropy(order: two), MutualInformation(order: two),
    ]
    for known in try #require(expected["pairs"]).elements {
      let sites = try #require(known["sites"]).elements.compactMap(\.int)
      let pair = SitePair(try trajectory(sites[0]), try trajectory(sites[1]))
      let values = try #require(known["order-2"]).elements.compactMap(\.double)
      for (measure, value) in zip(kinds, values) {
        worst.record(try measure(pair) - value, at: "\(measure.id), \(sites)")
      }
    }
    worst.check()
  }

  @Test func views() throws {
    let worst = WorstError("views, relative", tolerance: Tolerance.companions)
    let two = try #require(RenyiEntropy(order: 2))
    for known in try #require(expected["views"]).elements {
      let sites = try #require(known["sites"]).elements.compactMap(\.int)
      let documents = try #require(known["documents"]?.int)
      let views = Views(
        try trajectory(sites[0], last: documents), try trajectory(sites[1], last: documents))
      for measure in viewsMeasures {
        let value = try #require(known[measure.id]?.double)
        worst.record(try measure(views) / value - 1, at: "\(measure.id), \(sites)")
      }
      let value = try #require(known["dime-2"]?.double)
      worst.record(try Dime(order: two)(views) / value - 1, at: "dime of order 2, \(sites)")
    }
    worst.check()
  }

  @Test func runningMoment() throws {
    let worst = WorstError("pooled over tokens", tolerance: Tolerance.entropies)
    let half = WorstError("pooled over tokens, order ½", tolerance: Tolerance.halfOrder)
    let known = try #require(expected["pooled"])
    var moment = RunningMoment(width: real.width)
    for rows in [0..<50, 50..<51, 51..<real.tokens] {
      try real[3].withView(rows: rows) { try moment.add($0) }
    }
    try real[4].withView { try moment.add($0) }
    #expect(moment.count == 2 * real.tokens)
    for (a, b) in zip(moment.mean, try #require(known["mean"]).elements.compactMap(\.double)) {
      worst.record(a - b, at: "mean")
    }
    for (name, centring) in [("centred", Preparation.Centring.tokens), ("raw", .none)] {
      let spectrum = try moment.spectrum(centring)
      let values = try #require(known[name]).elements.compactMap(\.double)
      for (order, value) in zip([0.5, 1, 2], values) {
        let entropy = try #require(RenyiEntropy(order: order))
        let error = try #require(entropy(spectrum)) - value
        (order == 0.5 ? half : worst).record(error, at: "\(name), order \(order)")
      }
    }
    worst.check()
    half.check()
  }
}
