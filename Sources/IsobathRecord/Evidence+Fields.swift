// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathJSON

extension SiteRow {
  init(_ fields: Fields) throws(RecordError) {
    self.init(
      name: try fields.text("name"), kind: try fields.text("kind"),
      number: try fields.optionalCount("number"), depth: try fields.number("depth"))
  }
}

extension DocumentRow {
  init(_ fields: Fields) throws(RecordError) {
    self.init(
      id: try fields.text("id"), digest: try fields.digest("digest"),
      tokens: try fields.count("tokens"), cutFrom: try fields.optionalCount("cut_from"),
      source: try fields.text("source"), excerpt: try fields.text("excerpt"),
      note: try fields.text("note"))
  }
}

extension SpectrumRow {
  init(_ fields: Fields) throws(RecordError) {
    self.init(
      site: try fields.count("site"), preparation: try fields.text("preparation"),
      tokens: try fields.count("tokens"), width: try fields.count("width"),
      dropped: try fields.count("dropped"), clipped: try fields.number("clipped"),
      eigenvalues: .missing(reason: ""))
    if let reason = try fields.optionalText("reason") {
      eigenvalues = .missing(reason: reason)
      return
    }
    guard let values = Blob.doubles(try fields.blob("eigenvalues")) else {
      throw fields.damaged("a spectrum is cut short")
    }
    eigenvalues = .value(values)
    if let fault { throw fields.damaged(fault) }
  }

  /// How far Σp may be from 1: some 10⁴ eigenvalues, each rounded at 1e-16.
  private static let traceTolerance = 1e-9

  /// Why these are not the eigenvalues of a trace-one Gram matrix; nil when they can be.
  var fault: String? {
    guard let values = eigenvalues.value else { return nil }
    guard let last = values.last else { return "a spectrum is empty" }
    let descends = zip(values, values.dropFirst()).allSatisfy { $0 >= $1 }
    guard descends, last >= 0, values.reduce(0, +).isFinite else {
      return "a spectrum does not descend to 0 or more"
    }
    let trace = values.reduce(0, +)
    return abs(trace - 1) <= SpectrumRow.traceTolerance ? nil : "a spectrum adds up to \(trace)"
  }
}

extension PositionRow {
  init(_ fields: Fields) throws(RecordError) {
    guard var positions = Blob.integers(try fields.blob("positions")),
      let estimates = Blob.doubles(try fields.blob("estimates"))
    else { throw fields.damaged("a curve over positions is cut short") }
    if positions.isEmpty { positions = PositionRow.every(estimates.count) }
    self.init(
      site: try fields.count("site"), preparation: try fields.text("preparation"),
      measure: try fields.text("measure"), order: try fields.optionalNumber("renyi_order"),
      positions: positions, estimates: estimates, reason: try fields.optionalText("reason"))
    if let fault { throw fields.damaged(fault) }
  }

  /// 1, 2, 3 … are stored as no positions at all: most curves have a value for every token.
  var storedPositions: [Int32] {
    positions == PositionRow.every(estimates.count) ? [] : positions
  }

  private static func every(_ count: Int) -> [Int32] { (0..<count).map { Int32($0 + 1) } }

  /// Why this is no curve over positions; nil when it can be.
  var fault: String? {
    guard positions.count == estimates.count else {
      return "\(positions.count) positions have \(estimates.count) values"
    }
    let ascends = zip(positions, positions.dropFirst()).allSatisfy { $0 < $1 }
    guard ascends, positions.first ?? 1 >= 1 else { return "positions do not ascend from 1" }
    return estimates.allSatisfy(\.isFinite) ? nil : "a value at a position is not finite"
  }
}

extension TokenRow {
  /// - Parameter document: of which the tokens are.
  init(_ fields: Fields, of document: DocumentRow) throws(RecordError) {
    guard let ids = Blob.integers(try fields.blob("ids")), ids.count == document.tokens,
      Digest(ofTokens: ids) == document.digest
    else { throw fields.damaged("the tokens of '\(document.id)' are not those of its digest") }
    guard let texts = TokenRow.texts(try fields.text("texts")), texts.count == ids.count else {
      throw fields.damaged("the tokens of '\(document.id)' do not have one text each")
    }
    self.init(ids: ids, texts: texts)
  }

  /// As a column of a table.
  var json: String { JSONValue.array(texts.map(JSONValue.string)).serialized() }

  private static func texts(_ json: String) -> [String]? {
    do throws(JSONError) {
      let values = try JSONDocument(Array(json.utf8)).root.elements
      let texts = values.compactMap(\.string)
      return texts.count == values.count ? texts : nil
    } catch { return nil }
  }
}

extension ActivationRow {
  init(_ fields: Fields) throws(RecordError) {
    self.init(
      site: try fields.count("site"), position: try fields.count("position"),
      feature: try fields.count("feature"), value: try fields.number("value"))
  }
}

extension MomentRow {
  init(_ fields: Fields) throws(RecordError) {
    guard let mean = Blob.doubles(try fields.blob("mean")),
      let moment = Blob.doubles(try fields.blob("moment"))
    else { throw fields.damaged("a moment is cut short") }
    self.init(
      site: try fields.count("site"), block: try fields.count("block"),
      tokens: try fields.count("tokens"), mean: mean, moment: moment)
    if let fault { throw fields.damaged(fault) }
  }

  /// Why this is no moment; nil when it can be.
  var fault: String? {
    guard moment.count == mean.count * (mean.count + 1) / 2 else {
      return "a moment of \(moment.count) elements for \(mean.count) features"
    }
    return (mean + moment).allSatisfy(\.isFinite) ? nil : "a moment is not finite"
  }
}

extension PooledRow {
  init(_ fields: Fields) throws(RecordError) {
    guard let state = Blob.floats(try fields.blob("state")) else {
      throw fields.damaged("a pooled state is cut short")
    }
    self.init(site: try fields.count("site"), kind: try fields.text("kind"), state: state)
    if let fault { throw fields.damaged(fault) }
  }

  var fault: String? { state.allSatisfy(\.isFinite) ? nil : "a pooled state is not finite" }
}

extension ScalarRow {
  init(_ fields: Fields) throws(RecordError) {
    let estimate: Found<Double>
    if let reason = try fields.optionalText("reason") {
      estimate = .missing(reason: reason)
    } else {
      estimate = .value(try fields.number("estimate"))
    }
    self.init(
      site: try fields.optionalCount("site"), name: try fields.text("name"), estimate: estimate,
      unit: try fields.text("unit"))
    if let fault { throw fields.damaged(fault) }
  }

  var fault: String? {
    estimate.value?.isFinite == false ? "the scalar \(name) is not finite" : nil
  }
}
