// SPDX-License-Identifier: GPL-3.0-or-later
import Foundation
import IsobathStatistics

/// Fits every law to every series of ladders, with the control of the published normalisation.
package struct ScalingStudy: Sendable {
  package let options: AnalysisOptions

  package init(_ options: AnalysisOptions) { self.options = options }

  /// The answers of one ladder, series by series.
  ///
  /// - Parameter progress: called after each series with how many are done.
  package func answers(
    _ ladder: SizeLadder, progress: (_ done: Int) -> Void = { _ in }
  ) -> [ScalingAnswer] {
    ladder.series.enumerated().map { index, series in
      let answer = answer(ladder, series)
      progress(index + 1)
      return answer
    }
  }

  private func answer(_ ladder: SizeLadder, _ series: ScaledSeries) -> ScalingAnswer {
    let bootstrap = series.documents.map { options.bootstrap(over: $0.units) }
    let fits = SizeCount.allCases.flatMap { count in
      let sizes = ladder.models.compactMap { $0.size(count) }
      return sizes.count < ladder.models.count
        ? [] : SizeLaw.allCases.map { law in fit(series, sizes, law, count, bootstrap) }
    }
    let total = fits.filter { $0.count == .total }
    let power = total.first { $0.law == .power }?.fit
    let shifted = total.first { $0.law == .shifted }?.fit
    let sizes = ladder.models.map { Double($0.parameters) }
    let control =
      series.quantity.isNormalised
      ? WidthControl(widths: ladder.models.map(\.width), values: series.estimates) : nil
    return ScalingAnswer(
      family: ladder.family, models: ladder.models, series: series,
      intervals: bootstrap.flatMap { intervals(series, $0) }, fits: fits,
      constantP: power.flatMap { power in
        shifted.flatMap { SizeFit.constantP($0, without: power) }
      },
      control: control, controlLaw: control.map { fitted($0.fitted, sizes, .power) },
      correlation: CorrelationKind.pearson(
        sizes.map { $0 > 0 ? log($0) : .nan }, series.estimates))
  }

  private func fit(
    _ series: ScaledSeries, _ sizes: [Double], _ law: SizeLaw, _ count: SizeCount,
    _ bootstrap: Bootstrap?
  ) -> LawAnswer {
    let outcome = fitted(series.estimates, sizes, law)
    var resampled: ResampledLaw?
    if case .success = outcome, let documents = series.documents {
      let quantity = series.quantity
      resampled = bootstrap?.sizeLaw(documents.rows, sizes: sizes, law) { means in
        documents.values(means, quantity)
      }
    }
    let isMain = law == .power && count == .total
    return LawAnswer(
      law: law, count: count, outcome: outcome, resampled: resampled,
      leftOut: isMain
        ? SizeFitter.leaveOneOut(sizes: sizes, values: series.estimates, law) : [])
  }

  private func fitted(
    _ values: [Double], _ sizes: [Double], _ law: SizeLaw
  ) -> Result<SizeFit, SizeFitFailure> {
    do throws(SizeFitFailure) {
      return .success(try SizeFitter(sizes: sizes).fit(values, law))
    } catch { return .failure(error) }
  }

  /// The interval of each model's value; nil for a quantity made of two rows.
  private func intervals(_ series: ScaledSeries, _ bootstrap: Bootstrap) -> [Interval]? {
    guard let documents = series.documents, documents.rows.count == documents.widths.count else {
      return nil
    }
    return zip(documents.rows, documents.widths).map { row, width in
      bootstrap.means([row]) { series.quantity.value([$0], width: width) }[0]
    }
  }
}
