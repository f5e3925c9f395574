/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "prefix.h"

#include "clones.h"

ISOBATH_CLONES
double isobath_weighted_squares(const double *g, size_t stride, size_t n, const double *shifts,
                                double all, const double *weights) {
#pragma clang fp contract(fast) reassociate(on)
  double total = 0;
  for (size_t i = 0; i < n; i++) {
    const double *row = g + i * stride;
    double shift = shifts[i] - all, sum = 0;
    for (size_t j = 0; j < i; j++) {
      double value = row[j] - shifts[j] - shift;
      sum += weights[j] * value * value;
    }
    double own = row[i] - shifts[i] - shift;
    total += weights[i] * (2 * sum + weights[i] * own * own);
  }
  return total;
}
