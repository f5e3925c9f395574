/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef ISOBATH_PREFIX_H
#define ISOBATH_PREFIX_H
#include <stddef.h>

/* Sum over i, j < n of weights[i] weights[j] (g[i stride + j] - shifts[i] - shifts[j] + all)^2 for a
   symmetric g. */
double isobath_weighted_squares(const double *g, size_t stride, size_t n, const double *shifts,
                                double all, const double *weights);

#endif
