/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sums over float32 rows in float64; row i of x begins at x + i stride. */
#ifndef ISOBATH_SUMS_H
#define ISOBATH_SUMS_H
#include <stddef.h>

/* out[i] = sum over j of x[i][j]^2. */
void isobath_row_squares(const float *x, size_t stride, size_t rows, size_t columns, double *out);

/* out[i] = sum over j of x[i][j] v[j]. */
void isobath_row_products(const float *x, size_t stride, size_t rows, size_t columns,
                          const double *v, double *out);

/* out[j] += sum over i of x[i][j]. */
void isobath_add_column_sums(const float *x, size_t stride, size_t rows, size_t columns,
                             double *out);

/* How many elements have a magnitude of at most `limit`. */
size_t isobath_count_at_most(const float *x, size_t stride, size_t rows, size_t columns,
                             float limit);

#endif
