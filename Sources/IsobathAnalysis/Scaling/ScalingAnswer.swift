// SPDX-License-Identifier: GPL-3.0-or-later
import IsobathStatistics

/// What one series says about size.
package struct ScalingAnswer: Sendable {
  package let family: String
  package let models: [SizedModel]
  package let series: ScaledSeries
  /// Of each model's value; nil for published numbers.
  package let intervals: [Interval]?
  /// With each law and each way of counting that is known.
  package let fits: [LawAnswer]
  /// The p-value of the constant, all parameters counted; nil when a fit is missing.
  package let constantP: Double?
  /// nil for what was not divided by ln d.
  package let control: WidthControl?
  /// The plain law fitted to the control h/ln d itself, which knows no model: what b the denominator
  /// alone gives.
  package let controlLaw: Result<SizeFit, SizeFitFailure>?
  /// Pearson's correlation of the value with ln P.
  package let correlation: Double?

  package var quantity: ScaledQuantity { series.quantity }
  package var estimates: [Double] { series.estimates }

  package func answer(_ law: SizeLaw, _ count: SizeCount = .total) -> LawAnswer? {
    fits.first { $0.law == law && $0.count == count }
  }

  /// The fit of a law, when there is one.
  package func fit(_ law: SizeLaw, _ count: SizeCount = .total) -> SizeFit? {
    answer(law, count)?.fit
  }

  /// Last value less the first, models being in the order of size.
  package var change: Double { (estimates.last ?? 0) - (estimates.first ?? 0) }
}

/// One law, fitted.
package struct LawAnswer: Sendable {
  package let law: SizeLaw
  package let count: SizeCount
  package let outcome: Result<SizeFit, SizeFitFailure>
  /// Through resamples of the documents; nil for published numbers and where there is no fit.
  package let resampled: ResampledLaw?
  /// The same law with each size left out in turn; empty but for the plain law and all parameters.
  package let leftOut: [Result<SizeFit, SizeFitFailure>]

  package var fit: SizeFit? {
    if case .success(let fit) = outcome { return fit }
    return nil
  }

  /// Why there is no fit; empty when there is one.
  package var reason: String {
    if case .failure(let failure) = outcome { return failure.description }
    return ""
  }
}
