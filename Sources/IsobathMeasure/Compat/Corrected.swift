// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathLinear

/// A document under one preparation, prepared in float64: what stands beside the published values.
struct Corrected {
  let prepared: Result<Prepared, MissingReason>
  private let preparation: Preparation
  private let spectrum: Result<Spectrum, MissingReason>

  init(_ states: MatrixView, _ preparation: Preparation) {
    self.preparation = preparation
    let prepared = Result { () throws(MissingReason) in
      try Prepared(states, tokens: 0..<states.rows, preparation)
    }
    spectrum = prepared.flatMap { z in
      Result { () throws(MissingReason) in try z.kernel.spectrum() }
    }
    self.prepared = prepared
  }

  /// A measure of the spectrum.
  func corrected(_ measure: some SpectralMeasure) -> Result<Double, MissingReason> {
    spectrum.flatMap { spectrum in
      measure(spectrum).map { .success($0) } ?? .failure(.tooFew)
    }
  }

  /// A published number whose corrected value is a measure of the spectrum.
  func value(
    _ name: String, _ title: String, of measure: some SpectralMeasure,
    _ body: () throws(PublishedFailure) -> Double
  ) -> PublishedValue {
    value(name, title, measure.unit, corrected(measure), as: measure.id, body)
  }

  /// A published number with a corrected value of its own.
  ///
  /// - Parameters:
  ///   - name: unique among all codes.
  ///   - title: how a reader calls it.
  ///   - unit: of both values.
  ///   - corrected: computed from this document under this preparation.
  ///   - measure: what the corrected value is.
  ///   - body: the published arithmetic; NaN becomes `.notANumber`.
  func value(
    _ name: String, _ title: String, _ unit: MeasureUnit,
    _ corrected: Result<Double, MissingReason>, as measure: String,
    _ body: () throws(PublishedFailure) -> Double
  ) -> PublishedValue {
    let published = Result { () throws(PublishedFailure) in
      let value = try body()
      guard !value.isNaN else { throw .notANumber }
      return value
    }
    return PublishedValue(
      name: name, title: title, unit: unit, published: published, corrected: corrected,
      counterpart: "\(measure), preparation '\(preparation.id)'")
  }
}

/// Python's `math.log`.
func pythonLog(_ count: Int) throws(PublishedFailure) -> Double {
  guard count > 0 else { throw .raises("ValueError") }
  return Double(count).logarithm
}

/// Python's `/`, to which a zero is an error even below NaN.
func pythonRatio(_ x: Double, _ y: Double) throws(PublishedFailure) -> Double {
  guard y != 0 else { throw .raises("ZeroDivisionError") }
  return x / y
}
