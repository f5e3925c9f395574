// SPDX-License-Identifier: GPL-3.0-or-later

/// What the rows of laws of size say, by the column `analysis`.
package let scalingTerms: [AnalysisTerm] =
  [
    AnalysisTerm(
      id: "size-value", title: "Value of one size",
      about: "A model's value, with its interval over documents where there are documents."),
    AnalysisTerm(
      id: "size-law-power-b-without", title: "b with one size left out",
      about: "The exponent of a·P^(−b), fitted without the model that the row names."),
    AnalysisTerm(
      id: "width-control-correlation", title: "Correlation with 1/ln d",
      about: "Pearson's correlation of the published form with 1/ln d, which knows no model."),
    AnalysisTerm(
      id: "width-control-entropy", title: "Entropy of the control",
      about:
        "h of h/ln d, fitted to the published form by least squares: one entropy for all sizes."),
    AnalysisTerm(
      id: "width-control-r2", title: "R² of the control",
      about: "The share of the variance of the published form that h/ln d explains."),
    AnalysisTerm(
      id: "width-control-b", title: "b of the control",
      about: "The exponent that a·P^(−b) has when it is fitted to h/ln d itself."),
  ]
  + [("power", "a·P^(−b)"), ("power-plus-constant", "a·P^(−b) + c")].flatMap { law, formula in
    [
      ("", "No fit", "Why the law has no fit to this quantity."),
      ("-a", "a", "The factor, by nonlinear least squares on the values' own scale."),
      ("-b", "b", "The exponent: above 0 the value falls with size, below 0 it grows."),
      ("-c", "c", "The constant that is left at any size."),
      ("-r2", "R²", "The share of the values' variance that the law explains."),
      ("-aicc", "AICc", "Akaike's criterion, corrected for few sizes: smaller is better."),
    ].map { part, title, about in
      AnalysisTerm(id: "size-law-\(law)\(part)", title: "\(title) of \(formula)", about: about)
    }
  }
