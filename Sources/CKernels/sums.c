/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sums.h"

#include <math.h>

#include "clones.h"

ISOBATH_CLONES
void isobath_row_squares(const float *x, size_t stride, size_t rows, size_t columns, double *out) {
#pragma clang fp contract(fast) reassociate(on)
  for (size_t i = 0; i < rows; i++) {
    const float *row = x + i * stride;
    double sum = 0;
    for (size_t j = 0; j < columns; j++) sum += (double)row[j] * (double)row[j];
    out[i] = sum;
  }
}

ISOBATH_CLONES
void isobath_row_products(const float *x, size_t stride, size_t rows, size_t columns,
                          const double *v, double *out) {
#pragma clang fp contract(fast) reassociate(on)
  for (size_t i = 0; i < rows; i++) {
    const float *row = x + i * stride;
    double sum = 0;
    for (size_t j = 0; j < columns; j++) sum += (double)row[j] * v[j];
    out[i] = sum;
  }
}

ISOBATH_CLONES
void isobath_add_column_sums(const float *x, size_t stride, size_t rows, size_t columns,
                             double *out) {
  for (size_t i = 0; i < rows; i++) {
    const float *row = x + i * stride;
    for (size_t j = 0; j < columns; j++) out[j] += (double)row[j];
  }
}

ISOBATH_CLONES
size_t isobath_count_at_most(const float *x, size_t stride, size_t rows, size_t columns,
                             float limit) {
  size_t total = 0;
  for (size_t i = 0; i < rows; i++) {
    const float *row = x + i * stride;
    unsigned count = 0;
    for (size_t j = 0; j < columns; j++) count += fabsf(row[j]) <= limit;
    total += count;
  }
  return total;
}
